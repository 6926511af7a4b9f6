import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { Construct } from "constructs";
import { Site } from "../site";
import { checkProps } from "./shapes";

/** One of AWS's own prefix lists. */
export type AwsPrefixListName =
  | "cloudfront.origin-facing"
  | "dynamodb"
  | "ec2-instance-connect"
  | "ipv6.cloudfront.origin-facing"
  | "ipv6.ec2-instance-connect"
  | "ipv6.route53-healthchecks"
  | "ipv6.vpc-lattice"
  | "route53-healthchecks"
  | "s3"
  | "s3express"
  | "vpc-lattice";

/**
 * AWS-managed prefix lists by the part of their name after `com.amazonaws.<region>.` or `com.amazonaws.global.`. The weight is the number
 * of security group rules that a reference to the list uses. The default quota is 60 rules per security group.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const LISTS: Readonly<Record<AwsPrefixListName, { readonly place: "global" | "region"; readonly weight: number }>> = {
  "cloudfront.origin-facing": { place: "global", weight: 55 },
  dynamodb: { place: "region", weight: 1 },
  "ec2-instance-connect": { place: "region", weight: 2 },
  "ipv6.cloudfront.origin-facing": { place: "global", weight: 55 },
  "ipv6.ec2-instance-connect": { place: "region", weight: 2 },
  "ipv6.route53-healthchecks": { place: "region", weight: 25 },
  "ipv6.vpc-lattice": { place: "region", weight: 10 },
  "route53-healthchecks": { place: "region", weight: 25 },
  s3: { place: "region", weight: 1 },
  s3express: { place: "region", weight: 6 },
  "vpc-lattice": { place: "region", weight: 10 },
};

export interface AwsPrefixListProps {
  /** Its name as AWS has it, after `com.amazonaws.<region>.` or `com.amazonaws.global.`: `"route53-healthchecks"`. */
  readonly list: AwsPrefixListName;
}

/**
 * A prefix list that AWS keeps: the addresses of Route 53's health checkers, of CloudFront towards its origins, of S3. It is found in the
 * site's own region, and what names it follows AWS's changes by itself.
 *
 * CloudFront's list has the addresses of every AWS customer's distributions. Let an origin also check a header that only your
 * distribution sends.
 *
 * Site: the one it is named in.
 * While the other site is dark: works.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
export class AwsPrefixList extends Construct {
  /** Number of security group rules that a reference to the list uses. */
  readonly weight: number;
  readonly resource: DataAwsEc2ManagedPrefixList;

  constructor(scope: Construct, id: string, props: AwsPrefixListProps) {
    super(scope, id);
    checkProps(this, "AwsPrefixListProps", props);
    const { list } = props;
    const { place, weight } = LISTS[list];
    const { region } = Site.of(this);

    this.resource = new DataAwsEc2ManagedPrefixList(this, "Resource", {
      name: ["com.amazonaws", place === "global" ? place : region, list].join("."),
    });
    this.weight = weight;
  }

  /** Id, `pl-...`: for rules of security groups and routes. */
  get prefixListId(): string {
    return this.resource.id;
  }
}
