/**
 * Proves that the HCL of every workload example equals its JSON, block by block and setting by setting. A parser from another project
 * reads the HCL. Proves for two stacks that Terraform and the AWS provider accept it and distinguish blocks from arguments. The JSON is
 * the written one: test/examples proves that the example synthesises it. Does not prove what a plan does: test/long does, and validates
 * the others.
 */
import { join } from "node:path";
import { Emulator, Terraform } from "../../emulator";
import { hclSynthesisedHere, removeRun, runExample, workloadNames, writtenFiles } from "../support/examples";
import { Blocks, blocksOfJson, parseHcl } from "../support/hcl/blocks";
import { useHcl } from "../support/hcl/use-hcl";

const LIMIT_MS = 180_000;

const texts = new Map<string, string>();
let parsed: ReadonlyMap<string, Blocks>;

beforeAll(async () => {
  for (const example of workloadNames()) {
    for (const [stack, text] of await hclSynthesisedHere(example)) texts.set(`${example}: ${stack}`, text);
  }
  parsed = await parseHcl(texts);
}, LIMIT_MS); // the first run installs the parser

/** Every stack of every workload, as written down. */
const stacks = workloadNames().flatMap((example) =>
  [...writtenFiles(example)]
    .filter(([file]) => file.endsWith(".tf.json"))
    .map(([file, json]) => ({ name: `${example}: ${file.slice(0, -".tf.json".length)}`, json })),
);

test("every stack of every workload is written in HCL", () => {
  expect(workloadNames()).toContain("failed-over");
  expect([...parsed.keys()].sort()).toEqual(stacks.map(({ name }) => name).sort());
});

test.each(stacks)("$name is the same in HCL and in JSON", ({ name, json }) => {
  expect(parsed.get(name)).toEqual(blocksOfJson(json));
});

describe("Terraform accepts", () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 300_000); // the first start installs the emulator

  afterAll(() => emulator.stop(), 60_000);

  test.each([
    ["failed-over", "orders-seoul"], // removed and ephemeral blocks
    ["lambda-worker", "orders-seoul-replication"], // policies with interpolations
  ])(
    "%s: %s",
    async (example, stack) => {
      const outdir = await runExample(example);
      const run = await new Terraform(emulator).stack(join(outdir, "stacks", stack));
      useHcl(run.dir, texts.get(`${example}: ${stack}`)!);
      await run.validate();
      removeRun(outdir);
    },
    LIMIT_MS,
  );
});
