/**
 * A Neptune global database with its home in Tokyo and a secondary cluster in Osaka. Each site has its own stack, so
 * you can plan, apply and fail over to Osaka while Tokyo is unavailable. AWS knows which cluster takes the writes. No
 * plan shows it.
 */
import { App, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import {
  GlobalCluster,
  OriginCluster,
  ReplicationLagAlarm,
  SecondaryCluster,
} from "../../modules/neptune-global-database";
import { SiteKey } from "../../modules/kms-keys";
import { Network, refuseOverlap } from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";

const ACCOUNT = "111122223333";
const REGIONS = { tokyo: "ap-northeast-1", osaka: "ap-northeast-3" };
const CIDRS = { tokyo: "10.60.0.0/16", osaka: "10.61.0.0/16" };
refuseOverlap("friends", CIDRS);

const FRIENDS = { identifier: "friends", engineVersion: "1.4.5.1", secondaryRegions: [REGIONS.osaka] };

const app = new App();

/** A site with its network and its key. Returns the settings that the clusters of all sites share. */
function place(name: keyof typeof REGIONS) {
  const stack = new TerraformStack(app, `friends-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: REGIONS[name] });
  const site = new Site(stack, name, { region: REGIONS[name], account: ACCOUNT });
  const network = new Network(site, "Network", { cidr: CIDRS[name], name: "friends" });
  const { kmsKeyArn } = new SiteKey(site, "Key", { alias: `friends-${name}` });
  const where = { kmsKeyArn, vpcId: network.vpcId, subnetIds: network.privateSubnetIds };
  return { site, cluster: { ...where, identifier: `friends-${name}`, instanceClass: "db.r6g.large" } as const };
}

const tokyo = place("tokyo");
new OriginCluster(tokyo.site, "Friends", {
  ...tokyo.cluster,
  global: new GlobalCluster(tokyo.site, "Global", FRIENDS).ref,
  instances: { one: {}, two: {} },
});

const osaka = place("osaka");
const global = GlobalCluster.refOf({ ...FRIENDS, region: REGIONS.tokyo, account: ACCOUNT });
const { ref: cluster } = new SecondaryCluster(osaka.site, "Friends", {
  ...osaka.cluster,
  global,
  instances: { one: {} },
});
new ReplicationLagAlarm(osaka.site, "Lag", { cluster, global, threshold: Duration.minutes(1) });

app.synth();
