/**
 * Proves, with the real Terraform and AWS provider, on the embedded AWS, that Terraform forgets a site that you give up. Its states are
 * empty afterwards, and all its resources still exist. The other sites lose only the resources that watched it and copied to it.
 *
 * Does not prove that AWS goes on copying. Each test needs the ones before it.
 */
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { callJson } from "../../emulator";
import { bucket, Duration, forgotten, PilotLight, secret, table, WorkloadSite } from "../../stacks";
import { LiveWorkload } from "../live/live-workload";
import { readable } from "../support/difference";
import { OSAKA_SITE, SITES } from "../support/workloads";

const MINUTES = 60_000;
const OSAKA = OSAKA_SITE.region;
const LEAVING = ["orders-osaka", "orders-osaka-replication"];

let live: LiveWorkload;

beforeAll(async () => {
  live = await LiveWorkload.start();
}, 2 * MINUTES);

afterAll(() => live.stop(), MINUTES);

function synthesise(sites: Readonly<Record<string, WorkloadSite>>): Promise<void> {
  const objectives = { rto: Duration.minutes(45), rpo: Duration.minutes(15) };
  const data = { carts: table({ partitionKey: { name: "id", type: "S" } }), receipts: bucket(), payment: secret() };
  return live.synthesise((app) => new PilotLight(app, "orders", { sites, objectives, data }));
}

test(
  "three sites are deployed, and nothing is left to do",
  async () => {
    await synthesise({ ...SITES, osaka: OSAKA_SITE });
    await live.apply();
    expect(await live.changes()).toEqual([]);
  },
  8 * MINUTES,
);

test(
  "all of a site that is given up is forgotten; elsewhere goes what watched it and fed it",
  async () => {
    const held = await Promise.all(LEAVING.map((name) => live.stack(name).stateList()));
    await synthesise({ ...SITES, osaka: forgotten(OSAKA_SITE) });
    const changes = await live.changes();
    const leaving = LEAVING.flatMap((name, index) =>
      held[index]!.filter((address) => !address.startsWith("data.")).map(
        (address) => `${name}: forget ${readable(address)}`,
      ),
    );
    expect(changes.filter((line) => line.startsWith("orders-osaka"))).toEqual(leaving.sort());
    expect(changes.filter((line) => !line.startsWith("orders-osaka"))).toEqual([
      "orders-seoul-replication: update aws_iam_role_policy.receipts_Replication_RolePolicy",
      "orders-seoul-replication: update aws_s3_bucket_replication_configuration.receipts_Replication",
      "orders-seoul: delete aws_cloudwatch_metric_alarm.carts_LagOf-osaka",
      "orders-seoul: delete aws_cloudwatch_metric_alarm.receipts_LagBehind-osaka",
      "orders-tokyo-replication: update aws_iam_role_policy.receipts_Replication_RolePolicy",
      "orders-tokyo-replication: update aws_s3_bucket_replication_configuration.receipts_Replication",
      "orders-tokyo: delete aws_cloudwatch_metric_alarm.carts_LagOf-osaka",
      "orders-tokyo: delete aws_cloudwatch_metric_alarm.receipts_LagBehind-osaka",
    ]);
  },
  4 * MINUTES,
);

test(
  "the resources of the site still exist, in no state",
  async () => {
    await live.apply();
    expect(await live.changes()).toEqual([]);
    for (const name of LEAVING)
      expect({ name, holds: await live.stack(name).stateList() }).toEqual({ name, holds: [] });

    const config = live.emulator.sdkConfig(OSAKA);
    const [s3, dynamodb] = [new S3Client({ ...config, forcePathStyle: true }), new DynamoDBClient(config)];
    await s3.send(new HeadBucketCommand({ Bucket: `orders-receipts-osaka-${OSAKA_SITE.account}` }));
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: "orders-carts" }));
    expect(Table).toMatchObject({ TableName: "orders-carts", TableStatus: "ACTIVE" });
    const described = await callJson(live.emulator, `${OSAKA}/secretsmanager`, "secretsmanager.DescribeSecret", {
      SecretId: "orders/payment",
    });
    expect(described).toMatchObject({ Name: "orders/payment" });
    s3.destroy();
    dynamodb.destroy();
  },
  4 * MINUTES,
);

test(
  "taken out of the sites after that, its copy of a secret alone goes",
  async () => {
    await synthesise(SITES);
    expect(await live.changes()).toEqual(["orders-seoul-replication: update aws_secretsmanager_secret.payment_Secret"]);
  },
  3 * MINUTES,
);
