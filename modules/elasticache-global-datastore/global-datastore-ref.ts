import { IConstruct } from "constructs";
import {
  arn,
  checkAccount,
  checkName,
  inRange,
  NameRule,
  partitionOf,
  plain,
  Ref,
  refuse,
  refuseForeignPartition,
} from "../core";
import { refuseRegionsOfCopies } from "../site";
import { CacheEngine, cacheVersion } from "./engine";
import { idPrefix } from "./id-prefix";

/** AWS states no rule; what follows is that of replication groups, whose names are as long. */
export const GLOBAL_DATASTORE: NameRule = {
  what: "name of a global datastore",
  min: 1,
  max: 40,
  pattern: /^(?!.*--)[a-z]([a-z0-9-]*[a-z0-9])?$/,
  allowed: "lower-case letters, digits and hyphens, beginning with a letter, no two hyphens in a row, none at the end",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateGlobalReplicationGroup.html",
};

const REQUIREMENTS =
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html";

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html */
const SECONDARIES = 2;
const NODE_TYPE = /^cache\.(m5|m6g|m7g|r5|r6g|r6gd|r7g|c7gn)\.\d*x?large$/;

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html */
const SHARDS = { min: 1, max: 500 };

/** Settings that are equal in every site, because AWS requires the same for all clusters. */
export interface GlobalDatastoreFacts {
  readonly engine: CacheEngine;
  /**
   * Major and minor version of all clusters: `"8.0"`, `"7.1"`. A change is an upgrade: the home's stack upgrades every cluster.
   */
  readonly engineVersion: string;
  /** Node type of all clusters, `large` or larger: `"cache.r7g.large"`. A change scales all clusters, from the home's stack. */
  readonly nodeType: string;
  /** Regions of the secondary clusters, one or two; one cluster in each. */
  readonly secondaryRegions: readonly string[];
  /**
   * The five letters that AWS puts before the name in the home's region. Needed where AWS's page does not list the region.
   *
   * @default - as AWS's page has it
   */
  readonly idPrefix?: string;
  /**
   * Shards of all clusters, with cluster mode enabled. Apply a change in the home's stack. Cluster mode itself cannot be
   * changed.
   *
   * @default - one shard, cluster mode disabled
   */
  readonly shards?: number;
}

/** A global datastore: known in every region, created from its home. */
export interface GlobalDatastoreRef extends Ref, GlobalDatastoreFacts {
  /** Id: the prefix of the home's region and the name. */
  readonly name: string;
  /** ARN of the global datastore, which names no region. */
  readonly arn: string;
  /** Region of the home. */
  readonly region: string;
}

/** Settings of a global datastore, and the place of its home. */
export interface GlobalDatastoreRefProps extends GlobalDatastoreFacts {
  readonly account: string;
  /** Name of the global datastore, to which AWS adds the prefix of the home's region. */
  readonly name: string;
  /** Region of the home. */
  readonly region: string;
}

/** Points to a global datastore without creating or reading it. */
export function globalDatastoreRef(scope: IConstruct | string, props: GlobalDatastoreRefProps): GlobalDatastoreRef {
  const { engine, engineVersion, nodeType, region, shards } = props;
  const account = checkAccount(scope, props.account);
  const partition = partitionOf(scope, region);
  const suffix = checkName(scope, "name", props.name, GLOBAL_DATASTORE);
  const name = `${idPrefix(scope, region, props.idPrefix)}-${suffix}`;
  cacheVersion(scope, engine, engineVersion);
  checkNodeType(scope, nodeType);
  checkRegions(scope, props);
  if (shards !== undefined) checkShards(scope, shards);
  return {
    name,
    arn: arn({ partition, service: "elasticache", account, resource: `globalreplicationgroup:${name}` }),
    region,
    account,
    engine,
    engineVersion,
    nodeType,
    secondaryRegions: [...props.secondaryRegions],
    ...(shards !== undefined && { shards }),
  };
}

function checkNodeType(scope: IConstruct | string, nodeType: string): void {
  if (!NODE_TYPE.test(plain(scope, "nodeType", nodeType))) {
    refuse(
      scope,
      "InstanceClassUnsuitable",
      `'nodeType' must be of M5, M6g, M7g, R5, R6g, R6gd, R7g or C7gn, 'large' or larger, got '${nodeType}'`,
      `choose a node type that has global datastores, see ${REQUIREMENTS}`,
    );
  }
}

function checkRegions(scope: IConstruct | string, { region: home, secondaryRegions }: GlobalDatastoreRefProps): void {
  if (secondaryRegions.length > SECONDARIES) {
    refuse(
      scope,
      "TooManyReplicas",
      `'secondaryRegions' must name ${SECONDARIES} regions at most, got ${secondaryRegions.length}`,
    );
  }
  for (const region of secondaryRegions) refuseForeignPartition(scope, home, region);
  refuseRegionsOfCopies(scope, "secondaryRegions", secondaryRegions, home);
}

/** The ids of the nodes depend on it. */
function checkShards(scope: IConstruct | string, shards: number): void {
  inRange(scope, "shards", plain(scope, "shards", shards), SHARDS.min, SHARDS.max);
}
