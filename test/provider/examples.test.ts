/**
 * Proves that Terraform and the AWS provider accept every stack of every example as synthesised. A `plan`, which validates first, creates
 * exactly the addresses that are written down. One stack of each kind of backend is initialised with its backend; the others are planned
 * without. Stacks that need a newer provider are listed, not planned. Does not prove that AWS accepts the calls, nor that an apply succeeds:
 * the live tests do more.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Emulator, Given, GivenTo, Terraform, TerraformStackRun } from "../../emulator";
import { exampleNames, removeRun, runExample, writtenFiles } from "../support/examples";
import { PlanWithoutInit } from "../support/plan-without-init";

const LIMIT_MS = 180_000;

let emulator: Emulator;
let terraform: Terraform;
let given: Given;
let planner: PlanWithoutInit;
/** Output folders of stacks that were initialised. */
const initialisedRuns: string[] = [];
/** Output folders, by example. */
const runs = new Map<string, Promise<string>>();

beforeAll(async () => {
  emulator = await Emulator.start();
  terraform = new Terraform(emulator);
  given = new Given(emulator);
  planner = new PlanWithoutInit(emulator, await initialised(backends[0]!));
}, 300_000); // the first start installs the emulator

afterAll(async () => {
  planner.remove();
  for (const outdir of [...runs.values(), ...initialisedRuns]) removeRun(await outdir);
  await emulator.stop();
}, 60_000);

/** Output folder of an example, which is run once. */
function outdirOf(example: string): Promise<string> {
  const outdir = runs.get(example) ?? runExample(example);
  runs.set(example, outdir);
  return outdir;
}

const files = new Map(exampleNames().map((example) => [example, writtenFiles(example)]));

/** Stacks that ask for a newer provider than the one that the embedded AWS answers. `bindings.test.ts` reads their arguments. */
const WITHOUT_PLAN = ["strongly-consistent-table: stock"];

/** Every stack of every example, as written down. */
const stacks = [...files.keys()].flatMap((example) => {
  const lines = (files.get(example)!.get("addresses.txt") ?? "").split("\n").filter((line) => line !== "");
  const names = [...new Set(lines.map((line) => line.split(" ")[0]!))];
  return names.map((stack) => ({ example, stack, created: createdBy(stack, lines) }));
});

const titleOf = ({ example, stack }: (typeof stacks)[number]) => `${example}: ${stack}`;
const planned = stacks.filter((stack) => !WITHOUT_PLAN.includes(titleOf(stack)));

/** One stack for each set of arguments that a backend has. */
const backends = [...new Map(planned.map((stack) => [backendOf(stack), stack]))].map(([backend, stack]) => ({
  backend,
  ...stack,
}));

function backendOf({ example, stack }: { readonly example: string; readonly stack: string }): string {
  const { terraform } = JSON.parse(files.get(example)!.get(`${stack}.tf.json`)!) as {
    terraform: { backend: Record<string, object> };
  };
  return Object.entries(terraform.backend)
    .map(([type, settings]) => `${type}: ${Object.keys(settings).sort().join(", ")}`)
    .join();
}

function createdBy(stack: string, lines: readonly string[]): string[] {
  const addresses = lines.map((line) => line.split(" ")).filter(([owner]) => owner === stack);
  return addresses.flatMap(([, address]) => (address!.startsWith("data.") ? [] : [`create ${address}`])).sort();
}

describe("every stack", () => {
  const plans = new Map<number, Promise<string[]>>();

  /** The actions of the plan of a stack. */
  const planOf = (index: number): Promise<string[]> => {
    const plan = plans.get(index) ?? planStack(planned[index]!.example, planned[index]!.stack);
    plans.set(index, plan);
    return plan;
  };

  afterAll(() => Promise.allSettled(plans.values()), LIMIT_MS); // one more may run when only some tests were asked for

  test("of every example is written down", () => {
    expect([...new Set(stacks.map(({ example }) => example))]).toEqual(exampleNames());
  });

  test("that asks for version 6 of the provider or a newer one is listed", () => {
    const asks = ({ example, stack }: (typeof stacks)[number]) =>
      /"version": ">= [6-9]\./.test(writtenFiles(example).get(`${stack}.tf.json`)!);
    expect(stacks.filter(asks).map(titleOf)).toEqual(WITHOUT_PLAN);
  });

  test.each(planned.map((stack, index) => ({ ...stack, index })))(
    "$example: $stack is valid and plans",
    async ({ created, index }) => {
      const plan = planOf(index);
      // the next one uses the other core; what it finds is for its own test to report
      if (index + 1 < planned.length) planOf(index + 1).catch(() => undefined);
      expect(await plan).toEqual(created);
    },
    LIMIT_MS,
  );
});

async function planStack(example: string, stack: string): Promise<string[]> {
  const dir = join(await outdirOf(example), "stacks", stack);
  const json = JSON.parse(readFileSync(join(dir, "cdk.tf.json"), "utf8")) as GivenTo;
  expect(await given.plant(json)).toEqual([]); // a plan that skips a lookup proves little
  const actions = await planner.stack(dir).plannedActions();
  return actions.filter((action) => !action.startsWith("read ")).sort(); // a data source that waits for a resource is read during the apply
}

describe("a backend", () => {
  test("has one of these sets of arguments", () => {
    expect(backends.map(({ backend }) => backend).sort()).toEqual([
      "s3: assume_role, bucket, key, region, use_lockfile",
      "s3: bucket, key, region, use_lockfile",
    ]);
  });

  test.each(backends)(
    "with $backend is initialised",
    async (stack) => {
      await expect((await initialised(stack)).stateList()).resolves.toEqual([]);
    },
    LIMIT_MS,
  );
});

/** A stack after `init`, in an output folder of its own. */
async function initialised({
  example,
  stack,
}: {
  readonly example: string;
  readonly stack: string;
}): Promise<TerraformStackRun> {
  const outdir = await runExample(example);
  initialisedRuns.push(outdir);
  return terraform.stack(join(outdir, "stacks", stack));
}

describe("a stack with a mistake", () => {
  interface Buckets {
    readonly resource: { readonly aws_s3_bucket: Readonly<Record<string, object>> };
  }

  test.each([
    ["an attribute the provider does not know", { versioned: true }, /No argument or block type is named "versioned"/],
    ["a value the provider does not take", { bucket: "a".repeat(64) }, /expected length of bucket to be/],
  ])(
    "is not valid with %s",
    async (_, mistake, complaint) => {
      const dir = join(await outdirOf("s3-pair"), "stacks", "media-seoul");
      const run = planner.stack(dir);
      const { resource } = JSON.parse(readFileSync(join(dir, "cdk.tf.json"), "utf8")) as Buckets;
      const [bucket] = Object.values(resource.aws_s3_bucket);
      run.write("mistake.tf.json", { resource: { aws_s3_bucket: { mistake: { ...bucket, ...mistake } } } });
      await expect(run.validate()).rejects.toThrow(complaint);
      run.remove("mistake.tf.json");
      await run.validate();
    },
    LIMIT_MS,
  );
});
