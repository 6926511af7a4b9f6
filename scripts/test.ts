/**
 * `npm test [layer ...]`: every layer of checks, cheapest first, or the named ones. A layer that cannot run here fails. Nothing is skipped
 * silently. The longest layer runs only if you name it, and the summary says so. The last line is the sum of all checks.
 */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { endWhenInterrupted, missingTools, ToolName } from "../terraform";
import { startNode, tool } from "./run";
import { useTemporaryFolder } from "./temporary-folder";

interface Layer {
  readonly name: string;
  readonly proves: string;
  /** Node program with its arguments; or the jest project, whose tests are counted one by one. */
  readonly run: readonly string[] | { readonly jest: string };
  /** Programs that must be there. */
  readonly needs?: readonly ToolName[];
  /** It reads the package in `dist/`: the layer `build` runs before it, also when it is not named. @default false */
  readonly built?: boolean;
  /** It waits most of the time, so it runs next to all other layers, from the start. @default false */
  readonly aside?: boolean;
  /** It takes longer than all the others together: it runs when it is named, and the summary says that it did not. @default false */
  readonly onRequest?: boolean;
}

interface Outcome {
  readonly layer: Layer;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

const EMULATOR: readonly ToolName[] = ["terraform", "python3"];

const LAYERS: readonly Layer[] = [
  { name: "types", proves: "TypeScript 5.9 accepts the tree", run: [tool("typescript/bin/tsc"), "-p", "."] },
  { name: "types-7", proves: "TypeScript 7 accepts the tree", run: [tool("typescript7/bin/tsc"), "-p", "."] },
  { name: "lint", proves: "eslint finds nothing", run: [tool("eslint/bin/eslint.js"), "."] },
  { name: "format", proves: "prettier would change nothing", run: [tool("prettier/bin/prettier.cjs"), "--check", "."] },
  { name: "unused", proves: "no file, export or dependency is unused", run: [tool("knip/bin/knip.js")] },
  { name: "build", proves: "the package builds", run: [tool("tsx/dist/cli.mjs"), "scripts/build.ts"] },
  {
    name: "api",
    proves: "the public surface is the one written down",
    run: [tool("tsx/dist/cli.mjs"), "scripts/api.ts"],
    built: true,
  },
  { name: "docs", proves: "the reference can be made, without a broken link", run: [tool("typedoc/bin/typedoc")] },
  { name: "unit", proves: "resources, attributes, refusals, architecture, documents", run: { jest: "unit" } },
  {
    name: "properties",
    proves: "laws over workloads, histories, places and deployments, drawn or in all combinations",
    run: { jest: "properties" },
  },
  {
    name: "package",
    proves: "the packed package works in a fresh project",
    run: { jest: "package" },
    built: true,
  },
  { name: "provider", proves: "the AWS provider accepts it", run: { jest: "provider" }, needs: EMULATOR },
  { name: "emulator", proves: "the embedded AWS behaves", run: { jest: "emulator" }, needs: EMULATOR, aside: true },
  { name: "live", proves: "deploy, go dark, fail over, rebuild", run: { jest: "live" }, needs: EMULATOR, aside: true },
  {
    name: "long",
    proves: "the ladder, every pattern in the dark, functions, reconcile",
    run: { jest: "long" },
    needs: EMULATOR,
    built: true,
    onRequest: true,
  },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !LAYERS.some((layer) => layer.name === name));
if (unknown.length > 0) {
  console.error(`no layer ${unknown.join(", ")}; there are: ${LAYERS.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}
endWhenInterrupted();
void main(LAYERS.filter(({ name }) => wanted().has(name)));

/** Names of the layers that run. */
function wanted(): ReadonlySet<string> {
  const named = LAYERS.filter(({ name, onRequest }) => (asked.length === 0 ? !onRequest : asked.includes(name)));
  return new Set([...named.map(({ name }) => name), ...(named.some(({ built }) => built) ? ["build"] : [])]);
}

async function main(layers: readonly Layer[]): Promise<void> {
  // removes the temporary files of the tests at the end
  const removeTemporary = useTemporaryFolder();
  await runLayers(layers);
  removeTemporary();
}

async function runLayers(layers: readonly Layer[]): Promise<void> {
  const outcomes = (
    await Promise.all([
      inTurn(layers.filter(({ aside }) => !aside)),
      ...layers.filter(({ aside }) => aside).map(async (layer) => [await runLayer(layer)]),
    ])
  ).flat();
  printSummary(outcomes);
  process.exitCode = outcomes.some(({ failed }) => failed > 0) ? 1 : 0;
}

async function inTurn(layers: readonly Layer[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const layer of layers) outcomes.push(await runLayer(layer));
  return outcomes;
}

async function runLayer(layer: Layer): Promise<Outcome> {
  console.log(`\n--- ${layer.name}: ${layer.proves}`);
  const started = performance.now();
  const missing = missingTools(...(layer.needs ?? []));
  for (const line of missing) console.error(line);
  const ready = missing.length === 0 && (await installed(layer));
  const counted = ready ? await count(layer) : { passed: 0, failed: 1 };
  const seconds = (performance.now() - started) / 1_000;
  console.log(`--- ${layer.name}: ${counted.passed} passed, ${counted.failed} failed, ${seconds.toFixed(1)} s`);
  return { layer, ...counted, seconds };
}

/** The emulator is installed once, before test files that run side by side would each do it. */
async function installed({ needs }: Layer): Promise<boolean> {
  return needs !== EMULATOR || (await startNode(["--import", "tsx", "emulator/install.ts"])) === 0;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

async function count({ run }: Layer): Promise<Count> {
  if ("jest" in run) return countTests(run.jest);
  return (await startNode(run)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Tests left out count as failed: a check that does not run proves nothing. */
async function countTests(project: string): Promise<Count> {
  const report = join(tmpdir(), `${project}.json`);
  const options = ["--selectProjects", project, "--json", "--outputFile", report, ...workers(project)];
  const code = await startNode([tool("jest/bin/jest.js"), ...options]);
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numTotalTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, "utf8")) as {
    [total: string]: number;
  };
  const failed = numTotalTests! - numPassedTests! + numRuntimeErrorTestSuites!;
  return { passed: numPassedTests!, failed: code === 0 ? failed : Math.max(failed, 1) };
}

/** Units use every core. A live test waits three quarters of its time for the provider's own pauses, so two share a core. */
function workers(project: string): string[] {
  if (project === "live") return [`--maxWorkers=${2 * availableParallelism()}`];
  return ["unit", "properties", "emulator", "long"].includes(project) ? ["--maxWorkers=100%"] : [];
}

function printSummary(all: readonly Outcome[]): void {
  console.log("\nlayer      passed  failed  seconds");
  for (const { layer, passed, failed, seconds } of all) {
    const cells = [String(passed).padStart(6), String(failed).padStart(6), seconds.toFixed(1).padStart(7)];
    console.log(`${layer.name.padEnd(10)} ${cells.join("  ")}`);
  }
  const sum = (pick: (outcome: Outcome) => number) => all.reduce((total, outcome) => total + pick(outcome), 0);
  const left = LAYERS.filter(({ onRequest, name }) => onRequest && !all.some(({ layer }) => layer.name === name));
  for (const { name, proves } of left) console.log(`not among these: npm test -- ${name} (${proves})`);
  console.log(`\n${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`);
}
