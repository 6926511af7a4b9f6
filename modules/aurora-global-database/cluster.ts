import { RdsCluster, RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance, RdsClusterInstanceConfig } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Construct } from "constructs";
import { makersOf } from "../core";
import { createLogGroups, instanceIdentifier } from "../joined-clusters";
import { Site } from "../site";
import { Checked, DEFAULTS, Instances } from "./cluster-checks";
import { ClusterGroups } from "./cluster-groups";
import { ClusterProps } from "./cluster-props";
import { scalingConfig } from "./serverless-scaling";

/** A secondary is filled with all data before it is there. */
const TIMEOUTS = { create: "24h", update: "12h", delete: "3h" };

/**
 * Ignored on every cluster, and nothing else: the first two AWS moves at a switchover, a failover and a detachment; the version the
 * global cluster upgrades everywhere; the source region is read by the creation alone, and is that of the moment.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/rds_global_cluster.html.markdown
 */
const DECIDED_ELSEWHERE = [
  "replication_source_identifier",
  "global_cluster_identifier",
  "engine_version",
  "source_region",
];

/** What a cluster is joined with. */
export interface Joined {
  readonly checked: Checked;
  readonly groups: ClusterGroups;
  /** What a first and a secondary cluster have each for itself. */
  readonly own: Partial<RdsClusterConfig>;
}

/** Makes the cluster. What AWS or the provider would choose, and a later plan would then see, is written out. */
export function createCluster(scope: Construct, props: ClusterProps, { checked, groups, own }: Joined): RdsCluster {
  const finalSnapshot = props.finalSnapshot ?? true;
  const cluster = new RdsCluster(scope, "Resource", {
    clusterIdentifier: props.identifier,
    engine: props.global.engine,
    engineVersion: props.global.engineVersion,
    globalClusterIdentifier: props.global.name,
    applyImmediately: props.applyImmediately ?? false,
    backupRetentionPeriod: checked.backupRetentionDays,
    copyTagsToSnapshot: true,
    dbClusterParameterGroupName: groups.clusterParameterGroup.name,
    dbSubnetGroupName: groups.subnetGroup.name,
    deleteAutomatedBackups: false,
    deletionProtection: props.deletionProtection ?? true,
    enableGlobalWriteForwarding: props.writeForwarding ?? false,
    enabledCloudwatchLogsExports: [...checked.logs],
    finalSnapshotIdentifier: finalSnapshot ? `${props.identifier}-final` : undefined,
    iamDatabaseAuthenticationEnabled: props.iamAuthentication ?? true,
    kmsKeyId: props.kmsKeyArn,
    port: groups.port,
    preferredBackupWindow: props.backupWindow,
    preferredMaintenanceWindow: props.maintenanceWindow,
    serverlessv2ScalingConfiguration: props.serverlessV2Scaling && scalingConfig(props.serverlessV2Scaling),
    skipFinalSnapshot: !finalSnapshot,
    storageEncrypted: true,
    storageType: props.ioOptimized ? "aurora-iopt1" : undefined,
    vpcSecurityGroupIds: [groups.securityGroup.id],
    timeouts: TIMEOUTS,
    ...own,
    dependsOn: [
      ...createLogGroups(scope, props, { logs: checked.logs, service: "rds/cluster" }),
      ...(makersOf(scope, props.global) ?? []),
    ],
    lifecycle: { preventDestroy: !props.destroyable, ignoreChanges: [...DECIDED_ELSEWHERE] },
  });
  if (props.adoptExisting !== undefined) cluster.importFrom(props.identifier, Site.of(scope).provider);
  return cluster;
}

/** Makes the instances of a cluster, by their keys. */
export function createInstances(
  scope: Construct,
  props: ClusterProps,
  { cluster, groups, instances }: { cluster: RdsCluster; groups: ClusterGroups; instances: Instances },
): Record<string, RdsClusterInstance> {
  const common = instanceConfig(props, cluster, groups);
  const made = Object.entries(instances).map(([key, own]) => {
    const adopted = own.adoptExisting ?? props.adoptExisting !== undefined;
    const instance = new RdsClusterInstance(scope, `Instance-${key}`, {
      ...common,
      ...(adopted && asItIs(props)),
      identifier: instanceIdentifier(props, key),
      instanceClass: own.instanceClass ?? props.instanceClass,
      availabilityZone: own.availabilityZone,
      promotionTier: own.promotionTier ?? DEFAULTS.promotionTier,
    });
    if (adopted) instance.importFrom(instanceIdentifier(props, key), Site.of(scope).provider);
    return [key, instance] as const;
  });
  return Object.fromEntries(made);
}

/** It may be the only one: nothing replaces it, and another key of Performance Insights would. */
function asItIs({ destroyable }: ClusterProps): Partial<RdsClusterInstanceConfig> {
  return { performanceInsightsKmsKeyId: undefined, lifecycle: { preventDestroy: !destroyable } };
}

/** Instances hold no data: they may be replaced, and the cluster's protection keeps what they serve. */
function instanceConfig(
  props: ClusterProps,
  cluster: RdsCluster,
  groups: ClusterGroups,
): Omit<RdsClusterInstanceConfig, "instanceClass"> {
  const interval = props.monitoringIntervalSeconds ?? DEFAULTS.monitoringIntervalSeconds;
  const performanceInsights = props.performanceInsights ?? true;
  return {
    clusterIdentifier: cluster.id,
    engine: props.global.engine,
    applyImmediately: props.applyImmediately ?? false,
    autoMinorVersionUpgrade: false, // AWS ignores it on clusters of a global database
    caCertIdentifier: props.caCertificate,
    copyTagsToSnapshot: true,
    dbParameterGroupName: groups.instanceParameterGroup.name,
    dbSubnetGroupName: groups.subnetGroup.name,
    monitoringInterval: interval,
    monitoringRoleArn: interval > 0 ? groups.monitoringRoleArn : undefined,
    performanceInsightsEnabled: performanceInsights,
    ...(performanceInsights && {
      performanceInsightsKmsKeyId: props.kmsKeyArn,
      performanceInsightsRetentionPeriod:
        props.performanceInsightsRetentionDays ?? DEFAULTS.performanceInsightsRetentionDays,
    }),
    preferredMaintenanceWindow: props.maintenanceWindow,
    publiclyAccessible: false,
    timeouts: { create: "3h", update: "3h", delete: "3h" },
    dependsOn: groups.dependencies,
  };
}
