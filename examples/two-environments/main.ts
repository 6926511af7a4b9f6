/**
 * A shop's orders in production and in development, in the same accounts and regions. They share no name, no key and no
 * state. Each environment has the pattern that it needs.
 */
import { App } from "cdktf";
import {
  auroraPostgres,
  BackupRestore,
  bucket,
  dns,
  Duration,
  fargate,
  siteImage,
  table,
  valkey,
  WarmStandby,
} from "../../stacks";

const app = new App();

const account = "111122223333";
const sites = {
  seoul: { region: "ap-northeast-2", account, state: { bucket: "acme-tf-seoul" } },
  tokyo: { region: "ap-northeast-1", account, state: { bucket: "acme-tf-tokyo" } },
};
const data = {
  carts: table({ partitionKey: { name: "id", type: "S" } }),
  receipts: bucket(),
};
const container = {
  cpu: 512,
  memoryMiB: 1024,
  containers: { api: { image: siteImage({ name: "orders/api" }, "1.4.2"), ports: [8080] } },
};

new WarmStandby(app, "orders", {
  sites,
  objectives: { rto: Duration.minutes(20), rpo: Duration.minutes(15) },
  data: {
    ...data,
    ledger: auroraPostgres({ instanceClass: "db.r6g.large" }),
    sessions: valkey({ nodeType: "cache.r7g.large", users: { api: "on ~session:* +@read +@write" } }),
  },
  compute: { api: fargate({ ...container, capacity: { active: 6, standby: 2 } }) },
  frontDoor: dns({ zone: "example.com", record: "orders" }),
});

new BackupRestore(app, "orders-dev", {
  sites,
  objectives: { rto: Duration.hours(24), rpo: Duration.hours(1) },
  data: { ...data, ledger: auroraPostgres({ instanceClass: "db.r6g.large", readers: 0 }) },
  compute: { api: fargate({ ...container, capacity: { active: 1 } }) },
  frontDoor: dns({ zone: "example.com", record: "orders-dev" }),
});

app.synth();
