import type { IncomingMessage } from "node:http";

/** Whom a request is for, read from how it is signed: the only place where every AWS client says it. */
export interface Scope {
  /** The signed region; `global` for services without one; `unsigned` when nothing is signed. */
  readonly regions: readonly string[];
  readonly service: string;
  readonly accessKey: string;
}

/** Services with one control plane for all regions. They are kept apart, whatever region their requests are signed for. */
export const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  "cloudfront",
  "globalaccelerator",
  "iam",
  "organizations",
  "route53",
  "sts",
]);

/** The name under which the log and the darkening know them. */
export const GLOBAL = "global";
export const UNSIGNED = "unsigned";

// AKID/20260101/ap-northeast-1/s3/aws4_request; SigV4A (S3 Multi-Region Access Points) leaves the region out.
const SIGV4 = /([^/\s=,]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;
const SIGV4A = /([^/\s=,]+)\/\d{8}\/([a-z0-9-]+)\/aws4_request/;

export function scopeOf(request: Pick<IncomingMessage, "headers">, url: URL): Scope {
  const signed = request.headers.authorization ?? url.searchParams.get("X-Amz-Credential") ?? "";
  const [, accessKey, region, service] = SIGV4.exec(signed) ?? [];
  if (accessKey && region && service) return scope([region], service, accessKey);
  const [, asymmetricKey, asymmetricService] = SIGV4A.exec(signed) ?? [];
  if (asymmetricKey && asymmetricService) return scope(regionSet(request, url), asymmetricService, asymmetricKey);
  return { regions: [UNSIGNED], service: UNSIGNED, accessKey: "" };
}

function scope(regions: readonly string[], service: string, accessKey: string): Scope {
  return { regions: GLOBAL_SERVICES.has(service) ? [GLOBAL] : regions, service, accessKey };
}

function regionSet(request: Pick<IncomingMessage, "headers">, url: URL): string[] {
  const header = request.headers["x-amz-region-set"] ?? url.searchParams.get("X-Amz-Region-Set") ?? "*";
  return String(header)
    .split(",")
    .map((region) => region.trim());
}
