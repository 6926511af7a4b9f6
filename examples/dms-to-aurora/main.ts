/**
 * Orders of a MySQL database on RDS in Seoul. AWS DMS copies them into Aurora PostgreSQL in Tokyo and replicates every
 * change. The engines differ, so you convert the schema first, and the task says how. All parts of DMS are in the
 * target's site: you can stop them from there.
 */
import { App, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import {
  AccountRoles,
  auroraPostgresTarget,
  mysqlSource,
  ReplicationInstance,
  ReplicationTask,
  SourceEndpoint,
  tableMappings,
  TargetEndpoint,
  TaskAlarms,
} from "../../modules/dms-replication";
import { SiteKey } from "../../modules/kms-keys";
import { Site, StateBackend } from "../../modules/site";

const JAPAN = { region: "ap-northeast-1", account: "111122223333" };

/** These exist in Tokyo before. The first secret is a replica of Seoul's. */
const THERE = {
  sourceSecret: `arn:aws:secretsmanager:${JAPAN.region}:${JAPAN.account}:secret:orders-seoul-AbCdEf`,
  targetSecret: `arn:aws:secretsmanager:${JAPAN.region}:${JAPAN.account}:secret:orders-tokyo-GhIjKl`,
  certificate: `arn:aws:dms:${JAPAN.region}:${JAPAN.account}:cert:RDS-BUNDLE`,
  network: { subnetIds: ["subnet-0a1b2c3d", "subnet-4e5f6a7b"], securityGroupIds: ["sg-0a1b2c3d"] },
};

const app = new App();
const stack = new TerraformStack(app, "orders-tokyo-dms");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: JAPAN.region });
const tokyo = new Site(stack, "Default", { ...JAPAN, name: "tokyo" });

const kmsKeyArn = new SiteKey(tokyo, "Key", { alias: "orders-dms" }).kmsKeyArn;
const accountRoles = new AccountRoles(tokyo, "Roles").ref;
const machine = { name: "orders", instanceClass: "dms.r6i.large", kmsKeyArn, accountRoles, ...THERE.network };
const instance = new ReplicationInstance(tokyo, "Instance", machine);

const encrypted = { kmsKeyArn, certificateArn: THERE.certificate };
const from = { name: "orders-mysql", engine: mysqlSource(), databaseRegion: "ap-northeast-2" };
const source = new SourceEndpoint(tokyo, "Source", { ...encrypted, ...from, secretArn: THERE.sourceSecret });
const to = { name: "orders-aurora", engine: auroraPostgresTarget({ databaseName: "orders" }) };
const target = new TargetEndpoint(tokyo, "Target", { ...encrypted, ...to, secretArn: THERE.targetSecret });

const task = new ReplicationTask(tokyo, "Task", {
  name: "orders",
  instance,
  source,
  target,
  migrationType: "full-load-and-cdc",
  mappings: tableMappings({ selections: { shop: { schema: "shop", table: "%" } } }),
  schemaConversion: { by: "DMS Schema Conversion", note: "all tables of shop; two procedures rewritten by hand" },
  settings: { validation: {} },
});
new TaskAlarms(tokyo, "Alarms", { task, maxLatency: Duration.minutes(5) });

app.synth();
