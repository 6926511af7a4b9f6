/**
 * A global table with provisioned capacity, both sites in one stack. Tokyo is a standby that few clients read, so it keeps fewer read units
 * than Seoul. The application encrypts some fields itself, under a multi-Region key: both sites can decrypt what either one wrote.
 */
import { App, TerraformStack } from "cdktf";
import { GlobalTable, ReplicaScaling, TableReplica } from "../../modules/dynamodb-global-table";
import { ReplicaKey, SiteKey } from "../../modules/kms-keys";
import { Site, StateBackend } from "../../modules/site";

const SEOUL = { region: "ap-northeast-2", account: "111122223333" };
const TOKYO = { region: "ap-northeast-1", account: "111122223333" };

const app = new App();
const stack = new TerraformStack(app, "customers");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: TOKYO.region });
const [seoul, tokyo] = [new Site(stack, "Seoul", SEOUL), new Site(stack, "Tokyo", TOKYO)];

// for fields that the application encrypts; the table and its replica have keys of their own
const { kmsKeyArn: primaryKeyArn } = new SiteKey(seoul, "FieldKey", { alias: "customer-fields", multiRegion: true });
new ReplicaKey(tokyo, "FieldKey", { alias: "customer-fields", primaryKeyArn });

const { ref: table } = new GlobalTable(seoul, "Customers", {
  name: "customers",
  partitionKey: { name: "id", type: "S" },
  provisioned: { read: { min: 100, max: 1_000 }, write: { min: 50, max: 500 } }, // the same in every replica
});
const { ref: replica } = new TableReplica(tokyo, "Customers", { table });
new ReplicaScaling(tokyo, "Reads", { table: replica, read: { min: 5, max: 1_000 } });

app.synth();
