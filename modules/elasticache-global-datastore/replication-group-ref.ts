import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, partitionOf, Ref } from "../core";

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
export const REPLICATION_GROUP: NameRule = {
  what: "replication group id",
  min: 1,
  max: 40,
  pattern: /^(?!.*--)[a-z]([a-z0-9-]*[a-z0-9])?$/,
  allowed: "lower-case letters, digits and hyphens, beginning with a letter, no two hyphens in a row, none at the end",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
};

/** The replication group of a site: AWS also calls it a cluster. */
export interface ReplicationGroupRef extends Ref {
  /** Replication group id. */
  readonly name: string;
}

/** Where a replication group is found. */
export interface ReplicationGroupRefProps {
  readonly account: string;
  readonly region: string;
  readonly replicationGroupId: string;
}

/** Points to a replication group without creating or reading it. */
export function replicationGroupRef(
  scope: IConstruct | string,
  { account, region, replicationGroupId }: ReplicationGroupRefProps,
): ReplicationGroupRef {
  const name = checkName(scope, "replicationGroupId", replicationGroupId, REPLICATION_GROUP);
  const partition = partitionOf(scope, region);
  return {
    name,
    arn: arn({
      partition,
      service: "elasticache",
      region,
      account: checkAccount(scope, account),
      resource: `replicationgroup:${name}`,
    }),
    region,
    account,
  };
}
