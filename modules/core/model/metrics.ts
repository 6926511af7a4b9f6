/** A metric of AWS, as its page describes it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: "Seconds" | "Milliseconds" | "Count" | "Bytes" | "None";
  /** `Maximum` for lags, `Sum` for failures. */
  readonly statistic: "Maximum" | "Minimum" | "Average" | "Sum";
  /** Names of the dimensions. All are needed. */
  readonly dimensions: readonly string[];
  /** The end of a copy whose region publishes the metric. It is silent as soon as that region is lost. */
  readonly publishedIn: "source" | "destination";
  /** When AWS publishes no value. */
  readonly silentWhen: string;
  /** The state of an alarm without values: `breaching` raises it, `notBreaching` ends it, `missing` shows that the data is missing. */
  readonly whenSilent: "breaching" | "notBreaching" | "missing";
  /** The AWS page that describes the metric. */
  readonly source: string;
}

const AURORA = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html";
const DMS = "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html";
const ECS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html";
const LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html";
const RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html";
const S3 = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html";

/** Every metric that the library shows or makes an alarm from. */
export const METRICS = {
  "auto-scaling-in-service": {
    namespace: "AWS/AutoScaling",
    name: "GroupInServiceInstances",
    unit: "Count",
    statistic: "Minimum",
    dimensions: ["AutoScalingGroupName"],
    publishedIn: "destination",
    silentWhen: "the group has no instances, or its metrics are not enabled",
    whenSilent: "missing",
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html",
  },
  "aurora-rpo-lag": {
    namespace: "AWS/RDS",
    name: "AuroraGlobalDBRPOLag",
    unit: "Milliseconds",
    statistic: "Maximum",
    dimensions: ["DBClusterIdentifier"],
    publishedIn: "destination",
    silentWhen: "the cluster is not a secondary, or it does not replicate",
    whenSilent: "breaching",
    source: AURORA,
  },
  "dms-source-latency": {
    namespace: "AWS/DMS",
    name: "CDCLatencySource",
    unit: "Seconds",
    statistic: "Maximum",
    dimensions: ["ReplicationInstanceIdentifier", "ReplicationTaskIdentifier"],
    publishedIn: "destination",
    silentWhen: "the task does not run",
    whenSilent: "breaching",
    source: DMS,
  },
  "dms-target-latency": {
    namespace: "AWS/DMS",
    name: "CDCLatencyTarget",
    unit: "Seconds",
    statistic: "Maximum",
    dimensions: ["ReplicationInstanceIdentifier", "ReplicationTaskIdentifier"],
    publishedIn: "destination",
    silentWhen: "the task does not run",
    whenSilent: "breaching",
    source: DMS,
  },
  "documentdb-lag": {
    namespace: "AWS/DocDB",
    name: "GlobalClusterReplicationLag",
    unit: "Milliseconds",
    statistic: "Maximum",
    dimensions: ["DBClusterIdentifier"],
    publishedIn: "destination",
    silentWhen: "the cluster is not a secondary, or it does not replicate",
    whenSilent: "breaching",
    source: "https://docs.aws.amazon.com/documentdb/latest/developerguide/cloud_watch.html",
  },
  "dynamodb-replication-latency": {
    namespace: "AWS/DynamoDB",
    name: "ReplicationLatency",
    unit: "Milliseconds",
    statistic: "Maximum",
    dimensions: ["TableName", "ReceivingRegion"],
    publishedIn: "source",
    silentWhen: "nothing is written, or the replica has stopped; CloudWatch ignores missing data of this namespace",
    whenSilent: "missing",
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html",
  },
  "ecs-desired-tasks": {
    namespace: "ECS/ContainerInsights",
    name: "DesiredTaskCount",
    unit: "Count",
    statistic: "Maximum",
    dimensions: ["ClusterName", "ServiceName"],
    publishedIn: "destination",
    silentWhen: "the service has no tasks, or Container Insights is off",
    whenSilent: "missing",
    source: ECS,
  },
  "ecs-running-tasks": {
    namespace: "ECS/ContainerInsights",
    name: "RunningTaskCount",
    unit: "Count",
    statistic: "Minimum",
    dimensions: ["ClusterName", "ServiceName"],
    publishedIn: "destination",
    silentWhen: "the service has no tasks, or Container Insights is off",
    whenSilent: "missing",
    source: ECS,
  },
  "efs-time-since-sync": {
    namespace: "AWS/EFS",
    name: "TimeSinceLastSync",
    unit: "Seconds",
    statistic: "Maximum",
    dimensions: ["FileSystemId", "DestinationFileSystemId"],
    publishedIn: "destination",
    silentWhen: "the replication does not run; AWS does not document which of the two Regions publishes it",
    whenSilent: "breaching",
    source: "https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html",
  },
  "elasticache-lag": {
    namespace: "AWS/ElastiCache",
    name: "GlobalDatastoreReplicationLag",
    unit: "Seconds",
    statistic: "Maximum",
    dimensions: ["CacheClusterId"],
    publishedIn: "destination",
    silentWhen: "the group is not a secondary, or it does not replicate",
    whenSilent: "breaching",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html",
  },
  "eventbridge-failed-invocations": {
    namespace: "AWS/Events",
    name: "FailedInvocations",
    unit: "Count",
    statistic: "Sum",
    dimensions: ["RuleName"],
    publishedIn: "destination",
    silentWhen: "no invocation failed",
    whenSilent: "notBreaching",
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html",
  },
  "lambda-errors": {
    namespace: "AWS/Lambda",
    name: "Errors",
    unit: "Count",
    statistic: "Sum",
    dimensions: ["FunctionName", "Resource"],
    publishedIn: "destination",
    silentWhen: "the function is not invoked",
    whenSilent: "notBreaching",
    source: LAMBDA,
  },
  "lambda-iterator-age": {
    namespace: "AWS/Lambda",
    name: "IteratorAge",
    unit: "Milliseconds",
    statistic: "Maximum",
    dimensions: ["FunctionName", "Resource"],
    publishedIn: "destination",
    silentWhen: "the function reads no stream, or its event source is disabled",
    whenSilent: "notBreaching",
    source: LAMBDA,
  },
  "lambda-throttles": {
    namespace: "AWS/Lambda",
    name: "Throttles",
    unit: "Count",
    statistic: "Sum",
    dimensions: ["FunctionName", "Resource"],
    publishedIn: "destination",
    silentWhen: "the function is not invoked",
    whenSilent: "notBreaching",
    source: LAMBDA,
  },
  "neptune-lag": {
    namespace: "AWS/Neptune",
    name: "GlobalDbProgressLag",
    unit: "Milliseconds",
    statistic: "Maximum",
    dimensions: ["DBClusterIdentifier"],
    publishedIn: "destination",
    silentWhen: "the cluster is not a secondary, or it does not replicate",
    whenSilent: "breaching",
    source: "https://docs.aws.amazon.com/neptune/latest/userguide/cw-metrics.html",
  },
  "rds-free-storage": {
    namespace: "AWS/RDS",
    name: "FreeStorageSpace",
    unit: "Bytes",
    statistic: "Minimum",
    dimensions: ["DBInstanceIdentifier"],
    publishedIn: "destination",
    silentWhen: "the instance does not run",
    whenSilent: "missing",
    source: RDS,
  },
  "rds-replica-lag": {
    namespace: "AWS/RDS",
    name: "ReplicaLag",
    unit: "Seconds",
    statistic: "Maximum",
    dimensions: ["DBInstanceIdentifier"],
    publishedIn: "destination",
    silentWhen: "the replica does not run, or was promoted; -1 means that it does not replicate",
    whenSilent: "breaching",
    source: RDS,
  },
  "rds-slot-lag": {
    namespace: "AWS/RDS",
    name: "OldestReplicationSlotLag",
    unit: "Bytes",
    statistic: "Maximum",
    dimensions: ["DBInstanceIdentifier"],
    publishedIn: "source",
    silentWhen: "the instance has no replica",
    whenSilent: "missing",
    source: RDS,
  },
  "s3-failed-replication": {
    namespace: "AWS/S3",
    name: "OperationsFailedReplication",
    unit: "Count",
    statistic: "Sum",
    dimensions: ["SourceBucket", "DestinationBucket", "RuleId"],
    publishedIn: "source",
    silentWhen: "nothing is written",
    whenSilent: "notBreaching",
    source: S3,
  },
  "s3-replication-latency": {
    namespace: "AWS/S3",
    name: "ReplicationLatency",
    unit: "Seconds",
    statistic: "Maximum",
    dimensions: ["SourceBucket", "DestinationBucket", "RuleId"],
    publishedIn: "destination",
    silentWhen: "nothing is written",
    whenSilent: "notBreaching",
    source: S3,
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricId = keyof typeof METRICS;
