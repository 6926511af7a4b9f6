/**
 * A file system in Seoul and its replica in Tokyo. Each is in a stack that needs no other region. A third stack looks
 * both up and replicates one into the other. An alarm in Tokyo watches the lag.
 */
import { App, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import { FileSystem, FileSystemReplication, SyncAlarm } from "../../modules/efs-replication";
import { SiteKey } from "../../modules/kms-keys";
import { Network, refuseOverlap } from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "111122223333" },
};
const CIDRS = { seoul: "10.40.0.0/16", tokyo: "10.41.0.0/16" };
refuseOverlap("media", CIDRS);
const app = new App();

/** A stack with its state in a site's region. */
function stackIn(name: keyof typeof SITES, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
  return stack;
}

/** A site with its network and its key, and the settings that the file systems of both sites share. */
function place(name: keyof typeof SITES) {
  const site = new Site(stackIn(name, `media-${name}`), "Default", { ...SITES[name], name });
  const { vpcId, privateSubnetIds } = new Network(site, "Network", { cidr: CIDRS[name], name: "media" });
  const fileSystem = {
    kmsKeyArn: new SiteKey(site, "Key", { alias: `media-${name}` }).kmsKeyArn,
    vpcId,
    mountTargets: { a: privateSubnetIds[0]!, b: privateSubnetIds[1]! },
    clientCidrBlocks: { network: CIDRS[name] },
    accessPoints: { web: { path: "/web", uid: 1000, gid: 1000 } },
    lifecycle: { infrequentAccessAfterDays: 30 },
  } as const;
  return { site, fileSystem };
}

const source = FileSystem.refOf({ ...SITES.seoul, name: "media-seoul" });
const destination = FileSystem.refOf({ ...SITES.tokyo, name: "media-tokyo" });

const seoul = place("seoul");
new FileSystem(seoul.site, "Media", { ...seoul.fileSystem, name: source.name });

const tokyo = place("tokyo");
const replica = new FileSystem(tokyo.site, "Media", { ...tokyo.fileSystem, name: destination.name, replicaOf: source });
new SyncAlarm(tokyo.site, "Lag", { replica, threshold: Duration.minutes(30) });

const stack = stackIn("tokyo", "media-replication");
[seoul, tokyo].forEach(({ site }) => stack.addDependency(TerraformStack.of(site)));
const [from, to] = [new Site(stack, "Seoul", SITES.seoul), new Site(stack, "Tokyo", SITES.tokyo)];
new FileSystemReplication(from, "Media", {
  source: FileSystem.lookup(from, "Source", source),
  destination: FileSystem.lookup(to, "Destination", destination),
});

app.synth();
