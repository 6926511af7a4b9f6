/**
 * Proves that Terraform and AWS's provider accept every stack of every example as synthesised: `init` with its backend, `validate`, and a
 * `plan` that creates exactly the addresses written down. Does not prove that AWS accepts the calls, nor that an apply succeeds: the
 * live tests go on from there.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Emulator, Terraform } from "../../emulator";
import { DataSourceSeeds } from "../support/data-sources";
import { exampleNames, removeRun, runExample, writtenFiles } from "../support/examples";

const LIMIT_MS = 120_000;

let emulator: Emulator;
let terraform: Terraform;
let seeds: DataSourceSeeds;

beforeAll(async () => {
  emulator = await Emulator.start();
  terraform = new Terraform(emulator);
  seeds = new DataSourceSeeds(emulator);
}, 300_000); // the first start installs the emulator

afterAll(() => emulator.stop());

/** Terraform spends half of its time waiting for the emulator, and the other half on one core. */
const AT_ONCE = 2;

interface Outcome {
  /** What the plan would do, sorted: `create aws_s3_bucket.Media_A721A567`. */
  readonly changes: readonly string[];
}

/** Every stack of every example, as written down. */
const stacks = exampleNames().flatMap((example) => {
  const lines = (writtenFiles(example).get("addresses.txt") ?? "").split("\n").filter((line) => line !== "");
  const names = [...new Set(lines.map((line) => line.split(" ")[0]!))];
  return names.map((stack) => ({ example, stack, created: createdBy(stack, lines) }));
});

function createdBy(stack: string, lines: readonly string[]): string[] {
  const addresses = lines.map((line) => line.split(" ")).filter(([owner]) => owner === stack);
  return addresses.flatMap(([, address]) => (address!.startsWith("data.") ? [] : [`create ${address}`])).sort();
}

describe("every stack", () => {
  const outdirs = new Map<string, string>();
  const outcomes = new Map<string, Promise<Outcome>>();

  beforeAll(async () => {
    for (const name of exampleNames()) outdirs.set(name, await runExample(name));
    const waiting = stacks.map(({ example, stack }) => ({ key: `${example} ${stack}`, dir: stackDir(example, stack) }));
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const outcome = tryOut(next.dir);
        outcomes.set(next.key, outcome);
        await outcome.catch(() => undefined); // the stack's own test reports it
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }, 900_000);

  afterAll(() => outdirs.forEach(removeRun));

  const stackDir = (example: string, stack: string) => join(outdirs.get(example)!, "stacks", stack);

  test("of every example is written down", () => {
    expect([...new Set(stacks.map(({ example }) => example))]).toEqual(exampleNames());
  });

  test.each(stacks)("$example: $stack is valid and plans", async ({ example, stack, created }) => {
    expect(await outcomes.get(`${example} ${stack}`)).toEqual({ changes: created });
  });
});

async function tryOut(dir: string): Promise<Outcome> {
  await seeds.plant(dir);
  const run = await terraform.stack(dir);
  await run.validate();
  const { changes } = await run.plan();
  return { changes: changes.map(({ address, actions }) => `${actions.join(" ")} ${address}`).sort() };
}

describe("a stack with a mistake", () => {
  let outdir: string;

  beforeAll(async () => {
    outdir = await runExample("s3-pair");
  }, LIMIT_MS);

  afterAll(() => removeRun(outdir));

  test.each([
    [
      "an attribute the provider does not know",
      { versioned: true },
      /No argument or block type is named "versioned"/,
    ],
    ["a value the provider does not take", { bucket: "a".repeat(64) }, /expected length of bucket to be/],
  ])(
    "is not valid with %s",
    async (_, mistake, complaint) => {
      const dir = join(outdir, "stacks", "media-seoul");
      const run = await terraform.stack(dir);
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

interface Buckets {
  readonly resource: { readonly aws_s3_bucket: Readonly<Record<string, object>> };
}
