/** ARNs that match nothing: no created resource, nothing given by the user, nothing of AWS. */
import { createdIn, isCreated } from "./created-arns";
import { givenTo } from "./given";
import { textsOf } from "./texts";
import { fault, Place, World } from "./world";

const ARN = /arn:aws[\w-]*:[^\s"',\])}]+/g;

/** Every ARN in a world that matches nothing. */
export function arnFaults(world: World): string[] {
  const known = [...createdIn(world), ...givenTo(world)];
  return textsOf(world).flatMap(({ thing, path, text }) => {
    const arns = text.match(ARN) ?? [];
    return arns
      .filter((arn) => !isCreated(known, arn) && !isOfAws(world, thing.place, arn) && !isRoot(world, arn))
      .map((arn) => fault(world, thing, `${path} names ${arn}`));
  });
}

/** Buckets of AWS that instances of a region read. */
const BUCKETS_OF_AWS = [
  "al2023-repos-<region>-de612dc2",
  "amazonlinux-2-repos-<region>",
  "amazonlinux.<region>.amazonaws.com",
  "amazon-ssm-<region>",
  "amazon-ssm-packages-<region>",
  "aws-ssm-<region>",
  "aws-ssm-distributor-file-<region>",
  "aws-ssm-document-attachments-<region>",
  "patch-baseline-snapshot-<region>",
  "<region>-birdwatcher-prod",
  "amazoncloudwatch-agent-<region>",
  "aws-codedeploy-<region>",
  "prod-<region>-starport-layer-bucket",
];

/**
 * Things of AWS: managed policies, service-linked roles of the thing's account, and buckets of its region that instances read.
 *
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_owned_resources.md
 */
function isOfAws({ places }: World, { region, account }: Place, arn: string): boolean {
  const [, partition, service, , owner, ...rest] = arn.split(":");
  const resource = rest.join(":");
  if (partition !== places.partition) return false;
  if (service === "iam" && owner === "aws") return /^policy\/(service-role\/)?\w+$/.test(resource);
  if (service === "iam" && owner === account)
    return /^role\/aws-service-role\/\w+\.amazonaws\.com\/\w+$/.test(resource);
  if (service !== "s3" || !resource.endsWith("/*")) return false;
  return BUCKETS_OF_AWS.some((bucket) => resource === `${bucket.replace("<region>", region)}/*`);
}

/** Whether an ARN is the root of an account that has a site. */
function isRoot({ places, sites }: World, arn: string): boolean {
  return sites.some(({ account }) => arn === `arn:${places.partition}:iam::${account}:root`);
}
