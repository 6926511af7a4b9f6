import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import {
  checkName,
  claimName,
  fittingName,
  IAM_ROLE,
  NameRule,
  parseArn,
  refuse,
  Statement,
  trustService,
} from "../core";
import { CreatedRole, createRole, onlyForResources } from "../iam-role";
import { createLogGroup, LOG_GROUP, logGroupsStatement, logStreamsArn } from "../log-group";
import { Site } from "../site";

const LOG_GROUP_PREFIX = "/vpc/flow-logs/";

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-create-flow-log.html */
const FOLDER: NameRule = {
  what: "folder of flow logs",
  min: 1,
  max: 512,
  pattern: /^(?!AWSLogs(\/|$))[\w.-]+(\/[\w.-]+)*$/,
  allowed: "letters, digits and any of ._- between single slashes, not beginning with 'AWSLogs'",
  unique: "region",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-create-flow-log.html",
};

/** AWS's own default, written out: records are gathered for ten minutes. */
const AGGREGATION_SECONDS = 600;

/** Which traffic is recorded. */
export type Traffic = "ACCEPT" | "ALL" | "REJECT";

export interface FlowLogGroup {
  /** ARN of the log group's key. Its policy must let CloudWatch Logs use it, see {@link flowLogsKeyStatement}. */
  readonly kmsKeyArn: string;
  /**
   * Days for which records are kept; one of the values of CloudWatch Logs.
   *
   * @default 90
   */
  readonly retentionDays?: number;
  /**
   * Traffic that is recorded.
   *
   * @default "ALL"
   */
  readonly traffic?: Traffic;
}

export interface FlowLogBucket {
  /** ARN of the bucket. Its policy must allow the delivery of logs, see {@link flowLogsBucketStatements}. */
  readonly bucketArn: string;
  /**
   * Folder in the bucket.
   *
   * @default - none
   */
  readonly prefix?: string;
  /**
   * Traffic that is recorded.
   *
   * @default "ALL"
   */
  readonly traffic?: Traffic;
}

/**
 * Lets CloudWatch Logs use a key for the flow logs of a site's networks. For the `statements` of the key.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function flowLogsKeyStatement(site: Site): Statement {
  return logGroupsStatement(site, "AllowFlowLogs", LOG_GROUP_PREFIX);
}

/**
 * Lets AWS deliver the flow logs of a site's networks into a bucket. For the policy of the bucket.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
export function flowLogsBucketStatements(site: Site, bucketArn: string, prefix = ""): readonly Statement[] {
  const { account } = site;
  const conditions = onlyForResources(site, "logs", "*");
  const principal = { Service: "delivery.logs.amazonaws.com" };
  const folder = prefix === "" ? bucketArn : `${bucketArn}/${prefix}`;
  return [
    {
      sid: "FlowLogsWrite",
      principal,
      actions: ["s3:PutObject"],
      resources: [`${folder}/AWSLogs/${account}/*`],
      conditions: {
        ...conditions,
        StringEquals: { ...conditions.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
    {
      sid: "FlowLogsCheck",
      principal,
      actions: ["s3:GetBucketAcl", "s3:ListBucket"],
      resources: [bucketArn],
      conditions,
    },
  ];
}

export function checkBucket(scope: IConstruct, { bucketArn, prefix }: FlowLogBucket): void {
  if (prefix !== undefined) checkName(scope, "flowLogBucket.prefix", prefix, FOLDER);
  if (Token.isUnresolved(bucketArn)) return;
  const { service, resource } = parseArn(scope, "flowLogBucket.bucketArn", bucketArn);
  if (service !== "s3" || resource.includes("/")) {
    refuse(scope, "InvalidArn", `'flowLogBucket.bucketArn' must be the ARN of a bucket, got '${bucketArn}'`);
  }
}

/** The VPC whose traffic is recorded. */
export interface FlowLogScope {
  readonly scope: Construct;
  readonly name: string;
  readonly vpcId: string;
}

/** Claims the names of the resources of {@link createFlowLogGroup}, before anything is created. */
export function claimFlowLogNames(scope: IConstruct, name: string): void {
  const site = Site.of(scope);
  claimName(scope, LOG_GROUP, LOG_GROUP_PREFIX + name, site);
  claimName(scope, IAM_ROLE, roleName(site, name), site);
}

function roleName(site: Site, name: string): string {
  return fittingName(IAM_ROLE, "vpc-flow-logs", site.region, name);
}

/** Records traffic into a log group, and creates the group and the role that writes into it. */
export function createFlowLogGroup({ scope, name, vpcId }: FlowLogScope, props: FlowLogGroup): void {
  const { kmsKeyArn, retentionDays } = props;
  const group = createLogGroup(scope, "FlowLogGroup", { name: LOG_GROUP_PREFIX + name, kmsKeyArn, retentionDays });
  const { role, policies } = createFlowLogRole(scope, name);
  new FlowLog(scope, "FlowLogToGroup", {
    vpcId,
    trafficType: props.traffic ?? "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: group.arn,
    iamRoleArn: role.arn,
    maxAggregationInterval: AGGREGATION_SECONDS,
    tags: { Name: name },
    dependsOn: policies,
  });
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
function createFlowLogRole(scope: Construct, name: string): CreatedRole {
  const site = Site.of(scope);
  return createRole(scope, "FlowLogRole", {
    name: roleName(site, name),
    description: `Flow logs of ${name}`,
    trust: trustService("vpc-flow-logs.amazonaws.com", onlyForResources(site, "ec2", "vpc-flow-log/*")),
    policy: {
      name: "write-flow-logs",
      statements: [
        {
          sid: "Write",
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [logStreamsArn(site, LOG_GROUP_PREFIX + name)],
        },
        { sid: "FindGroup", actions: ["logs:DescribeLogGroups"], resources: ["*"] }, // the action has no resource
      ],
    },
  });
}

/** Records into a bucket that exists. */
export function createFlowLogBucket({ scope, name, vpcId }: FlowLogScope, props: FlowLogBucket): void {
  new FlowLog(scope, "FlowLogToBucket", {
    vpcId,
    trafficType: props.traffic ?? "ALL",
    logDestinationType: "s3",
    logDestination: props.prefix === undefined ? props.bucketArn : `${props.bucketArn}/${props.prefix}/`,
    maxAggregationInterval: AGGREGATION_SECONDS,
    tags: { Name: name },
  });
}
