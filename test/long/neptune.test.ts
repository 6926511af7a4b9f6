/**
 * Proves, with Terraform and the embedded AWS, that a Neptune global database in two stacks can be applied and that a failover with the
 * home dark, a switchover back and a detachment leave the next plan empty in both. The embedded AWS knows no IAM authentication of
 * Neptune, so it is off here. Does not prove that data is copied, nor how long AWS takes.
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
} from "../../modules/neptune-global-database";
import { Duration } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { ACCOUNT, createSubnets, hasTerraform, PATIENCE_MS, SEOUL, Subnets, TOKYO } from "../emulator/support";

const MINUTE = 60_000;
const describeLive = hasTerraform() ? describe : describe.skip;

const FACTS: GlobalDatabaseFacts = { engineVersion: "1.4.5.1", secondaryRegions: [TOKYO] };
const CLUSTER = { instanceClass: "db.r6g.large", iamAuthentication: false } as const;
const GlobalClusterIdentifier = "friends";
const NAME = { seoul: "friends-seoul", tokyo: "friends-tokyo" };
const REGION = { seoul: SEOUL, tokyo: TOKYO };
type SiteName = keyof typeof REGION;

describeLive("a Neptune global database in two stacks", () => {
  let emulator: Emulator;
  let rds: RDSClient;
  const outdir = mkdtempSync(join(tmpdir(), "neptune-"));
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
  }, 10 * MINUTE);

  afterAll(async () => {
    rds.destroy();
    await emulator.stop();
    rmSync(outdir, { recursive: true, force: true });
  }, PATIENCE_MS);

  test("is applied", async () => expect(await changes()).toEqual({ seoul: [], tokyo: [] }), 2 * MINUTE);

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
    2 * MINUTE,
  );

  test(
    "is switched back, and nothing is to be done afterwards",
    async () => {
      await rds.send(
        new SwitchoverGlobalClusterCommand({ GlobalClusterIdentifier, TargetDbClusterIdentifier: arnOf("seoul") }),
      );
      expect(await changes()).toEqual({ seoul: [], tokyo: [] });
    },
    2 * MINUTE,
  );

  test(
    "loses a cluster that is detached, and nothing is to be done afterwards",
    async () => {
      await rds.send(
        new RemoveFromGlobalClusterCommand({ GlobalClusterIdentifier, DbClusterIdentifier: arnOf("tokyo") }),
      );
      expect(await changes()).toEqual({ seoul: [], tokyo: [] });
    },
    2 * MINUTE,
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
    new OriginCluster(seoul, "Friends", { ...clusterIn(seoul, "seoul"), global: ref });

    const tokyo = site("tokyo");
    const global = GlobalCluster.refOf({
      ...FACTS,
      identifier: GlobalClusterIdentifier,
      region: SEOUL,
      account: ACCOUNT,
    });
    const secondary = new SecondaryCluster(tokyo, "Friends", { ...clusterIn(tokyo, "tokyo"), global });
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
