import type { IncomingMessage } from "node:http";
import { CONTROL_PLANES } from "../modules/core/control-planes";

/** Whom a request is for, read from how it is signed: the only place where every AWS client says it. */
export interface Scope {
  /** The signed region; `global` for services with one control plane; `unsigned` when nothing is signed. */
  readonly regions: readonly string[];
  readonly service: string;
  readonly accessKey: string;
  /** Region that holds a control plane without which the request fails, whatever region it is signed for. @default - none */
  readonly controlPlane?: string;
}

/**
 * Services with one control plane for all regions of a partition. Clients sign these requests with their configured region, so the log
 * separates them from requests to a region. STS is not in the list, because it answers in every region.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/appendix-a---partitional-service-guidance.html
 */
export const GLOBAL_SERVICES: ReadonlySet<string> = new Set(Object.keys(CONTROL_PLANES.aws));

/** The name under which the log knows them. */
export const GLOBAL = "global";
export const UNSIGNED = "unsigned";

/**
 * The bucket settings that S3 changes through us-east-1, in any region. `""` is the creation or deletion of the bucket itself.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
 */
const BUCKET_CHANGES: ReadonlySet<string> = new Set([
  "",
  "accelerate",
  "acl",
  "cors",
  "encryption",
  "lifecycle",
  "logging",
  "notification",
  "object-lock",
  "ownershipControls",
  "policy",
  "publicAccessBlock",
  "replication",
  "requestPayment",
  "tagging",
  "versioning",
]);
const BUCKET_CONTROL_PLANE = "us-east-1";

// AKID/20260101/ap-northeast-1/s3/aws4_request; SigV4A (S3 Multi-Region Access Points) leaves the region out.
const SIGV4 = /([^/\s=,]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;
const SIGV4A = /([^/\s=,]+)\/\d{8}\/([a-z0-9-]+)\/aws4_request/;

/** @param path with the bucket in it, also where the host names the bucket */
export function scopeOf(request: Pick<IncomingMessage, "headers" | "method">, url: URL, path = url.pathname): Scope {
  const signed = request.headers.authorization ?? url.searchParams.get("X-Amz-Credential") ?? "";
  const [, accessKey, region, service] = SIGV4.exec(signed) ?? [];
  if (accessKey && region && service) {
    const controlPlane = changesBucket(service, request.method, path, url)
      ? bucketControlPlane(region)
      : CONTROL_PLANES[partitionOf(region)][service];
    const regions = [GLOBAL_SERVICES.has(service) ? GLOBAL : region];
    return { regions, service, accessKey, ...(controlPlane !== undefined && { controlPlane }) };
  }
  const [, asymmetricKey, asymmetricService] = SIGV4A.exec(signed) ?? [];
  if (asymmetricKey && asymmetricService) {
    return { regions: regionSet(request, url), service: asymmetricService, accessKey: asymmetricKey };
  }
  return { regions: [UNSIGNED], service: UNSIGNED, accessKey: "" };
}

/** A change of an object has its key in the path, and stays in the bucket's region. */
function changesBucket(service: string, method = "GET", path: string, { searchParams }: URL): boolean {
  if (service !== "s3" || !["PUT", "DELETE"].includes(method) || !/^\/[^/]+\/?$/.test(path)) return false;
  const [setting = ""] = [...searchParams.keys()].filter((name) => !/^x-/i.test(name));
  return BUCKET_CHANGES.has(setting);
}

function bucketControlPlane(region: string): string | undefined {
  return partitionOf(region) === "aws" ? BUCKET_CONTROL_PLANE : undefined;
}

function partitionOf(region: string): keyof typeof CONTROL_PLANES {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function regionSet(request: Pick<IncomingMessage, "headers">, url: URL): string[] {
  const header = request.headers["x-amz-region-set"] ?? url.searchParams.get("X-Amz-Region-Set") ?? "*";
  return String(header)
    .split(",")
    .map((region) => region.trim());
}
