/**
 * The stock of a shop in a table with multi-Region strong consistency. Reads in Seoul and in Tokyo see the last write of either region.
 * Osaka is the witness: it votes on writes and holds no data. The loss of one region loses no write.
 */
import { App, TerraformStack } from "cdktf";
import { StronglyConsistentTable, StrongReplica } from "../../modules/dynamodb-global-table";
import { Site, StateBackend } from "../../modules/site";

const SEOUL = { region: "ap-northeast-2", account: "111122223333" };
const TOKYO = { region: "ap-northeast-1", account: "111122223333" };
const OSAKA = "ap-northeast-3";

const app = new App();
const stack = new TerraformStack(app, "stock");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: TOKYO.region });
const [seoul, tokyo] = [new Site(stack, "Seoul", SEOUL), new Site(stack, "Tokyo", TOKYO)];

const table = StronglyConsistentTable.refOf({ ...SEOUL, name: "stock" });
new StronglyConsistentTable(seoul, "Stock", {
  name: table.name,
  partitionKey: { name: "article", type: "S" },
  replicas: [new StrongReplica(tokyo, "Stock", { table })],
  witnessRegion: OSAKA,
});

app.synth();
