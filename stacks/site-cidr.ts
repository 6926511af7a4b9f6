/**
 * Second number of a region's network. Fixed for ever: a VPC's addresses can never be changed. New regions are appended.
 */
const REGION_NETWORKS: readonly string[] = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
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
  "cn-north-1",
  "cn-northwest-1",
  "us-gov-east-1",
  "us-gov-west-1",
];

/** Leaves 10.0 to 10.63 to networks of others. */
const FIRST_NETWORK = 64;

/** The network a site gets when it is given none: a /16 of its region's own, so that no two regions overlap. */
export function siteCidr(region: string): string {
  return `10.${FIRST_NETWORK + REGION_NETWORKS.indexOf(region)}.0.0/16`;
}
