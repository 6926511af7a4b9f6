/** ARNs of created resources, computed by type from names, regions, accounts and partitions. */
import { Block } from "../synth";
import { blocksIn, resolve, Thing, World, textOf } from "./world";

type Arns = (thing: Thing, name: (attribute: string) => string) => readonly string[];

const regional =
  (service: string, resource: (name: (attribute: string) => string) => string): Arns =>
  ({ place: { partition, region, account } }, name) => [
    `arn:${partition}:${service}:${region}:${account}:${resource(name)}`,
  ];

const named = (service: string, prefix: string, attribute = "name") =>
  regional(service, (name) => prefix + name(attribute));

/** For resources whose id AWS gives: the address takes its place. */
const numbered =
  (service: string, prefix: string): Arns =>
  ({ address, place: { partition, region, account } }) => [
    `arn:${partition}:${service}:${region}:${account}:${prefix}<${address}>`,
  ];

const global =
  (service: string, prefix: string, attribute = "name"): Arns =>
  ({ place: { partition, account } }, name) => [`arn:${partition}:${service}::${account}:${prefix}${name(attribute)}`];

/**
 * A trailing `**` matches everything below. The first ARN of a list is the resource's own.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const ARNS: Readonly<Record<string, Arns>> = {
  aws_acm_certificate: numbered("acm", "certificate/"),
  aws_autoscaling_group: named("autoscaling", "autoScalingGroupName/"), // without the number that AWS gives
  aws_backup_vault: named("backup", "backup-vault:"),
  aws_cloudwatch_event_rule: named("events", "rule/"),
  aws_cloudwatch_log_group: (thing, name) => [
    ...named("logs", "log-group:")(thing, name),
    ...regional("logs", (own) => `log-group:${own("name")}:**`)(thing, name),
  ],
  aws_cloudwatch_metric_alarm: named("cloudwatch", "alarm:", "alarm_name"),
  aws_db_instance: named("rds", "db:", "identifier"),
  aws_db_instance_automated_backups_replication: numbered("rds", "auto-backup:"),
  aws_db_parameter_group: named("rds", "pg:"),
  aws_db_subnet_group: named("rds", "subgrp:"),
  aws_dms_endpoint: numbered("dms", "endpoint:"),
  aws_dms_replication_instance: numbered("dms", "rep:"),
  aws_docdb_cluster: named("rds", "cluster:", "cluster_identifier"),
  aws_docdb_cluster_instance: named("rds", "db:", "identifier"),
  aws_docdb_global_cluster: global("rds", "global-cluster:", "global_cluster_identifier"),
  aws_dynamodb_table: (thing, name) => tableArns(thing, name("name")),
  aws_dynamodb_table_replica: (thing, name) => tableArns(thing, name("global_table_arn").split("/")[1]!),
  aws_ecr_repository: named("ecr", "repository/"),
  // the repositories that replication creates by it
  aws_ecr_repository_creation_template: regional("ecr", (name) => `repository/${name("prefix")}/**`),
  aws_ecs_cluster: named("ecs", "cluster/"),
  aws_ecs_service: regional("ecs", (name) => `service/${name("cluster").split("/")[1]}/${name("name")}`),
  aws_ecs_task_definition: regional("ecs", (name) => `task-definition/${name("family")}:**`),
  aws_efs_file_system: numbered("elasticfilesystem", "file-system/"),
  aws_elasticache_replication_group: named("elasticache", "replicationgroup:", "replication_group_id"),
  aws_iam_instance_profile: global("iam", "instance-profile/"),
  aws_iam_role: global("iam", "role/"),
  aws_kms_alias: named("kms", ""),
  aws_kinesis_stream: named("kinesis", "stream/"),
  aws_kms_key: numbered("kms", "key/"),
  aws_lambda_alias: regional("lambda", (name) => `function:${name("function_name")}:${name("name")}`),
  aws_lambda_function: named("lambda", "function:", "function_name"),
  aws_lb: numbered("elasticloadbalancing", "loadbalancer/app/"),
  aws_lb_target_group: numbered("elasticloadbalancing", "targetgroup/"),
  aws_neptune_cluster: named("rds", "cluster:", "cluster_identifier"),
  aws_neptune_cluster_instance: named("rds", "db:", "identifier"),
  aws_neptune_global_cluster: global("rds", "global-cluster:", "global_cluster_identifier"),
  aws_rds_cluster: named("rds", "cluster:", "cluster_identifier"),
  aws_rds_cluster_instance: named("rds", "db:", "identifier"),
  aws_rds_global_cluster: global("rds", "global-cluster:", "global_cluster_identifier"),
  aws_s3_bucket: ({ place: { partition } }, name) => [
    `arn:${partition}:s3:::${name("bucket")}`,
    `arn:${partition}:s3:::${name("bucket")}/**`,
  ],
  aws_secretsmanager_secret: (thing, name) => secretArns(thing, name("name")),
  aws_sns_topic: named("sns", ""),
  aws_sqs_queue: named("sqs", ""),
  aws_ssm_parameter: named("ssm", "parameter"),
  aws_vpc: numbered("ec2", "vpc/"),
  "data.aws_dynamodb_table": (thing, name) => tableArns(thing, name("name")),
};

function tableArns({ place: { partition, region, account } }: Thing, table: string): string[] {
  const own = `arn:${partition}:dynamodb:${region}:${account}:table/${table}`;
  return [own, `${own}/index/**`, `${own}/stream/**`];
}

/** Secrets Manager adds six characters, the same in every replica. */
function secretArns({ block, place: { partition, region, account } }: Thing, secret: string): string[] {
  return [region, ...blocksIn(block.replica).map((replica) => textOf(replica.region))].map(
    (where) => `arn:${partition}:secretsmanager:${where}:${account}:secret:${secret}-AbCdEf`,
  );
}

/** ARNs of a resource, or of the resource that a data source finds. Empty for a type that is not in the table. */
function arnsOf(thing: Thing): readonly string[] {
  const nameOf = (attribute: string) => {
    const value = thing.block[attribute];
    return typeof value === "string" ? resolved(thing, value) : `<${thing.address}.${attribute}>`;
  };
  return ARNS[thing.type]?.(thing, nameOf) ?? [];
}

/** A text with its references replaced, ARNs too. */
export function resolved(from: Thing, text: string): string {
  return resolve(from, text, (thing, attribute) => {
    if (attribute === "stream_arn") return arnsOf(thing)[2]?.replace("**", "2026-03-14");
    if (!/(^|_)arn$/.test(attribute)) return undefined;
    return arnsOf(thing)[0]?.replace("**", "1");
  });
}

/** Whether an ARN, or a pattern with `*` and `?`, matches a created ARN. */
export function isCreated(created: readonly string[], pattern: string): boolean {
  const regExp = globOf(pattern);
  return created.some((own) => {
    if (!own.endsWith("**")) return regExp.test(own);
    const above = own.slice(0, -2);
    return pattern.startsWith(above) || regExp.test(`${above}x`);
  });
}

function globOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

/** ARNs of everything that a world creates, by deployment or by the steps of a recovery. */
export function createdIn(world: World): string[] {
  const others = world.stacks.flatMap((stack) => stack.others.flatMap(createdByRecovery));
  const resources = world.things.filter(({ type }) => type.startsWith("aws_"));
  return [...resources.flatMap((thing) => [...arnsOf(thing)]), ...others];
}

/** Calls of a recovery that create something, and the parameter that names it. */
const CREATES: Readonly<Record<string, readonly [resource: string, parameter: string]>> = {
  "rds:CreateDBInstance": ["db", "DBInstanceIdentifier"],
  "rds:RestoreDBClusterToPointInTime": ["cluster", "DBClusterIdentifier"],
  "rds:RestoreDBInstanceToPointInTime": ["db", "TargetDBInstanceIdentifier"],
};

function createdByRecovery({ block, place: { partition, region, account } }: Thing): string[] {
  return blocksIn(block.protections).flatMap(({ recovery }) =>
    blocksIn(recovery).flatMap(({ call, parameters }) => {
      const [resource, parameter] = CREATES[textOf(call)] ?? [];
      if (parameter === undefined) return [];
      const [{ [parameter]: name }] = blocksIn(parameters) as [Block];
      return [`arn:${partition}:rds:${region}:${account}:${resource}:${textOf(name)}`];
    }),
  );
}
