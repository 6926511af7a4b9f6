/**
 * A PostgreSQL database in Seoul, its read replica in Tokyo, and copies of its backups there. Tokyo's stack holds
 * everything that the replica needs after its promotion. Terraform never promotes it, and its plan is empty afterwards.
 */
import { App, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Network, refuseOverlap } from "../../modules/network";
import {
  AutomatedBackupsReplication,
  DatabaseGroups,
  ReadReplica,
  ReplicaLagAlarm,
  SourceDatabase,
} from "../../modules/rds-read-replica";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "111122223333" },
};
const CIDRS = { seoul: "10.20.0.0/16", tokyo: "10.21.0.0/16" };
const LEDGER = { engine: "postgres", engineVersion: "16", instanceClass: "db.r7g.large" } as const;
refuseOverlap("ledger", CIDRS);

const app = new App();

/** A stack that holds one site: its network, its key, and the groups of its databases. */
function siteStack(name: keyof typeof SITES) {
  const stack = new TerraformStack(app, `ledger-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
  const site = new Site(stack, "Default", { ...SITES[name], name });
  const { vpcId, privateSubnetIds: subnetIds } = new Network(site, "Network", { cidr: CIDRS[name], name: "ledger" });
  const { kmsKeyArn } = new SiteKey(site, "Key", { alias: `ledger-${name}` });
  const clientCidrBlocks = { network: CIDRS[name] };
  const groups = new DatabaseGroups(site, "Groups", { ...LEDGER, name: "ledger", vpcId, subnetIds, clientCidrBlocks });
  return { site, database: { ...LEDGER, identifier: `ledger-${name}`, kmsKeyArn, groups } };
}

const seoul = siteStack("seoul");
new SourceDatabase(seoul.site, "Ledger", {
  ...seoul.database,
  storageGiB: 200,
  secretReplicas: { [SITES.tokyo.region]: {} },
});

const tokyo = siteStack("tokyo");
TerraformStack.of(tokyo.site).addDependency(TerraformStack.of(seoul.site));
const source = SourceDatabase.refOf({ ...SITES.seoul, ...LEDGER, identifier: "ledger-seoul" });
const replica = new ReadReplica(tokyo.site, "Ledger", { ...tokyo.database, source });
new AutomatedBackupsReplication(tokyo.site, "Backups", { source, kmsKeyArn: tokyo.database.kmsKeyArn });
new ReplicaLagAlarm(tokyo.site, "Lag", { replica: replica.ref, threshold: Duration.minutes(15) });

app.synth();
