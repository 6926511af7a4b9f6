/**
 * A DocumentDB global cluster with its home in Seoul and a secondary cluster in Tokyo. Each site has its own stack, so
 * you can plan, apply and fail over to Tokyo while Seoul is unavailable. AWS knows which cluster takes the writes. No
 * plan shows it.
 */
import { App, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import {
  GlobalCluster,
  OriginCluster,
  ReplicationLagAlarm,
  SecondaryCluster,
} from "../../modules/documentdb-global-cluster";
import { SiteKey } from "../../modules/kms-keys";
import { Network, refuseOverlap } from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";

const ACCOUNT = "111122223333";
const REGIONS = { seoul: "ap-northeast-2", tokyo: "ap-northeast-1" };
const CIDRS = { seoul: "10.50.0.0/16", tokyo: "10.51.0.0/16" };
refuseOverlap("catalog", CIDRS);

const CATALOG = { identifier: "catalog", engineVersion: "5.0.0", secondaryRegions: [REGIONS.tokyo] };

const app = new App();

/** A site with its network and its key. Returns the settings that the clusters of all sites share. */
function place(name: keyof typeof REGIONS) {
  const stack = new TerraformStack(app, `catalog-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: REGIONS[name] });
  const site = new Site(stack, name, { region: REGIONS[name], account: ACCOUNT });
  const network = new Network(site, "Network", { cidr: CIDRS[name], name: "catalog" });
  const { kmsKeyArn } = new SiteKey(site, "Key", { alias: `catalog-${name}` });
  const where = { kmsKeyArn, vpcId: network.vpcId, subnetIds: network.privateSubnetIds };
  return { site, cluster: { ...where, identifier: `catalog-${name}`, instanceClass: "db.r6g.large" } as const };
}

const seoul = place("seoul");
new OriginCluster(seoul.site, "Catalog", {
  ...seoul.cluster,
  global: new GlobalCluster(seoul.site, "Global", CATALOG).ref,
  instances: { one: {}, two: {} },
});

const tokyo = place("tokyo");
const global = GlobalCluster.refOf({ ...CATALOG, region: REGIONS.seoul, account: ACCOUNT });
const { ref: cluster } = new SecondaryCluster(tokyo.site, "Catalog", {
  ...tokyo.cluster,
  global,
  instances: { one: {} },
});
new ReplicationLagAlarm(tokyo.site, "Lag", { cluster, global, threshold: Duration.minutes(1) });

app.synth();
