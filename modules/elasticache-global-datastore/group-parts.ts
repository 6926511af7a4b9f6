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
 * What the global datastore decides for its clusters: AWS refuses these changes of a member. A failover moves none of them, a detachment
 * ends the membership. Of the engine, provider 5 believes that a secondary's is Redis OSS, and would replace one of Valkey.
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

/** Nobody who does not authenticate may do anything. */
const NOBODY = "off ~* -@all";

/** What a replication group is joined with. */
export interface Joined {
  readonly checked: Checked;
  readonly global: GlobalDatastoreRef;
  /** What the home's and a secondary group have each for itself. */
  readonly own: Partial<ElasticacheReplicationGroupConfig>;
}

/** Makes the replication group with all that it needs. What AWS or the provider would choose, and a later plan would see, is written out. */
export function createReplicationGroup(
  scope: Construct,
  props: ReplicationGroupProps,
  { checked, global, own }: Joined,
): ElasticacheReplicationGroup {
  const { replicationGroupId, finalSnapshot = true } = props;
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
    applyImmediately: props.applyImmediately ?? false,
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
  const { logKmsKeyArn: keyArn, logRetentionDays: retentionDays, replicationGroupId } = props;
  const logTypes = [...new Set(props.logExports ?? DEFAULTS.logs)].sort();
  const groups = createServiceLogGroups(scope, logTypes, {
    prefix: `/aws/elasticache/${replicationGroupId}`,
    keyArn,
    retentionDays,
  });
  return logTypes.map((logType, index) => {
    const destination = groups[index]!.name;
    return { destination, destinationType: "cloudwatch-logs", logFormat: "json", logType };
  });
}

/**
 * Users who authenticate by IAM. A group of Redis OSS has to hold a user called `default`, who is let in without authentication unless
 * he is another than ElastiCache's.
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
