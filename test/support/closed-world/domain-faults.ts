/** Domains and service names of AWS that are wrong in their partition or region. */
import { conditionsOf, list, policyDocumentsOf, principalsOf } from "./policy-documents";
import { textsOf } from "./texts";
import { fault, Place, Thing, World, textOf } from "./world";

const suffixOf = ({ partition }: Place) => (partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com");

/** Service principals that are `<service>.amazonaws.com` in every partition. A new one needs a look at AWS's page. */
const SERVICES = new Set([
  "backup",
  "delivery.logs",
  "ecr",
  "ecs-tasks",
  "events",
  "fargate",
  "lambda",
  "monitoring.rds",
  "redshift",
  "s3",
  "batchoperations.s3",
  "vpc-flow-logs",
]);

/**
 * Service principals that depend on the region or the partition.
 *
 * @see https://docs.amazonaws.cn/en_us/aws/latest/userguide/iam.html EC2 in China
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html Logs, by region
 * @see https://docs.aws.amazon.com/dms/latest/userguide/security_iam_secretsmanager.html DMS, by region to read secrets
 */
const PRINCIPALS: Readonly<Record<string, (place: Place) => readonly string[]>> = {
  dms: ({ region }) => ["dms.amazonaws.com", `dms.${region}.amazonaws.com`],
  ec2: (place) => [`ec2.${suffixOf(place)}`],
  logs: (place) => [`logs.${place.region}.${suffixOf(place)}`],
};

/** Every service principal in a world that does not exist in its place. */
export function principalFaults(world: World): string[] {
  const inPolicies = policyDocumentsOf(world).flatMap(({ thing, statements }) =>
    statements.flatMap((statement) => principalsOf(statement, "Service").map((name) => ({ thing, name }))),
  );
  const inPermissions = world.things.flatMap((thing) =>
    thing.type === "aws_lambda_permission" ? [{ thing, name: textOf(thing.block.principal) }] : [],
  );
  return [...inPolicies, ...inPermissions]
    .filter(({ thing: { place }, name }) => {
      const service = name.split(".")[0]!;
      const own = PRINCIPALS[service]?.(place);
      if (own !== undefined) return !own.includes(name);
      return !name.endsWith(".amazonaws.com") || !SERVICES.has(name.slice(0, -".amazonaws.com".length));
    })
    .map(({ thing, name }) => fault(world, thing, `no service of ${thing.place.region} is called ${name}`));
}

/** Paths and ARNs in which a domain has no suffix of its partition. Principals have a check of their own. */
const ALIKE = [/(^|\.)Principal\.Service(\.\d+)?$/, /^principal$/];
const ALIKE_IN_ARNS = /:role\/aws-service-role\/[\w.]+|:s3:::amazonlinux\.[\w-]+\.amazonaws\.com/g;

/** Every domain of AWS with the suffix of another partition, or with a region that has no site. */
export function domainFaults(world: World): string[] {
  return textsOf(world).flatMap(({ thing, path, text }) => {
    if (ALIKE.some((pattern) => pattern.test(path))) return [];
    const domains = text.replace(ALIKE_IN_ARNS, "").match(/[\w.-]+\.amazonaws\.com(\.cn)?(?![\w-])/g) ?? [];
    return domains
      .filter((domain) => !fits(world, thing, domain))
      .map((domain) => fault(world, thing, `${path} has ${domain}`));
  });
}

function fits(world: World, { place }: Thing, domain: string): boolean {
  const suffix = suffixOf(place);
  if (!domain.endsWith(`.${suffix}`)) return false;
  const labels = domain.slice(0, -suffix.length - 1).split(".");
  const region = labels.find((label) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(label));
  return region === undefined || world.sites.some((site) => site.region === region);
}

/**
 * Services that AWS lists under `cn.com.amazonaws` in China, of those in the library's sets of endpoints.
 *
 * @see https://docs.amazonaws.cn/en_us/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
const UNDER_CN = new Set([
  "codedeploy-commands-secure",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "lambda",
  "monitoring",
  "rds",
  "sqs",
  "states",
  "sts",
]);

/** Every VPC endpoint whose service does not exist in its region. */
export function endpointFaults(world: World): string[] {
  return world.things.flatMap((thing) => {
    if (thing.type !== "aws_vpc_endpoint") return [];
    const { region, partition } = thing.place;
    const name = textOf(thing.block.service_name);
    const short = name.replace(/^(cn\.)?com\.amazonaws\.[\w-]+\./, "");
    const prefix = partition === "aws-cn" && UNDER_CN.has(short) ? "cn.com.amazonaws" : "com.amazonaws";
    return name === `${prefix}.${region}.${short}` ? [] : [fault(world, thing, `${region} has no ${name}`)];
  });
}

/**
 * Every `kms:ViaService` of another region than its keys. A service uses a key through KMS in the key's region.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaServiceFaults(world: World): string[] {
  return policyDocumentsOf(world).flatMap(({ thing, statements }) =>
    statements.flatMap((statement) => {
      const regions = list(statement.Resource).map((arn) => arn.split(":")[3] ?? thing.place.region);
      const services = conditionsOf(statement).flatMap(({ key, values }) => (key === "kms:ViaService" ? values : []));
      return services
        .filter((service) => regions.some((region) => service.split(".")[1] !== region))
        .map((service) => fault(world, thing, `${statement.Sid} uses keys of ${regions.join()} through ${service}`));
    }),
  );
}
