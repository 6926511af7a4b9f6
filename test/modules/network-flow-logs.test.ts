/**
 * Proves what records a network's traffic, and who may. Does not prove that AWS delivers a record.
 */
import { flowLogsBucketStatements, flowLogsKeyStatement, Network, NetworkProps } from "../../modules/network";
import { policyDocument } from "../../modules/core";
import { expectRefusalInSite, synthInSite } from "../support/synth";

const KEY = "arn:aws:kms:ap-northeast-2:111122223333:key/1234";
const BUCKET = "arn:aws:s3:::acme-logs";
const make = (props: Partial<NetworkProps>) =>
  synthInSite((site) => new Network(site, "Network", { cidr: "10.20.0.0/16", ...props }));
const reference = (type: string, name: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${name}\\}$`)) as string;

describe("flowLogGroup", () => {
  test("records everything into an encrypted group, for 90 days", () => {
    const tf = make({ flowLogGroup: { kmsKeyArn: KEY } });

    expect(tf.only("aws_cloudwatch_log_group")).toEqual({
      provider: "aws",
      name: "/vpc/flow-logs/seoul-network",
      kms_key_id: KEY,
      retention_in_days: 90,
    });
    expect(tf.only("aws_flow_log")).toEqual({
      provider: "aws",
      vpc_id: reference("aws_vpc", "id"),
      traffic_type: "ALL",
      log_destination_type: "cloud-watch-logs",
      log_destination: reference("aws_cloudwatch_log_group", "arn"),
      iam_role_arn: reference("aws_iam_role", "arn"),
      max_aggregation_interval: 600,
      tags: { Name: "seoul-network" },
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
    });
  });

  test("is written by a role of its own, into this group alone", () => {
    const tf = make({ flowLogGroup: { kmsKeyArn: KEY } });

    const { assume_role_policy, ...role } = tf.only("aws_iam_role");
    expect(role).toEqual({
      provider: "aws",
      name: "vpc-flow-logs-ap-northeast-2-seoul-network",
      description: "Flow logs of seoul-network",
    });
    expect(JSON.parse(assume_role_policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: { "aws:SourceArn": "arn:aws:ec2:ap-northeast-2:111122223333:vpc-flow-log/*" },
          },
        },
      ],
    });
    const { policy, ...attachment } = tf.only("aws_iam_role_policy");
    expect(attachment).toEqual({
      provider: "aws",
      name: "write-flow-logs",
      role: reference("aws_iam_role", "name"),
    });
    expect(JSON.parse(policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Write",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: "arn:aws:logs:ap-northeast-2:111122223333:log-group:/vpc/flow-logs/seoul-network:*",
        },
        { Sid: "FindGroup", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
      ],
    });
  });

  test("with another retention and traffic", () => {
    const tf = make({ flowLogGroup: { kmsKeyArn: KEY, retentionDays: 365, traffic: "REJECT" } });
    expect(tf.only("aws_cloudwatch_log_group").retention_in_days).toBe(365);
    expect(tf.only("aws_flow_log").traffic_type).toBe("REJECT");
  });

  test("fails when CloudWatch has no such retention", () => {
    expectRefusalInSite(
      (site) =>
        new Network(site, "Network", { cidr: "10.20.0.0/16", flowLogGroup: { kmsKeyArn: KEY, retentionDays: 100 } }),
      "SettingOutOfRange",
      /^'flowLogGroup.retentionDays' must be one of 1, 3, 5, 7, .*, got 100$/,
      "stack/Site/Network",
    );
  });

  test("fails when another network of the site has the name", () => {
    const props = { name: "orders", flowLogGroup: { kmsKeyArn: KEY } };
    expectRefusalInSite(
      (site) => [
        new Network(site, "One", { cidr: "10.20.0.0/16", ...props }),
        new Network(site, "Two", { cidr: "10.21.0.0/16", ...props }),
      ],
      "NameTaken",
      "the log group name '/vpc/flow-logs/orders' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});

describe("flowLogBucket", () => {
  test("records into a folder of a bucket, which needs no role", () => {
    const tf = make({ flowLogBucket: { bucketArn: BUCKET, prefix: "vpc/orders", traffic: "ACCEPT" } });

    expect(tf.types()).not.toContain("aws_iam_role");
    expect(tf.only("aws_flow_log")).toEqual({
      provider: "aws",
      vpc_id: reference("aws_vpc", "id"),
      traffic_type: "ACCEPT",
      log_destination_type: "s3",
      log_destination: `${BUCKET}/vpc/orders/`,
      max_aggregation_interval: 600,
      tags: { Name: "seoul-network" },
    });
  });

  test("can be used together with a log group", () => {
    const tf = make({ flowLogBucket: { bucketArn: BUCKET }, flowLogGroup: { kmsKeyArn: KEY } });
    expect(tf.all("aws_flow_log").map(({ log_destination }) => log_destination)).toEqual([
      BUCKET,
      reference("aws_cloudwatch_log_group", "arn"),
    ]);
  });

  test.each([
    ["arn:aws:sns:ap-northeast-2:111122223333:logs", "got 'arn:aws:sns:ap-northeast-2:111122223333:logs'"],
    ["arn:aws:s3:::acme-logs/vpc", "got 'arn:aws:s3:::acme-logs/vpc'"],
  ])("fails when %s is not a bucket", (bucketArn, problem) => {
    expectRefusalInSite(
      (site) => new Network(site, "Network", { cidr: "10.20.0.0/16", flowLogBucket: { bucketArn } }),
      "InvalidArn",
      `'flowLogBucket.bucketArn' must be the ARN of a bucket, ${problem}`,
      "stack/Site/Network",
    );
  });

  test.each(["AWSLogs", "AWSLogs/x", "/vpc", "vpc/", "a//b"])("fails when the folder is '%s'", (prefix) => {
    expectRefusalInSite(
      (site) => new Network(site, "Network", { cidr: "10.20.0.0/16", flowLogBucket: { bucketArn: BUCKET, prefix } }),
      "InvalidName",
      `'flowLogBucket.prefix' is not a valid folder of flow logs, got '${prefix}', allowed: letters, digits and any of ._- between single slashes, not beginning with 'AWSLogs'`,
    );
  });
});

describe("statements for resources elsewhere", () => {
  test("let CloudWatch Logs use a key for flow logs of the site only", () => {
    synthInSite((site) => {
      new Network(site, "Network", { cidr: "10.20.0.0/16" });
      expect(JSON.parse(policyDocument([flowLogsKeyStatement(site)]))).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AllowFlowLogs",
            Effect: "Allow",
            Principal: { Service: "logs.ap-northeast-2.amazonaws.com" },
            Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
            Resource: "*",
            Condition: {
              ArnLike: {
                "kms:EncryptionContext:aws:logs:arn":
                  "arn:aws:logs:ap-northeast-2:111122223333:log-group:/vpc/flow-logs/*",
              },
            },
          },
        ],
      });
    });
  });

  test.each([
    ["", "arn:aws:s3:::acme-logs/AWSLogs/111122223333/*"],
    ["vpc", "arn:aws:s3:::acme-logs/vpc/AWSLogs/111122223333/*"],
  ])("let the delivery of logs into a bucket's folder '%s'", (prefix, written) => {
    synthInSite((site) => {
      new Network(site, "Network", { cidr: "10.20.0.0/16" });
      const ofTheSite = { "aws:SourceArn": "arn:aws:logs:ap-northeast-2:111122223333:*" };
      expect(JSON.parse(policyDocument(flowLogsBucketStatements(site, BUCKET, prefix)))).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "FlowLogsWrite",
            Effect: "Allow",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: written,
            Condition: {
              StringEquals: { "aws:SourceAccount": "111122223333", "s3:x-amz-acl": "bucket-owner-full-control" },
              ArnLike: ofTheSite,
            },
          },
          {
            Sid: "FlowLogsCheck",
            Effect: "Allow",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: ["s3:GetBucketAcl", "s3:ListBucket"],
            Resource: BUCKET,
            Condition: { StringEquals: { "aws:SourceAccount": "111122223333" }, ArnLike: ofTheSite },
          },
        ],
      });
    });
  });
});
