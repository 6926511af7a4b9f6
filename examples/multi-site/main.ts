/**
 * A shop's orders, active in Seoul and in Tokyo at once. Each site writes the records of its own customers. The ledger
 * has one writer: Aurora forwards the writes of the other site to it.
 */
import { App } from "cdktf";
import { auroraPostgres, bucket, dns, Duration, fargate, MultiSite, siteImage, table } from "../../stacks";

const app = new App();

new MultiSite(app, "orders", {
  sites: {
    seoul: { region: "ap-northeast-2", account: "111122223333", state: { bucket: "acme-tf-seoul" } }, // first = home
    tokyo: { region: "ap-northeast-1", account: "111122223333", state: { bucket: "acme-tf-tokyo" } },
  },
  objectives: { rto: Duration.minutes(10), rpo: Duration.minutes(15) },
  writes: "partitioned",
  data: {
    ledger: auroraPostgres({ instanceClass: "db.r6g.large", writeForwarding: true }),
    carts: table({ partitionKey: { name: "id", type: "S" } }),
    receipts: bucket(),
  },
  compute: {
    api: fargate({
      cpu: 1024,
      memoryMiB: 2048,
      containers: { api: { image: siteImage({ name: "orders/api" }, "1.4.2"), ports: [8080] } },
      capacity: { active: 6 },
      uses: ["ledger", "carts", "receipts"],
    }),
  },
  frontDoor: dns({ zone: "example.com", record: "orders" }),
});

app.synth();
