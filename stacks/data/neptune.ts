import { Lazy } from "cdktf";
import { Statement } from "../../modules/core";
import {
  ClusterProps,
  GlobalCluster,
  GlobalClusterRef,
  OriginCluster,
  ReplicationLagAlarm,
  SecondaryCluster,
} from "../../modules/neptune-global-database";
import { Site } from "../../modules/site";
import {
  clusterIn,
  clusterName,
  DecidedOfCluster,
  globalName,
  instancesIn,
  publishCluster,
  secondaryRegionsOf,
} from "./global-cluster";
import { checkSettings } from "../shapes";
import { DataStore, inOneAccount, StoreAccess, StoreInSite } from "./store";

/** Default version of a cluster. It never changes: a later version is a decision of yours. */
const ENGINE_VERSION = "1.4.5.1";

/** @see https://docs.aws.amazon.com/neptune/latest/userguide/iam-dp-actions.html */
const QUERIES = [
  "neptune-db:CancelQuery",
  "neptune-db:DeleteDataViaQuery",
  "neptune-db:GetQueryStatus",
  "neptune-db:ReadDataViaQuery",
  "neptune-db:WriteDataViaQuery",
];

export interface NeptuneOptions extends Omit<ClusterProps, DecidedOfCluster> {
  /**
   * Full version of all clusters: `"1.4.5.1"`. A change is an upgrade, which needs provider 6.27.0 or newer. Deploy the
   * home first.
   *
   * @default "1.4.5.1"
   */
  readonly engineVersion?: string;
  /**
   * Reader instances in the site that takes the writes, 0 to 15; in the home, one fewer for each other site. A standby
   * has one instance, which takes over.
   *
   * @default 1
   */
  readonly readers?: number;
}

/**
 * A Neptune global database: a cluster in each site. The cluster of a standby has one instance. With `BackupRestore` it
 * has no instance, only live storage. A site that a failover left behind keeps its instances until it is rebuilt.
 *
 * A failover is one API call in the standby. Then the former writer follows. `rebuilt` only destroys the instances that
 * a standby does not have.
 *
 * The cluster of a site is `<workload>-<store>-<site>`. SSM parameters under `/<workload>/<store>/` hold the addresses
 * of its writer and readers, and its port. Clients sign their requests.
 */
export function neptune(options: NeptuneOptions): DataStore {
  checkSettings("neptune", "NeptuneOptions", options);
  return {
    kind: "neptune",
    inNetwork: true,
    oneWriter: true,
    access: (at) => [queryStatement(at)],
    backedUp: (store, contract, { name, region, account }) => {
      const { arn } = OriginCluster.refOf({ identifier: clusterName({ contract, store }, name), region, account });
      return { arn, resourceType: "Neptune" };
    },
    check: inOneAccount(
      "a Neptune database",
      "keep the sites of a global database in one account: its clusters lie in one",
    ),
    inSite: (at) => placeCluster(at, options),
  };
}

/**
 * IAM names the data of a cluster by an id that AWS assigns. The cluster exists in the tree when the stack is
 * synthesized.
 */
function queryStatement({ scope, store, contract, site }: StoreAccess): Statement {
  const identifier = clusterName({ contract, store }, site.name);
  const produce = () => {
    const clusters = Site.of(scope).node.findAll().filter(isCluster);
    return clusters.find((made) => made.identifier === identifier)!.dataArn;
  };
  return { sid: "Query", actions: QUERIES, resources: [Lazy.stringValue({ produce })] };
}

function isCluster(made: unknown): made is OriginCluster | SecondaryCluster {
  return made instanceof OriginCluster || made instanceof SecondaryCluster;
}

/** The home's cluster is always the origin. AWS knows which cluster takes the writes. */
function placeCluster(at: StoreInSite, options: NeptuneOptions): void {
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
}

function placeOrigin(at: StoreInSite, options: NeptuneOptions): OriginCluster {
  const global = new GlobalCluster(at.scope, "Global", { identifier: globalName(at), ...factsOf(at, options) });
  return new OriginCluster(at.scope, "Cluster", {
    ...clusterProps(at, options),
    global: global.ref,
    ...instancesIn(at, options),
  });
}

function placeSecondary(at: StoreInSite, options: NeptuneOptions): SecondaryCluster {
  return new SecondaryCluster(at.scope, "Cluster", {
    ...clusterProps(at, options),
    ...instancesIn(at, options),
    global: globalRef(at, options),
  });
}

function clusterProps(at: StoreInSite, { engineVersion, readers, ...props }: NeptuneOptions) {
  return { ...props, ...clusterIn(at) };
}

function globalRef(at: StoreInSite, options: NeptuneOptions): GlobalClusterRef {
  const { region, account } = at.contract.home;
  return GlobalCluster.refOf({ identifier: globalName(at), region, account, ...factsOf(at, options) });
}

function factsOf(at: StoreInSite, { engineVersion = ENGINE_VERSION }: NeptuneOptions) {
  return { engineVersion, secondaryRegions: secondaryRegionsOf(at) };
}
