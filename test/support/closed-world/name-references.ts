/** Names by which one block refers to another, in the same stack or in another one. The named resource must be created. */
import { Block, Json } from "../synth";
import { createdIn, isCreated, resolved } from "./created-arns";
import { givenTo } from "./given";
import { conditionsOf, list, policyDocumentsOf } from "./policy-documents";
import { blocksIn, fault, Thing, World } from "./world";

/** Arguments that name a resource, and its ARN. Angle brackets hold `<name>`, the place, or another argument of the block. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  "aws_appautoscaling_policy.resource_id": "<service_namespace>:<region>:<account>:<name>",
  "aws_appautoscaling_target.resource_id": "<service_namespace>:<region>:<account>:<name>",
  "aws_backup_plan.rule.target_vault_name": "backup:<region>:<account>:backup-vault:<name>",
  "aws_docdb_cluster.global_cluster_identifier": "rds::<account>:global-cluster:<name>",
  "aws_docdb_cluster_instance.cluster_identifier": "rds:<region>:<account>:cluster:<name>",
  "aws_iam_role_policy.role": "iam::<account>:role/<name>",
  "aws_iam_role_policy_attachment.role": "iam::<account>:role/<name>",
  "aws_lambda_function.logging_config.log_group": "logs:<region>:<account>:log-group:<name>",
  "aws_lambda_function.s3_bucket": "s3:::<name>/<s3_key>",
  "aws_lambda_permission.function_name": "lambda:<region>:<account>:function:<name>:<qualifier>",
  "aws_neptune_cluster.global_cluster_identifier": "rds::<account>:global-cluster:<name>",
  "aws_rds_cluster.global_cluster_identifier": "rds::<account>:global-cluster:<name>",
  "aws_rds_cluster_instance.cluster_identifier": "rds:<region>:<account>:cluster:<name>",
  "aws_route53_health_check.cloudwatch_alarm_name": "cloudwatch:<cloudwatch_alarm_region>:<account>:alarm:<name>",
  "aws_s3_bucket_replication_configuration.bucket": "s3:::<name>",
  "aws_vpc_peering_connection.peer_region": "ec2:<name>:<peer_owner_id>:vpc/**",
  "data.aws_dynamodb_table.name": "dynamodb:<region>:<account>:table/<name>",
};

/** Dimensions of CloudWatch's metrics. `Resource` is a function with its alias. */
const DIMENSIONS: Readonly<Record<string, string>> = {
  AutoScalingGroupName: "autoscaling:<region>:<account>:autoScalingGroupName/<name>",
  CacheClusterId: "elasticache:<region>:<account>:replicationgroup:<name>",
  ClusterName: "ecs:<region>:<account>:cluster/<name>",
  DBClusterIdentifier: "rds:<region>:<account>:cluster:<name>",
  DBInstanceIdentifier: "rds:<region>:<account>:db:<name>",
  DestinationBucket: "s3:::<name>",
  FunctionName: "lambda:<region>:<account>:function:<name>",
  ReceivingRegion: "dynamodb:<name>:<account>:table/<TableName>",
  Resource: "lambda:<region>:<account>:function:<name>",
  RuleName: "events:<region>:<account>:rule/<name>",
  ServiceName: "ecs:<region>:<account>:service/<ClusterName>/<name>",
  SourceBucket: "s3:::<name>",
  TableName: "dynamodb:<region>:<account>:table/<name>",
};

/** Parameters of the calls of a recovery. */
const PARAMETERS: Readonly<Record<string, string>> = {
  AutoScalingGroupName: DIMENSIONS.AutoScalingGroupName!,
  Cluster: DIMENSIONS.ClusterName!,
  DBClusterIdentifier: DIMENSIONS.DBClusterIdentifier!,
  DBInstanceIdentifier: DIMENSIONS.DBInstanceIdentifier!,
  DBParameterGroupName: "rds:<region>:<account>:pg:<name>",
  DBSubnetGroupName: "rds:<region>:<account>:subgrp:<name>",
  GlobalClusterIdentifier: "rds::<account>:global-cluster:<name>",
  Name: DIMENSIONS.RuleName!,
  PrimaryReplicationGroupId: DIMENSIONS.CacheClusterId!,
  ResourceId: "<ServiceNamespace>:<region>:<account>:<name>",
  Service: "ecs:<region>:<account>:service/<Cluster>/<name>",
};

interface Reference {
  readonly thing: Thing;
  readonly what: string;
  readonly name: string;
  readonly arn: string;
}

/** Every name in a world that no created resource has. */
export function referenceFaults(world: World): string[] {
  const known = [...createdIn(world), ...givenTo(world)];
  return [...fromArguments(world), ...fromMetrics(world), ...fromModels(world), ...fromAliases(world)]
    .filter(({ name, arn }) => !name.startsWith("<") && !isCreated(known, arn))
    .map(({ thing, what, name, arn }) => fault(world, thing, `${what} names ${name}, and there is no ${arn}`));
}

/** Fills in a template. A region or account in `values` takes precedence over the place of the thing. */
function arnFrom(thing: Thing, template: string, name: string, values: Block): string {
  const all: Block = { ...thing.place, ...values, name };
  const filled = template.replace(/<(\w+)>/g, (_, key: string) => {
    const value = all[key];
    return typeof value === "string" ? resolved(thing, value) : `<${key}>`;
  });
  return `arn:${thing.place.partition}:${filled}`;
}

function fromArguments(world: World): Reference[] {
  return Object.entries(ARGUMENTS).flatMap(([what, template]) => {
    const [, type, path] = /^((?:data\.)?aws_\w+)\.(.+)$/.exec(what)!;
    return world.things
      .filter((thing) => thing.type === type)
      .flatMap((thing) => valuesAt(thing.block, path!.split(".")).map((value) => ({ thing, value })))
      .map(({ thing, value }) => {
        const name = resolved(thing, value);
        return { thing, what, name, arn: arnFrom(thing, template, name, thing.block) };
      });
  });
}

function valuesAt(value: Json | undefined, [first, ...rest]: readonly string[]): string[] {
  if (first === undefined) return typeof value === "string" ? [value] : [];
  return blocksIn(value).flatMap((block) => valuesAt(block[first], rest));
}

function fromMetrics(world: World): Reference[] {
  return world.things.flatMap((thing) => {
    if (thing.type !== "aws_cloudwatch_metric_alarm") return [];
    const metrics = blocksIn(thing.block.metric_query).flatMap(({ metric }) => blocksIn(metric));
    const dimensions = [thing.block, ...metrics].flatMap((metric) => blocksIn(metric.dimensions));
    return dimensions.flatMap((block) => references(thing, DIMENSIONS, block));
  });
}

function fromModels(world: World): Reference[] {
  const models = world.stacks.flatMap(({ others }) => others);
  return models.flatMap((thing) =>
    blocksIn(thing.block.protections).flatMap(({ evidence, recovery }) => [
      ...blocksIn(evidence).flatMap(({ region, dimensions }) =>
        blocksIn(dimensions).flatMap((block) => references(thing, DIMENSIONS, { ...block, region: region! })),
      ),
      ...blocksIn(recovery).flatMap(({ parameters }) =>
        blocksIn(parameters).flatMap((block) => references(thing, PARAMETERS, block)),
      ),
    ]),
  );
}

function references(thing: Thing, templates: Readonly<Record<string, string>>, values: Block): Reference[] {
  return Object.entries(values).flatMap(([what, value]) => {
    const template = templates[what];
    if (template === undefined || typeof value !== "string") return [];
    // members of a group of ElastiCache are called after it, with a number
    const name = resolved(thing, what === "CacheClusterId" ? value.replace(/-\d{3}$/, "") : value);
    return [{ thing, what, name, arn: arnFrom(thing, template, name, values) }];
  });
}

/** Aliases in conditions, in the region and account of the statement's keys. */
function fromAliases(world: World): Reference[] {
  return policyDocumentsOf(world).flatMap(({ thing, statements }) =>
    statements.flatMap((statement) => {
      const aliases = conditionsOf(statement).filter(({ key }) => key === "kms:ResourceAliases");
      return aliases.flatMap(({ key, values }) =>
        values.flatMap((name) =>
          list(statement.Resource).map((resource) => {
            const [, , , region = "", account = ""] = resource.split(":");
            return {
              thing,
              what: key,
              name,
              arn: arnFrom(thing, "kms:<region>:<account>:<name>", name, { region, account }),
            };
          }),
        ),
      );
    }),
  );
}
