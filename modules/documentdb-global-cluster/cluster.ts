import { DocdbCluster, DocdbClusterConfig } from "@cdktf/provider-aws/lib/docdb-cluster";
import { DocdbClusterInstance } from "@cdktf/provider-aws/lib/docdb-cluster-instance";
import { Construct } from "constructs";
import { makersOf } from "../core";
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
import { ClusterLogType, DOCUMENTDB, ENGINE } from "./engine";

/** A secondary is filled with all data before it is there. */
const TIMEOUTS = { create: "24h", update: "12h", delete: "3h" };

/**
 * Ignored on every cluster, and nothing else: the first AWS moves at a detachment; the version, which AWS keeps equal everywhere, is
 * the global cluster's.
 */
const DECIDED_ELSEWHERE = ["global_cluster_identifier", "engine_version"];

/** The instances of a cluster by their keys. */
export type Instances = Readonly<Record<string, ClusterInstance>>;

/** What the checks have settled. */
export interface Checked {
  readonly backupRetentionDays: number;
  readonly logs: readonly ClusterLogType[];
}

/**
 * Refuses what AWS would refuse of every cluster of a global cluster, and takes its names.
 *
 * @throws InvalidName, NameTaken, ReplicaInOtherAccount, InstanceClassUnsuitable, BackupsOff, SettingOutOfRange, InvalidWindow,
 *   WindowsOverlap, InvalidArn, KeyInOtherRegion
 */
export function checkCluster(scope: Construct, props: ClusterProps, instances: Instances): Checked {
  const member = { global: props.global, props, instances };
  const backupRetentionDays = checkMember(scope, member);
  for (const named of namedClasses(member)) checkMemoryOptimised(scope, named, "choose a class of db.r5 or newer");
  const logs = checkLogs(scope, props.logExports, DOCUMENTDB);
  claimMember(scope, member);
  return { backupRetentionDays, logs };
}

/** What a cluster is joined with. */
export interface Joined {
  readonly checked: Checked;
  readonly groups: ClusterGroups;
  /** What the first cluster has for itself. */
  readonly own?: Partial<DocdbClusterConfig>;
}

/** Makes the cluster. What AWS or the provider would choose, and a later plan would then see, is written out. */
export function createCluster(scope: Construct, props: ClusterProps, { checked, groups, own }: Joined): DocdbCluster {
  const finalSnapshot = props.finalSnapshot ?? true;
  const logGroups = createLogGroups(scope, props, { logs: checked.logs, service: "docdb" });
  const cluster = new DocdbCluster(scope, "Resource", {
    clusterIdentifier: props.identifier,
    engine: ENGINE,
    engineVersion: props.global.engineVersion,
    globalClusterIdentifier: props.global.name,
    applyImmediately: props.applyImmediately ?? false,
    backupRetentionPeriod: checked.backupRetentionDays,
    dbClusterParameterGroupName: groups.parameterGroup.name,
    dbSubnetGroupName: groups.subnetGroup.name,
    deletionProtection: props.deletionProtection ?? true,
    enabledCloudwatchLogsExports: [...checked.logs],
    finalSnapshotIdentifier: finalSnapshot ? `${props.identifier}-final` : undefined,
    kmsKeyId: props.kmsKeyArn,
    port: groups.port,
    preferredBackupWindow: props.backupWindow,
    preferredMaintenanceWindow: props.maintenanceWindow,
    skipFinalSnapshot: !finalSnapshot,
    storageEncrypted: true,
    storageType: props.ioOptimized ? "iopt1" : "standard",
    vpcSecurityGroupIds: [groups.securityGroup.id],
    timeouts: TIMEOUTS,
    ...own,
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
  { cluster, instances }: { readonly cluster: DocdbCluster; readonly instances: Instances },
): Record<string, DocdbClusterInstance> {
  const performanceInsights = props.performanceInsights ?? true;
  const common = {
    clusterIdentifier: cluster.id,
    engine: ENGINE,
    applyImmediately: props.applyImmediately ?? false,
    caCertIdentifier: props.caCertificate,
    copyTagsToSnapshot: true,
    enablePerformanceInsights: performanceInsights,
    preferredMaintenanceWindow: props.maintenanceWindow,
    timeouts: { create: "3h", update: "3h", delete: "3h" },
  };
  const made = Object.entries(instances).map(([key, own]) => {
    const adopted = own.adoptExisting ?? props.adoptExisting !== undefined;
    const identifier = instanceIdentifier(props, key);
    const instance = new DocdbClusterInstance(scope, `Instance-${key}`, {
      ...common,
      identifier,
      instanceClass: own.instanceClass ?? props.instanceClass,
      availabilityZone: own.availabilityZone,
      performanceInsightsKmsKeyId: performanceInsights && !adopted ? props.kmsKeyArn : undefined,
      promotionTier: own.promotionTier ?? MEMBER_DEFAULTS.promotionTier,
      ...(adopted && { lifecycle: { preventDestroy: !props.destroyable } }),
    });
    if (adopted) instance.importFrom(identifier, Site.of(scope).provider);
    return [key, instance] as const;
  });
  return Object.fromEntries(made);
}
