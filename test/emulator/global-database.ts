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
import { SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { ACCOUNT, createSubnets, hasTerraform, PATIENCE_MS, SEOUL, Subnets, TOKYO } from "./support";

const MINUTE = 60_000;
const REGION = { seoul: SEOUL, tokyo: TOKYO };

type SiteName = keyof typeof REGION;

/** The parts of a site's cluster, for every engine. */
interface ClusterParts extends Subnets {
  readonly identifier: string;
  readonly instances: Readonly<Record<string, object>>;
  readonly kmsKeyArn: string;
}

/** A site, and what its cluster is made of. */
export interface ClusterPlace {
  readonly site: Site;
  readonly parts: ClusterParts;
}

/** A global database of two stacks, its home in Seoul. */
export interface TwoStacks {
  /** Of the global cluster; the clusters are `<identifier>-seoul` and `<identifier>-tokyo`. */
  readonly identifier: string;
  readonly place: (sites: Readonly<Record<SiteName, ClusterPlace>>) => void;
  /** How long the apply of both may take, and each step after it. */
  readonly minutes: { readonly apply: number; readonly step: number };
}

/**
 * Applies a global database in two stacks, fails it over with the home dark, switches it back and detaches the secondary. After each step,
 * the next plan of both is empty.
 *
 * @param own tests of the one engine, right after the apply; they are given the stacks once these are applied
 */
export function describeGlobalDatabase(
  title: string,
  { identifier, place, minutes }: TwoStacks,
  own?: (stacks: Readonly<Record<SiteName, TerraformStackRun>>) => void,
): void {
  const arnOf = (name: SiteName) => `arn:aws:rds:${REGION[name]}:${ACCOUNT}:cluster:${identifier}-${name}`;

  (hasTerraform() ? describe : describe.skip)(title, () => {
    let emulator: Emulator;
    let rds: RDSClient;
    const outdir = mkdtempSync(join(tmpdir(), `${identifier}-`));
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
    }, minutes.apply * MINUTE);

    afterAll(async () => {
      rds.destroy();
      await emulator.stop();
      rmSync(outdir, { recursive: true, force: true });
    }, PATIENCE_MS);

    step("is applied", expectNothingToDo);

    own?.(stacks);

    step("is failed over to while the home is dark, and nothing is to be done afterwards", async () => {
      emulator.darken(SEOUL);
      try {
        const target = { TargetDbClusterIdentifier: arnOf("tokyo"), AllowDataLoss: true };
        await rds.send(new FailoverGlobalClusterCommand({ GlobalClusterIdentifier: identifier, ...target }));
        expect((await stacks.tokyo.plan()).changes).toEqual([]);
        expect(emulator.requests({ region: SEOUL, dark: true })).toEqual([]);
      } finally {
        emulator.lighten();
      }
      await expectNothingToDo();
    });

    step("is switched back, and nothing is to be done afterwards", async () => {
      const target = { TargetDbClusterIdentifier: arnOf("seoul") };
      await rds.send(new SwitchoverGlobalClusterCommand({ GlobalClusterIdentifier: identifier, ...target }));
      await expectNothingToDo();
    });

    step("loses a cluster that is detached, and nothing is to be done afterwards", async () => {
      const member = { DbClusterIdentifier: arnOf("tokyo") };
      await rds.send(new RemoveFromGlobalClusterCommand({ GlobalClusterIdentifier: identifier, ...member }));
      await expectNothingToDo();
    });

    function step(name: string, run: () => Promise<void>): void {
      test(name, run, minutes.step * MINUTE);
    }

    async function expectNothingToDo(): Promise<void> {
      const [seoul, tokyo] = await Promise.all([stacks.seoul.plan(), stacks.tokyo.plan()]);
      expect({ seoul: seoul.changes, tokyo: tokyo.changes }).toEqual({ seoul: [], tokyo: [] });
    }

    function synth(subnets: Readonly<Record<SiteName, Subnets>>): void {
      const app = new App({ outdir });
      const placeOf = (name: SiteName): ClusterPlace => {
        const site = new Site(new TerraformStack(app, name), "Default", {
          region: REGION[name],
          account: ACCOUNT,
          name,
        });
        const own = `${identifier}-${name}`;
        const { kmsKeyArn } = new SiteKey(site, "Key", { alias: own });
        return { site, parts: { ...subnets[name], identifier: own, instances: { one: {} }, kmsKeyArn } };
      };
      place({ seoul: placeOf("seoul"), tokyo: placeOf("tokyo") });
      app.synth();
    }
  });
}
