/** Services that the roles of a compute may call, and that its subnets cannot reach. */
import { list, policyDocumentsOf, Statement, conditionsOf } from "./policy-documents";
import { Block, Json } from "../synth";
import { blocksIn, fault, follow, Place, Thing, World, textOf } from "./world";

/**
 * Endpoints of a service whose actions have another prefix. Image layers come from S3.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  cloudwatch: ["monitoring"],
  ec2messages: [], // only agents before 3.3.40.0 call it
  ecr: ["ecr.api", "ecr.dkr", "s3"],
};

/**
 * Endpoints that tasks on Fargate need in addition, in regions that AWS opened on or after December 23, 2023.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
const FARGATE_IN_NEW_REGIONS = ["ecs", "ecs-agent", "ecs-telemetry"];
const NEW_REGIONS = new Set([
  "ap-east-2",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "mx-central-1",
]);

/** The program of this example lists the endpoints of its network for the regions that it names. */
const CHOOSES_ITS_ENDPOINTS = "ecs-service";

interface Compute {
  readonly thing: Thing;
  readonly subnets: readonly Thing[];
  readonly roles: readonly Thing[];
  /** Services that it calls without a permission of its roles. */
  readonly needs: readonly string[];
}

/** Every service that a compute may call and cannot reach. */
export function wayOutFaults(world: World): string[] {
  const policies = policyDocumentsOf(world);
  return computesOf(world).flatMap(({ thing, subnets, roles, needs }) => {
    const calls = roles.flatMap((role) => [
      ...policies
        .filter(({ thing: policy }) => policy.type === "aws_iam_role_policy" && isOf(policy, role))
        .flatMap(({ statements }) => statements.flatMap(servicesIn)),
      ...managedServices(world, role),
    ]);
    const missing = [...new Set([...calls, ...needs])]
      .filter((service) => subnets.some((subnet) => !reaches(subnet, service)))
      .sort();
    return missing.map((service) => fault(world, thing, `no way to ${service} from its subnets`));
  });
}

const isOf = (policy: Thing, role: Thing) =>
  follow(policy, policy.block.role) === role ||
  (policy.block.role === role.block.name && policy.place.account === role.place.account);

/** Services that a statement allows calls to. With `kms:ViaService` another service calls KMS, from outside the network. */
function servicesIn(statement: Statement): string[] {
  const { Effect, Action } = statement;
  if (Effect === "Deny" || conditionsOf(statement).some(({ key }) => key === "kms:ViaService")) return [];
  return list(Action).flatMap((action) => endpointsOf(action.split(":")[0]!));
}

const endpointsOf = (prefix: string) => ENDPOINTS[prefix] ?? [prefix];

function managedServices(world: World, role: Thing): string[] {
  return world.things
    .filter((thing) => thing.type === "aws_iam_role_policy_attachment" && isOf(thing, role))
    .flatMap(({ block }) => {
      const name = textOf(block.policy_arn).split("/").at(-1)!;
      return [`the services of ${name}, which this test does not know`];
    });
}

function computesOf(world: World): Compute[] {
  return world.things.flatMap((thing): Compute[] => {
    const { block, place } = thing;
    if (thing.type === "aws_autoscaling_group") {
      return [{ thing, subnets: subnetsOf(thing, block.vpc_zone_identifier), roles: instanceRoles(thing), needs: [] }];
    }
    if (thing.type === "aws_ecs_service") {
      const [network] = blocksIn(block.network_configuration);
      const task = follow(thing, block.task_definition)!;
      const roles = [task.block.task_role_arn, task.block.execution_role_arn].flatMap((role) => things(task, [role]));
      return [{ thing, subnets: subnetsOf(thing, network?.subnets), roles, needs: neededBy(world, block, place) }];
    }
    const [inVpc] = thing.type === "aws_lambda_function" ? blocksIn(block.vpc_config) : [];
    if (inVpc === undefined) return [];
    return [{ thing, subnets: subnetsOf(thing, inVpc.subnet_ids), roles: things(thing, [block.role]), needs: [] }];
  });
}

function neededBy({ example }: World, service: Block, { region }: Place): readonly string[] {
  if (example === CHOOSES_ITS_ENDPOINTS) return [];
  const strategies = blocksIn(service.capacity_provider_strategy).map(({ capacity_provider: name }) => textOf(name));
  const onFargate = service.launch_type === "FARGATE" || strategies.some((name) => name.startsWith("FARGATE"));
  return onFargate && NEW_REGIONS.has(region) ? FARGATE_IN_NEW_REGIONS : [];
}

function instanceRoles(group: Thing): Thing[] {
  const [mixed] = blocksIn(group.block.mixed_instances_policy);
  const [inMixed] = blocksIn(blocksIn(mixed?.launch_template)[0]?.launch_template_specification);
  const [own] = blocksIn(group.block.launch_template);
  const template = follow(group, own?.id ?? inMixed?.launch_template_id)!;
  const [profile] = things(template, [blocksIn(template.block.iam_instance_profile)[0]?.arn]);
  return profile === undefined ? [] : things(profile, [profile.block.role]);
}

const things = (from: Thing, references: readonly (Json | undefined)[]): Thing[] =>
  references.flatMap((reference) => follow(from, reference) ?? []);

/** Created subnets. The routes of given subnets are unknown. */
const subnetsOf = (from: Thing, references: Json | undefined): Thing[] =>
  things(from, Array.isArray(references) ? references : []).filter(({ type }) => type === "aws_subnet");

function reaches(subnet: Thing, service: string): boolean {
  const inStack = (type: string) => subnet.stack.things.filter((thing) => thing.type === type);
  const association = inStack("aws_route_table_association").find((one) => follow(one, one.block.subnet_id) === subnet);
  const table = association && follow(association, association.block.route_table_id);
  const toInternet = inStack("aws_route").some((route) => {
    const everywhere = route.block.destination_cidr_block === "0.0.0.0/0";
    const leads = route.block.gateway_id !== undefined || route.block.nat_gateway_id !== undefined;
    return everywhere && leads && follow(route, route.block.route_table_id) === table;
  });
  if (toInternet) return true;
  return inStack("aws_vpc_endpoint").some((endpoint) => {
    if (!textOf(endpoint.block.service_name).endsWith(`.${subnet.place.region}.${service}`)) return false;
    if (endpoint.block.vpc_endpoint_type === "Interface") {
      return follow(endpoint, endpoint.block.vpc_id) === follow(subnet, subnet.block.vpc_id);
    }
    return things(endpoint, endpoint.block.route_table_ids as Json[]).includes(table!);
  });
}
