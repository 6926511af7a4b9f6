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

/** Versions a database gets when it is given none. They stay as they are: a later major version is a decision. */
const ENGINE_VERSIONS: Readonly<Record<Engine, string>> = { mariadb: "11.4", mysql: "8.4", postgres: "16" };

/**
 * An RDS for PostgreSQL database: Multi-AZ in the active site; in each standby a read replica, which a failover promotes, or where the
 * pattern is backup and restore its backups alone, which a failover restores. Names and what is published are those of {@link mysql}.
 */
export function postgres(options: DatabaseOptions): DataStore {
  checkSettings("postgres", "DatabaseOptions", options);
  return database("postgres", options);
}

/**
 * An RDS for MySQL database: Multi-AZ in the active site; in each standby a read replica, which a failover promotes, or where the pattern is
 * backup and restore its backups alone, which a failover restores.
 *
 * An instance is `<workload>-<store>-<site>`, of a later generation `<workload>-<store>-<site>-<generation>`. Its address, port, the
 * name of the master user's secret and the ARN of the backups to restore from are published under `/<workload>/<store>/`.
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
    `'backupsReplication' of store '${store}' is false, and the pattern copies nothing but backups`,
    "leave it out, or choose a pilot light",
  );
}

/** AWS upgrades PostgreSQL's replicas of the source's own region with it, and no others. */
function refuseUpgradeOfReplica(
  scope: Construct,
  store: string,
  { policy }: WorkloadContract,
  { allowMajorVersionUpgrade, engine }: Settings,
): void {
  if (policy.database !== "replica" || engine !== "postgres" || !allowMajorVersionUpgrade) return;
  refuse(
    scope,
    "ConflictingSettings",
    `'allowMajorVersionUpgrade' of store '${store}' is given, and AWS upgrades no PostgreSQL replica of another region`,
    "step down to backups, delete the replicas, upgrade, leave it out and step up again: stacks/README.md has the order",
  );
}

/**
 * The latest generation, what it needs, and what outlives it. Earlier generations are forgotten: they may hold writes that
 * nobody copied, and are never destroyed from here.
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
  // silent once the site took over, until the failover is over: a failover takes no alarm away
  if (instance instanceof ReadReplica && !isFollowed(contract, site)) watchLag(current, instance.ref);
  publish(at, "address", instance.address);
  publish(at, "port", `${instance.port}`);
}

type Instance = SourceDatabase | ReadReplica | RestoredDatabase;

/**
 * The origin; or a replica; or backups, and once the site has taken over what is restored from them. All have the same address, so
 * that an instance stays what it is when the pattern changes.
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
  if (generation.promoted) return restore(made, backups!); // refused otherwise
  if (at.contract.steppedDownFrom !== undefined) forget(createReplica(made));
  return undefined;
}

/**
 * Copies the backups of what takes the writes today. Of any other source the replication is forgotten, and goes on: once the source is
 * deleted AWS ends it, and a plan would begin it again, in vain.
 */
function placeBackups(made: GenerationInSite, replica?: ReadReplica) {
  const { at, generation, settings } = made;
  if (settings.backupsReplication === false) return undefined;
  if (followsWriter(at.contract, generation)) return nameBackups(at, copyBackups(made, replica));
  if (generation.follows !== undefined) forget(copyBackups(made));
  return nameBackups(at, undefined);
}

/** Whatever a pattern could have held: what is not in the state, Terraform passes over. */
function forgetGeneration(made: GenerationInSite): void {
  if (made.generation.follows === undefined) {
    forget(createSource(made));
    return;
  }
  forget(createReplica(made));
  if (made.settings.backupsReplication !== false) forget(copyBackups(made));
}

/** A plan that would leave replicas behind fails without a word. */
function guardReplicas({ scope, contract, store }: StoreInSite): void {
  const { database } = contract.policy;
  guard(scope, "SteppingDownNeeds-steppedDownFrom", {
    name: `/${contract.name}/${store}/standby-holds`,
    description: `What a standby of ${contract.name} holds of the ${store}`,
    value: database,
    mayChange: database !== "backups" || contract.steppedDownFrom !== undefined,
  });
}
