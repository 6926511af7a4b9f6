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
 * Versions a cluster gets when it is given none: of those with long-term support, which AWS keeps for three years and others for one.
 * They stay as they are: a later one is a decision.
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
   * Full version of all clusters: `"16.8"`. A change is an upgrade, which needs provider 6.41.0 or newer; the home is deployed first.
   *
   * @default "16.8" for PostgreSQL, "8.0.mysql_aurora.3.10.3" for MySQL, which have long-term support
   */
  readonly engineVersion?: string;
  /**
   * The most that may be lost, 20 seconds or more, PostgreSQL with three sites or more: commits wait while every other site lags
   * further behind.
   *
   * @default - none: commits never wait for another region
   */
  readonly maxLoss?: Duration;
  /**
   * Readers beside the writer in the active site, 0 to 15. A standby has the one instance that takes over, until it is active.
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
 * An Aurora PostgreSQL global database: a cluster in each site, of which one takes writes. A failover is one call in the standby. Names,
 * instances and what is published are those of {@link auroraMysql}.
 */
export function auroraPostgres(options: AuroraOptions): DataStore {
  checkSettings("auroraPostgres", "AuroraOptions", options);
  return aurora("aurora-postgresql", options);
}

/**
 * An Aurora MySQL global database: a cluster in each site. A standby's has one instance, or where the pattern is backup and restore
 * none but its storage, which is as live. A site that a failover left behind keeps its instances until it is rebuilt.
 *
 * A failover is one call in the standby. AWS makes the former active cluster follow again by itself, and `rebuilt` only takes away the instances that a standby has not.
 *
 * The cluster of a site is `<workload>-<store>-<site>`. The addresses of its writer and readers, its port and the name of the master
 * user's secret are published under `/<workload>/<store>/`.
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

/** The options with what the factory settled. */
type Settings = AuroraOptions & { readonly engine: AuroraEngine; readonly engineVersion: string };

/** The home's cluster is the origin, for ever; who takes the writes is AWS's to know. */
function placeCluster(at: StoreInSite, settings: Settings): void {
  const { scope, contract, site } = at;
  const cluster = site.home ? placeOrigin(at, settings) : placeSecondary(at, settings);
  // it stands in the active site too, silent: a failover takes no alarm away
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
  // a cluster without instances has nothing to forward
  return { ...props, ...clusterIn(at), ...placed, writeForwarding: "headless" in placed ? undefined : writeForwarding };
}

function globalRef(at: StoreInSite, settings: Settings): GlobalClusterRef {
  const { region, account } = at.contract.home;
  return GlobalCluster.refOf({ identifier: globalName(at), region, account, ...factsOf(at, settings) });
}

function factsOf(at: StoreInSite, { databaseName, engine, engineVersion, maxLoss }: Settings) {
  return { databaseName, engine, engineVersion, rpo: maxLoss, secondaryRegions: secondaryRegionsOf(at) };
}
