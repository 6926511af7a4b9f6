import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, partitionOf, Ref } from "../core";

/** Clusters of one global database have different names although they lie in different regions. */
export const DB_CLUSTER: NameRule = {
  what: "DB cluster identifier",
  min: 1,
  max: 63,
  pattern: /^(?!.*--)[a-z]([a-z0-9-]*[a-z0-9])?$/,
  allowed: "lower-case letters, digits and hyphens, beginning with a letter, no two hyphens in a row, none at the end",
  unique: "account",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html",
};

/** An Aurora cluster in some site. */
export interface ClusterRef extends Ref {
  /** DB cluster identifier. */
  readonly name: string;
}

/** Where an Aurora cluster is found. */
export interface ClusterRefProps {
  readonly account: string;
  readonly identifier: string;
  readonly region: string;
}

/** Points to a cluster without creating or reading it. */
export function clusterRef(scope: IConstruct | string, props: ClusterRefProps): ClusterRef {
  const { identifier, region } = props;
  const name = checkName(scope, "identifier", identifier, DB_CLUSTER);
  const account = checkAccount(scope, props.account);
  const partition = partitionOf(scope, region);
  return {
    name,
    arn: arn({ partition, service: "rds", region, account, resource: `cluster:${name}` }),
    region,
    account,
  };
}
