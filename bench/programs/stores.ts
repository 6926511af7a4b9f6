/** A pilot light over as many data stores as asked, of each kind in turn. */
import { App } from "cdktf";
import { Duration } from "cdktf-aws-dr/modules/core";
import { bucket, DataStore, PilotLight, postgres, table } from "cdktf-aws-dr/stacks";
import { SITES } from "./shop";

const count = Number(process.argv[2]);
const KINDS: readonly (() => DataStore)[] = [
  () => bucket(),
  () => table({ partitionKey: { name: "id", type: "S" } }),
  () => postgres({ instanceClass: "db.r6g.large", storageGiB: 200 }),
];

const app = new App();
new PilotLight(app, "orders", {
  sites: SITES,
  objectives: { rto: Duration.hours(2), rpo: Duration.minutes(15) },
  data: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`store${index}`, KINDS[index % KINDS.length]!()]),
  ),
});
app.synth();
