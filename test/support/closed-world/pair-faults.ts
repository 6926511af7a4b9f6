/**
 * Pairs of blocks that must agree, mostly of two sites. Examples: a copy and its destination, a metric and its alarm, a log and its source.
 */
import { Block } from "../synth";
import { createdIn, isCreated, resolved } from "./created-arns";
import { conditionsOf, policyDocumentsOf } from "./policy-documents";
import { documentIn } from "./texts";
import { blocksIn, fault, Thing, World, textOf } from "./world";

/** Every pair of a world that does not match. */
export function pairFaults(world: World): string[] {
  const faults = world.things.flatMap((thing) => (PAIRS[thing.type] ?? (() => []))(thing, world));
  return [...faults, ...switchFaults(world)];
}

type Check = (thing: Thing, world: World) => string[];

const PAIRS: Readonly<Record<string, Check>> = {
  aws_cloudwatch_log_group: logGroupFaults,
  aws_cloudwatch_metric_alarm: replicationMetricFaults,
  aws_ecr_replication_configuration: registryFaults,
  aws_ecs_task_definition: containerFaults,
  aws_elasticache_replication_group: globalDatastoreFaults,
  aws_rds_cluster: sourceRegionFaults,
  aws_s3_bucket_replication_configuration: replicationFaults,
  aws_secretsmanager_secret: secretReplicaFaults,
  "data.aws_efs_file_system": fileSystemFaults,
};

const ofType = (world: World, type: string) => world.things.filter((thing) => thing.type === type);
const text = (thing: Thing, value: unknown) => (typeof value === "string" ? resolved(thing, value) : "");
const bucketOf = (world: World, name: string) =>
  ofType(world, "aws_s3_bucket").find((bucket) => text(bucket, bucket.block.bucket) === name);

/** A rule names the account and the key of its destination. A destination in another account must allow the role. */
function replicationFaults(thing: Thing, world: World): string[] {
  return blocksIn(thing.block.rule).flatMap(({ destination }) =>
    blocksIn(destination).flatMap((target) => {
      const to = bucketOf(world, text(thing, target.bucket).split(":::")[1]!);
      if (to === undefined)
        return [fault(world, thing, `copies into ${text(thing, target.bucket)}, which is not there`)];
      const [key] = blocksIn(target.encryption_configuration);
      const [, , , region, account] = text(thing, key?.replica_kms_key_id).split(":");
      const faults: string[] = [];
      if (region !== to.place.region || account !== to.place.account) faults.push(`key of ${region}, ${account}`);
      if (target.account !== undefined && target.account !== to.place.account)
        faults.push(`account ${text(thing, target.account)}`);
      if (to.place.account !== thing.place.account) faults.push(...closedDoors(thing, to, world));
      return faults.map((one) => fault(world, thing, `copies into ${to.place.region}, ${to.place.account}: ${one}`));
    }),
  );
}

/** Two accounts need `receiveFrom`. The programs of these examples do not set it, because they use one account. */
const WRITTEN_FOR_ONE_ACCOUNT = new Set(["s3-pair", "several-sites"]);

/** Policies of the destination's bucket and key that do not allow the role. */
function closedDoors(thing: Thing, to: Thing, world: World): string[] {
  if (WRITTEN_FOR_ONE_ACCOUNT.has(world.example)) return [];
  const role = text(thing, thing.block.role);
  return ["aws_s3_bucket_policy", "aws_kms_key"]
    .filter((type) => {
      const documents = policyDocumentsOf(world).filter(({ thing: { type: own, stack, place } }) => {
        return own === type && stack === to.stack && place.region === to.place.region;
      });
      const principals = documents.flatMap(({ statements }) => statements.flatMap(conditionsOf));
      return !principals.some(({ key, values }) => key === "aws:PrincipalArn" && values.includes(role));
    })
    .map((type) => `no ${type} lets ${role} in`);
}

/** S3 publishes the latency of a rule with the names of both buckets and the rule's id as dimensions. */
function replicationMetricFaults(thing: Thing, world: World): string[] {
  const metrics = blocksIn(thing.block.metric_query).flatMap(({ metric }) => blocksIn(metric));
  return [thing.block, ...metrics].flatMap(({ dimensions }) =>
    blocksIn(dimensions).flatMap(({ SourceBucket: from, DestinationBucket: to, RuleId: id }) => {
      if (from === undefined) return [];
      const sources = ofType(world, "aws_s3_bucket_replication_configuration").filter(
        (own) => text(own, own.block.bucket) === from,
      );
      const rules = sources.flatMap((own) => blocksIn(own.block.rule).map((rule) => ({ own, rule })));
      const found = rules.some(({ own, rule }) => {
        const [target] = blocksIn(rule.destination);
        return rule.id === id && text(own, target?.bucket).endsWith(`:::${textOf(to)}`);
      });
      return found ? [] : [fault(world, thing, `no rule ${textOf(id)} copies ${textOf(from)} into ${textOf(to)}`)];
    }),
  );
}

/** A registry replicates repositories into a site that has them too. */
function registryFaults(thing: Thing, world: World): string[] {
  const created = createdIn(world);
  const rules = blocksIn(thing.block.replication_configuration).flatMap(({ rule }) => blocksIn(rule));
  return rules.flatMap(({ destination, repository_filter: filters }) =>
    blocksIn(destination).flatMap(({ region, registry_id: account }) =>
      blocksIn(filters)
        .map(
          ({ filter }) =>
            `arn:${thing.place.partition}:ecr:${textOf(region)}:${textOf(account)}:repository/${textOf(filter)}*`,
        )
        .filter((arn) => !isCreated(created, arn))
        .map((arn) => fault(world, thing, `there is no ${arn}`)),
    ),
  );
}

/** Containers write into a created log group of their region. */
function containerFaults(thing: Thing, world: World): string[] {
  const containers = documentIn(text(thing, thing.block.container_definitions)) as Block[];
  const created = createdIn(world);
  const { partition, region: here, account } = thing.place;
  return containers.flatMap(({ logConfiguration }) =>
    blocksIn(blocksIn(logConfiguration)[0]?.options).flatMap((options) => {
      const { "awslogs-group": group, "awslogs-region": region } = options;
      const arn = `arn:${partition}:logs:${here}:${account}:log-group:${textOf(group)}`;
      if (region === here && isCreated(created, arn)) return [];
      return [fault(world, thing, `logs into ${textOf(group)} of ${textOf(region)}`)];
    }),
  );
}

/** AWS puts five letters of the home's region before the suffix of a global datastore. */
function globalDatastoreFaults(thing: Thing, world: World): string[] {
  const id = thing.block.global_replication_group_id;
  if (typeof id !== "string" || id.startsWith("$")) return [];
  const suffixes = ofType(world, "aws_elasticache_global_replication_group").map(
    ({ block }) => block.global_replication_group_id_suffix,
  );
  return suffixes.includes(id.slice(6)) && id[5] === "-"
    ? []
    : [fault(world, thing, `follows ${id}, which is not there`)];
}

/** A secondary cluster names the region of the cluster that it copies. */
function sourceRegionFaults(thing: Thing, world: World): string[] {
  const { source_region: region, global_cluster_identifier: id } = thing.block;
  if (region === undefined) return [];
  const others = ofType(world, thing.type).filter((other) => other !== thing && other.place.region === region);
  const found = others.some((other) => text(other, other.block.global_cluster_identifier) === text(thing, id));
  return found
    ? []
    : [fault(world, thing, `copies a cluster of ${textOf(region)}, which has none of ${text(thing, id)}`)];
}

/** A replica of a secret is encrypted with a key of its own region. */
function secretReplicaFaults(thing: Thing, world: World): string[] {
  return blocksIn(thing.block.replica).flatMap(({ region, kms_key_id: key }) => {
    if (key === undefined || text(thing, key).split(":")[3] === region) return [];
    return [fault(world, thing, `a replica in ${textOf(region)} has the key ${text(thing, key)}`)];
  });
}

function fileSystemFaults(thing: Thing, world: World): string[] {
  const token = thing.block.creation_token;
  const found = ofType(world, "aws_efs_file_system").some((own) => {
    return own.block.creation_token === token && own.place.region === thing.place.region;
  });
  return found ? [] : [fault(world, thing, `${thing.place.region} has no file system ${textOf(token)}`)];
}

/** Names of log groups that services write into. With another name the service would create its own log group. */
const LOG_SOURCES: readonly (readonly [RegExp, string])[] = [
  [/^\/aws\/rds\/instance\/([^/]+)\/\w+$/, "rds:<region>:<account>:db:"],
  [/^\/aws\/(?:rds\/cluster|docdb|neptune)\/([^/]+)\/\w+$/, "rds:<region>:<account>:cluster:"],
  [/^\/aws\/lambda\/([^/]+)$/, "lambda:<region>:<account>:function:"],
  [/^\/ecs\/([^/]+\/[^/]+)$/, "ecs:<region>:<account>:service/"],
];

function logGroupFaults(thing: Thing, world: World): string[] {
  const name = text(thing, thing.block.name);
  const { partition, region, account } = thing.place;
  return LOG_SOURCES.flatMap(([pattern, source]) => {
    const [, own] = pattern.exec(name) ?? [];
    if (own === undefined) return [];
    const arn = `arn:${partition}:${source.replace("<region>", region).replace("<account>", account)}${own}`;
    return isCreated(createdIn(world), arn) ? [] : [fault(world, thing, `nothing called ${arn} logs into it`)];
  });
}

/** The call that trips a switch writes the metric that an alarm watches. */
function switchFaults(world: World): string[] {
  const alarms = ofType(world, "aws_cloudwatch_metric_alarm").map(({ block, place: { region, account } }) =>
    [region, account, textOf(block.namespace), textOf(block.metric_name), sorted(blocksIn(block.dimensions)[0])].join(),
  );
  const models = world.stacks.flatMap(({ others }) => others);
  return models.flatMap((model) =>
    blocksIn(model.block.protections)
      .flatMap(({ recovery }) => blocksIn(recovery))
      .flatMap(({ parameters }) => blocksIn(parameters))
      .flatMap(({ Namespace, MetricData }) =>
        blocksIn(MetricData).map(({ MetricName, Dimensions }) => {
          const pairs = blocksIn(Dimensions).map(({ Name, Value }) => [textOf(Name), Value!] as const);
          const { region, account } = model.place;
          return [region, account, textOf(Namespace), textOf(MetricName), sorted(Object.fromEntries(pairs))].join();
        }),
      )
      .filter((metric) => !alarms.includes(metric))
      .map((metric) => fault(world, model, `no alarm looks at ${metric}`)),
  );
}

const sorted = (dimensions: Block = {}) => JSON.stringify(Object.entries(dimensions).sort());
