import { IConstruct } from "constructs";
import { refuse } from "./errors";
import { knownText } from "./plain";

/** AWS's rule for a name, as data. */
export interface NameRule {
  /** Kind of the name in AWS's words: `"S3 bucket name"`. */
  readonly what: string;
  /** Fewest characters. */
  readonly min: number;
  /** Most characters. */
  readonly max: number;
  /** The characters allowed, as a pattern over the whole name. */
  readonly pattern: RegExp;
  /** The pattern in words, as a refusal says it. */
  readonly allowed: string;
  /** How far the name must be unique: in the world (of a partition), in an account, in a region of an account. */
  readonly unique: "partition" | "account" | "region";
  /** AWS's page that states the rule. */
  readonly source: string;
}

/** Returns the name when it is plain and within the rule. */
export function checkName(scope: IConstruct | string, property: string, name: string, rule: NameRule): string {
  knownText(scope, property, name);
  const faults: string[] = [];
  if (name.length < rule.min || name.length > rule.max) {
    faults.push(`${rule.min} to ${rule.max} characters (it has ${name.length})`);
  }
  if (!rule.pattern.test(name)) faults.push(rule.allowed);
  if (faults.length > 0) {
    refuse(
      scope,
      "InvalidName",
      `'${property}' is not a valid ${rule.what}, got '${name}', allowed: ${faults.join("; ")}`,
      `choose a name within its rule, see ${rule.source}`,
    );
  }
  return name;
}

/** Where a name lives: names are unique within it. */
export interface NameSpace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

const claims = new WeakMap<IConstruct, Map<string, string>>();

/** Claims a physical name for a construct, so that no second one of the same app takes it. */
export function claimName(scope: IConstruct, rule: NameRule, name: string, at: NameSpace): void {
  const root = scope.node.root;
  const taken = claims.get(root) ?? new Map<string, string>();
  claims.set(root, taken);
  const place = {
    partition: [at.partition],
    account: [at.partition, at.account],
    region: [at.partition, at.account, at.region],
  }[rule.unique];
  const key = [rule.what, ...place, name].join(" ");
  const holder = taken.get(key);
  if (holder !== undefined && holder !== scope.node.path) {
    refuse(scope, "NameTaken", `the ${rule.what} '${name}' is already taken by ${holder}`);
  }
  taken.set(key, scope.node.path);
}
