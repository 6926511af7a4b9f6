/**
 * Proves the operation of a replication: the role of a batch job, the alarm on the lag. Does not prove that a job runs, nor that the
 * alarm is raised.
 */
import { Duration } from "../../modules/core";
import {
  BatchReplicationRole,
  ReplicaBucket,
  ReplicationLatencyAlarm,
  SourceBucket,
} from "../../modules/s3-replication";
import { expectRefusalInSite, SEOUL, synthInSite, Synthesised, TOKYO } from "../support/synth";

const source = SourceBucket.refOf({ ...SEOUL, name: "acme-media-seoul" });
const tokyo = ReplicaBucket.refOf({ ...TOKYO, name: "acme-media-tokyo" });
const rolePolicy = (tf: Synthesised) =>
  JSON.parse(tf.only("aws_iam_role_policy").policy as string) as { Statement: object[] };

describe("BatchReplicationRole", () => {
  test("may start replication, list the bucket and write its report, and nothing else", () => {
    const tf = synthInSite((site) => new BatchReplicationRole(site, "Batch", { source }));
    expect(tf.types()).toEqual(["aws_iam_role", "aws_iam_role_policy"]);
    const { assume_role_policy, ...role } = tf.only("aws_iam_role");
    expect(role).toEqual({
      provider: "aws",
      name: "s3-batch-replication-acme-media-seoul",
      description: "S3 Batch Replication of acme-media-seoul",
    });
    expect(JSON.parse(assume_role_policy as string)).toMatchObject({
      Statement: [{ Principal: { Service: "batchoperations.s3.amazonaws.com" } }],
    });
    expect(rolePolicy(tf)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Replicate",
          Effect: "Allow",
          Action: "s3:InitiateReplication",
          Resource: "arn:aws:s3:::acme-media-seoul/*",
        },
        {
          Sid: "ListObjects",
          Effect: "Allow",
          Action: ["s3:GetReplicationConfiguration", "s3:PutInventoryConfiguration"],
          Resource: "arn:aws:s3:::acme-media-seoul",
        },
        {
          Sid: "ManifestAndReport",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
          Resource: "arn:aws:s3:::acme-media-seoul/*",
        },
        {
          Sid: "ManifestAndReportKey",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "arn:aws:kms:ap-northeast-2:111122223333:key/*",
          Condition: {
            "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/s3/acme-media-seoul" },
            StringEquals: { "kms:ViaService": "s3.ap-northeast-2.amazonaws.com" },
          },
        },
      ],
    });
  });

  test("reports to another bucket of the region", () => {
    const reportTo = ReplicaBucket.refOf({ ...SEOUL, name: "acme-reports", key: "none" });
    const tf = synthInSite((site) => new BatchReplicationRole(site, "Batch", { source, reportTo }));
    expect(rolePolicy(tf).Statement.slice(2)).toEqual([
      {
        Sid: "ManifestAndReport",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
        Resource: "arn:aws:s3:::acme-reports/*",
      },
    ]);
  });

  test("fails when a bucket is in another region", () => {
    expectRefusalInSite(
      (site) => new BatchReplicationRole(site, "Batch", { source, reportTo: tokyo }),
      "WrongSite",
      "the bucket 'acme-media-tokyo' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
    );
  });
});

describe("ReplicationLatencyAlarm", () => {
  test("is in the destination's region, where S3 publishes the metric", () => {
    const tf = synthInSite(
      (site) =>
        new ReplicationLatencyAlarm(site, "Lag", {
          source,
          destination: tokyo,
          threshold: Duration.minutes(15),
          notify: ["arn:aws:sns:ap-northeast-1:111122223333:dr"],
        }),
      TOKYO,
    );
    expect(tf.types()).toEqual(["aws_cloudwatch_metric_alarm"]);
    expect(tf.only("aws_cloudwatch_metric_alarm")).toEqual({
      provider: "aws",
      alarm_name: "acme-media-seoul-to-acme-media-tokyo-replication-latency",
      alarm_description: "Objects of acme-media-seoul reach acme-media-tokyo later than 15 minutes",
      namespace: "AWS/S3",
      metric_name: "ReplicationLatency",
      dimensions: {
        SourceBucket: "acme-media-seoul",
        DestinationBucket: "acme-media-tokyo",
        RuleId: "acme-media-tokyo",
      },
      statistic: "Maximum",
      unit: "Seconds",
      period: 60,
      evaluation_periods: 5,
      datapoints_to_alarm: 3,
      comparison_operator: "GreaterThanThreshold",
      threshold: 900,
      treat_missing_data: "notBreaching",
      alarm_actions: ["arn:aws:sns:ap-northeast-1:111122223333:dr"],
      ok_actions: ["arn:aws:sns:ap-northeast-1:111122223333:dr"],
    });
  });

  test("fails in any other region, where the metric never appears", () => {
    expectRefusalInSite(
      (site) =>
        new ReplicationLatencyAlarm(site, "Lag", { source, destination: tokyo, threshold: Duration.minutes(15) }),
      "WrongSite",
      "the lag metric of 'acme-media-tokyo' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
    );
  });
});
