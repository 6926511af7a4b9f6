import { Statement } from "../core";
import { Site } from "../site";

/** Where a load balancer writes a line for each request. */
export interface AccessLogs {
  /**
   * Name of a bucket in the load balancer's region, encrypted with S3's own keys (SSE-S3): Elastic Load Balancing writes into no
   * other. Its policy must let it in, see {@link accessLogsStatement}.
   */
  readonly bucket: string;
  /**
   * Folder in the bucket.
   *
   * @default - none
   */
  readonly prefix?: string;
}

/**
 * Lets the load balancers of a site write access logs into a bucket. For the bucket's policy.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function accessLogsStatement(site: Site, { bucket, prefix }: AccessLogs): Statement {
  const folder = [bucket, prefix, "AWSLogs", site.account].filter((part) => part !== undefined).join("/");
  return {
    sid: "AllowAccessLogs",
    principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    actions: ["s3:PutObject"],
    resources: [`arn:${site.partition}:s3:::${folder}/*`],
  };
}
