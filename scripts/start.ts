/**
 * `npm start`: deploys the pilot light into the embedded AWS with `cdktf deploy`, and shows what then stands in each site.
 */
import { join } from "node:path";
import { adopt, cdktfDeploy, createTableReplicas, Emulator, Given, GivenTo, Terraform } from "../emulator";
import { install } from "../emulator/install";
import { globalInventory, inventory, renderInventory } from "../emulator/inventory";
import { requireTools } from "../emulator/prerequisites";
import { readOutput } from "../review/output-folder";
import { ROOT } from "./entry-points";
import { runNode, tool } from "./run";

const EXAMPLE = "pilot-light";
const OUT = join(ROOT, "cdktf.out", EXAMPLE);
const SITES = [
  { name: "seoul", region: "ap-northeast-2" },
  { name: "tokyo", region: "ap-northeast-1" },
];
const FIRST = ["orders-seoul", "orders-tokyo", "orders-seoul-replication", "orders-front-door"];
const LAST = "orders-tokyo-replication";

const started = Date.now();

async function main(): Promise<void> {
  requireTools("terraform", "python3");
  await step("installing the emulator (once)", () => install());
  const emulator = await step("starting the emulator", () => Emulator.start({ quickReplicas: true }));
  try {
    await step(`synthesising examples/${EXAMPLE}`, () => synthesise());
    await step("creating the hosted zone, which the example takes as given", () => createGiven(emulator));
    await deploy(emulator);
    const found = await step("asking the emulator what stands", () => inventory(emulator, SITES));
    console.log(`\n${renderInventory(found, await globalInventory(emulator))}\n`);
  } finally {
    await step("stopping the emulator", () => emulator.stop());
  }
}

/**
 * Every stack with the real `cdktf deploy`. The replica of the table is made through the API first and imported, because Terraform's
 * provider waits three minutes after it has turned on the deletion protection of a replica.
 */
async function deploy(emulator: Emulator): Promise<void> {
  const terraform = new Terraform(emulator);
  const run = (stacks: readonly string[], alone = false) =>
    step(`cdktf deploy ${stacks.join(" ")}`, () => cdktfDeploy(terraform, OUT, { stacks, alone, onLine: report }));
  await run(FIRST);
  const dir = join(OUT, "stacks", LAST);
  await adopt(
    await terraform.stack(dir),
    () => createTableReplicas(emulator, dir),
    () => run([LAST], true),
  );
}

async function step<T>(title: string, action: () => Promise<T> | T): Promise<T> {
  say(title);
  return action();
}

function say(text: string): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`[${String(seconds).padStart(3)} s] ${text}`);
}

async function createGiven(emulator: Emulator): Promise<void> {
  const given = new Given(emulator);
  const stacks = readOutput(OUT).map(({ json }) => json as GivenTo);
  for (const stack of stacks) await given.plant(stack, stacks);
}

function synthesise(): void {
  if (runNode([tool("tsx/dist/cli.mjs"), "scripts/synth.ts", EXAMPLE]) !== 0) {
    throw new Error(`examples/${EXAMPLE} does not synthesise`);
  }
}

let speaking = "";

/** Of all that Terraform prints: what was made, what takes long, and what went wrong. cdktf names the stack once for several lines. */
function report(line: string): void {
  const [first = ""] = line.trim().split(/\s+/);
  if ([...FIRST, LAST].includes(first)) speaking = first;
  const text = line.trim().replace(speaking, "").trim();
  if (/Creation complete|Still creating.*[05]0s elapsed|Apply complete|Error|│/.test(text)) {
    say(`${speaking.padEnd(24)} ${text.replace(/ \(Default\/[^)]*\)| \[id=.*\]/g, "")}`);
  }
}

process.once("SIGINT", () => {
  console.log("\nstopped; nothing is left running");
  process.exit(130); // ends what runs below it, see emulator/run-command.ts
});

main().catch((fault: unknown) => {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 1;
});
