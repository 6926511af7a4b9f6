import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { makersOf } from "../core";
import { createServiceLogGroups } from "../log-group";
import { Site } from "../site";
import { ClusterGroups } from "./cluster-groups";
import { CheckedCluster, instanceIdentifier, MEMBER_DEFAULTS } from "./member-checks";
import { JoinedClusterProps, JoinedInstance } from "./member-props";

/** AWS copies all data to a secondary before the creation ends. */
const CLUSTER_TIMEOUTS = { create: "24h", update: "12h", delete: "3h" };

const INSTANCE_TIMEOUTS = { create: "3h", update: "3h", delete: "3h" };

/** Props, checked settings and groups of a cluster and its instances. */
export interface ClusterParts<Props extends JoinedClusterProps = JoinedClusterProps> extends CheckedCluster<Props> {
  readonly groups: ClusterGroups;
}

/**
 * Creates the log groups of a cluster, and the cluster with the arguments that it has in every engine. It writes out what AWS or the
 * provider would choose, so that no later plan shows a difference.
 */
export function createCluster<Cluster extends TerraformResource>(
  scope: Construct,
  parts: ClusterParts,
  create: (common: ReturnType<typeof clusterConfig>) => Cluster,
): Cluster {
  const { identifier, adoptExisting, logs: { kmsKeyArn, retentionDays } = {} } = parts.props;
  const prefix = `/aws/${parts.engine.logService}/${identifier}`;
  const logGroups = createServiceLogGroups(scope, parts.settled.logs, { prefix, kmsKeyArn, retentionDays });
  const cluster = create(clusterConfig(scope, parts, logGroups));
  if (adoptExisting !== undefined) cluster.importFrom(identifier, Site.of(scope).provider);
  return cluster;
}

function clusterConfig(
  scope: Construct,
  { engine, props, settled, groups }: ClusterParts,
  logGroups: readonly TerraformResource[],
) {
  const { finalSnapshot = true } = props.backups ?? {};
  return {
    clusterIdentifier: props.identifier,
    engine: engine.engine,
    engineVersion: props.global.engineVersion,
    globalClusterIdentifier: props.global.name,
    applyImmediately: props.upgrades?.applyImmediately ?? false,
    backupRetentionPeriod: settled.backupRetentionDays,
    deletionProtection: props.deletionProtection ?? true,
    finalSnapshotIdentifier: finalSnapshot ? `${props.identifier}-final` : undefined,
    port: groups.port,
    preferredBackupWindow: props.backupWindow,
    preferredMaintenanceWindow: props.maintenanceWindow,
    skipFinalSnapshot: !finalSnapshot,
    storageEncrypted: true,
    vpcSecurityGroupIds: [groups.securityGroup.id],
    timeouts: CLUSTER_TIMEOUTS,
    dependsOn: [...logGroups, ...(makersOf(scope, props.global) ?? [])],
    lifecycle: { preventDestroy: !props.destroyable, ignoreChanges: [...engine.changedElsewhere] },
  };
}

/**
 * Creates the instances of a cluster, by their keys. Instances hold no data, so Terraform may replace them. An imported instance may be
 * the only one: Terraform never replaces it.
 */
export function createInstances<Instance extends TerraformResource>(
  scope: Construct,
  parts: ClusterParts,
  cluster: { readonly id: string },
  create: (id: string, common: ReturnType<typeof instanceConfig>, adopted: boolean) => Instance,
): Record<string, Instance> {
  const { props } = parts;
  const created = Object.entries(props.instances ?? {}).map(([key, own]) => {
    const adopted = own.adoptExisting ?? props.adoptExisting !== undefined;
    const identifier = instanceIdentifier(props, key);
    const config = instanceConfig(parts, own, { identifier, clusterIdentifier: cluster.id, adopted });
    const instance = create(`Instance-${key}`, config, adopted);
    if (adopted) instance.importFrom(identifier, Site.of(scope).provider);
    return [key, instance] as const;
  });
  return Object.fromEntries(created);
}

function instanceConfig(
  { engine, props }: ClusterParts,
  own: JoinedInstance,
  { adopted, ...names }: { readonly identifier: string; readonly clusterIdentifier: string; readonly adopted: boolean },
) {
  return {
    ...names,
    engine: engine.engine,
    instanceClass: own.instanceClass ?? props.instanceClass,
    applyImmediately: props.upgrades?.applyImmediately ?? false,
    availabilityZone: own.availabilityZone,
    preferredMaintenanceWindow: props.maintenanceWindow,
    promotionTier: own.promotionTier ?? MEMBER_DEFAULTS.promotionTier,
    timeouts: INSTANCE_TIMEOUTS,
    ...(adopted && { lifecycle: { preventDestroy: !props.destroyable } }),
  };
}
