import { IConstruct } from "constructs";
import { refuse } from "./errors";
import { knownText } from "./plain";

/** The parts of an ARN; region and account are empty where the service has none in its ARNs. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  /** @default - none, as for S3 buckets and IAM roles */
  readonly region?: string;
  /** @default - none, as for S3 buckets */
  readonly account?: string;
  /** Resource part with its type: `"table/carts"`, `"db:ledger"`. */
  readonly resource: string;
}

/**
 * Writes an ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arn(parts: ArnParts): string {
  const { partition, service, region = "", account = "", resource } = parts;
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** Reads an ARN that is known at synth. */
export function parseArn(scope: IConstruct | string, property: string, text: string): Required<ArnParts> {
  const [prefix, partition, service, region, account, ...rest] = knownText(scope, property, text).split(":");
  const resource = rest.join(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || account === undefined || resource === "") {
    refuse(scope, "InvalidArn", `'${property}' must be an ARN, got '${text}'`);
  }
  return { partition, service, region, account, resource };
}
