import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, fittingName, IAM_ROLE, partitionOf, Ref } from "../core";
import { refuseForeignRef } from "../site";
import { FUNCTION } from "./names";

/** The alias that every caller invokes, with the same name in every site. It points to the version that was published last. */
const LIVE = "live";

/** A function in some site, pointed to by its name. */
export interface FunctionRef extends Ref {
  /** ARN of the function itself, as metrics and policies name it. */
  readonly arn: string;
  /** ARN of the alias `live`, which callers invoke. */
  readonly aliasArn: string;
  readonly aliasName: string;
  /** Role the function runs with. */
  readonly roleName: string;
}

/** Where a function is. */
export interface FunctionPlace {
  readonly name: string;
  readonly region: string;
  readonly account: string;
}

/** Points to the function of a name, without creating or reading it. */
export function functionRef(scope: IConstruct | string, at: FunctionPlace): FunctionRef {
  const name = checkName(scope, "name", at.name, FUNCTION);
  const account = checkAccount(scope, at.account);
  const { region } = at;
  const functionArn = arn({
    partition: partitionOf(scope, region),
    service: "lambda",
    region,
    account,
    resource: `function:${name}`,
  });
  return {
    name,
    arn: functionArn,
    region,
    account,
    aliasArn: `${functionArn}:${LIVE}`,
    aliasName: LIVE,
    roleName: fittingName(IAM_ROLE, name, region), // roles belong to the whole account
  };
}

/** Refuses a function of another site, because its region may be unavailable when the sources of this site are applied. */
export function refuseForeignFunction(scope: IConstruct, target: FunctionRef): void {
  refuseForeignRef(scope, "'function'", target);
}
