import {
  AuroraEngine,
  ClusterProps,
  GlobalCluster,
  GlobalClusterRef,
  OriginCluster,
  ReplicationLagAlarm,
  SecondaryCluster,
} from "../../modules/aurora-global-database";
import { Duration } from "../../modules/core";
import {
  clusterIn,
  clusterName,
  DecidedOfCluster,
  globalName,
  instancesIn,
  masterUserIn,
  publishCluster,
  secondaryRegionsOf,
  secretName,
} from "./global-cluster";
import { checkSettings } from "../shapes";
import { DataStore, inOneAccount, publish, StoreInSite } from "./store";

/**
 * Default versions of a cluster. They have long-term support: AWS keeps them for three years, other versions for one.
 * They never change: a later version is a decision of yours.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Update.SpecialVersions.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Updates.LTS.html
 */
const ENGINE_VERSIONS: Readonly<Record<AuroraEngine, string>> = {
  "aurora-mysql": "8.0.mysql_aurora.3.10.3",
  "aurora-postgresql": "16.8",
};

export interface AuroraOptions extends Omit<ClusterProps, DecidedOfCluster> {
  /**
   * Name of a database to create with the first cluster. It cannot be changed.
   *
   * @default - none
   */
  readonly databaseName?: string;
  /**
   * Full version of all clusters: `"16.8"`. A change is an upgrade, which needs provider 6.41.0 or newer. Deploy the
   * home first.
   *
   * @default "16.8" for PostgreSQL, "8.0.mysql_aurora.3.10.3" for MySQL, which have long-term support
   */
  readonly engineVersion?: string;
  /**
   * Upper limit of data loss, 20 seconds or more, for PostgreSQL with three sites or more. Commits wait while every
   * other site lags further behind.
   *
   * @default - none: commits never wait for another region
   */
  readonly maxLoss?: Duration;
  /**
   * Reader instances in the site that takes the writes, 0 to 15. A standby has one instance, which takes over.
   *
   * @default 1
   */
  readonly readers?: number;
  /**
   * Name of the master user. It cannot be changed.
   *
   * @default "dbadmin"
   */
  readonly username?: string;
}

/**
 * An Aurora PostgreSQL global database: a cluster in each site, one of which takes writes. A failover is one API call
 * in the standby. Names, instances and SSM parameters are those of {@link auroraMysql}.
 */
export function auroraPostgres(options: AuroraOptions): DataStore {
  checkSettings("auroraPostgres", "AuroraOptions", options);
  return aurora("aurora-postgresql", options);
}

/**
 * An Aurora MySQL global database: a cluster in each site. The cluster of a standby has one instance. With
 * `BackupRestore` it has no instance, only live storage. A site that a failover left behind keeps its instances until
 * it is rebuilt.
 *
 * A failover is one API call in the standby. AWS makes the former writer follow again. `rebuilt` only destroys the
 * instances that a standby does not have.
 *
 * The cluster of a site is `<workload>-<store>-<site>`. SSM parameters under `/<workload>/<store>/` hold the addresses
 * of its writer and readers, its port, and the name of the master user's secret.
 */
export function auroraMysql(options: AuroraOptions): DataStore {
  checkSettings("auroraMysql", "AuroraOptions", options);
  return aurora("aurora-mysql", options);
}

function aurora(engine: AuroraEngine, options: AuroraOptions): DataStore {
  const settings = { ...options, engine, engineVersion: options.engineVersion ?? ENGINE_VERSIONS[engine] };
  return {
    kind: engine,
    inNetwork: true,
    oneWriter: !options.writeForwarding,
    backedUp: (store, contract, { name, region, account }) => {
      const { arn } = OriginCluster.refOf({ identifier: clusterName({ contract, store }, name), region, account });
      return { arn, resourceType: "Aurora" };
    },
    check: inOneAccount(
      "an Aurora database",
      "keep the sites of a global database in one account: its clusters lie in one",
    ),
    inSite: (at) => placeCluster(at, settings),
  };
}

/** The options with their defaults. */
type Settings = AuroraOptions & { readonly engine: AuroraEngine; readonly engineVersion: string };

/** The home's cluster is always the origin. AWS knows which cluster takes the writes. */
function placeCluster(at: StoreInSite, settings: Settings): void {
  const { scope, contract, site } = at;
  const cluster = site.home ? placeOrigin(at, settings) : placeSecondary(at, settings);
  // the writer has it too, silent, so that a failover destroys no alarm
  new ReplicationLagAlarm(scope, "Lag", {
    cluster: cluster.ref,
    global: globalRef(at, settings),
    threshold: contract.objectives.rpo,
    active: site === contract.writer,
  });
  publishCluster(at, cluster);
  publish(at, "secret", secretName(at));
}

function placeOrigin(at: StoreInSite, settings: Settings): OriginCluster {
  const { scope } = at;
  const masterUserSecret = masterUserIn(at, settings);
  const global = new GlobalCluster(scope, "Global", { identifier: globalName(at), ...factsOf(at, settings) });
  return new OriginCluster(scope, "Cluster", { ...clusterProps(at, settings), global: global.ref, masterUserSecret });
}

function placeSecondary(at: StoreInSite, settings: Settings): SecondaryCluster {
  return new SecondaryCluster(at.scope, "Cluster", { ...clusterProps(at, settings), global: globalRef(at, settings) });
}

function clusterProps(at: StoreInSite, settings: Settings) {
  const { databaseName, engine, engineVersion, maxLoss, readers, username, writeForwarding, ...props } = settings;
  const placed = instancesIn(at, settings);
  // a cluster without instances cannot forward writes
  return { ...props, ...clusterIn(at), ...placed, writeForwarding: "headless" in placed ? undefined : writeForwarding };
}

function globalRef(at: StoreInSite, settings: Settings): GlobalClusterRef {
  const { region, account } = at.contract.home;
  return GlobalCluster.refOf({ identifier: globalName(at), region, account, ...factsOf(at, settings) });
}

function factsOf(at: StoreInSite, { databaseName, engine, engineVersion, maxLoss }: Settings) {
  return { databaseName, engine, engineVersion, rpo: maxLoss, secondaryRegions: secondaryRegionsOf(at) };
}
