import { fittingName } from "../../modules/core";
import {
  CACHE_USER,
  CacheEngine,
  GLOBAL_DATASTORE,
  GlobalDatastoreFacts,
  GlobalReplicationGroup,
  GlobalReplicationGroupProps,
  REPLICATION_GROUP,
  ReplicationLagAlarm,
  SecondaryReplicationGroup,
} from "../../modules/elasticache-global-datastore";
import { othersThan, WorkloadContract } from "../contract";
import { checkSettings } from "../shapes";
import { DataStore, inOneAccount, publish, StoreInSite } from "./store";

/** Default versions of a cache. They never change: a later version is a decision of yours. */
const ENGINE_VERSIONS: Readonly<Record<CacheEngine, string>> = { redis: "7.1", valkey: "8.0" };

/** Props of a cache that the workload sets itself. */
type Decided =
  | "active"
  | "adoptExisting"
  | "adoptExistingGlobal"
  | "clientSecurityGroups"
  | "engine"
  | "engineVersion"
  | "kmsKeyArn"
  | "name"
  | "replicationGroupId"
  | "secondaryRegions"
  | "subnetIds"
  | "vpcId";

export interface CacheOptions extends Omit<GlobalReplicationGroupProps, Decided> {
  /**
   * Version of all clusters: `"8.0"`. A change is an upgrade. Deploy the home first.
   *
   * @default "8.0" for Valkey, "7.1" for Redis OSS
   */
  readonly engineVersion?: string;
  /**
   * Users and their access strings: `{ api: "on ~session:* -@all +@read" }`. The name and id of a user is
   * `<workload>-<store>-<key>`, because ids are unique in an account and region. The application signs in as that user,
   * with its IAM role.
   *
   * @default - none, with `anonymousAccess`
   */
  readonly users?: Readonly<Record<string, string>>;
}

/** How clients sign in: as one of the users, or without a name if `anonymousAccess` is true. */
export type CacheAccess = Required<Pick<CacheOptions, "users">> | { readonly anonymousAccess: true };

/**
 * An ElastiCache for Redis OSS global datastore: a cluster in each site, one of which takes writes. A failover is one
 * API call in the standby. Names and SSM parameters are those of {@link valkey}.
 */
export function redis(options: CacheOptions & CacheAccess): DataStore {
  checkSettings("redis", "CacheOptions", options);
  return cache("redis", options);
}

/**
 * A Valkey global datastore: a cluster in each site, one of which takes writes. It is the same in every pattern.
 *
 * A failover is one API call in the standby. AWS makes the former primary follow, so `rebuilt` changes nothing here.
 *
 * The cluster of a site is `<workload>-<store>-<site>`; SSM parameters under `/<workload>/<store>/` hold its addresses
 * and its port.
 */
export function valkey(options: CacheOptions & CacheAccess): DataStore {
  checkSettings("valkey", "CacheOptions", options);
  return cache("valkey", options);
}

function cache(engine: CacheEngine, options: CacheOptions): DataStore {
  const settings = { ...options, engine, engineVersion: options.engineVersion ?? ENGINE_VERSIONS[engine] };
  return {
    kind: engine,
    inNetwork: true,
    oneWriter: true,
    check: inOneAccount("a cache", "keep the sites of a global datastore in one account: its clusters lie in one"),
    inSite: (at) => placeCache(at, settings),
  };
}

/** The options with their defaults. */
type Settings = CacheOptions & { readonly engine: CacheEngine; readonly engineVersion: string };

/** The home's cluster is always the first. AWS knows which cluster takes the writes. */
function placeCache(at: StoreInSite, settings: Settings): void {
  const { scope, contract, site } = at;
  const global = GlobalReplicationGroup.refOf({ ...factsOf(at, settings), ...placeOfHome(contract) });
  const { endpoint, readerEndpoint, port, group } = site.home ? placeFirst(at, settings) : placeSecondary(at, settings);
  // the writer has it too, silent, so that a failover destroys no alarm
  const active = site === contract.writer;
  new ReplicationLagAlarm(scope, "Lag", { group, global, threshold: contract.objectives.rpo, active });
  publish(at, "address", endpoint);
  publish(at, "reader-address", readerEndpoint);
  publish(at, "port", `${port}`);
}

function placeFirst(at: StoreInSite, settings: Settings) {
  const { parameters } = settings;
  const placed = new GlobalReplicationGroup(at.scope, "Cache", {
    ...factsOf(at, settings),
    ...groupProps(at, settings),
    parameters,
  });
  const { endpoint, readerEndpoint, port, groupRef: group } = placed;
  return { endpoint, readerEndpoint, port, group };
}

function placeSecondary(at: StoreInSite, settings: Settings) {
  const global = GlobalReplicationGroup.refOf({ ...factsOf(at, settings), ...placeOfHome(at.contract) });
  const placed = new SecondaryReplicationGroup(at.scope, "Cache", { ...groupProps(at, settings), global });
  const { endpoint, readerEndpoint, port, ref: group } = placed;
  return { endpoint, readerEndpoint, port, group };
}

/** Facts on which all clusters agree. */
function factsOf(
  { contract, store }: StoreInSite,
  settings: Settings,
): GlobalDatastoreFacts & { readonly name: string } {
  const { engine, engineVersion, nodeType, idPrefix, shards } = settings;
  const secondaryRegions = othersThan(contract, contract.home).map(({ region }) => region);
  const name = fittingName(GLOBAL_DATASTORE, contract.name, store);
  return { name, engine, engineVersion, nodeType, idPrefix, shards, secondaryRegions };
}

function placeOfHome({ home: { region, account } }: WorkloadContract) {
  return { region, account };
}

function groupProps(at: StoreInSite, settings: Settings) {
  const { engine, engineVersion, nodeType, idPrefix, shards, parameters, users, ...props } = settings;
  const { contract, store, site, key, network, clients } = at;
  return {
    ...props,
    users: users && usersOf(at, users),
    active: site === contract.writer,
    clientSecurityGroups: clients,
    kmsKeyArn: key.kmsKeyArn,
    replicationGroupId: fittingName(REPLICATION_GROUP, contract.name, store, site.name),
    subnetIds: network.privateSubnetIds,
    vpcId: network.vpcId,
  };
}

/** Ids of users are unique in a region of an account. IAM authentication requires that the name equals the id. */
function usersOf({ contract, store }: StoreInSite, users: Readonly<Record<string, string>>): Record<string, string> {
  const named = Object.entries(users).map(([user, access]) => [
    fittingName(CACHE_USER, contract.name, store, user),
    access,
  ]);
  return Object.fromEntries(named) as Record<string, string>;
}
