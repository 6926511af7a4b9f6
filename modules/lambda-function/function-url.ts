import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunctionUrl } from "@cdktf/provider-aws/lib/lambda-function-url";
import { Construct, IConstruct } from "constructs";
import { Duration, inRange, refuse } from "../core";

/** Which pages of other origins may call, and what browsers may send and read. */
export interface FunctionUrlCors {
  /** Origins with scheme: `https://example.com`. */
  readonly allowOrigins: readonly string[];
  /** @default false */
  readonly allowCredentials?: boolean;
  /** @default - none but what browsers always send */
  readonly allowHeaders?: readonly string[];
  /** @default ["GET"] */
  readonly allowMethods?: readonly string[];
  /** @default - none but what browsers always show */
  readonly exposeHeaders?: readonly string[];
  /** How long a browser may remember this, up to a day. @default Duration.seconds(0) */
  readonly maxAge?: Duration;
}

/** An HTTPS endpoint of a function; callers sign with IAM credentials. */
export interface FunctionUrl {
  /** @default - no page of another origin may call */
  readonly cors?: FunctionUrlCors;
  /** Sends the answer while it is made, up to 200 MB, instead of at once. @default false */
  readonly streaming?: boolean;
}

export function checkUrl(scope: IConstruct, { cors }: FunctionUrl): void {
  if (cors === undefined) return;
  if (cors.maxAge !== undefined) {
    inRange(scope, "functionUrl.cors.maxAge in seconds", cors.maxAge.inSeconds, 0, 86_400);
  }
  if (cors.allowCredentials && cors.allowOrigins.includes("*")) {
    refuse(
      scope,
      "ConflictingSettings",
      "'functionUrl.cors.allowCredentials' is set and 'allowOrigins' holds '*'",
      "name the origins: browsers send no credentials to an answer for every origin",
    );
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
export function createUrl(scope: Construct, alias: LambdaAlias, { cors, streaming }: FunctionUrl): LambdaFunctionUrl {
  return new LambdaFunctionUrl(scope, "Url", {
    functionName: alias.functionName,
    qualifier: alias.name,
    authorizationType: "AWS_IAM",
    invokeMode: streaming ? "RESPONSE_STREAM" : "BUFFERED",
    cors: cors && {
      allowOrigins: [...cors.allowOrigins],
      allowCredentials: cors.allowCredentials ?? false,
      allowHeaders: cors.allowHeaders && [...cors.allowHeaders],
      allowMethods: [...(cors.allowMethods ?? ["GET"])],
      exposeHeaders: cors.exposeHeaders && [...cors.exposeHeaders],
      maxAge: cors.maxAge?.inSeconds ?? 0,
    },
  });
}
