import {
  ElasticacheReplicationGroup,
  ElasticacheReplicationGroupConfig,
  ElasticacheReplicationGroupLogDeliveryConfiguration,
} from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Construct } from "constructs";
import { createServiceLogGroups } from "../log-group";
import { createClientSecurityGroup } from "../network";
import { notifierOf } from "../signals";
import { Site } from "../site";
import { CacheEngine } from "./engine";
import { GlobalDatastoreRef } from "./global-datastore-ref";
import { Checked, DEFAULTS } from "./group-checks";
import { ReplicationGroupProps } from "./group-props";

/** Filling a secondary and scaling all clusters take long. */
const TIMEOUTS = { create: "3h", update: "3h", delete: "1h" };

/**
 * Arguments that the global datastore decides for its clusters: AWS refuses a change of them on a member. A failover changes
 * none of them, and a detachment ends the membership. Provider 5 assumes that the engine of a secondary is Redis OSS, and would
 * replace a secondary of Valkey.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html
 */
const DECIDED_GLOBALLY = [
  "automatic_failover_enabled",
  "engine",
  "engine_version",
  "global_replication_group_id",
  "multi_az_enabled",
  "node_type",
  "num_node_groups",
  "parameter_group_name",
];

/** Access of a client that does not authenticate: none. */
const NOBODY = "off ~* -@all";

/** Parts and facts from which a replication group is created. */
export interface Joined {
  readonly checked: Checked;
  readonly global: GlobalDatastoreRef;
  /** Arguments that differ between the home's group and a secondary. */
  readonly own: Partial<ElasticacheReplicationGroupConfig>;
}

/**
 * Creates the replication group with all that it needs. It writes out what AWS or the provider would choose, so that no later
 * plan shows a difference.
 */
export function createReplicationGroup(
  scope: Construct,
  props: ReplicationGroupProps,
  { checked, global, own }: Joined,
): ElasticacheReplicationGroup {
  const { replicationGroupId, backups: { finalSnapshot = true } = {} } = props;
  const subnets = createSubnetGroup(scope, props);
  const security = createClientSecurityGroup(scope, {
    name: `cache-${replicationGroupId}`,
    port: checked.port,
    clients: props,
  });
  const users =
    props.users && createUserGroup(scope, replicationGroupId, { engine: global.engine, users: props.users });
  const group = new ElasticacheReplicationGroup(scope, "Resource", {
    replicationGroupId,
    description: `${replicationGroupId} of ${global.name}`,
    applyImmediately: props.upgrades?.applyImmediately ?? false,
    autoMinorVersionUpgrade: "false", // the global datastore upgrades all clusters
    automaticFailoverEnabled: true,
    finalSnapshotIdentifier: finalSnapshot ? `${replicationGroupId}-final` : undefined,
    kmsKeyId: props.kmsKeyArn,
    logDeliveryConfiguration: createLogs(scope, props),
    maintenanceWindow: props.maintenanceWindow,
    multiAzEnabled: true,
    notificationTopicArn: props.notificationTopicArn && notifierOf(scope).eventTopic(props.notificationTopicArn),
    port: checked.port,
    securityGroupIds: [security.id],
    snapshotRetentionLimit: checked.backupRetentionDays,
    snapshotWindow: props.backupWindow,
    subnetGroupName: subnets.name,
    userGroupIds: users && [users.userGroupId],
    timeouts: TIMEOUTS,
    lifecycle: { preventDestroy: !props.destroyable, ignoreChanges: DECIDED_GLOBALLY },
    ...own,
  });
  if (props.adoptExisting) group.importFrom(replicationGroupId, Site.of(scope).provider);
  return group;
}

function createSubnetGroup(scope: Construct, props: ReplicationGroupProps): ElasticacheSubnetGroup {
  return new ElasticacheSubnetGroup(scope, "SubnetGroup", {
    name: props.replicationGroupId,
    description: `Subnets of ${props.replicationGroupId}`,
    subnetIds: [...props.subnetIds],
  });
}

/** Creates the log groups. ElastiCache needs them before it writes. */
function createLogs(
  scope: Construct,
  props: ReplicationGroupProps,
): ElasticacheReplicationGroupLogDeliveryConfiguration[] {
  const { logs: { exports: logExports = DEFAULTS.logs, kmsKeyArn, retentionDays } = {}, replicationGroupId } = props;
  const logTypes = [...new Set(logExports)].sort();
  const groups = createServiceLogGroups(scope, logTypes, {
    prefix: `/aws/elasticache/${replicationGroupId}`,
    kmsKeyArn,
    retentionDays,
  });
  return logTypes.map((logType, index) => {
    const destination = groups[index]!.name;
    return { destination, destinationType: "cloudwatch-logs", logFormat: "json", logType };
  });
}

/**
 * Users who authenticate by IAM. A group of Redis OSS must contain a user called `default`. ElastiCache's own `default` has
 * access without authentication, so this module creates another that has none.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
function createUserGroup(
  scope: Construct,
  userGroupId: string,
  { engine, users }: { readonly engine: CacheEngine; readonly users: Readonly<Record<string, string>> },
): ElasticacheUserGroup {
  const named = Object.entries(users).map(
    ([name, accessString]) =>
      new ElasticacheUser(scope, `User-${name}`, {
        userId: name,
        userName: name,
        engine,
        accessString,
        authenticationMode: { type: "iam" },
      }),
  );
  const nobody = engine === "redis" ? [createNobody(scope, userGroupId)] : [];
  return new ElasticacheUserGroup(scope, "UserGroup", {
    userGroupId,
    engine,
    userIds: [...nobody, ...named].map(({ userId }) => userId),
  });
}

function createNobody(scope: Construct, userGroupId: string): ElasticacheUser {
  return new ElasticacheUser(scope, "DefaultUser", {
    userId: `${userGroupId}-default`,
    userName: "default",
    engine: "redis",
    accessString: NOBODY,
    authenticationMode: { type: "no-password-required" },
  });
}
