import { Construct } from "constructs";
import { checkName, claimName, inRange, NameRule, refuse } from "../core";
import { DB_INSTANCE } from "../rds-read-replica";
import { checkSiteKey } from "../rds-read-replica/database-ref";
import {
  checkInsightsRetention,
  checkLogRetention,
  checkMonitoring,
  checkRetention,
} from "../rds-read-replica/setting-checks";
import { checkWindows } from "../rds-read-replica/windows";
import { Site } from "../site";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { DB_CLUSTER } from "./cluster-ref";
import { AURORA, auroraVersion, AuroraVersion, ClusterLogType } from "./engine";
import { GlobalClusterRef } from "./global-cluster-ref";
import { checkScaling } from "./serverless-scaling";

export const DEFAULTS = {
  backupRetentionDays: 7,
  logRetentionDays: 90,
  monitoringIntervalSeconds: 60,
  performanceInsightsRetentionDays: 7, // AWS charges for more
  promotionTier: 1, // AWS's own default; the provider's is another
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html */
const INSTANCE_CLASS = /^db\.(serverless|(r([5-9]|[1-9]\d+)|x[1-9])[a-z]*\.(\d*x?large|metal\w*))$/;

/**
 * A writer and 15 readers, or 16 readers.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
 */
const INSTANCES = 16;

/** Not a name of AWS's: what is unique is that a global database has one cluster in a region. */
const PLACE: NameRule = {
  what: "place of a cluster in the global database",
  min: 1,
  max: 63,
  pattern: /.*/,
  allowed: "anything",
  unique: "region",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html",
};

/** The instances of a cluster by their keys. */
export type Instances = Readonly<Record<string, ClusterInstance>>;

/** What the checks have settled. */
export interface Checked {
  readonly version: AuroraVersion;
  readonly backupRetentionDays: number;
  readonly logs: readonly ClusterLogType[];
}

/**
 * Refuses what AWS would refuse of every cluster of a global database, and takes its names.
 *
 * @throws InvalidName, NameTaken, ReplicaInOtherAccount, InstanceClassUnsuitable, NotInEngineVersion, BackupsOff,
 *   SettingOutOfRange, ConflictingSettings, MissingSetting, InvalidWindow, WindowsOverlap, InvalidArn, KeyInOtherRegion
 */
export function checkCluster(scope: Construct, props: ClusterProps, instances: Instances): Checked {
  const { global } = props;
  const version = auroraVersion(scope, global.engine, global.engineVersion);
  checkName(scope, "identifier", props.identifier, DB_CLUSTER);
  checkAccount(scope, global);
  checkSiteKey(scope, "kmsKeyArn", props.kmsKeyArn);
  if (props.logKmsKeyArn !== undefined) checkSiteKey(scope, "logKmsKeyArn", props.logKmsKeyArn);
  checkInstances(scope, props, instances);
  if (props.serverlessV2Scaling !== undefined) checkScaling(scope, props.serverlessV2Scaling, version);
  checkForwarding(scope, props, version);
  checkWindows(scope, props);
  checkMonitoring(scope, props.monitoringIntervalSeconds);
  checkInsights(scope, props);
  const backupRetentionDays = checkRetention(scope, props.backupRetentionDays ?? DEFAULTS.backupRetentionDays);
  const logs = checkLogs(scope, props);
  claimNames(scope, props, instances);
  return { version, backupRetentionDays, logs };
}

function checkAccount(scope: Construct, global: GlobalClusterRef): void {
  const { account } = Site.of(scope);
  if (global.account !== account) {
    refuse(
      scope,
      "ReplicaInOtherAccount",
      `'${global.name}' lies in account ${global.account}, the cluster in ${account}`,
    );
  }
}

function checkInstances(scope: Construct, props: ClusterProps, instances: Instances): void {
  const keys = Object.keys(instances);
  if (keys.length > INSTANCES) {
    refuse(scope, "SettingOutOfRange", `'instances' must name ${INSTANCES} instances at most, got ${keys.length}`);
  }
  checkClass(scope, "instanceClass", props.instanceClass, props);
  for (const [key, { instanceClass, promotionTier }] of Object.entries(instances)) {
    checkName(scope, `instances.${key}`, instanceIdentifier(props, key), DB_INSTANCE);
    if (instanceClass !== undefined) checkClass(scope, `instances.${key}.instanceClass`, instanceClass, props);
    if (promotionTier !== undefined) inRange(scope, `instances.${key}.promotionTier`, promotionTier, 0, 15);
  }
}

/** Identifier of an instance of a cluster. */
export function instanceIdentifier({ identifier }: ClusterProps, key: string): string {
  return `${identifier}-${key}`;
}

function checkClass(scope: Construct, property: string, instanceClass: string, props: ClusterProps): void {
  if (!INSTANCE_CLASS.test(instanceClass)) {
    refuse(
      scope,
      "InstanceClassUnsuitable",
      `'${property}' must be memory-optimised for a global database, got '${instanceClass}'`,
      "choose a class of db.r5 or newer, db.x2g, or 'db.serverless'",
    );
  }
  if (instanceClass === "db.serverless" && props.serverlessV2Scaling === undefined) {
    refuse(scope, "MissingSetting", `'${property}' is 'db.serverless' without 'serverlessV2Scaling'`);
  }
}

function checkForwarding(scope: Construct, { global, writeForwarding }: ClusterProps, version: AuroraVersion): void {
  if (writeForwarding && !version.has("writeForwarding")) {
    const { name } = AURORA[global.engine];
    refuse(scope, "NotInEngineVersion", `${name} ${global.engineVersion} forwards no writes from a secondary`);
  }
}

function checkInsights(scope: Construct, props: ClusterProps): void {
  const { performanceInsights = true, performanceInsightsRetentionDays: days } = props;
  if (days === undefined) return;
  if (!performanceInsights) {
    refuse(
      scope,
      "ConflictingSettings",
      "'performanceInsightsRetentionDays' is given, and Performance Insights is off",
    );
  }
  checkInsightsRetention(scope, days);
}

function checkLogs(scope: Construct, props: ClusterProps): readonly ClusterLogType[] {
  const { name, logs, defaultLogs } = AURORA[props.global.engine];
  const foreign = props.logExports?.find((log) => !logs.includes(log));
  if (foreign !== undefined) {
    refuse(scope, "SettingOutOfRange", `${name} publishes no '${foreign}', it has ${logs.join(", ")}`);
  }
  checkLogRetention(scope, props.logRetentionDays ?? DEFAULTS.logRetentionDays);
  return [...(props.logExports ?? defaultLogs)].sort();
}

function claimNames(scope: Construct, props: ClusterProps, instances: Instances): void {
  const site = Site.of(scope);
  claimName(scope, PLACE, props.global.name, site);
  claimName(scope, DB_CLUSTER, props.identifier, site);
  for (const key of Object.keys(instances)) claimName(scope, DB_INSTANCE, instanceIdentifier(props, key), site);
}
