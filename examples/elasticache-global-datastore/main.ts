/**
 * A Valkey global datastore with its home in Seoul and a secondary cluster in Tokyo. Each site has its own stack.
 * Tokyo's stack uses the id that AWS will give the datastore in Seoul. You can plan Tokyo and fail over to it while
 * Seoul is unavailable.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import {
  GlobalReplicationGroup,
  ReplicationLagAlarm,
  SecondaryReplicationGroup,
} from "../../modules/elasticache-global-datastore";
import { SiteKey } from "../../modules/kms-keys";
import { Network, refuseOverlap } from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "111122223333" },
};
const CIDRS = { seoul: "10.50.0.0/16", tokyo: "10.51.0.0/16" };
refuseOverlap("sessions", CIDRS);

const SESSIONS = {
  name: "sessions",
  engine: "valkey",
  engineVersion: "8.0",
  nodeType: "cache.r7g.large",
  secondaryRegions: [SITES.tokyo.region],
} as const;
const app = new App();

/** A stack that holds one site, with its network and its key. Returns the settings that the clusters share. */
function place(name: keyof typeof SITES) {
  const stack = new TerraformStack(app, `sessions-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
  const site = new Site(stack, "Default", { ...SITES[name], name });
  const { vpcId, privateSubnetIds: subnetIds } = new Network(site, "Network", { cidr: CIDRS[name], name: "sessions" });
  const cluster = {
    replicationGroupId: `sessions-${name}`,
    kmsKeyArn: new SiteKey(site, "Key", { alias: `sessions-${name}` }).kmsKeyArn,
    vpcId,
    subnetIds,
    clientCidrBlocks: { network: CIDRS[name] },
    users: { api: "on ~session:* +@read +@write" },
  };
  return { stack, site, cluster };
}

const seoul = place("seoul");
new GlobalReplicationGroup(seoul.site, "Sessions", { ...SESSIONS, ...seoul.cluster });

const tokyo = place("tokyo");
tokyo.stack.addDependency(seoul.stack);
const global = GlobalReplicationGroup.refOf({ ...SITES.seoul, ...SESSIONS });
const { ref: group, endpoint } = new SecondaryReplicationGroup(tokyo.site, "Sessions", { ...tokyo.cluster, global });
new ReplicationLagAlarm(tokyo.site, "Lag", { group, global, threshold: Duration.seconds(10) });
new TerraformOutput(tokyo.stack, "endpoint", { value: endpoint });

app.synth();
