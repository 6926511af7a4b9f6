/**
 * Proves, with Terraform and the embedded AWS, that a file system and its replica can be applied in separate stacks. A failover with the
 * source's region dark leaves their plans empty. Terraform cannot overwrite the promoted file system, and the replication can be reversed.
 * Does not prove that files are copied.
 */
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callRest, Emulator, Terraform, TerraformStackRun } from "../../emulator";
import { Duration } from "../../modules/core";
import { FileSystem, FileSystemReplication, SyncAlarm } from "../../modules/efs-replication";
import { SiteKey } from "../../modules/kms-keys";
import { Site, StateBackend } from "../../modules/site";
import { CommandFailed } from "../../terraform";
import { ACCOUNT, hasTerraform, PATIENCE_MS, SEOUL, TOKYO } from "./support";

const MINUTE = 60_000;
const describeLive = hasTerraform() ? describe : describe.skip;

const SITES = { seoul: { region: SEOUL, account: ACCOUNT }, tokyo: { region: TOKYO, account: ACCOUNT } };
type SiteName = keyof typeof SITES;
const STACKS = ["seoul", "tokyo", "between"] as const;
const NOTHING = { seoul: [], tokyo: [], between: [] };
const REFS = {
  seoul: FileSystem.refOf({ ...SITES.seoul, name: "media-seoul" }),
  tokyo: FileSystem.refOf({ ...SITES.tokyo, name: "media-tokyo" }),
};

interface Place {
  readonly vpcId: string;
  readonly subnetId: string;
}

describeLive("a replicated file system", () => {
  let emulator: Emulator;
  let places: Record<SiteName, Place>;
  /** Every stack, initialised once: `terraform init` takes longer than the plan of such a small stack. */
  let stacks: ReadonlyMap<string, TerraformStackRun>;
  const outdir = mkdtempSync(join(tmpdir(), "efs-"));

  beforeAll(async () => {
    emulator = await Emulator.start();
    places = { seoul: await createSubnet(SEOUL), tokyo: await createSubnet(TOKYO) };
    synth("seoul");
    stacks = await new Terraform(emulator).stacks(outdir);
    for (const name of STACKS) await stack(name).apply();
  }, 4 * MINUTE);

  afterAll(async () => {
    await emulator.stop();
    rmSync(outdir, { recursive: true, force: true });
  }, PATIENCE_MS);

  test(
    "is applied",
    async () => {
      expect(await changes()).toEqual(NOTHING);
    },
    2 * MINUTE,
  );

  test(
    "is failed over while the source's region is dark, and nothing is to be done afterwards",
    async () => {
      emulator.darken(SEOUL);
      try {
        await endReplication(await sourceOf("tokyo"), "?deletionMode=LOCAL_CONFIGURATION_ONLY");
        expect((await stack("tokyo").plan()).changes).toEqual([]);
        expect(emulator.requests({ region: SEOUL, dark: true })).toEqual([]);
      } finally {
        emulator.lighten();
      }
      expect(await changes()).toEqual(NOTHING);
    },
    2 * MINUTE,
  );

  test(
    "is not overwritten when the replication is forgotten in the program",
    async () => {
      await callRest(emulator, `${SEOUL}/elasticfilesystem`, "DELETE", replicationOf(await idOf("seoul")));
      const between = stack("between");
      expect((await between.plan()).changes.map(({ actions }) => actions)).toEqual([["create"]]);
      await expect(between.apply()).rejects.toThrow(CommandFailed);
      expect(await changes()).toMatchObject({ seoul: [], tokyo: [] });
    },
    2 * MINUTE,
  );

  test(
    "is replicated the other way, once the former source lets itself be overwritten",
    async () => {
      const body = { ReplicationOverwriteProtection: "DISABLED" };
      const path = `/2015-02-01/file-systems/${await idOf("seoul")}/protection`;
      await callRest(emulator, `${SEOUL}/elasticfilesystem`, "PUT", path, body);
      synth("tokyo");
      await stack("between").apply();
      expect(await changes()).toEqual(NOTHING);
    },
    2 * MINUTE,
  );

  function stack(name: (typeof STACKS)[number]): TerraformStackRun {
    return stacks.get(name)!;
  }

  /** The actions in the plans of all stacks. */
  async function changes(): Promise<Record<string, unknown>> {
    const all: Record<string, unknown> = {};
    for (const name of STACKS) all[name] = (await stack(name).plan()).changes;
    return all;
  }

  async function idOf(name: SiteName): Promise<string> {
    const path = `/2015-02-01/file-systems?CreationToken=${REFS[name].name}`;
    const { FileSystems } = (await callRest(emulator, `${SITES[name].region}/elasticfilesystem`, "GET", path)) as {
      FileSystems: { FileSystemId: string }[];
    };
    return FileSystems[0]!.FileSystemId;
  }

  /** As the recovery of a replica finds it. */
  async function sourceOf(replica: SiteName): Promise<string> {
    const path = `/2015-02-01/file-systems/replication-configurations?FileSystemId=${await idOf(replica)}`;
    const { Replications } = (await callRest(emulator, `${SITES[replica].region}/elasticfilesystem`, "GET", path)) as {
      Replications: { SourceFileSystemId: string }[];
    };
    return Replications[0]!.SourceFileSystemId;
  }

  async function endReplication(source: string, mode: string): Promise<void> {
    await callRest(emulator, `${TOKYO}/elasticfilesystem`, "DELETE", replicationOf(source) + mode);
  }

  function replicationOf(source: string): string {
    return `/2015-02-01/file-systems/${source}/replication-configuration`;
  }

  /** A VPC with a subnet, made by hand: how networks are made is proven elsewhere. */
  async function createSubnet(region: string): Promise<Place> {
    const ec2 = new EC2Client(emulator.sdkConfig(region));
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.21.0.0/16" }));
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc!.VpcId, CidrBlock: "10.21.0.0/24" }));
    ec2.destroy();
    return { vpcId: Vpc!.VpcId!, subnetId: Subnet!.SubnetId! };
  }

  /** The program, with the site that is replicated from. */
  function synth(from: SiteName): void {
    const app = new App({ outdir });
    const to = from === "seoul" ? "tokyo" : "seoul";
    placeFileSystem(app, "seoul");
    placeFileSystem(app, "tokyo");
    const between = stackIn(app, "between", "tokyo");
    const sites = {
      seoul: new Site(between, "Seoul", SITES.seoul),
      tokyo: new Site(between, "Tokyo", SITES.tokyo),
    };
    new FileSystemReplication(sites[from], "Media", {
      source: FileSystem.lookup(sites[from], "Source", REFS[from]),
      destination: FileSystem.lookup(sites[to], "Destination", REFS[to]),
    });
    app.synth();
  }

  function placeFileSystem(app: App, name: SiteName): void {
    const site = new Site(stackIn(app, name, name), "Default", { ...SITES[name], name });
    const { vpcId, subnetId } = places[name];
    const fileSystem = new FileSystem(site, "Media", {
      name: REFS[name].name,
      kmsKeyArn: new SiteKey(site, "Key", { alias: REFS[name].name }).kmsKeyArn,
      vpcId,
      mountTargets: { a: subnetId },
      lifecycle: { infrequentAccessAfterDays: 30, archiveAfterDays: 90, standardAfterAccess: true },
      ...(name === "tokyo" && { replicaOf: REFS.seoul }),
    });
    if (name === "tokyo") new SyncAlarm(site, "Lag", { replica: fileSystem, threshold: Duration.minutes(30) });
  }

  function stackIn(app: App, id: string, name: SiteName): TerraformStack {
    const made = new TerraformStack(app, id);
    new StateBackend(made, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
    return made;
  }
});
