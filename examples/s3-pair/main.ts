/**
 * Buckets of two sites: an archive that is copied one way, media that are copied both ways. Each site has a stack of its own;
 * what touches both is in a third, so that the others plan and apply while one region is dark.
 */
import { App, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import { BucketReplication, ReplicaBucket, ReplicationLatencyAlarm } from "../../modules/s3-replication";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "111122223333" },
};
type SiteName = keyof typeof SITES;
type Kind = "archive" | "media";

/** The bucket of a kind in a site, known before it exists. */
const bucket = (kind: Kind, site: SiteName) => ReplicaBucket.refOf({ ...SITES[site], name: `acme-${kind}-${site}` });

const app = new App();

/** A stack whose state is kept in a site. */
function stackIn(site: SiteName, name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new StateBackend(stack, { bucket: `acme-tf-${site}`, prefix: site, region: SITES[site].region });
  return stack;
}

/** The buckets of one site, and alarms on what comes in from the other. */
function siteStack(name: SiteName, other: SiteName, incoming: readonly Kind[]): TerraformStack {
  const stack = stackIn(name, `media-${name}`);
  const site = new Site(stack, "Default", { ...SITES[name], name });
  for (const kind of ["archive", "media"] as const) new ReplicaBucket(site, kind, { name: bucket(kind, name).name });
  for (const kind of incoming) {
    const [source, destination] = [bucket(kind, other), bucket(kind, name)];
    new ReplicationLatencyAlarm(site, `${kind}-lag`, { source, destination, threshold: Duration.minutes(15) });
  }
  return stack;
}

const pair = stackIn("seoul", "media-seoul-tokyo");
pair.addDependency(siteStack("seoul", "tokyo", ["media"])); // S3 checks that the buckets exist
pair.addDependency(siteStack("tokyo", "seoul", ["archive", "media"]));
const seoul = new Site(pair, "seoul", SITES.seoul);
const tokyo = new Site(pair, "tokyo", SITES.tokyo);
new BucketReplication(seoul, "archive", {
  source: bucket("archive", "seoul"),
  rules: [{ destination: bucket("archive", "tokyo"), storageClass: "GLACIER_IR" }],
});
new BucketReplication(seoul, "media", { source: bucket("media", "seoul"), replicateTo: [bucket("media", "tokyo")] });
new BucketReplication(tokyo, "media", { source: bucket("media", "tokyo"), replicateTo: [bucket("media", "seoul")] });

app.synth();
