import { IConstruct } from "constructs";
import { checkName, NameRule, refuse } from "../core";

const SOURCE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html";

/**
 * Prefix that AWS adds to the name of a global datastore, by the region that creates it. Regions that AWS's page does not list
 * are absent.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html
 */
const PREFIXES: Readonly<Record<string, string>> = {
  "ap-east-1": "knjmp",
  "ap-northeast-1": "quwsw",
  "ap-northeast-2": "lfqnh",
  "ap-northeast-3": "nlapn",
  "ap-south-1": "erpgt",
  "ap-southeast-1": "vlqxn",
  "ap-southeast-2": "vbgxd",
  "ca-central-1": "bxodz",
  "cn-north-1": "emvgo",
  "cn-northwest-1": "ckbem",
  "eu-central-1": "iudkw",
  "eu-west-1": "gxeiz",
  "eu-west-2": "okuqm",
  "eu-west-3": "fgjhi",
  "sa-east-1": "juxlw",
  "us-east-1": "ldgnf",
  "us-east-2": "fpkhr",
  "us-west-1": "virxk",
  "us-west-2": "sgaui",
};

const PREFIX: NameRule = {
  what: "prefix of global datastores",
  min: 5,
  max: 5,
  pattern: /^[a-z]+$/,
  allowed: "lower-case letters",
  unique: "partition",
  source: SOURCE,
};

/** The prefix of a region, or the one given. */
export function idPrefix(scope: IConstruct | string, region: string, given: string | undefined): string {
  const prefix = given ?? PREFIXES[region];
  if (prefix === undefined) {
    refuse(
      scope,
      "MissingSetting",
      `AWS lists no prefix for global datastores of '${region}', and 'idPrefix' is not given`,
      `read it off a global datastore that was created there, or choose another home; see ${SOURCE}`,
    );
  }
  return checkName(scope, "idPrefix", prefix, PREFIX);
}
