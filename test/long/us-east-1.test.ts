/**
 * Proves, with the real Terraform and the embedded AWS, how a drill reports on a workload with a site in us-east-1. IAM's control plane is
 * there. While us-east-1 is dark, no stack of the other site can be planned. API calls still fail over a pilot light, but `BackupRestore`
 * cannot recover. Does not prove how long AWS takes to answer again.
 */
import { App } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DrillReport, renderReport, StackResult } from "../../drills/report";
import { BackupRestore, bucket, Duration, PilotLight, PilotLightProps, postgres } from "../../stacks";
import { runDrill } from "../support/drill";

const MINUTES = 60_000;

const out = mkdtempSync(join(tmpdir(), "drilled-"));

afterAll(() => rmSync(out, { recursive: true }));

const site = (name: string, region: string) => {
  return { region, account: "111122223333", state: { bucket: `acme-tf-${name}` } };
};

const PROPS: PilotLightProps = {
  sites: { virginia: site("virginia", "us-east-1"), oregon: site("oregon", "us-west-2") },
  objectives: { rto: Duration.hours(4), rpo: Duration.minutes(15) },
  data: {
    ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 20 }),
    receipts: bucket(),
  },
};

async function run(define: (app: App) => unknown): Promise<DrillReport> {
  const app = new App({ outdir: out });
  define(app);
  app.synth();
  return runDrill(out, ["virginia"]);
}

/** The outcome of each stack. */
function outcomes(stacks: readonly StackResult[] = []): string[] {
  return stacks.map(({ stack, outcome, unanswered }) => [stack, outcome, ...unanswered].join(": ")).sort();
}

test(
  "a pilot light cannot be planned, is failed over by calls, and plans empty once us-east-1 is back",
  async () => {
    const report = await run((app) => new PilotLight(app, "orders", PROPS));
    const { rounds, failovers, findings, code } = report;
    expect(rounds.map(({ stacks }) => outcomes(stacks))).toEqual([
      [
        "orders-oregon-replication: no control plane: iam GetRole",
        "orders-oregon: no control plane: iam GetRole",
        "orders-virginia-replication: dark",
        "orders-virginia: dark",
      ],
    ]);
    expect(failovers.map(({ calls, stacks }) => ({ calls, stacks: outcomes(stacks) }))).toEqual([
      {
        calls: ["rds PromoteReadReplica in us-west-2"],
        stacks: [
          "orders-oregon-replication: empty",
          "orders-oregon: empty",
          "orders-virginia-replication: empty",
          "orders-virginia: empty",
        ],
      },
    ]);
    expect({ findings, code }).toEqual({ findings: [], code: 0 });
    expect(renderReport(report)).toContain(
      `virginia dark: orders-oregon, orders-oregon-replication cannot be planned while us-east-1 is dark, because it holds the control planes of: iam
virginia dark: recovery calls made: rds PromoteReadReplica in us-west-2
`,
    );
  },
  20 * MINUTES,
);

test(
  "backup and restore, which accepts it, cannot recover",
  async () => {
    const define = (app: App) => new BackupRestore(app, "orders", { ...PROPS, acceptUsEast1: true });
    const { rounds, failovers, findings, code } = await run(define);
    expect(rounds.map(({ stacks }) => outcomes(stacks))).toEqual([
      [
        "orders-oregon-replication: no control plane: iam GetRole",
        "orders-oregon: cannot recover: iam GetRole",
        "orders-virginia-replication: dark",
        "orders-virginia: dark",
      ],
    ]);
    expect(failovers).toEqual([]);
    expect({ findings, code }).toEqual({
      findings: ["virginia dark: orders-oregon cannot recover: iam GetRole"],
      code: 1,
    });
  },
  20 * MINUTES,
);
