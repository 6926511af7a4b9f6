/**
 * A function that works on a shop's orders, active in Seoul, with a warm standby in Tokyo. It reads the changes of a
 * table and the messages of a queue. It calls a payment provider, whose key you store in Seoul. Both sites have all of
 * it. Events are switched on in the active site alone. Each site has a bucket of its own for builds, under one key.
 */
import { App } from "cdktf";
import {
  Duration,
  lambda,
  queueMessages,
  secret,
  table,
  tableChanges,
  timer,
  WarmStandby,
  writtenElsewhere,
  zipCode,
} from "../../stacks";

const app = new App();

new WarmStandby(app, "orders", {
  sites: {
    seoul: { region: "ap-northeast-2", account: "111122223333", state: { bucket: "acme-tf-seoul" } }, // first = home
    tokyo: { region: "ap-northeast-1", account: "111122223333", state: { bucket: "acme-tf-tokyo" } },
  },
  objectives: { rto: Duration.minutes(20), rpo: Duration.minutes(15) },
  data: {
    carts: table({ partitionKey: { name: "id", type: "S" } }),
    payment: secret({ value: writtenElsewhere() }),
  },
  compute: {
    worker: lambda({
      code: ({ name }) =>
        zipCode({
          bucket: { name: `acme-builds-${name}` },
          key: "orders/4f2a9c.zip",
          runtime: "nodejs22.x",
          handler: "index.handler",
        }),
      timeout: Duration.seconds(30),
      uses: ["carts", "payment"],
      events: {
        carts: tableChanges("carts"),
        orders: queueMessages(({ region, account }) => ({ queueArn: `arn:aws:sqs:${region}:${account}:orders` })),
        nightly: timer("cron(0 18 * * ? *)"),
      },
      capacity: { active: 5, standby: 1 },
    }),
  },
});

app.synth();
