/**
 * Proves what is synthesised for what speaks of a table by its name alone: scaling of reads, alarm, permissions. Does not prove that
 * a lag is ever measured, nor that the permissions suffice.
 */
import { TerraformStack, Testing } from "cdktf";
import { Duration, policyDocument } from "../../modules/core";
import {
  GlobalTable,
  ReplicaScaling,
  ReplicaScalingProps,
  ReplicationLatencyAlarm,
  StronglyConsistentTable,
  tableAccess,
  TableReplica,
} from "../../modules/dynamodb-global-table";
import { SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, OSAKA, SEOUL, synthInSite, TOKYO } from "../support/synth";

const seoul = GlobalTable.refOf({ ...SEOUL, name: "carts" });
const tokyo = TableReplica.refOf({ ...TOKYO, name: "carts" });
const osaka = TableReplica.refOf({ ...OSAKA, name: "carts" });
const strong = StronglyConsistentTable.refOf({ ...SEOUL, name: "carts" });
const IN_TOKYO = { ...TOKYO, name: "tokyo" };

/** A refusal of a construct in Tokyo. */
const refusedInTokyo = (define: (site: Site) => unknown, ...expected: Tail<Parameters<typeof expectRefusal>>) => {
  const site = new Site(new TerraformStack(Testing.app(), "stack"), "Tokyo", TOKYO);
  expectRefusal(() => define(site), ...expected);
};
type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

describe("ReplicaScaling", () => {
  const read = { min: 1, max: 10 };
  const scaling = (props: Partial<ReplicaScalingProps> = {}) =>
    synthInSite((site) => new ReplicaScaling(site, "Reads", { table: tokyo, read, ...props }), IN_TOKYO);

  test("defaults", () => {
    const tf = scaling();
    expect(tf.types()).toEqual([
      "aws_appautoscaling_policy", // keeps the utilization
      "aws_appautoscaling_target", // within the bounds
    ]);
    expect(tf.only("aws_appautoscaling_target")).toEqual({
      provider: "aws",
      service_namespace: "dynamodb",
      resource_id: "table/carts",
      scalable_dimension: "dynamodb:table:ReadCapacityUnits",
      min_capacity: 1,
      max_capacity: 10,
    });
    expect(tf.only("aws_appautoscaling_policy").name).toBe("DynamoDBReadCapacityUtilization:table/carts");
  });

  test("indexReads", () => {
    const tf = scaling({ indexReads: { byUser: { min: 2, max: 4, targetUtilizationPercent: 50 } } });
    expect(tf.at("Site/Reads/ReadTarget-byUser")).toMatchObject({
      resource_id: "table/carts/index/byUser",
      scalable_dimension: "dynamodb:index:ReadCapacityUnits",
      min_capacity: 2,
      max_capacity: 4,
    });
    expect(tf.at("Site/Reads/ReadPolicy-byUser")).toMatchObject({
      target_tracking_scaling_policy_configuration: { target_value: 50 },
    });
  });

  test("adoptExisting imports the targets AWS made", () => {
    expect(scaling({ adoptExisting: true }).json.import).toEqual([
      {
        provider: "aws",
        id: "dynamodb/table/carts/dynamodb:table:ReadCapacityUnits",
        to: expect.stringMatching(/^aws_appautoscaling_target\./) as string,
      },
    ]);
  });

  test("in the replica's stack waits for the replica", () => {
    const tf = synthInSite((site) => {
      const { ref } = new TableReplica(site, "Carts", { table: seoul });
      new ReplicaScaling(site, "Reads", { table: ref, read });
    }, IN_TOKYO);
    expect(tf.only("aws_appautoscaling_target").depends_on).toEqual([
      expect.stringMatching(/^aws_dynamodb_table_replica\./),
    ]);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      for (const name of ["one", "two"]) {
        new ReplicaScaling(site, name, { table: TableReplica.refOf({ ...TOKYO, name }), read });
      }
    }, IN_TOKYO);
    expect(tf.all("aws_appautoscaling_target")).toHaveLength(2);
  });

  test("fails in another site than the replica's", () => {
    refusedInTokyo(
      (site) => new ReplicaScaling(site, "Reads", { table: seoul, read }),
      "WrongSite",
      "the table 'carts' is in 'ap-northeast-2' of '111122223333', the site is 'ap-northeast-1' of '111122223333'",
      "stack/Tokyo/Reads",
    );
  });

  test("fails when a range is upside down, or an index has no name", () => {
    refusedInTokyo(
      (site) => new ReplicaScaling(site, "Reads", { table: tokyo, read: { min: 2, max: 1 } }),
      "SettingOutOfRange",
      "'read' must not have a 'min' above its 'max', got 2 and 1",
    );
    refusedInTokyo(
      (site) => new ReplicaScaling(site, "Reads", { table: tokyo, read, indexReads: { byUser: { min: 0, max: 1 } } }),
      "SettingOutOfRange",
      "'indexReads.byUser.min' must be a whole number from 1, got 0",
    );
    refusedInTokyo(
      (site) => new ReplicaScaling(site, "Reads", { table: tokyo, read, indexReads: { "": read } }),
      "InvalidName",
      /^'an index' is not a valid DynamoDB index name/,
    );
  });
});

describe("ReplicationLatencyAlarm", () => {
  const props = { source: seoul, destination: tokyo, threshold: Duration.seconds(30) };

  test("defaults", () => {
    const tf = synthInSite((site) => new ReplicationLatencyAlarm(site, "Lag", props));
    expect(tf.types()).toEqual(["aws_cloudwatch_metric_alarm"]);
    expect(tf.only("aws_cloudwatch_metric_alarm")).toEqual({
      provider: "aws",
      alarm_name: "carts-to-ap-northeast-1-replication-latency",
      alarm_description: "Writes to carts reach ap-northeast-1 later than 30 seconds",
      namespace: "AWS/DynamoDB",
      metric_name: "ReplicationLatency",
      dimensions: { TableName: "carts", ReceivingRegion: "ap-northeast-1" },
      statistic: "Maximum",
      unit: "Milliseconds",
      period: 60,
      evaluation_periods: 5,
      datapoints_to_alarm: 3,
      comparison_operator: "GreaterThanThreshold",
      threshold: 30_000,
      treat_missing_data: "notBreaching",
      alarm_actions: [],
      ok_actions: [],
    });
  });

  test("notify", () => {
    const topic = "arn:aws:sns:ap-northeast-2:111122223333:alarms";
    const tf = synthInSite((site) => new ReplicationLatencyAlarm(site, "Lag", { ...props, notify: [topic] }));
    expect(tf.only("aws_cloudwatch_metric_alarm")).toMatchObject({ alarm_actions: [topic], ok_actions: [topic] });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      for (const destination of [tokyo, osaka]) {
        new ReplicationLatencyAlarm(site, `Lag-${destination.region}`, { ...props, destination });
      }
    });
    expect(tf.all("aws_cloudwatch_metric_alarm").map(({ alarm_name }) => alarm_name)).toEqual([
      "carts-to-ap-northeast-1-replication-latency",
      "carts-to-ap-northeast-3-replication-latency",
    ]);
  });

  test("fails in another site than the one written to", () => {
    refusedInTokyo(
      (site) => new ReplicationLatencyAlarm(site, "Lag", props),
      "WrongSite",
      /^the table 'carts' is in 'ap-northeast-2'/,
      "stack/Tokyo/Lag",
    );
  });

  test("fails for one region, and for a table that never lags", () => {
    expectRefusalInSite(
      (site) => new ReplicationLatencyAlarm(site, "Lag", { ...props, destination: seoul }),
      "ReplicaInSourceRegion",
      "'carts' and its copy are both in 'ap-northeast-2'",
    );
    expectRefusalInSite(
      (site) => new ReplicationLatencyAlarm(site, "Lag", { ...props, source: strong }),
      "NotWithStrongConsistency",
      "'carts' is strongly consistent and has no replication latency",
      "stack/Site/Lag",
    );
  });
});

describe("tableAccess", () => {
  const KEY = {
    Effect: "Allow",
    Resource: "arn:aws:kms:ap-northeast-1:111122223333:key/*",
    Condition: {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/dynamodb/carts" },
      StringEquals: { "kms:ViaService": "dynamodb.ap-northeast-1.amazonaws.com" },
    },
  };
  const document = (...args: Parameters<typeof tableAccess>) =>
    JSON.parse(policyDocument(tableAccess(...args))) as { Statement: { Action: string[] }[] };

  test("READ", () => {
    expect(document({ access: "READ", table: tokyo })).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "UseTable",
          Effect: "Allow",
          Action: [
            "dynamodb:BatchGetItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DescribeTable",
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:Scan",
          ],
          Resource: [tokyo.arn, `${tokyo.arn}/index/*`],
        },
        { Sid: "UseTableKey", ...KEY, Action: ["kms:Decrypt", "kms:DescribeKey"] },
      ],
    });
  });

  test("WRITE and READ_WRITE", () => {
    const [write, key] = document({ access: "WRITE", table: tokyo }).Statement;
    expect(write!.Action).toEqual([
      "dynamodb:BatchWriteItem",
      "dynamodb:DeleteItem",
      "dynamodb:DescribeTable",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
    ]);
    expect(key!.Action).toEqual([
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ]);
    const [both] = document({ access: "READ_WRITE", table: tokyo }).Statement;
    expect(both!.Action).toHaveLength(10);
  });

  test("a shared key, and no key", () => {
    const key = SiteKey.refOf({ ...TOKYO, alias: "shared" });
    expect(document({ access: "READ", table: tokyo, key }).Statement[1]).toMatchObject({
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/shared" } },
    });
    const table = TableReplica.refOf({ ...TOKYO, name: "carts", customerKey: false });
    expect(document({ access: "READ", table }).Statement).toHaveLength(1);
  });
});
