import { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { Construct } from "constructs";
import { checkBackupRetention, checkLogRetention, checkWindows } from "../aws-values";
import { checkName, plain, refuse, refuseBoth, refuseNone } from "../core";
import { checkSiteKey, refuseOtherSite } from "../site";
import { DB_INSTANCE, DB_INSTANCE_CLASS } from "./database-ref";
import { Engine, ENGINES, engineVersion, EngineVersion, LogType } from "./engine";
import { DatabaseInstanceProps } from "./instance-props";
import { checkInsightsRetention, checkMonitoring } from "./setting-checks";
import { storageConfig } from "./storage";

export const DEFAULTS = {
  backupRetentionDays: 7,
  monitoringIntervalSeconds: 60,
  performanceInsightsRetentionDays: 7, // AWS charges for more
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html */
const UNENCRYPTED_CLASS = /^db\.(m1\..*|m2\..*|t2\.micro)$/;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html */
const NO_INSIGHTS: Readonly<Partial<Record<Engine, RegExp>>> = {
  mysql: /^db\.(t2|t3|t4g)\.(micro|small)$/,
  mariadb: /^db\.(t2|t3|t4g)\.(micro|small)$/,
};

/** Values that the checks have settled. */
export interface Checked {
  readonly engineVersion: EngineVersion;
  readonly backupRetentionDays: number;
  readonly logs: readonly LogType[];
  readonly multiAz: boolean;
  readonly performanceInsights: boolean;
  readonly storage: Partial<DbInstanceConfig>;
}

/** Settings whose values differ between a source and a replica. */
export interface Choices {
  readonly multiAz: boolean;
  /** `undefined` for a replica, which takes its source's. */
  readonly storageGiB: number | undefined;
}

/** Refuses what AWS would refuse of a source and of a replica alike. */
export function checkInstance(scope: Construct, props: DatabaseInstanceProps, choices: Choices): Checked {
  const version = engineVersion(scope, props.engine, props.engineVersion);
  checkName(scope, "identifier", props.identifier, DB_INSTANCE);
  checkVersion(scope, props, version);
  checkClass(scope, props);
  checkGroups(scope, props, version);
  checkWindows(scope, props);
  checkMonitoring(scope, props.monitoring?.intervalSeconds);
  if (props.logs?.kmsKeyArn !== undefined) checkSiteKey(scope, "logs.kmsKeyArn", props.logs.kmsKeyArn);
  if (choices.multiAz && props.availabilityZone !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      "'availabilityZone' is given for a Multi-AZ instance, which AWS places itself",
    );
  }
  return {
    engineVersion: version,
    backupRetentionDays: checkBackupRetention(scope, props.backups?.retentionDays ?? DEFAULTS.backupRetentionDays),
    logs: checkLogs(scope, props),
    multiAz: choices.multiAz,
    performanceInsights: checkInsights(scope, props),
    storage: storageConfig(scope, props, choices.storageGiB),
  };
}

/** A minor version of a plan fights with AWS's own upgrades: each plan would go back to it. */
function checkVersion(scope: Construct, props: DatabaseInstanceProps, version: EngineVersion): void {
  if (version.minor && (props.upgrades?.autoMinorVersion ?? true)) {
    refuse(
      scope,
      "ConflictingSettings",
      `'engineVersion' names the minor version '${version.version}', and AWS installs others`,
      `give '${version.major}', or 'upgrades.autoMinorVersion: false'`,
    );
  }
}

function checkClass(scope: Construct, { instanceClass }: DatabaseInstanceProps): void {
  checkName(scope, "instanceClass", instanceClass, DB_INSTANCE_CLASS);
  if (UNENCRYPTED_CLASS.test(instanceClass)) {
    refuse(scope, "InstanceClassUnsuitable", `'${instanceClass}' cannot encrypt its storage`);
  }
}

function checkGroups(scope: Construct, { groups, groupSettings }: DatabaseInstanceProps, version: EngineVersion): void {
  refuseBoth(scope, { groups, groupSettings });
  if (groups === undefined) {
    refuseNone(scope, { groups, groupSettings });
    return;
  }
  refuseOtherSite(scope, "groups", groups);
  if (groups.engineVersion.family !== version.family) {
    refuse(
      scope,
      "EngineMismatch",
      `'groups' are for ${groups.engineVersion.family}, the instance is ${version.family}`,
    );
  }
}

function checkLogs(scope: Construct, { engine, logs: settings = {} }: DatabaseInstanceProps): readonly LogType[] {
  const { name, logs, defaultLogs } = ENGINES[engine];
  const foreign = plain(scope, "logs.exports", settings.exports ?? []).find((log) => !logs.includes(log));
  if (foreign !== undefined) {
    refuse(scope, "SettingOutOfRange", `${name} publishes no '${foreign}', it has ${logs.join(", ")}`);
  }
  if (settings.retentionDays !== undefined) checkLogRetention(scope, settings.retentionDays, "logs.retentionDays");
  return [...(settings.exports ?? defaultLogs)].sort();
}

function checkInsights(scope: Construct, props: DatabaseInstanceProps): boolean {
  const able = NO_INSIGHTS[props.engine]?.test(props.instanceClass) !== true;
  const { performanceInsights = able, performanceInsightsRetentionDays: days } = props.monitoring ?? {};
  if (performanceInsights && !able) {
    refuse(
      scope,
      "InstanceClassUnsuitable",
      `'${props.instanceClass}' has no Performance Insights for ${ENGINES[props.engine].name}`,
    );
  }
  if (days !== undefined) {
    if (!performanceInsights) {
      refuse(
        scope,
        "ConflictingSettings",
        "'monitoring.performanceInsightsRetentionDays' is given, and Performance Insights is off",
      );
    }
    checkInsightsRetention(scope, days);
  }
  return performanceInsights;
}
