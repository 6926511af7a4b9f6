/**
 * Buckets of two sites: an archive that is copied one way, and media that are copied both ways. Buckets and replication
 * have stacks of their own, each of one site. You can plan and apply one site's stacks while the other region is
 * unavailable.
 */
import { App, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import {
  BatchReplicationRole,
  BucketReplication,
  ReplicaBucket,
  ReplicationLatencyAlarm,
} from "../../modules/s3-replication";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "111122223333" },
};

/** Buckets are known before they exist. */
const archive = {
  seoul: ReplicaBucket.refOf({ ...SITES.seoul, name: "acme-archive-seoul" }),
  tokyo: ReplicaBucket.refOf({ ...SITES.tokyo, name: "acme-archive-tokyo" }),
};
const media = {
  seoul: ReplicaBucket.refOf({ ...SITES.seoul, name: "acme-media-seoul" }),
  tokyo: ReplicaBucket.refOf({ ...SITES.tokyo, name: "acme-media-tokyo" }),
};
const threshold = Duration.minutes(15);
const app = new App();
/** A stack that holds one site, keeps its state there and is deployed after others. */
function siteStack(id: string, name: keyof typeof SITES, ...after: Site[]): Site {
  const stack = new TerraformStack(app, id);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
  for (const site of after) stack.addDependency(TerraformStack.of(site));
  return new Site(stack, "Default", { ...SITES[name], name });
}

const seoul = siteStack("media-seoul", "seoul");
new ReplicaBucket(seoul, "Archive", { name: archive.seoul.name });
new ReplicaBucket(seoul, "Media", { name: media.seoul.name });
new ReplicationLatencyAlarm(seoul, "MediaLag", { source: media.tokyo, destination: media.seoul, threshold });

const tokyo = siteStack("media-tokyo", "tokyo");
new ReplicaBucket(tokyo, "Archive", { name: archive.tokyo.name });
new ReplicaBucket(tokyo, "Media", { name: media.tokyo.name });
new ReplicationLatencyAlarm(tokyo, "ArchiveLag", { source: archive.seoul, destination: archive.tokyo, threshold });
new ReplicationLatencyAlarm(tokyo, "MediaLag", { source: media.seoul, destination: media.tokyo, threshold });

const fromSeoul = siteStack("media-seoul-replication", "seoul", seoul, tokyo);
const rules = [{ destination: archive.tokyo, storageClass: "GLACIER_IR" as const }];
new BucketReplication(fromSeoul, "Archive", { source: archive.seoul, rules });
new BatchReplicationRole(fromSeoul, "OldArchive", { source: archive.seoul }); // for objects older than the rule
new BucketReplication(fromSeoul, "Media", { source: media.seoul, replicateTo: [media.tokyo] });

const fromTokyo = siteStack("media-tokyo-replication", "tokyo", seoul, tokyo);
new BucketReplication(fromTokyo, "Media", { source: media.tokyo, replicateTo: [media.seoul] });

app.synth();
