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
  SourceDatabase,
} from "../../modules/rds-read-replica";
import { forget } from "../forgotten";
import { Generation } from "../history";
import { othersThan, siteInOtherAccount, SitePlan, WorkloadPlan } from "../plan";
import { DataStore, publish, StoreInSite } from "./store";

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

/** A PostgreSQL database: Multi-AZ in the active site, a read replica in each standby. See {@link mysql}. */
export function postgres(options: DatabaseOptions): DataStore {
  return database("postgres", options);
}

/**
 * A MySQL database: Multi-AZ in the active site, a read replica in each standby, which a failover promotes.
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
    check: refuseOtherAccounts,
    inSite: (at) => placeDatabase(at, settings),
  };
}

/** The options with what the factory settled. */
type Settings = DatabaseOptions & { readonly engine: Engine; readonly engineVersion: string };

function refuseOtherAccounts(scope: Construct, store: string, plan: WorkloadPlan): void {
  const foreign = siteInOtherAccount(plan);
  if (foreign !== undefined) {
    refuse(
      scope,
      "ReplicaInOtherAccount",
      `store '${store}' is a database, its sites '${plan.home.name}' and '${foreign.name}' lie in different accounts`,
      "keep the sites of a database in one account: RDS makes read replicas within an account only",
    );
  }
}

/**
 * The latest generation, what it needs, and what outlives it. Earlier generations are forgotten: they may hold writes that
 * nobody copied, and are never destroyed from here.
 */
function placeDatabase(at: StoreInSite, settings: Settings): void {
  const groups = createGroups(at, settings);
  const secret = at.site.home ? createSecret(at, settings) : undefined;
  const generations = at.site.generations.map((generation) => {
    return { generation, ...placeGeneration(at, settings, { generation, groups, secret }) };
  });
  const current = generations.pop()!;
  for (const { instance, backups } of generations) {
    forget(at.scope, instance);
    if (backups !== undefined) forget(at.scope, backups);
  }
  if (current.generation.follows !== undefined) watchLag(at, current.generation, current.instance.ref);
  publish(at, "address", current.instance.address);
  publish(at, "port", `${current.instance.port}`);
  publish(at, "secret", secretName(at));
}

interface Parts {
  readonly generation: Generation;
  readonly groups: DatabaseGroups;
  readonly secret: MasterUserSecret | undefined;
}

interface PlacedGeneration {
  readonly instance: SourceDatabase | ReadReplica;
  readonly backups: AutomatedBackupsReplication | undefined;
}

function placeGeneration(at: StoreInSite, settings: Settings, { generation, groups, secret }: Parts): PlacedGeneration {
  const { scope, plan, site, key } = at;
  const {
    storageGiB,
    databaseName,
    backupsReplication = true,
    username,
    parameters,
    staticParameters,
    ...rest
  } = settings;
  const instance = {
    ...rest,
    identifier: identifierOf(at, site, generation.number),
    groups,
    kmsKeyArn: key.keyArn,
  };
  if (generation.follows === undefined) {
    const source = new SourceDatabase(scope, "Instance", {
      ...instance,
      storageGiB,
      databaseName,
      masterUserSecret: secret,
    });
    return { instance: source, backups: undefined };
  }
  const source = sourceRef(at, settings, generation.follows);
  const replica = new ReadReplica(scope, numbered("Instance", generation), {
    ...instance,
    source,
    promoted: generation.promoted,
    multiAz: generation.promoted || plan.policy.standbyMultiAz,
  });
  const backups = backupsReplication
    ? new AutomatedBackupsReplication(scope, numbered("Backups", generation), {
        source,
        kmsKeyArn: key.keyArn,
        retentionDays: settings.backupRetentionDays,
        restoreGroups: groups,
        restoreInstanceClass: settings.instanceClass,
      })
    : undefined;
  return { instance: replica, backups };
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

function sourceRef(
  at: StoreInSite,
  { engine, engineVersion }: Settings,
  follows: { readonly site: string; readonly generation: number },
): DatabaseRef {
  const source = at.plan.sites.find(({ name }) => name === follows.site)!;
  const { region, account } = source;
  const identifier = identifierOf(at, source, follows.generation);
  return SourceDatabase.refOf({ identifier, region, account, engine, engineVersion });
}

function identifierOf({ plan, store }: StoreInSite, { name }: SitePlan, generation: number): string {
  const suffix = generation > 1 ? [`${generation}`] : [];
  return fittingName(DB_INSTANCE, plan.name, store, name, ...suffix);
}

/** Ids of generation 2 and later carry its number. */
function numbered(id: string, { number }: Generation): string {
  return number > 1 ? `${id}${number}` : id;
}
