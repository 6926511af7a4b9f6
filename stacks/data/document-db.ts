import {
  ClusterProps,
  GlobalCluster,
  GlobalClusterRef,
  OriginCluster,
  ReplicationLagAlarm,
  SecondaryCluster,
} from "../../modules/documentdb-global-cluster";
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

/** The version a cluster gets when it is given none. It stays as it is: a later one is a decision. */
const ENGINE_VERSION = "5.0.0";

export interface DocumentDbOptions extends Omit<ClusterProps, DecidedOfCluster> {
  /**
   * Full version of all clusters: `"5.0.0"`. It stays: AWS upgrades no cluster of a global cluster in place.
   *
   * @default "5.0.0"
   */
  readonly engineVersion?: string;
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
 * A DocumentDB global cluster: a cluster in each site. A standby's has one instance, or where the pattern is backup and restore none but
 * its storage, which is as live. A site that a failover left behind keeps its instances until it is rebuilt.
 *
 * A failover is one call in the standby. AWS makes the former active cluster follow again by itself, and `rebuilt` only takes away the instances that a standby has not.
 *
 * The cluster of a site is `<workload>-<store>-<site>`. The addresses of its writer and readers, its port and the name of the master
 * user's secret are published under `/<workload>/<store>/`.
 */
export function documentDb(options: DocumentDbOptions): DataStore {
  checkSettings("documentDb", "DocumentDbOptions", options);
  return {
    kind: "docdb",
    inNetwork: true,
    oneWriter: true,
    backedUp: (store, contract, { name, region, account }) => {
      const { arn } = OriginCluster.refOf({ identifier: clusterName({ contract, store }, name), region, account });
      return { arn, resourceType: "DocumentDB" };
    },
    check: inOneAccount(
      "a DocumentDB database",
      "keep the sites of a global cluster in one account: its clusters lie in one",
    ),
    inSite: (at) => placeCluster(at, options),
  };
}

/** The home's cluster is the origin, for ever; who takes the writes is AWS's to know. */
function placeCluster(at: StoreInSite, options: DocumentDbOptions): void {
  const { scope, contract, site } = at;
  const cluster = site.home ? placeOrigin(at, options) : placeSecondary(at, options);
  // it stands in the active site too, silent: a failover takes no alarm away
  new ReplicationLagAlarm(scope, "Lag", {
    cluster: cluster.ref,
    global: globalRef(at, options),
    threshold: contract.objectives.rpo,
    active: site === contract.writer,
  });
  publishCluster(at, cluster);
  publish(at, "secret", secretName(at));
}

function placeOrigin(at: StoreInSite, options: DocumentDbOptions): OriginCluster {
  const masterUserSecret = masterUserIn(at, options);
  const global = new GlobalCluster(at.scope, "Global", { identifier: globalName(at), ...factsOf(at, options) });
  return new OriginCluster(at.scope, "Cluster", {
    ...clusterProps(at, options),
    global: global.ref,
    ...instancesIn(at, options),
    masterUserSecret,
  });
}

function placeSecondary(at: StoreInSite, options: DocumentDbOptions): SecondaryCluster {
  return new SecondaryCluster(at.scope, "Cluster", {
    ...clusterProps(at, options),
    ...instancesIn(at, options),
    global: globalRef(at, options),
  });
}

function clusterProps(at: StoreInSite, { engineVersion, readers, username, ...props }: DocumentDbOptions) {
  return { ...props, ...clusterIn(at) };
}

function globalRef(at: StoreInSite, options: DocumentDbOptions): GlobalClusterRef {
  const { region, account } = at.contract.home;
  return GlobalCluster.refOf({ identifier: globalName(at), region, account, ...factsOf(at, options) });
}

function factsOf(at: StoreInSite, { engineVersion = ENGINE_VERSION }: DocumentDbOptions) {
  return { engineVersion, secondaryRegions: secondaryRegionsOf(at) };
}
