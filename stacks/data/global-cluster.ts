import { DB_CLUSTER, GLOBAL_CLUSTER, MemberInstance } from "../../modules/aurora-global-database";
import { fittingName, inRange, plain } from "../../modules/core";
import { MasterUserSecret } from "../../modules/rds-read-replica";
import { holdsWrites } from "../history/questions";
import { othersThan } from "../contract";
import { publish, StoreInSite } from "./store";

/**
 * Default number of readers in the site that takes the writes. One reader, in another zone, takes over within the
 * region.
 */
const DEFAULT_READERS = 1;

/** A cluster has a writer and at most 15 readers. The modules refuse more than their engine allows. */
const MOST_READERS = 15;

/** Props of a cluster that the workload sets itself. */
export type DecidedOfCluster =
  "active" | "adoptExisting" | "clientSecurityGroups" | "global" | "identifier" | "kmsKeyArn" | "subnetIds" | "vpcId";

/** Props that the clusters of all engines share in a site. */
export function clusterIn(at: StoreInSite) {
  const { contract, site, key, network, clients } = at;
  return {
    active: site === contract.writer,
    clientSecurityGroups: clients,
    identifier: clusterName(at, site.name),
    kmsKeyArn: key.kmsKeyArn,
    subnetIds: network.privateSubnetIds,
    vpcId: network.vpcId,
  };
}

/**
 * Instances of a cluster in a site. A site that takes the writes, or took them until a failover left it behind, has a
 * writer and readers. The policy decides for a standby, so a rebuild destroys the other instances. Instances hold no
 * data.
 */
export function instancesIn(
  { scope, contract, site }: StoreInSite,
  { readers = DEFAULT_READERS }: { readonly readers?: number },
): { readonly headless: true } | { readonly instances: Readonly<Record<string, MemberInstance>> } {
  inRange(scope, "readers", plain(scope, "readers", readers), 0, MOST_READERS);
  const instances = holdsWrites(site) ? "writer-and-readers" : contract.policy.globalDatabase;
  if (instances === "headless") return { headless: true };
  const wanted = instances === "writer-and-readers" ? readers : 0;
  const reading = Array.from({ length: wanted }, (_, index) => [`reader-${index + 1}`, {}] as const);
  return { instances: { writer: { promotionTier: 0 }, ...Object.fromEntries(reading) } };
}

/** Regions of all clusters but the home's. */
export function secondaryRegionsOf({ contract }: StoreInSite): string[] {
  return othersThan(contract, contract.home).map(({ region }) => region);
}

/** Secret of the master user, created in the home and replicated to every other site. */
export function masterUserIn(
  at: StoreInSite,
  { username = "dbadmin" }: { readonly username?: string },
): MasterUserSecret {
  const { scope, contract, site, key } = at;
  return new MasterUserSecret(scope, "MasterUser", {
    name: secretName(at),
    kmsKeyArn: key.kmsKeyArn,
    username,
    replicas: Object.fromEntries(othersThan(contract, site).map(({ region }) => [region, {}])),
  });
}

/** Publishes the addresses and the port of a site's cluster. */
export function publishCluster(
  at: StoreInSite,
  cluster: { readonly endpoint: string; readonly readerEndpoint: string; readonly port: number },
): void {
  publish(at, "address", cluster.endpoint);
  publish(at, "reader-address", cluster.readerEndpoint);
  publish(at, "port", `${cluster.port}`);
}

export function clusterName({ contract, store }: Pick<StoreInSite, "contract" | "store">, site: string): string {
  return fittingName(DB_CLUSTER, contract.name, store, site);
}

export function globalName({ contract, store }: StoreInSite): string {
  return fittingName(GLOBAL_CLUSTER, contract.name, store);
}

export function secretName({ contract, store }: StoreInSite): string {
  return `${contract.name}/${store}/master-user`;
}
