import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DatabaseMigrationServiceClient,
  DescribeReplicationConfigsCommand,
  DescribeReplicationInstancesCommand,
  DescribeReplicationTasksCommand,
} from "@aws-sdk/client-database-migration-service";
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import {
  type DBInstance,
  DescribeDBClustersCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import {
  ListHealthChecksCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import {
  GetBucketLocationCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  ListBucketsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { clusterKind } from "./cluster-kind";
import type { SdkConfig } from "./emulator";

/** A resource in a site. */
export interface Item {
  /** In AWS's words: `RDS instance`, `S3 bucket` ... */
  readonly kind: string;
  readonly name: string;
  /** Facts that matter for a recovery, e.g. `replica of ledger-seoul`, `available`, `Multi-AZ`. */
  readonly facts: readonly string[];
}

/** Reads one kind of thing in one region of one account. */
type Reader = (config: SdkConfig) => Promise<Item[]>;

async function instances(config: SdkConfig): Promise<Item[]> {
  const { DBInstances = [] } = await new RDSClient(config).send(new DescribeDBInstancesCommand({}));
  return DBInstances.map((instance) =>
    item("RDS instance", instance.DBInstanceIdentifier, [
      instance.DBInstanceStatus,
      part(instance),
      instance.MultiAZ && "Multi-AZ",
    ]),
  );
}

function part({
  ReadReplicaSourceDBInstanceIdentifier: source,
  ReadReplicaDBInstanceIdentifiers: replicas = [],
}: DBInstance): string {
  if (source) return `replica of ${tail(source)}`;
  return replicas.length > 0 ? `source of ${replicas.map(tail).join(" and ")}` : "alone";
}

async function replicatedBackups(config: SdkConfig): Promise<Item[]> {
  const { DBInstanceAutomatedBackups = [] } = await new RDSClient(config).send(
    new DescribeDBInstanceAutomatedBackupsCommand({}),
  );
  return DBInstanceAutomatedBackups.filter(({ Status }) => Status === "replicating").map((backup) =>
    item("RDS backups", backup.DBInstanceIdentifier, [
      `replicated from ${backup.Region}`,
      `${backup.BackupRetentionPeriod} days`,
    ]),
  );
}

async function clusters(config: SdkConfig): Promise<Item[]> {
  const { DBClusters = [] } = await new RDSClient(config).send(new DescribeDBClustersCommand({}));
  return DBClusters.map((cluster) =>
    item(clusterKind(cluster.Engine), cluster.DBClusterIdentifier, [
      cluster.Status,
      cluster.ReplicationSourceIdentifier ? `follows ${tail(cluster.ReplicationSourceIdentifier)}` : "writer",
    ]),
  );
}

async function tables(config: SdkConfig): Promise<Item[]> {
  const dynamodb = new DynamoDBClient(config);
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  const described = await Promise.all(
    TableNames.map((name) => dynamodb.send(new DescribeTableCommand({ TableName: name }))),
  );
  return described.map(({ Table }) => {
    const regions = (Table?.Replicas ?? []).map(({ RegionName }) => RegionName);
    return item("DynamoDB table", Table?.TableName, [
      Table?.TableStatus?.toLowerCase(),
      regions.length > 0 && `replicas in ${regions.join(", ")}`,
      `${Table?.ItemCount ?? 0} items`,
    ]);
  });
}

async function buckets(config: SdkConfig): Promise<Item[]> {
  const s3 = new S3Client(config);
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const items = await Promise.all(
    Buckets.map(async ({ Name: Bucket }): Promise<Item[]> => {
      const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
      if ((LocationConstraint ?? "us-east-1") !== config.region) return [];
      const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
      return [item("S3 bucket", Bucket, [Status === "Enabled" && "versioned", ...(await replicationOf(s3, Bucket))])];
    }),
  );
  return items.flat();
}

async function replicationOf(s3: S3Client, Bucket: string | undefined): Promise<string[]> {
  try {
    const { ReplicationConfiguration } = await s3.send(new GetBucketReplicationCommand({ Bucket }));
    return (ReplicationConfiguration?.Rules ?? []).map(
      (rule) => `${rule.ID ?? "rule"} -> ${tail(rule.Destination?.Bucket ?? "")} ${rule.Status?.toLowerCase()}`,
    );
  } catch (fault) {
    if ((fault as Error).name === "ReplicationConfigurationNotFoundError") return [];
    throw fault;
  }
}

async function groups(config: SdkConfig): Promise<Item[]> {
  const { AutoScalingGroups = [] } = await new AutoScalingClient(config).send(new DescribeAutoScalingGroupsCommand({}));
  return AutoScalingGroups.map((group) =>
    item("Auto Scaling group", group.AutoScalingGroupName, [
      `min ${group.MinSize} desired ${group.DesiredCapacity} max ${group.MaxSize}`,
      `${group.Instances?.length ?? 0} instances`,
    ]),
  );
}

async function balancers(config: SdkConfig): Promise<Item[]> {
  const { LoadBalancers = [] } = await new ElasticLoadBalancingV2Client(config).send(
    new DescribeLoadBalancersCommand({}),
  );
  return LoadBalancers.map((balancer) =>
    item("load balancer", balancer.LoadBalancerName, [balancer.State?.Code, balancer.Scheme]),
  );
}

async function keys(config: SdkConfig): Promise<Item[]> {
  const { Aliases = [] } = await new KMSClient(config).send(new ListAliasesCommand({}));
  const own = Aliases.filter(({ AliasName = "", TargetKeyId }) => TargetKeyId && !AliasName.startsWith("alias/aws/"));
  return own.map(({ AliasName, TargetKeyId }) => item("KMS key", AliasName, [TargetKeyId]));
}

async function replications(config: SdkConfig): Promise<Item[]> {
  const dms = new DatabaseMigrationServiceClient(config);
  const [{ ReplicationInstances = [] }, { ReplicationTasks = [] }, { ReplicationConfigs = [] }] = await Promise.all([
    dms.send(new DescribeReplicationInstancesCommand({})),
    dms.send(new DescribeReplicationTasksCommand({})),
    dms.send(new DescribeReplicationConfigsCommand({})),
  ]);
  return [
    ...ReplicationInstances.map((instance) =>
      item("DMS instance", instance.ReplicationInstanceIdentifier, [
        instance.ReplicationInstanceStatus,
        instance.MultiAZ && "Multi-AZ",
      ]),
    ),
    ...ReplicationTasks.map((task) =>
      item("DMS task", task.ReplicationTaskIdentifier, [task.Status, task.MigrationType]),
    ),
    ...ReplicationConfigs.map((serverless) =>
      item("DMS serverless", serverless.ReplicationConfigIdentifier, [serverless.ReplicationType]),
    ),
  ];
}

async function alarms(config: SdkConfig): Promise<Item[]> {
  const { MetricAlarms = [], CompositeAlarms = [] } = await new CloudWatchClient(config).send(
    new DescribeAlarmsCommand({}),
  );
  return [...MetricAlarms, ...CompositeAlarms].map((alarm) => item("alarm", alarm.AlarmName, [alarm.StateValue]));
}

/** In the order in which they are shown. */
export const READERS: readonly Reader[] = [
  instances,
  replicatedBackups,
  clusters,
  tables,
  buckets,
  groups,
  balancers,
  replications,
  keys,
  alarms,
];

export async function readGlobal(config: SdkConfig): Promise<Item[]> {
  const route53 = new Route53Client(config);
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
  const sets = await Promise.all(
    HostedZones.map(({ Id }) => route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }))),
  );
  const records = sets
    .flatMap(({ ResourceRecordSets = [] }) => ResourceRecordSets)
    .filter(({ Type }) => Type !== "NS" && Type !== "SOA");
  const { HealthChecks = [] } = await route53.send(new ListHealthChecksCommand({}));
  return [
    ...records.map((record) =>
      item(`${record.Type} record`, record.Name, [
        [record.Failover?.toLowerCase(), record.SetIdentifier].filter(Boolean).join(" "),
        record.AliasTarget
          ? `alias of ${record.AliasTarget.DNSName}`
          : (record.ResourceRecords ?? []).map(({ Value }) => Value).join(" "),
        record.HealthCheckId && `health check ${record.HealthCheckId}`,
      ]),
    ),
    ...HealthChecks.map(({ Id, HealthCheckConfig: check }) =>
      item("health check", Id, [
        check?.Type,
        check?.Inverted && "inverted",
        check?.AlarmIdentifier && `alarm ${check.AlarmIdentifier.Name} in ${check.AlarmIdentifier.Region}`,
        check?.InsufficientDataHealthStatus,
      ]),
    ),
  ];
}

function item(kind: string, name: string | undefined, facts: readonly (string | false | undefined)[]): Item {
  return {
    kind,
    name: name ?? "",
    facts: facts.filter((fact): fact is string => typeof fact === "string" && fact !== ""),
  };
}

/** The name at the end of an ARN; a plain name is returned as it is. */
function tail(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}
