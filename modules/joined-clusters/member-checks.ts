import { Construct } from "constructs";
import { checkBackupRetention, checkLogRetention, checkWindows } from "../aws-values";
import { checkName, claimName, inRange, NameRule, plain, refuse } from "../core";
import { DB_INSTANCE, DB_INSTANCE_CLASS } from "../rds-read-replica";
import { checkSiteKey, refuseOtherAccount, Site } from "../site";
import { DB_CLUSTER } from "./cluster-ref";
import { JoinedEngine } from "./engine";
import { JoinedClusterProps, JoinedLogs } from "./member-props";

export const MEMBER_DEFAULTS = {
  backupRetentionDays: 7,
  promotionTier: 1, // AWS's own default; the provider's is another
};

/**
 * A writer and 15 readers, or 16 readers.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
 */
export const INSTANCES = 16;

/**
 * No global database takes burstable or older instances.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-setup.html
 */
const MEMORY_OPTIMISED = /^db\.(r([5-9]|[1-9]\d+)|x[1-9])[a-z]*\.(\d*x?large|metal\w*)$/;

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

/** Values that the checks settle. */
export interface Settled {
  readonly backupRetentionDays: number;
  /** Logs that the cluster publishes, in the order in which AWS returns them. */
  readonly logs: readonly string[];
}

/** A cluster that passed the checks. */
export interface CheckedCluster<Props extends JoinedClusterProps = JoinedClusterProps> {
  readonly engine: JoinedEngine;
  readonly props: Props;
  readonly settled: Settled;
}

/** Refuses what AWS would refuse for a cluster of any engine, and claims the names of the cluster. */
export function checkMember(scope: Construct, engine: JoinedEngine, props: JoinedClusterProps): Settled {
  const { logs = {} } = props;
  checkName(scope, "identifier", props.identifier, DB_CLUSTER);
  refuseOtherAccount(scope, `'${props.global.name}'`, [props.global.account, Site.of(scope).account]);
  checkSiteKey(scope, "kmsKeyArn", props.kmsKeyArn);
  if (logs.kmsKeyArn !== undefined) checkSiteKey(scope, "logs.kmsKeyArn", logs.kmsKeyArn);
  checkInstances(scope, props);
  checkWindows(scope, props);
  if (logs.retentionDays !== undefined) checkLogRetention(scope, logs.retentionDays, "logs.retentionDays");
  const backupRetentionDays = checkBackupRetention(
    scope,
    props.backups?.retentionDays ?? MEMBER_DEFAULTS.backupRetentionDays,
  );
  checkClasses(scope, engine, props);
  const published = checkLogs(scope, engine, logs);
  claimNames(scope, props);
  return { backupRetentionDays, logs: published };
}

function checkInstances(scope: Construct, props: JoinedClusterProps): void {
  const { instances = {} } = props;
  const { length } = Object.keys(instances);
  if (length > INSTANCES) {
    refuse(scope, "SettingOutOfRange", `'instances' must name ${INSTANCES} instances at most, got ${length}`);
  }
  for (const [key, { promotionTier }] of Object.entries(instances)) {
    checkName(scope, `instances.${key}`, instanceIdentifier(props, key), DB_INSTANCE);
    if (promotionTier !== undefined) inRange(scope, `instances.${key}.promotionTier`, promotionTier, 0, 15);
  }
}

/** Identifier of an instance of a cluster. */
export function instanceIdentifier({ identifier }: { readonly identifier: string }, key: string): string {
  return `${identifier}-${key}`;
}

/** Every instance class that a cluster names, with the property that names it. */
export function namedClasses({
  instanceClass,
  instances = {},
}: JoinedClusterProps): [property: string, instanceClass: string][] {
  const own = Object.entries(instances).map(([key, instance]) => [key, instance.instanceClass] as const);
  return [
    ["instanceClass", instanceClass],
    ...own.flatMap(([key, named]): [string, string][] =>
      named === undefined ? [] : [[`instances.${key}.instanceClass`, named]],
    ),
  ];
}

function checkClasses(scope: Construct, engine: JoinedEngine, props: JoinedClusterProps): void {
  for (const [property, instanceClass] of namedClasses(props)) {
    if (instanceClass === engine.serverlessClass) continue;
    checkName(scope, property, instanceClass, DB_INSTANCE_CLASS);
    if (!MEMORY_OPTIMISED.test(instanceClass)) {
      const problem = `'${property}' must be memory-optimised for a global database, got '${instanceClass}'`;
      refuse(scope, "InstanceClassUnsuitable", problem, engine.classRemedy);
    }
  }
}

function checkLogs(scope: Construct, engine: JoinedEngine, { exports: published }: JoinedLogs): readonly string[] {
  const { name, logs, defaultLogs } = engine;
  const foreign = plain(scope, "logs.exports", published ?? []).find((log) => !logs.includes(log));
  if (foreign !== undefined) {
    refuse(scope, "SettingOutOfRange", `${name} publishes no '${foreign}', it has ${logs.join(", ")}`);
  }
  return [...(published ?? defaultLogs)].sort();
}

/** Claims the names of a cluster, and its place in the global database. */
function claimNames(scope: Construct, props: JoinedClusterProps): void {
  const { global, identifier, instances = {} } = props;
  const site = Site.of(scope);
  claimName(scope, PLACE, global.name, site);
  claimName(scope, DB_CLUSTER, identifier, site);
  for (const key of Object.keys(instances)) claimName(scope, DB_INSTANCE, instanceIdentifier(props, key), site);
}
