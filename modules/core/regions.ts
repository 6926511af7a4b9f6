import { IConstruct } from "constructs";
import { refuse } from "./errors";
import { knownText } from "./plain";

/** A partition: a group of regions with its own accounts, ARNs and domain. */
export type Partition = "aws" | "aws-cn" | "aws-us-gov";

/**
 * The regions by partition. The order never changes, because networks are numbered by it: a new region is appended.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const REGIONS = {
  aws: [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
} as const satisfies Readonly<Record<Partition, readonly string[]>>;

/** A region's code. Any text is one, so that editors offer the known ones and take others. */
export type RegionCode = (typeof REGIONS)[Partition][number] | (string & {});

const PARTITION_OF = new Map<string, Partition>(
  (Object.keys(REGIONS) as Partition[]).flatMap((partition) =>
    REGIONS[partition].map((region) => [region, partition] as const),
  ),
);

/**
 * The partition a region lies in.
 *
 * @param owner whose region it is, as the refusal says it: `"site 'tokyo'"`
 */
export function partitionOf(scope: IConstruct | string, region: string, owner?: string): Partition {
  const partition = PARTITION_OF.get(knownText(scope, "region", region));
  if (partition === undefined) {
    const near = [...PARTITION_OF.keys()].filter((known) => known.startsWith(region.slice(0, 4)));
    const hint = near.length > 0 ? `, it knows ${near.map((name) => `'${name}'`).join(", ")}` : "";
    refuse(scope, "UnknownRegion", `this library does not know the region '${region}'${ofOwner(owner)}${hint}`);
  }
  return partition;
}

/** The number of a region within its partition, from 0. It never changes. */
export function regionNumber(scope: IConstruct | string, region: string): number {
  const regions: readonly string[] = REGIONS[partitionOf(scope, region)];
  return regions.indexOf(region);
}

/** Refuses regions that cannot copy to each other. */
export function refuseForeignPartition(scope: IConstruct | string, region: string, other: string): void {
  const [here, there] = [partitionOf(scope, region), partitionOf(scope, other)];
  if (here !== there) {
    refuse(scope, "ForeignPartition", `'${region}' lies in partition ${here}, '${other}' in ${there}`);
  }
}

/** The domain under which a partition's service endpoints and service principals live. */
export function dnsSuffix(partition: Partition): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

const ACCOUNT = /^\d{12}$/;

/**
 * Returns the account id when it is one.
 *
 * @param owner whose account it is, as the refusal says it: `"site 'tokyo'"`
 */
export function checkAccount(scope: IConstruct | string, account: string, owner?: string): string {
  if (!ACCOUNT.test(knownText(scope, "account", account))) {
    refuse(scope, "InvalidAccount", `an AWS account id has 12 digits, got '${account}'${ofOwner(owner)}`);
  }
  return account;
}

function ofOwner(owner: string | undefined): string {
  return owner === undefined ? "" : ` of ${owner}`;
}
