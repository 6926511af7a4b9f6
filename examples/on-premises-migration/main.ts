/**
 * A SQL Server in your own data centre, on its way to Tokyo. Its closed years came as CSV files: a task loads them into Aurora PostgreSQL.
 * Its open year is replicated into Parquet files, for reports: AWS DMS provides and scales the capacity.
 */
import { App, TerraformStack } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as dms from "../../modules/dms-replication";
import { SiteKey } from "../../modules/kms-keys";
import { ReplicaBucket } from "../../modules/s3-replication";
import { Site, StateBackend } from "../../modules/site";

const TOKYO = { region: "ap-northeast-1", account: "111122223333" };
/** These exist in Tokyo before: secrets, a topic that DMS may publish to, and a network that reaches both databases. */
const secret = (name: string) => `arn:aws:secretsmanager:${TOKYO.region}:${TOKYO.account}:secret:${name}`;
const topicArn = `arn:aws:sns:${TOKYO.region}:${TOKYO.account}:operators`;
const network = { subnetIds: ["subnet-0a1b2c3d", "subnet-4e5f6a7b"], securityGroupIds: ["sg-0a1b2c3d"] };

const app = new App();
const stack = new TerraformStack(app, "ledger-migration");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: TOKYO.region });
const tokyo = new Site(stack, "Default", { ...TOKYO, name: "tokyo" });

const key = new SiteKey(tokyo, "Key", { alias: "ledger-migration" });
const { ref: bucket } = new ReplicaBucket(tokyo, "Files", { name: "acme-ledger-files", key });
const pem = readFileSync(join(__dirname, "authority.pem"), "utf8"); // of the authority that both databases use
const { certificateArn } = new dms.Certificate(tokyo, "Authority", { name: "acme", pem });
const kmsKeyArn = key.kmsKeyArn;
const database = { kmsKeyArn, certificateArn };
const files = { kmsKeyArn, bucket, bucketKmsKeyArn: kmsKeyArn };
const accountRoles = new dms.AccountRoles(tokyo, "Roles").ref;
const mappings = dms.tableMappings({ selections: { ledger: { schema: "dbo", table: "%" } } });

const machine = { name: "ledger", instanceClass: "dms.r6i.large", kmsKeyArn, accountRoles, ...network };
const tables = [{ schema: "dbo", table: "entries", columns: [{ name: "id", type: "INT8" } as const] }];
const aurora = { name: "ledger-aurora", engine: dms.auroraPostgresTarget({ databaseName: "ledger" }) };
new dms.ReplicationTask(tokyo, "ClosedYears", {
  ...{ name: "closed-years", migrationType: "full-load", mappings },
  instance: new dms.ReplicationInstance(tokyo, "Instance", machine),
  source: new dms.S3SourceEndpoint(tokyo, "Csv", { ...files, name: "ledger-csv", folder: "closed", tables }),
  target: new dms.TargetEndpoint(tokyo, "Aurora", { ...database, ...aurora, secretArn: secret("aurora-GhIjKl") }),
  schemaConversion: { by: "by hand", note: "one table, created before the load" },
});

const sqlServer = { name: "ledger-sqlserver", engine: dms.sqlServerSource({ databaseName: "ledger" }) };
const parquet = { name: "ledger-parquet", folder: "open", files: { format: "parquet" } } as const;
new dms.ServerlessReplication(tokyo, "OpenYear", {
  ...{ name: "open-year", migrationType: "full-load-and-cdc", mappings, kmsKeyArn, accountRoles, ...network },
  maxCapacityUnits: 8,
  source: new dms.SourceEndpoint(tokyo, "Source", { ...database, ...sqlServer, secretArn: secret("source-AbCdEf") }),
  target: new dms.S3TargetEndpoint(tokyo, "Parquet", { ...files, ...parquet }),
  schemaConversion: { by: "none: tables only, created by DMS", note: "reports read the files" },
  settings: { target: { lobMode: "none" } },
});
new dms.EventSubscription(tokyo, "Events", { name: "ledger", sourceType: "replication-task", topicArn });

app.synth();
