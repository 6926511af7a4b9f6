import { Construct } from "constructs";
import { checkName, claimName, inRange, NameRule, plain, Ref, refuse } from "../core";
import { DB_INSTANCE, DB_INSTANCE_CLASS } from "../rds-read-replica";
import { checkSiteKey } from "../rds-read-replica/database-ref";
import { checkLogRetention, checkRetention } from "../rds-read-replica/setting-checks";
import { checkWindows } from "../rds-read-replica/windows";
import { Site } from "../site";
import { DB_CLUSTER } from "./cluster-ref";
import { GlobalPlaceRef } from "./global-place";
import { MemberClusterProps, MemberInstance } from "./member-props";

export const MEMBER_DEFAULTS = {
  backupRetentionDays: 7,
  logRetentionDays: 90,
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

/** What the checks need to know of a cluster. */
export interface MemberSettings {
  readonly global: Ref;
  readonly props: MemberClusterProps & { readonly instanceClass: string };
  /** Its instances by their keys. */
  readonly instances: Readonly<Record<string, MemberInstance & { readonly instanceClass?: string }>>;
}

/**
 * Refuses what AWS would refuse of a cluster of any global database, and answers the days its backups are kept.
 *
 * @throws InvalidName, ReplicaInOtherAccount, BackupsOff, SettingOutOfRange, InvalidWindow, WindowsOverlap, InvalidArn,
 *   KeyInOtherRegion
 */
export function checkMember(scope: Construct, { global, props, instances }: MemberSettings): number {
  checkName(scope, "identifier", props.identifier, DB_CLUSTER);
  checkAccount(scope, global);
  checkSiteKey(scope, "kmsKeyArn", props.kmsKeyArn);
  if (props.logKmsKeyArn !== undefined) checkSiteKey(scope, "logKmsKeyArn", props.logKmsKeyArn);
  checkInstances(scope, props, instances);
  checkWindows(scope, props);
  checkLogRetention(scope, props.logRetentionDays ?? MEMBER_DEFAULTS.logRetentionDays);
  return checkRetention(scope, props.backupRetentionDays ?? MEMBER_DEFAULTS.backupRetentionDays);
}

function checkAccount(scope: Construct, global: Ref): void {
  const { account } = Site.of(scope);
  if (global.account !== account) {
    refuse(
      scope,
      "ReplicaInOtherAccount",
      `'${global.name}' lies in account ${global.account}, the cluster in ${account}`,
    );
  }
}

function checkInstances(scope: Construct, props: MemberClusterProps, instances: MemberSettings["instances"]): void {
  const keys = Object.keys(instances);
  if (keys.length > INSTANCES) {
    refuse(scope, "SettingOutOfRange", `'instances' must name ${INSTANCES} instances at most, got ${keys.length}`);
  }
  for (const [key, { promotionTier }] of Object.entries(instances)) {
    checkName(scope, `instances.${key}`, instanceIdentifier(props, key), DB_INSTANCE);
    if (promotionTier !== undefined) inRange(scope, `instances.${key}.promotionTier`, promotionTier, 0, 15);
  }
}

/** Identifier of an instance of a cluster. */
export function instanceIdentifier({ identifier }: Pick<MemberClusterProps, "identifier">, key: string): string {
  return `${identifier}-${key}`;
}

/** Every class that a cluster names, by the property that names it. */
export function namedClasses({ props, instances }: MemberSettings): [property: string, instanceClass: string][] {
  const own = Object.entries(instances).flatMap(([key, { instanceClass }]) =>
    instanceClass === undefined ? [] : [[`instances.${key}.instanceClass`, instanceClass] as [string, string]],
  );
  return [["instanceClass", props.instanceClass], ...own];
}

/** @throws InvalidName, InstanceClassUnsuitable */
export function checkMemoryOptimised(
  scope: Construct,
  [property, instanceClass]: readonly [string, string],
  remedy: string,
): void {
  checkName(scope, property, instanceClass, DB_INSTANCE_CLASS);
  if (!MEMORY_OPTIMISED.test(instanceClass)) {
    refuse(
      scope,
      "InstanceClassUnsuitable",
      `'${property}' must be memory-optimised for a global database, got '${instanceClass}'`,
      remedy,
    );
  }
}

/**
 * The logs in the order AWS answers them.
 *
 * @param of what is known of the engine
 * @throws SettingOutOfRange
 */
export function checkLogs<Log extends string>(
  scope: Construct,
  logExports: readonly Log[] | undefined,
  of: { readonly name: string; readonly logs: readonly Log[]; readonly defaultLogs: readonly Log[] },
): readonly Log[] {
  const foreign = plain(scope, "logExports", logExports ?? []).find((log) => !of.logs.includes(log));
  if (foreign !== undefined) {
    refuse(scope, "SettingOutOfRange", `${of.name} publishes no '${foreign}', it has ${of.logs.join(", ")}`);
  }
  return [...(logExports ?? of.defaultLogs)].sort();
}

/**
 * Takes the names of a cluster, and its place in the global database.
 *
 * @throws NameTaken
 */
export function claimMember(scope: Construct, { global, props, instances }: MemberSettings): void {
  const site = Site.of(scope);
  claimName(scope, PLACE, global.name, site);
  claimName(scope, DB_CLUSTER, props.identifier, site);
  for (const key of Object.keys(instances)) claimName(scope, DB_INSTANCE, instanceIdentifier(props, key), site);
}

/**
 * Refuses a first cluster outside the home, one that takes the writes without an instance, and one without instances that does not say so.
 *
 * @throws WrongSite, MissingSetting, ConflictingSettings
 */
export function checkHome(
  scope: Construct,
  global: Ref,
  props: Pick<MemberClusterProps, "active"> & {
    readonly headless?: boolean;
    readonly instances?: MemberSettings["instances"];
  },
): void {
  const { region } = Site.of(scope);
  if (global.region !== region) {
    refuse(scope, "WrongSite", `the home of '${global.name}' lies in '${global.region}', got '${region}'`);
  }
  const { active = true, headless, instances = {} } = props;
  if (headless && active) {
    refuse(
      scope,
      "ConflictingSettings",
      "'headless' is true, and the cluster takes the writes",
      "leave it out, or say 'active: false' while another cluster takes them",
    );
  }
  if (active && Object.keys(instances).length === 0) {
    refuse(scope, "MissingSetting", "'instances' is empty, and nothing would take the writes", "name one or more");
  }
  checkHeadless(scope, props);
}

/**
 * Refuses a secondary where the global database has none.
 *
 * @throws WrongSite
 */
export function checkSecondaryRegion(scope: Construct, { name, secondaryRegions }: GlobalPlaceRef): void {
  const { region } = Site.of(scope);
  if (!secondaryRegions.includes(region)) {
    refuse(
      scope,
      "WrongSite",
      `'${region}' is none of the secondary regions of '${name}', got ${secondaryRegions.join(", ") || "none"}`,
      "name the region in the global database's 'secondaryRegions', or create the cluster under another Site",
    );
  }
}

/**
 * Refuses a secondary without instances that does not say so.
 *
 * @throws MissingSetting, ConflictingSettings
 */
export function checkHeadless(
  scope: Construct,
  {
    headless = false,
    instances = {},
  }: { readonly headless?: boolean; readonly instances?: MemberSettings["instances"] },
): void {
  const count = Object.keys(instances).length;
  if (count === 0 && !headless) {
    refuse(
      scope,
      "MissingSetting",
      "'instances' is empty: nobody can fail over to a cluster without an instance",
      "name one or more, or say 'headless: true', and the recovery begins with creating an instance, which takes longer",
    );
  }
  if (headless && count > 0) {
    refuse(scope, "ConflictingSettings", `'headless' is true, and 'instances' names ${count}`);
  }
}
