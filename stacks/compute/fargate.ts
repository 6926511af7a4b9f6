import { EcsCluster, ecsKeyStatements, FargateService, FargateServiceProps } from "../../modules/ecs-service";
import { endpointsIn } from "../../modules/network";
import { RoleInSite } from "../../modules/site";
import { checkSettings } from "../shapes";
import { activeCapacity, capacityIn, Compute, ComputeInSite, PlacedCompute, WorkloadCapacity } from "./compute";
import { BalancedOptions, computeName, placeLoadBalancer } from "./load-balancer";
import { checkUses, ComputePermissions, endpointsOf, permissionsIn } from "./uses";

/** Props of a service that the workload sets itself. */
type Decided =
  | "activeCapacity"
  | "capacity"
  | "cluster"
  | "kmsKeyArn"
  | "name"
  | keyof RoleInSite
  | "statements"
  | "subnetIds"
  | "target"
  | "vpcId";

/** @typeParam S `number` if `capacity.standby` is set, as a warm standby needs it */
export interface FargateOptions<S extends number | undefined = undefined>
  extends Omit<FargateServiceProps, Decided>, BalancedOptions, ComputePermissions {
  /** Tasks in the active site, and in a warm standby. The pattern decides the number in other standbys. */
  readonly capacity: WorkloadCapacity<S>;
}

/**
 * Containers on Fargate behind a load balancer in each site. The active site runs the full number; the pattern decides
 * the number in a standby. Each site has its own images, secrets and logs, and reaches them without a NAT gateway.
 *
 * Every resource is named `<workload>-<compute>-<site>`.
 */
export function fargate<S extends number | undefined = undefined>(options: FargateOptions<S>): Compute<S> {
  checkSettings("fargate", "FargateOptions", options);
  return {
    kind: "ecs-service",
    capacity: options.capacity,
    check: (scope, compute, _, data) => checkUses(scope, compute, options, data),
    inSite: (at) => placeService(at, options),
    interfaceEndpoints: (data, { region }) => [
      ...endpointsIn(region, "fargate", ...(options.executeCommand ? (["ecs-exec"] as const) : [])),
      ...endpointsOf(options, data),
    ],
    keyStatements: ecsKeyStatements,
  };
}

function placeService(at: ComputeInSite, options: FargateOptions<number | undefined>): PlacedCompute {
  const { scope, contract, site, key, network } = at;
  const { capacity, healthCheck, interfaceEndpoints, loadBalancer, port, uses, ...service } = options;
  const name = computeName(at);
  const balancer = placeLoadBalancer(at, options, "ip");
  const cluster = new EcsCluster(scope, "Cluster", { name, kmsKeyArn: key.kmsKeyArn });
  const { securityGroupId } = new FargateService(scope, "Service", {
    ...service,
    name,
    cluster: cluster.ref,
    kmsKeyArn: key.kmsKeyArn,
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    capacity: capacityIn(contract, site, capacity),
    ...at.triggers.ofCapacity(),
    activeCapacity: activeCapacity(capacity),
    target: balancer.target,
    statements: permissionsIn(at, options),
  });
  return { securityGroupId, balancer };
}
