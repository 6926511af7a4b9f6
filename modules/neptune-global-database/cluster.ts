import { NeptuneCluster } from "@cdktf/provider-aws/lib/neptune-cluster";
import { NeptuneClusterInstance } from "@cdktf/provider-aws/lib/neptune-cluster-instance";
import { Construct } from "constructs";
import { arn, makersOf, refuse } from "../core";
import {
  checkLogs,
  checkMember,
  checkMemoryOptimised,
  claimMember,
  createLogGroups,
  instanceIdentifier,
  MEMBER_DEFAULTS,
  namedClasses,
} from "../joined-clusters";
import { Site } from "../site";
import { ClusterGroups } from "./cluster-groups";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { ClusterLogType, ENGINE, NEPTUNE, NeptuneVersion, neptuneVersion } from "./engine";

/** A secondary is filled with all data before it is there. */
const TIMEOUTS = { create: "24h", update: "12h", delete: "3h" };

/**
 * Ignored on every cluster, and nothing else: the first two AWS moves at a switchover, a failover and a detachment; the version the
 * global cluster upgrades everywhere.
 */
const DECIDED_ELSEWHERE = ["replication_source_identifier", "global_cluster_identifier", "engine_version"];

/** The instances of a cluster by their keys. */
export type Instances = Readonly<Record<string, ClusterInstance>>;

/** What the checks have settled. */
export interface Checked {
  readonly backupRetentionDays: number;
  readonly logs: readonly ClusterLogType[];
  readonly version: NeptuneVersion;
}

/**
 * Refuses what AWS would refuse of every cluster of a global database, and takes its names.
 *
 * @throws InvalidName, NameTaken, ReplicaInOtherAccount, InstanceClassUnsuitable, NotInEngineVersion, BackupsOff, SettingOutOfRange,
 *   InvalidWindow, WindowsOverlap, InvalidArn, KeyInOtherRegion
 */
export function checkCluster(scope: Construct, props: ClusterProps, instances: Instances): Checked {
  const { global } = props;
  const version = neptuneVersion(scope, global.engineVersion);
  const member = { global, props, instances };
  const backupRetentionDays = checkMember(scope, member);
  for (const named of namedClasses(member)) checkMemoryOptimised(scope, named, "choose a class of db.r5 or newer");
  const logs = checkLogs(scope, props.logExports, NEPTUNE);
  if (props.ioOptimized && !version.ioOptimized) {
    refuse(
      scope,
      "NotInEngineVersion",
      `Neptune ${global.engineVersion} has no I/O-Optimized storage, 1.3.0.0 is the first`,
    );
  }
  claimMember(scope, member);
  return { backupRetentionDays, logs, version };
}

/** What a cluster is joined with. */
export interface Joined {
  readonly checked: Checked;
  readonly groups: ClusterGroups;
}

/** Makes the cluster. What AWS or the provider would choose, and a later plan would then see, is written out. */
export function createCluster(scope: Construct, props: ClusterProps, { checked, groups }: Joined): NeptuneCluster {
  const finalSnapshot = props.finalSnapshot ?? true;
  const logGroups = createLogGroups(scope, props, { logs: checked.logs, service: "neptune" });
  const cluster = new NeptuneCluster(scope, "Resource", {
    clusterIdentifier: props.identifier,
    engine: ENGINE,
    engineVersion: props.global.engineVersion,
    globalClusterIdentifier: props.global.name,
    applyImmediately: props.applyImmediately ?? false,
    backupRetentionPeriod: checked.backupRetentionDays,
    copyTagsToSnapshot: true,
    deletionProtection: props.deletionProtection ?? true,
    enableCloudwatchLogsExports: [...checked.logs],
    finalSnapshotIdentifier: finalSnapshot ? `${props.identifier}-final` : undefined,
    iamDatabaseAuthenticationEnabled: props.iamAuthentication ?? true,
    iamRoles: props.loaderRoleArns && [...props.loaderRoleArns],
    kmsKeyArn: props.kmsKeyArn,
    neptuneClusterParameterGroupName: groups.clusterParameterGroup.name,
    neptuneSubnetGroupName: groups.subnetGroup.name,
    port: groups.port,
    preferredBackupWindow: props.backupWindow,
    preferredMaintenanceWindow: props.maintenanceWindow,
    skipFinalSnapshot: !finalSnapshot,
    storageEncrypted: true,
    storageType: props.ioOptimized ? "iopt1" : undefined,
    vpcSecurityGroupIds: [groups.securityGroup.id],
    timeouts: TIMEOUTS,
    dependsOn: [...logGroups, ...(makersOf(scope, props.global) ?? [])],
    lifecycle: { preventDestroy: !props.destroyable, ignoreChanges: [...DECIDED_ELSEWHERE] },
  });
  if (props.adoptExisting !== undefined) cluster.importFrom(props.identifier, Site.of(scope).provider);
  return cluster;
}

/** Makes the instances of a cluster, by their keys. They hold no data: all but one that was taken over may be replaced. */
export function createInstances(
  scope: Construct,
  props: ClusterProps,
  {
    cluster,
    groups,
    instances,
  }: { readonly cluster: NeptuneCluster; readonly groups: ClusterGroups; readonly instances: Instances },
): Record<string, NeptuneClusterInstance> {
  const common = {
    clusterIdentifier: cluster.id,
    engine: ENGINE,
    applyImmediately: props.applyImmediately ?? false,
    autoMinorVersionUpgrade: false, // all clusters of a global database have one version
    neptuneParameterGroupName: groups.instanceParameterGroup.name,
    neptuneSubnetGroupName: groups.subnetGroup.name,
    port: groups.port,
    preferredMaintenanceWindow: props.maintenanceWindow,
    publiclyAccessible: false,
    timeouts: { create: "3h", update: "3h", delete: "3h" },
  };
  const made = Object.entries(instances).map(([key, own]) => {
    const adopted = own.adoptExisting ?? props.adoptExisting !== undefined;
    const identifier = instanceIdentifier(props, key);
    const instance = new NeptuneClusterInstance(scope, `Instance-${key}`, {
      ...common,
      identifier,
      instanceClass: own.instanceClass ?? props.instanceClass,
      availabilityZone: own.availabilityZone,
      promotionTier: own.promotionTier ?? MEMBER_DEFAULTS.promotionTier,
      ...(adopted && { lifecycle: { preventDestroy: !props.destroyable } }),
    });
    if (adopted) instance.importFrom(identifier, Site.of(scope).provider);
    return [key, instance] as const;
  });
  return Object.fromEntries(made);
}

/** ARN of the data of a cluster, which has the id that AWS gave it. */
export function dataArn(cluster: NeptuneCluster): string {
  const { partition, region, account } = Site.of(cluster);
  return arn({ partition, service: "neptune-db", region, account, resource: `${cluster.clusterResourceId}/*` });
}
