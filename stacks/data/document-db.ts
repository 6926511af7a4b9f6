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

/** Default version of a cluster. It never changes: a later version is a decision of yours. */
const ENGINE_VERSION = "5.0.0";

export interface DocumentDbOptions extends Omit<ClusterProps, DecidedOfCluster> {
  /**
   * Full version of all clusters: `"5.0.0"`. It cannot be changed: AWS upgrades no member of a global cluster in place.
   *
   * @default "5.0.0"
   */
  readonly engineVersion?: string;
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
 * A DocumentDB global cluster: a cluster in each site. The cluster of a standby has one instance. With `BackupRestore`
 * it has no instance, only live storage. A site that a failover left behind keeps its instances until it is rebuilt.
 *
 * A failover is one API call in the standby. AWS makes the former writer follow again. `rebuilt` only destroys the
 * instances that a standby does not have.
 *
 * The cluster of a site is `<workload>-<store>-<site>`. SSM parameters under `/<workload>/<store>/` hold the addresses
 * of its writer and readers, its port, and the name of the master user's secret.
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

/** The home's cluster is always the origin. AWS knows which cluster takes the writes. */
function placeCluster(at: StoreInSite, options: DocumentDbOptions): void {
  const { scope, contract, site } = at;
  const cluster = site.home ? placeOrigin(at, options) : placeSecondary(at, options);
  // the writer has it too, silent, so that a failover destroys no alarm
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
