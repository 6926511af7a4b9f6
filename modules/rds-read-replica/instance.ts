import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance, DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { createServiceLogGroups } from "../log-group";
import { DatabaseGroups } from "./database-groups";
import { Checked, DEFAULTS } from "./instance-checks";
import { DatabaseInstanceProps } from "./instance-props";
import { MasterUserSecret } from "./master-user-secret";

/** The groups given, or own ones under the instance. */
export function groupsOf(scope: Construct, props: DatabaseInstanceProps): DatabaseGroups {
  if (props.groups !== undefined) return props.groups;
  return new DatabaseGroups(scope, "Groups", {
    ...props.groupSettings!,
    engine: props.engine,
    engineVersion: props.engineVersion,
    name: props.identifier,
  });
}

/** Log groups of the database. Without them, RDS creates log groups and keeps the logs without end. */
export function createLogGroups(
  scope: Construct,
  { identifier, logs: { kmsKeyArn, retentionDays } = {} }: DatabaseInstanceProps,
  checked: Checked,
): CloudwatchLogGroup[] {
  return createServiceLogGroups(scope, checked.logs, {
    prefix: `/aws/rds/instance/${identifier}`,
    kmsKeyArn,
    retentionDays,
  });
}

/** Parts and facts from which an instance is created. */
export interface Joined {
  readonly checked: Checked;
  readonly dependsOn: readonly ITerraformDependable[];
  readonly groups: DatabaseGroups;
  /** `undefined` for a replica in its source's region without a key of its own. */
  readonly kmsKeyArn: string | undefined;
  /** Arguments that differ between a source and a replica. */
  readonly own: Partial<DbInstanceConfig>;
}

/** Creates the instance. It writes out what AWS or the provider would choose, so that no later plan shows a difference. */
export function createInstance(scope: Construct, props: DatabaseInstanceProps, joined: Joined): DbInstance {
  const { checked, groups, kmsKeyArn, own } = joined;
  const { backups: { finalSnapshot = true } = {}, monitoring = {}, upgrades = {} } = props;
  const { intervalSeconds = DEFAULTS.monitoringIntervalSeconds } = monitoring;
  return new DbInstance(scope, "Resource", {
    identifier: props.identifier,
    instanceClass: props.instanceClass,
    applyImmediately: upgrades.applyImmediately ?? false,
    autoMinorVersionUpgrade: upgrades.autoMinorVersion ?? true,
    availabilityZone: props.availabilityZone,
    backupRetentionPeriod: checked.backupRetentionDays,
    backupWindow: props.backupWindow,
    caCertIdentifier: props.caCertificate,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    deletionProtection: props.deletionProtection ?? true,
    enabledCloudwatchLogsExports: [...checked.logs],
    finalSnapshotIdentifier: finalSnapshot ? `${props.identifier}-final` : undefined,
    iamDatabaseAuthenticationEnabled: props.iamAuthentication ?? true,
    kmsKeyId: kmsKeyArn,
    maintenanceWindow: props.maintenanceWindow,
    monitoringInterval: intervalSeconds,
    monitoringRoleArn: intervalSeconds > 0 ? groups.monitoringRoleArn : undefined,
    multiAz: checked.multiAz,
    parameterGroupName: groups.parameterGroupName,
    ...insights(props, joined),
    port: groups.port,
    publiclyAccessible: false,
    skipFinalSnapshot: !finalSnapshot,
    storageEncrypted: true,
    ...checked.storage,
    vpcSecurityGroupIds: [groups.securityGroupId],
    ...own,
    dependsOn: [...groups.dependencies, ...joined.dependsOn],
    lifecycle: { preventDestroy: !props.destroyable, ...own.lifecycle },
  });
}

function insights(props: DatabaseInstanceProps, { checked, kmsKeyArn }: Joined): Partial<DbInstanceConfig> {
  if (!checked.performanceInsights) return { performanceInsightsEnabled: false };
  return {
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: kmsKeyArn,
    performanceInsightsRetentionPeriod:
      props.monitoring?.performanceInsightsRetentionDays ?? DEFAULTS.performanceInsightsRetentionDays,
  };
}

/**
 * Arguments with an effect only when an instance is created from another, by replication or restore. Terraform ignores them, so
 * the instance stays. A promotion removes the source. A new instance has its source's autoscaling if none is given.
 */
export function decidedAtCreation({ maxStorageGiB }: DatabaseInstanceProps): string[] {
  const autoscaling = maxStorageGiB === undefined ? ["max_allocated_storage"] : [];
  return ["replicate_source_db", "restore_to_point_in_time", ...autoscaling];
}

/** Terraform manages the version only if a setting asks for an upgrade: a promotion alone must not show in a plan. */
export function asUpgraded({ engineVersion, upgrades }: DatabaseInstanceProps): Partial<DbInstanceConfig> {
  return upgrades?.allowMajorVersion ? { allowMajorVersionUpgrade: true, engineVersion } : {};
}

/** Further arguments of an independent database. */
export function asDatabase(
  props: DatabaseInstanceProps & { readonly masterUserSecret?: MasterUserSecret },
): Partial<DbInstanceConfig> {
  const { masterUserSecret } = props;
  return {
    ...asUpgraded(props),
    ...(masterUserSecret && {
      passwordWo: masterUserSecret.password,
      passwordWoVersion: masterUserSecret.passwordVersion,
    }),
  };
}
