import { Construct } from "constructs";
import { refuse } from "../core";
import {
  checkLogs,
  checkMember,
  checkMemoryOptimised,
  claimMember,
  MEMBER_DEFAULTS,
  namedClasses,
} from "../joined-clusters";
import { checkInsightsRetention, checkMonitoring } from "../rds-read-replica/setting-checks";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { AURORA, auroraVersion, AuroraVersion, ClusterLogType } from "./engine";
import { checkScaling } from "./serverless-scaling";

export const DEFAULTS = {
  ...MEMBER_DEFAULTS,
  monitoringIntervalSeconds: 60,
  performanceInsightsRetentionDays: 7, // AWS charges for more
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
 * Refuses what AWS would refuse of every cluster of an Aurora global database, and takes its names.
 *
 * @throws InvalidName, NameTaken, ReplicaInOtherAccount, InstanceClassUnsuitable, NotInEngineVersion, BackupsOff,
 *   SettingOutOfRange, ConflictingSettings, MissingSetting, InvalidWindow, WindowsOverlap, InvalidArn, KeyInOtherRegion
 */
export function checkCluster(scope: Construct, props: ClusterProps, instances: Instances): Checked {
  const { global } = props;
  const version = auroraVersion(scope, global.engine, global.engineVersion);
  const member = { global, props, instances };
  const backupRetentionDays = checkMember(scope, member);
  for (const named of namedClasses(member)) checkClass(scope, named, props);
  if (props.serverlessV2Scaling !== undefined) checkScaling(scope, props.serverlessV2Scaling, version);
  checkForwarding(scope, props, version);
  checkMonitoring(scope, props.monitoringIntervalSeconds);
  checkInsights(scope, props);
  const logs = checkLogs(scope, props.logExports, AURORA[global.engine]);
  claimMember(scope, member);
  return { version, backupRetentionDays, logs };
}

function checkClass(scope: Construct, named: readonly [string, string], props: ClusterProps): void {
  const [property, instanceClass] = named;
  if (instanceClass !== "db.serverless") {
    checkMemoryOptimised(scope, named, "choose a class of db.r5 or newer, db.x2g, or 'db.serverless'");
  } else if (props.serverlessV2Scaling === undefined) {
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

/**
 * Refuses a cluster without instances that would forward writes.
 *
 * @throws ConflictingSettings
 */
export function refuseForwarding(
  scope: Construct,
  { headless, writeForwarding }: { readonly headless?: boolean; readonly writeForwarding?: boolean },
): void {
  if (headless && writeForwarding) {
    refuse(scope, "ConflictingSettings", "'writeForwarding' is on, and a headless cluster has nobody to forward");
  }
}
