/**
 * A function that works on a shop's orders, active in Seoul, with a warm standby in Tokyo: it gets the changes of a table, and the messages
 * of each site's own queue, and calls a payment provider whose key somebody writes in Seoul. Both sites have all of it; events are switched
 * on in the active site alone. Builds lie in each site's own bucket under one key.
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
