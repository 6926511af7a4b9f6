/**
 * Proves, with Terraform and the embedded AWS, that an Aurora global database in two stacks can be applied and that a failover with the
 * home dark, a switchover back and a detachment leave the next plan empty in both. Does not prove that data is copied, nor how long AWS
 * takes.
 */
import {
  FailoverGlobalClusterCommand,
  RDSClient,
  RemoveFromGlobalClusterCommand,
  SwitchoverGlobalClusterCommand,
} from "@aws-sdk/client-rds";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator, Terraform, TerraformStackRun } from "../../emulator";
import {
  GlobalCluster,
  GlobalDatabaseFacts,
  OriginCluster,
  ReplicationLagAlarm,
  SecondaryCluster,
} from "../../modules/aurora-global-database";
import { Duration } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { ACCOUNT, createSubnets, hasTerraform, PATIENCE_MS, SEOUL, Subnets, TOKYO } from "./support";

const MINUTE = 60_000;
const describeLive = hasTerraform() ? describe : describe.skip;

const FACTS: GlobalDatabaseFacts = {
  engine: "aurora-postgresql",
  engineVersion: "16.6",
  databaseName: "ledger",
  secondaryRegions: [TOKYO],
};
const CLUSTER = { instanceClass: "db.serverless", serverlessV2Scaling: { minAcu: 8, maxAcu: 64 } } as const;
const GlobalClusterIdentifier = "ledger";
const NAME = { seoul: "ledger-seoul", tokyo: "ledger-tokyo" };
const REGION = { seoul: SEOUL, tokyo: TOKYO };
type SiteName = keyof typeof REGION;

describeLive("an Aurora global database in two stacks", () => {
  let emulator: Emulator;
  let rds: RDSClient;
  const outdir = mkdtempSync(join(tmpdir(), "aurora-"));
  const stacks = {} as Record<SiteName, TerraformStackRun>;

  beforeAll(async () => {
    emulator = await Emulator.start();
    rds = new RDSClient(emulator.sdkConfig(TOKYO));
    synth({ seoul: await createSubnets(emulator, SEOUL), tokyo: await createSubnets(emulator, TOKYO) });
    const terraform = new Terraform(emulator);
    for (const name of ["seoul", "tokyo"] as const) {
      stacks[name] = await terraform.stack(join(outdir, "stacks", name));
      await stacks[name].apply();
    }
  }, 4 * MINUTE);

  afterAll(async () => {
    rds.destroy();
    await emulator.stop();
    rmSync(outdir, { recursive: true, force: true });
  }, PATIENCE_MS);

  test(
    "is applied, with its password in no state",
    async () => {
      expect(await changes()).toEqual({ seoul: [], tokyo: [] });
      expect(await stacks.seoul.statePull()).not.toMatch(
        /"(master_password|master_password_wo|secret_string_wo)": "[^"]/,
      );
    },
    MINUTE,
  );

  test(
    "is failed over to while the home is dark, and nothing is to be done afterwards",
    async () => {
      emulator.darken(SEOUL);
      try {
        await rds.send(
          new FailoverGlobalClusterCommand({
            GlobalClusterIdentifier,
            TargetDbClusterIdentifier: arnOf("tokyo"),
            AllowDataLoss: true,
          }),
        );
        expect((await stacks.tokyo.plan()).changes).toEqual([]);
        expect(emulator.requests({ region: SEOUL, dark: true })).toEqual([]);
      } finally {
        emulator.lighten();
      }
      expect(await changes()).toEqual({ seoul: [], tokyo: [] });
    },
    MINUTE,
  );

  test(
    "is switched back, and nothing is to be done afterwards",
    async () => {
      await rds.send(
        new SwitchoverGlobalClusterCommand({ GlobalClusterIdentifier, TargetDbClusterIdentifier: arnOf("seoul") }),
      );
      expect(await changes()).toEqual({ seoul: [], tokyo: [] });
    },
    MINUTE,
  );

  test(
    "loses a cluster that is detached, and nothing is to be done afterwards",
    async () => {
      await rds.send(
        new RemoveFromGlobalClusterCommand({ GlobalClusterIdentifier, DbClusterIdentifier: arnOf("tokyo") }),
      );
      expect(await changes()).toEqual({ seoul: [], tokyo: [] });
    },
    MINUTE,
  );

  function synth(places: Readonly<Record<SiteName, Subnets>>): void {
    const app = new App({ outdir });
    const site = (name: SiteName) =>
      new Site(new TerraformStack(app, name), "Default", { region: REGION[name], account: ACCOUNT, name });
    const clusterIn = (at: Site, name: SiteName) => ({
      ...CLUSTER,
      ...places[name],
      identifier: NAME[name],
      kmsKeyArn: new SiteKey(at, "Key", { alias: NAME[name] }).keyArn,
      instances: { one: {} },
    });

    const seoul = site("seoul");
    const { ref } = new GlobalCluster(seoul, "Global", { ...FACTS, identifier: GlobalClusterIdentifier });
    new OriginCluster(seoul, "Ledger", { ...clusterIn(seoul, "seoul"), global: ref });

    const tokyo = site("tokyo");
    const global = GlobalCluster.refOf({
      ...FACTS,
      identifier: GlobalClusterIdentifier,
      region: SEOUL,
      account: ACCOUNT,
    });
    const secondary = new SecondaryCluster(tokyo, "Ledger", { ...clusterIn(tokyo, "tokyo"), global });
    new ReplicationLagAlarm(tokyo, "Lag", { cluster: secondary.ref, global, threshold: Duration.minutes(1) });
    app.synth();
  }

  async function changes(): Promise<Record<SiteName, unknown>> {
    const [seoul, tokyo] = await Promise.all([stacks.seoul.plan(), stacks.tokyo.plan()]);
    return { seoul: seoul.changes, tokyo: tokyo.changes };
  }
});

function arnOf(name: SiteName): string {
  return `arn:aws:rds:${REGION[name]}:${ACCOUNT}:cluster:${NAME[name]}`;
}
