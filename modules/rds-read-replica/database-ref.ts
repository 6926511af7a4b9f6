import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, parseArn, partitionOf, Ref, refuse } from "../core";
import { Site } from "../site";
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

/** What is known of an instance besides its place, so that a replica can refuse what AWS would. */
export interface DatabaseFacts {
  /** @default - unknown, and not compared */
  readonly engine?: Engine;
  /** @default - unknown, and not compared */
  readonly engineVersion?: string;
  /** RDS keeps the master password itself; AWS makes no replica of such an instance. @default - unknown */
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

/**
 * Refuses what is known not to be a key of the site's own region. RDS reports a key by its own ARN: an alias would differ from
 * it in every plan, and that difference replaces the instance.
 *
 * @throws InvalidArn, KeyInOtherRegion
 */
export function checkSiteKey(scope: IConstruct, property: string, keyArn: string): string {
  if (Token.isUnresolved(keyArn)) return keyArn; // a value of the same stack
  const site = Site.of(scope);
  const { service, region, resource } = parseArn(scope, property, keyArn);
  if (service !== "kms" || !resource.startsWith("key/")) {
    refuse(
      scope,
      "InvalidArn",
      `'${property}' must be the ARN of a key, got '${keyArn}'`,
      "give the key's own ARN, which ends in key/<id>: RDS resolves an alias, and every later plan would replace",
    );
  }
  if (region !== site.region) {
    refuse(scope, "KeyInOtherRegion", `'${property}' lies in '${region}', the site in '${site.region}'`);
  }
  return keyArn;
}
