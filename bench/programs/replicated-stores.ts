/** A bucket pair, a key in each region and a global table over two regions, as many times as asked. */
import { App, TerraformStack } from "cdktf";
import { GlobalTable, TableReplica } from "cdktf-aws-dr/modules/dynamodb-global-table";
import { SiteKey } from "cdktf-aws-dr/modules/kms-keys";
import { ReplicaBucket, SourceBucket } from "cdktf-aws-dr/modules/s3-replication";
import { Site } from "cdktf-aws-dr/modules/site";

const count = Number(process.argv[2]);
const account = "111122223333";
const app = new App();
const seoul = new Site(new TerraformStack(app, "seoul"), "Seoul", { region: "ap-northeast-2", account });
const tokyo = new Site(new TerraformStack(app, "tokyo"), "Tokyo", { region: "ap-northeast-1", account });

for (let index = 0; index < count; index++) {
  new SiteKey(seoul, `Key${index}`, { alias: `orders-${index}-seoul` });
  new SiteKey(tokyo, `Key${index}`, { alias: `orders-${index}-tokyo` });
  const replica = new ReplicaBucket(tokyo, `Media${index}`, { name: `acme-media-${index}-tokyo` });
  new SourceBucket(seoul, `Media${index}`, { name: `acme-media-${index}-seoul`, replicateTo: [replica.ref] });
  const table = new GlobalTable(seoul, `Carts${index}`, {
    name: `carts-${index}`,
    partitionKey: { name: "id", type: "S" },
  });
  new TableReplica(tokyo, `Carts${index}`, { table: table.ref });
}
app.synth();
