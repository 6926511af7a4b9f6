import { IConstruct } from "constructs";
import { refuse } from "../core";
import { Site } from "../site";
import { DatabaseRef } from "./database-ref";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html */
const REPLICAS = 15;

/**
 * AWS guarantees no more, because each takes entries of the source VPC's access control list.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
 */
const ABROAD = 5;

const counts = new WeakMap<IConstruct, Map<string, Map<string, string>>>();

/** Counts the replicas of a source over the whole app. */
export function countReplica(replica: IConstruct, source: DatabaseRef): void {
  const { root, path } = replica.node;
  const sources = counts.get(root) ?? new Map<string, Map<string, string>>();
  counts.set(root, sources);
  const regions = sources.get(source.arn) ?? new Map<string, string>();
  sources.set(source.arn, regions);
  regions.set(path, Site.of(replica).region);
  const abroad = [...regions.values()].filter((region) => region !== source.region).length;
  if (regions.size > REPLICAS) {
    refuse(replica, "TooManyReplicas", `'${source.name}' has ${REPLICAS} replicas already, AWS allows no more`);
  }
  if (abroad > ABROAD) {
    refuse(
      replica,
      "TooManyReplicas",
      `'${source.name}' has ${ABROAD} replicas in other regions already, AWS guarantees no more`,
    );
  }
}
