import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { checkName, parseArn } from "../core";
import { Site } from "../site";
import { STATEMENT_ID } from "./names";

/** A service that invokes a function on behalf of one of its resources. */
export interface Invoker {
  /** Service without domain: `"s3"`, `"sns"`, `"elasticloadbalancing"`. */
  readonly service: string;
  /** ARN of the resource it invokes for, such as a bucket. Without it, resources of every account could invoke the function. */
  readonly sourceArn: string;
}

export function checkInvokers(scope: IConstruct, invokers: Readonly<Record<string, Invoker>>): void {
  for (const [id, { sourceArn }] of Object.entries(invokers)) {
    checkName(scope, "invokers", id, STATEMENT_ID);
    if (!Token.isUnresolved(sourceArn)) parseArn(scope, `invokers.${id}.sourceArn`, sourceArn);
  }
}

/**
 * Lets services invoke the alias. A bucket's ARN contains no account, so the permission for S3 also names the account. A bucket of the
 * same name in another account must not invoke it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function admit(scope: Construct, alias: LambdaAlias, invokers: Readonly<Record<string, Invoker>>): void {
  for (const [statementId, { service, sourceArn }] of Object.entries(invokers)) {
    new LambdaPermission(scope, `Invoker-${statementId}`, {
      statementId,
      action: "lambda:InvokeFunction",
      functionName: alias.functionName,
      qualifier: alias.name,
      principal: `${service}.amazonaws.com`,
      sourceArn,
      sourceAccount: service === "s3" ? Site.of(scope).account : undefined,
    });
  }
}
