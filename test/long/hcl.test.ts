/**
 * Proves, with the real Terraform and AWS provider, on the embedded AWS, that the HCL of every workload example is valid. The HCL of
 * `failed-over` is planned on a state that was applied from JSON. Its plan does the same as the JSON and destroys no data. After an
 * apply of the HCL, the plan of the JSON is empty.
 *
 * Does not prove that AWS accepts the calls. The tests of `failed-over` build on each other, in this order.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Emulator, promoteInstance, Terraform } from "../../emulator";
import { isPrecious } from "../../terraform";
import { autoScaling, failedOver, HistoryEvent, PilotLight, rebuilt, ssmImage } from "../../stacks";
import { databases } from "../live/databases";
import { LiveWorkload } from "../live/live-workload";
import { removeRun, runExample, workloadNames, writtenFiles } from "../support/examples";
import { useHcl } from "../support/hcl/use-hcl";
import { shop } from "../support/workloads";

const MINUTES = 60_000;
const SEOUL = "ap-northeast-2";
const TOKYO = "ap-northeast-1";

/** Names of the stacks of an example. */
function stacksOf(example: string): string[] {
  return [...writtenFiles(example).keys()].flatMap((file) => (file.endsWith(".tf.json") ? [file.slice(0, -8)] : []));
}

/** Type of the resource that a line of a plan is about. */
function typeOf(line: string): string {
  return /\b(aws|terraform)_\w+(?=\.)/.exec(line)![0];
}

function hclIn(outdir: string, stack: string): string {
  return readFileSync(join(outdir, "stacks", stack, "cdk.tf"), "utf8");
}

describe("every stack", () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 5 * MINUTES);

  afterAll(() => emulator.stop(), MINUTES);

  test.each(workloadNames())(
    "of %s is valid in HCL",
    async (example) => {
      const [json, hcl] = [await runExample(example), await runExample(example, { hcl: true })];
      for (const stack of stacksOf(example)) {
        const run = await new Terraform(emulator).stack(join(json, "stacks", stack));
        useHcl(run.dir, hclIn(hcl, stack));
        await run.validate();
      }
      for (const outdir of [json, hcl]) removeRun(outdir);
    },
    8 * MINUTES,
  );
});

describe("failed-over", () => {
  const FAILED_OVER = failedOver("tokyo", { on: "2026-03-14" });
  const REBUILT = rebuilt("seoul", { on: "2026-03-21" });
  let live: LiveWorkload;

  beforeAll(async () => {
    live = await LiveWorkload.start();
  }, 5 * MINUTES);

  afterAll(() => live.stop(), MINUTES);

  /** The example, with the history of an earlier day. */
  function synthesise(...history: readonly HistoryEvent[]): Promise<void> {
    const api = autoScaling({
      image: ssmImage("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"),
      instanceType: "m7g.large",
      userData: "#!/bin/sh\nsystemd-run --uid=nobody python3 -m http.server -d /srv 8080",
      capacity: { active: 6 },
      uses: ["ledger", "carts", "receipts"],
    });
    return live.synthesise((app) => new PilotLight(app, "orders", shop({ compute: { api }, history })));
  }

  /** The example itself, in HCL, in the folders of the stacks that were applied. */
  async function synthesiseHcl(): Promise<void> {
    const outdir = await runExample("failed-over", { hcl: true });
    for (const name of live.stackNames()) useHcl(live.stack(name).dir, hclIn(outdir, name));
    removeRun(outdir);
  }

  test(
    "is deployed from JSON, up to the failover",
    async () => {
      await synthesise();
      await live.apply();
      await promoteInstance(live.emulator.sdkConfig(TOKYO), "orders-ledger-tokyo", 7);
      await synthesise(FAILED_OVER);
      await live.apply("orders-seoul", "orders-tokyo", "orders-front-door");
      expect(await live.changes()).toEqual([]);
    },
    15 * MINUTES,
  );

  test(
    "in HCL, plans what JSON plans: it forgets the old database, and destroys nothing that holds data",
    async () => {
      await synthesise(FAILED_OVER, REBUILT);
      const planned = await live.changes();
      await synthesiseHcl();
      expect(await live.changes()).toEqual(planned);
      expect(planned).toContain("orders-seoul: forget aws_db_instance.ledger_Instance");
      expect(planned.filter((line) => line.includes("delete") && isPrecious(typeOf(line)))).toEqual([]);
    },
    6 * MINUTES,
  );

  test(
    "applied from HCL, is what JSON says, and the old database is still there",
    async () => {
      for (const name of ["orders-seoul", "orders-tokyo", "orders-front-door"]) await live.stack(name).apply();
      expect(await databases(live.emulator, SEOUL)).toEqual({
        "orders-ledger-seoul": null,
        "orders-ledger-seoul-2": "orders-ledger-tokyo",
      });
      for (const name of live.stackNames()) live.stack(name).remove("cdk.tf");
      await synthesise(FAILED_OVER, REBUILT);
      expect(await live.changes()).toEqual([]);
    },
    8 * MINUTES,
  );
});
