import type { Partition } from "./regions";

/**
 * The region that holds the only control plane of a service, by partition and by the name the service signs with. While that region
 * is unavailable, the service's settings can be neither read nor changed, from any region. Existing resources keep working.
 *
 * AWS names no region for the partition `aws-us-gov`, and for `aws-cn` that of IAM alone.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
 * @see https://docs.amazonaws.cn/en_us/aws/latest/userguide/iam.html
 */
export const CONTROL_PLANES: Readonly<Record<Partition, Readonly<Record<string, string>>>> = {
  aws: {
    account: "us-east-1",
    cloudfront: "us-east-1",
    globalaccelerator: "us-west-2",
    iam: "us-east-1",
    networkmanager: "us-west-2",
    organizations: "us-east-1",
    route53: "us-east-1",
    "route53-recovery-control-config": "us-west-2",
    "route53-recovery-readiness": "us-west-2",
    shield: "us-east-1",
  },
  "aws-cn": { iam: "cn-north-1" },
  "aws-us-gov": {},
};
