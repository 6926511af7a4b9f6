import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, partitionOf, Ref } from "../core";
import { Engine } from "./engine";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export const DB_INSTANCE: NameRule = {
  what: "DB instance identifier",
  min: 1,
  max: 63,
  pattern: /^(?!.*--)[a-z]([a-z0-9-]*[a-z0-9])?$/,
  allowed: "lower-case letters, digits and hyphens, beginning with a letter, no two hyphens in a row, none at the end",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html */
export const DB_INSTANCE_CLASS: NameRule = {
  what: "DB instance class",
  min: 1,
  max: 40,
  pattern: /^db\.[a-z]\w*(-\w+)*\.(micro|small|medium|\d*x?large|metal\w*)$/,
  allowed: "'db', family and size, as in 'db.r7g.large'",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html",
};

/** Facts about an instance in addition to its place. A replica checks them and refuses settings that AWS would refuse. */
export interface DatabaseFacts {
  /** @default - unknown, and not compared */
  readonly engine?: Engine;
  /** @default - unknown, and not compared */
  readonly engineVersion?: string;
  /** RDS keeps the master password itself. AWS creates no replica of such an instance. @default - unknown */
  readonly managedMasterPassword?: boolean;
}

/** A DB instance in some site. */
export interface DatabaseRef extends Ref, DatabaseFacts {
  /** DB instance identifier. */
  readonly name: string;
}

/** Where a DB instance is found. */
export interface DatabaseRefProps extends DatabaseFacts {
  readonly account: string;
  readonly identifier: string;
  readonly region: string;
}

/** Points to a DB instance without creating or reading it. */
export function databaseRef(scope: IConstruct | string, props: DatabaseRefProps): DatabaseRef {
  const { identifier, region, account, ...facts } = props;
  const name = checkName(scope, "identifier", identifier, DB_INSTANCE);
  const partition = partitionOf(scope, region);
  return {
    name,
    arn: arn({ partition, service: "rds", region, account: checkAccount(scope, account), resource: `db:${name}` }),
    region,
    account,
    ...facts,
  };
}
