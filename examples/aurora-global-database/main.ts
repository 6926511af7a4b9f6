/**
 * An Aurora PostgreSQL global database with its home in Seoul and a secondary cluster in Tokyo. One stack holds both
 * sites. The next plan is empty after a failover to Tokyo, a switchover back, and a detachment. To plan Tokyo while
 * Seoul is unavailable, give each site its own stack and use `GlobalCluster.refOf` instead of `origin.global`.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import {
  GlobalCluster,
  OriginCluster,
  ReplicationLagAlarm,
  SecondaryCluster,
} from "../../modules/aurora-global-database";
import { Duration } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Network, refuseOverlap } from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";

const ACCOUNT = "111122223333";
const REGIONS = { seoul: "ap-northeast-2", tokyo: "ap-northeast-1" };
const CIDRS = { seoul: "10.30.0.0/16", tokyo: "10.31.0.0/16" };
refuseOverlap("ledger", CIDRS);

const app = new App();
const stack = new TerraformStack(app, "ledger-global");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: REGIONS.tokyo });

/** A site with its network and its key. Returns the settings that the clusters of all sites share. */
function place(name: keyof typeof REGIONS) {
  const site = new Site(stack, name, { region: REGIONS[name], account: ACCOUNT });
  const network = new Network(site, "Network", { cidr: CIDRS[name], name: "ledger" });
  const { kmsKeyArn } = new SiteKey(site, "Key", { alias: `ledger-${name}` });
  const where = { kmsKeyArn, vpcId: network.vpcId, subnetIds: network.privateSubnetIds };
  return { site, cluster: { ...where, identifier: `ledger-${name}`, instanceClass: "db.r7g.large" } as const };
}

const seoul = place("seoul");
const tokyo = place("tokyo");

const { ref: global, writerEndpoint } = new GlobalCluster(seoul.site, "Global", {
  identifier: "ledger",
  engine: "aurora-postgresql",
  engineVersion: "16.8",
  databaseName: "ledger",
  secondaryRegions: [REGIONS.tokyo],
});
const origin = new OriginCluster(seoul.site, "Ledger", { ...seoul.cluster, global, instances: { one: {}, two: {} } });
const secondary = new SecondaryCluster(tokyo.site, "Ledger", {
  ...tokyo.cluster,
  global: origin.global,
  instances: { one: {} },
  writeForwarding: true,
});
new ReplicationLagAlarm(tokyo.site, "Lag", { cluster: secondary.ref, global, threshold: Duration.minutes(1) });
new TerraformOutput(stack, "writer", { value: writerEndpoint });

app.synth();
