import { Construct } from "constructs";
import { refuse } from "../../modules/core";
import { Engine, ReadReplica, RestoredDatabase, SourceDatabase } from "../../modules/rds-read-replica";
import { forget } from "../stacks/forget";
import { currentGeneration, followsWriter, isFollowed } from "../history/questions";
import { guard } from "../stacks/guard";
import { WorkloadContract } from "../contract";
import { checkSettings } from "../shapes";
import { DatabaseOptions, Settings } from "./database-options";
import {
  copyBackups,
  createGroups,
  createReplica,
  createSecret,
  createSource,
  GenerationInSite,
  identifierOf,
  nameBackups,
  restore,
  secretName,
  watchLag,
} from "./database-parts";
import { DataStore, inOneAccount, publish, StoreInSite } from "./store";

/** Default versions of a database. They never change: a later major version is a decision of yours. */
const ENGINE_VERSIONS: Readonly<Record<Engine, string>> = { mariadb: "11.4", mysql: "8.4", postgres: "16" };

/**
 * An RDS for PostgreSQL database. It is Multi-AZ in the site that takes the writes. Each standby has a read replica,
 * which a failover promotes. With `BackupRestore` it has only backups, which a failover restores. Names and SSM
 * parameters are those of {@link mysql}.
 */
export function postgres(options: DatabaseOptions): DataStore {
  checkSettings("postgres", "DatabaseOptions", options);
  return database("postgres", options);
}

/**
 * An RDS for MySQL database. It is Multi-AZ in the site that takes the writes. Each standby has a read replica, which a
 * failover promotes. With `BackupRestore` it has only backups, which a failover restores.
 *
 * The name of an instance is `<workload>-<store>-<site>`. In a later generation it is
 * `<workload>-<store>-<site>-<generation>`. SSM parameters under `/<workload>/<store>/` hold its address, its port and
 * the name of the master user's secret. Another parameter holds the ARN of the backups to restore from.
 */
export function mysql(options: DatabaseOptions): DataStore {
  checkSettings("mysql", "DatabaseOptions", options);
  return database("mysql", options);
}

function database(engine: Engine, options: DatabaseOptions): DataStore {
  const engineVersion = options.engineVersion ?? ENGINE_VERSIONS[engine];
  const settings = { ...options, engine, engineVersion };
  return {
    kind: engine,
    inNetwork: true,
    oneWriter: true,
    backedUp: (store, contract, site) => {
      const identifier = identifierOf({ contract, store }, site, site.generations.length);
      return SourceDatabase.refOf({ identifier, region: site.region, account: site.account });
    },
    check: (scope, store, contract) => {
      refuseOtherAccounts(scope, store, contract);
      refuseNoCopy(scope, store, contract, settings);
      refuseUpgradeOfReplica(scope, store, contract, settings);
    },
    inSite: (at) => placeDatabase(at, settings),
  };
}

const refuseOtherAccounts = inOneAccount(
  "a database",
  "keep the sites of a database in one account: RDS makes read replicas within an account only",
);

function refuseNoCopy(
  scope: Construct,
  store: string,
  { policy }: WorkloadContract,
  { backupsReplication }: Settings,
): void {
  if (policy.database === "replica" || backupsReplication !== false) return;
  refuse(
    scope,
    "ConflictingSettings",
    `'backupsReplication' of store '${store}' is false, and the pattern copies only backups`,
    "leave it out, or choose a pilot light",
  );
}

/** AWS upgrades a PostgreSQL replica together with its source only in the source's own region. */
function refuseUpgradeOfReplica(
  scope: Construct,
  store: string,
  { policy }: WorkloadContract,
  { engine, upgrades }: Settings,
): void {
  if (policy.database !== "replica" || engine !== "postgres" || !upgrades?.allowMajorVersion) return;
  refuse(
    scope,
    "ConflictingSettings",
    `'upgrades.allowMajorVersion' of store '${store}' is given, and AWS upgrades no PostgreSQL replica of another region`,
    "step down to backups, delete the replicas, upgrade, leave it out and step up again: stacks/README.md has the order",
  );
}

/**
 * Creates the latest generation and the resources that all generations share. Terraform drops earlier generations from
 * state. It never destroys them, because they may hold writes that were not copied.
 */
function placeDatabase(at: StoreInSite, settings: Settings): void {
  const { contract, site } = at;
  const parts = { groups: createGroups(at, settings), secret: site.home ? createSecret(at, settings) : undefined };
  const current = { at, settings, parts, generation: currentGeneration(site) };
  for (const generation of site.generations.slice(0, -1)) forgetGeneration({ ...current, generation });
  guardReplicas(at);
  const instance = placeGeneration(current);
  publish(at, "secret", secretName(at));
  if (instance === undefined) return;
  // silent after the site took over, until the failover is complete, so that a failover destroys no alarm
  if (instance instanceof ReadReplica && !isFollowed(contract, site)) watchLag(current, instance.ref);
  publish(at, "address", instance.address);
  publish(at, "port", `${instance.port}`);
}

type Instance = SourceDatabase | ReadReplica | RestoredDatabase;

/**
 * Creates the origin, a replica, or the backups and, after a takeover, the instance restored from them. All instances
 * have the same address, so that an instance stays when the pattern changes.
 */
function placeGeneration(made: GenerationInSite): Instance | undefined {
  const { at, generation } = made;
  if (generation.follows === undefined) {
    placeBackups(made);
    return createSource(made);
  }
  if (at.contract.policy.database === "replica") {
    const replica = createReplica(made);
    placeBackups(made, replica);
    return replica;
  }
  const backups = placeBackups(made);
  if (generation.promoted) return restore(made, backups!); // otherwise the props were refused
  if (at.contract.steppedDownFrom !== undefined) forget(createReplica(made));
  return undefined;
}

/**
 * Replicates the backups of the current writer. Terraform drops the replication of any other source from state, and AWS
 * continues it. Once the source is deleted, AWS ends the replication, and a plan would try in vain to start it again.
 */
function placeBackups(made: GenerationInSite, replica?: ReadReplica) {
  const { at, generation, settings } = made;
  if (settings.backupsReplication === false) return undefined;
  if (followsWriter(at.contract, generation)) return nameBackups(at, copyBackups(made, replica));
  if (generation.follows !== undefined) forget(copyBackups(made));
  return nameBackups(at, undefined);
}

/**
 * Drops the resources of a generation in every pattern from state. Terraform ignores addresses that are not in state.
 */
function forgetGeneration(made: GenerationInSite): void {
  if (made.generation.follows === undefined) {
    forget(createSource(made));
    return;
  }
  forget(createReplica(made));
  if (made.settings.backupsReplication !== false) forget(copyBackups(made));
}

/** Makes a plan fail that would leave replicas behind without `steppedDownFrom`. */
function guardReplicas({ scope, contract, store }: StoreInSite): void {
  const { database } = contract.policy;
  guard(scope, "SteppingDownNeeds-steppedDownFrom", {
    name: `/${contract.name}/${store}/standby-holds`,
    description: `Copy of the ${store} that a standby of ${contract.name} holds`,
    value: database,
    mayChange: database !== "backups" || contract.steppedDownFrom !== undefined,
  });
}
