import { Construct } from "constructs";
import { fittingName, refuse } from "../../modules/core";
import {
  AutomatedBackupsReplication,
  DatabaseGroups,
  DatabaseInstanceProps,
  DatabaseRef,
  DB_INSTANCE,
  Engine,
  MasterUserSecret,
  ReadReplica,
  ReplicaLagAlarm,
  RestoredDatabase,
  SourceDatabase,
} from "../../modules/rds-read-replica";
import { forget } from "../forget";
import { guard } from "../guard";
import { Generation } from "../history";
import { othersThan, SitePlan, siteNamed, WorkloadPlan } from "../plan";
import { DataStore, inOneAccount, publish, StoreInSite } from "./store";

/** Versions a database gets when it is given none. They stay as they are: a later major version is a decision. */
const ENGINE_VERSIONS: Readonly<Record<Engine, string>> = { mariadb: "11.4", mysql: "8.4", postgres: "16" };

/** What of an instance the workload itself decides. */
type Decided = "engine" | "engineVersion" | "identifier" | "groups" | "groupSettings" | "availabilityZone";

export interface DatabaseOptions extends Omit<DatabaseInstanceProps, Decided> {
  /** Size of the storage in GiB. It can only grow. */
  readonly storageGiB: number;
  /**
   * Copies the automated backups of the active site to each standby, for when a replica has copied a mistake.
   *
   * @default true
   */
  readonly backupsReplication?: boolean;
  /**
   * Name of a database to create with the instance.
   *
   * @default - none
   */
  readonly databaseName?: string;
  /**
   * Major version: `"16"`, `"8.4"`.
   *
   * @default "16" for PostgreSQL, "8.4" for MySQL
   */
  readonly engineVersion?: string;
  /**
   * Dynamic engine parameters; a change takes effect at once.
   *
   * @default - AWS's defaults for the version
   */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /**
   * Static engine parameters; a change takes effect when the instance is rebooted.
   *
   * @default - AWS's defaults for the version
   */
  readonly staticParameters?: Readonly<Record<string, string | number>>;
  /**
   * Name of the master user. It cannot be changed.
   *
   * @default "dbadmin"
   */
  readonly username?: string;
}

/** A PostgreSQL database: Multi-AZ in the active site, a replica or backups in each standby. See {@link mysql}. */
export function postgres(options: DatabaseOptions): DataStore {
  return database("postgres", options);
}

/**
 * A MySQL database: Multi-AZ in the active site; in each standby a read replica, which a failover promotes, or where the pattern is
 * backup and restore its backups alone, which a failover restores.
 *
 * An instance is `<workload>-<store>-<site>`, of a later generation `<workload>-<store>-<site>-<generation>`. Its address, port and
 * the name of the master user's secret are published under `/<workload>/<store>/`.
 */
export function mysql(options: DatabaseOptions): DataStore {
  return database("mysql", options);
}

function database(engine: Engine, options: DatabaseOptions): DataStore {
  const engineVersion = options.engineVersion ?? ENGINE_VERSIONS[engine];
  const settings = { ...options, engine, engineVersion };
  return {
    kind: engine,
    inNetwork: true,
    oneWriter: true,
    backedUp: (store, plan, site) => {
      const identifier = identifierOf({ plan, store }, site, site.generations.length);
      return SourceDatabase.refOf({ identifier, region: site.region, account: site.account });
    },
    check: (scope, store, plan) => {
      refuseOtherAccounts(scope, store, plan);
      refuseNoCopy(scope, store, plan, settings);
    },
    inSite: (at) => placeDatabase(at, settings),
  };
}

const refuseOtherAccounts = inOneAccount(
  "a database",
  "keep the sites of a database in one account: RDS makes read replicas within an account only",
);

/** The options with what the factory settled. */
type Settings = DatabaseOptions & { readonly engine: Engine; readonly engineVersion: string };

function refuseNoCopy(
  scope: Construct,
  store: string,
  { policy }: WorkloadPlan,
  { backupsReplication }: Settings,
): void {
  if (policy.database === "replica" || backupsReplication !== false) return;
  refuse(
    scope,
    "ConflictingSettings",
    `'backupsReplication' of store '${store}' is false, and the pattern copies nothing but backups`,
    "leave it out, or choose a pilot light",
  );
}

/**
 * The latest generation, what it needs, and what outlives it. Earlier generations are forgotten: they may hold writes that
 * nobody copied, and are never destroyed from here.
 */
function placeDatabase(at: StoreInSite, settings: Settings): void {
  const parts = { groups: createGroups(at, settings), secret: at.site.home ? createSecret(at, settings) : undefined };
  const earlier = [...at.site.generations];
  const current = earlier.pop()!;
  earlier.forEach((generation) => forgetGeneration(at, settings, generation, parts));
  guardReplicas(at);
  const instance = placeGeneration(at, settings, current, parts);
  publish(at, "secret", secretName(at));
  if (instance === undefined) return;
  if (current.follows !== undefined && holdsReplica(at)) watchLag(at, current, instance.ref);
  publish(at, "address", instance.address);
  publish(at, "port", `${instance.port}`);
}

/** What all generations of a site share. */
interface Parts {
  readonly groups: DatabaseGroups;
  readonly secret: MasterUserSecret | undefined;
}

type Instance = SourceDatabase | ReadReplica | RestoredDatabase;

function holdsReplica({ plan }: StoreInSite): boolean {
  return plan.policy.database === "replica";
}

/**
 * The origin; or a replica; or backups, and once the site has taken over what is restored from them. All have the same address, so
 * that an instance stays what it is when the pattern changes.
 */
function placeGeneration(
  at: StoreInSite,
  settings: Settings,
  generation: Generation,
  parts: Parts,
): Instance | undefined {
  const { scope, plan } = at;
  if (generation.follows === undefined) return createSource(at, settings, generation, parts);
  const backups = copyBackups(at, settings, generation, parts);
  if (holdsReplica(at)) return createReplica(at, settings, generation, parts);
  if (generation.promoted) {
    return new RestoredDatabase(scope, numbered("Instance", generation), {
      ...instanceProps(at, settings, generation, parts),
      backups: backups!, // refused otherwise
    });
  }
  if (plan.steppedDownFrom !== undefined) forget(createReplica(at, settings, generation, parts));
  return undefined;
}

/** Whatever a pattern could have held: what is not in the state, Terraform passes over. */
function forgetGeneration(at: StoreInSite, settings: Settings, generation: Generation, parts: Parts): void {
  if (generation.follows === undefined) {
    forget(createSource(at, settings, generation, parts));
    return;
  }
  const backups = copyBackups(at, settings, generation, parts);
  forget(createReplica(at, settings, generation, parts));
  if (backups !== undefined) forget(backups);
}

/** A plan that would leave replicas behind fails without a word. */
function guardReplicas({ scope, plan, store }: StoreInSite): void {
  const { database } = plan.policy;
  guard(scope, "SteppingDownNeeds-steppedDownFrom", {
    name: `/${plan.name}/${store}/standby-holds`,
    description: `What a standby of ${plan.name} holds of the ${store}`,
    value: database,
    mayChange: database !== "backups" || plan.steppedDownFrom !== undefined,
  });
}

function createSource(at: StoreInSite, settings: Settings, generation: Generation, parts: Parts): SourceDatabase {
  const { storageGiB, databaseName } = settings;
  return new SourceDatabase(at.scope, "Instance", {
    ...instanceProps(at, settings, generation, parts),
    storageGiB,
    databaseName,
    masterUserSecret: parts.secret,
  });
}

function createReplica(at: StoreInSite, settings: Settings, generation: Generation, parts: Parts): ReadReplica {
  return new ReadReplica(at.scope, numbered("Instance", generation), {
    ...instanceProps(at, settings, generation, parts),
    source: sourceRef(at, settings, generation),
    promoted: generation.promoted,
    multiAz: generation.promoted || at.plan.policy.databaseMultiAz,
  });
}

function copyBackups(
  at: StoreInSite,
  settings: Settings,
  generation: Generation,
  { groups }: Parts,
): AutomatedBackupsReplication | undefined {
  const { backupsReplication = true, backupRetentionDays, instanceClass } = settings;
  if (!backupsReplication) return undefined;
  return new AutomatedBackupsReplication(at.scope, numbered("Backups", generation), {
    source: sourceRef(at, settings, generation),
    kmsKeyArn: at.key.keyArn,
    retentionDays: backupRetentionDays,
    restoreGroups: groups,
    restoreInstanceClass: instanceClass,
  });
}

function instanceProps(at: StoreInSite, settings: Settings, generation: Generation, { groups }: Parts) {
  const { storageGiB, databaseName, backupsReplication, username, parameters, staticParameters, ...instance } =
    settings;
  return {
    ...instance,
    identifier: identifierOf(at, at.site, generation.number),
    groups,
    kmsKeyArn: at.key.keyArn,
  };
}

function createGroups(
  at: StoreInSite,
  { engine, engineVersion, parameters, staticParameters }: Settings,
): DatabaseGroups {
  const { scope, plan, store, site, network, clients } = at;
  return new DatabaseGroups(scope, "Groups", {
    engine,
    engineVersion,
    name: `${plan.name}-${store}-${site.name}`,
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    clientSecurityGroups: clients,
    parameters,
    staticParameters,
  });
}

/** Made in the home, and copied to every other site: a promoted replica keeps the master user it was copied with. */
function createSecret(at: StoreInSite, { username = "dbadmin" }: Settings): MasterUserSecret {
  const { scope, plan, site, key } = at;
  return new MasterUserSecret(scope, "MasterUser", {
    name: secretName(at),
    kmsKeyArn: key.keyArn,
    username,
    replicas: Object.fromEntries(othersThan(plan, site).map(({ region }) => [region, {}])),
  });
}

function secretName({ plan, store }: StoreInSite): string {
  return `${plan.name}/${store}/master-user`;
}

function watchLag({ scope, plan }: StoreInSite, generation: Generation, replica: DatabaseRef): void {
  new ReplicaLagAlarm(scope, numbered("Lag", generation), {
    replica,
    threshold: plan.objectives.rpo,
    promoted: generation.promoted,
  });
}

function sourceRef(at: StoreInSite, { engine, engineVersion }: Settings, generation: Generation): DatabaseRef {
  const follows = generation.follows!;
  const source = siteNamed(at.plan, follows.site);
  const { region, account } = source;
  const identifier = identifierOf(at, source, follows.generation);
  return SourceDatabase.refOf({ identifier, region, account, engine, engineVersion });
}

function identifierOf(
  { plan, store }: Pick<StoreInSite, "plan" | "store">,
  { name }: SitePlan,
  generation: number,
): string {
  const suffix = generation > 1 ? [`${generation}`] : [];
  return fittingName(DB_INSTANCE, plan.name, store, name, ...suffix);
}

/** Ids of generation 2 and later carry its number. */
function numbered(id: string, { number }: Generation): string {
  return number > 1 ? `${id}${number}` : id;
}
