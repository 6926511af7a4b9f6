import { AutoScalingGroup, AutoScalingGroupProps, autoScalingKeyStatements, Image } from "../../modules/auto-scaling";
import { endpointsFor } from "../../modules/network";
import { RoleInSite } from "../../modules/site";
import { checkSettings } from "../shapes";
import { activeCapacity, capacityIn, Compute, ComputeInSite, PlacedCompute, WorkloadCapacity } from "./compute";
import { BalancedOptions, computeName, placeLoadBalancer } from "./load-balancer";
import { checkUses, ComputePermissions, endpointsOf, OfSite, permissionsIn } from "./uses";

/** Props of a group that the workload sets itself. */
type Decided =
  | "activeCapacity"
  | "capacity"
  | "image"
  | "kmsKeyArn"
  | "name"
  | keyof RoleInSite
  | "statements"
  | "subnetIds"
  | "target"
  | "vpcId";

/** @typeParam S `number` if `capacity.standby` is set, as a warm standby needs it */
export interface AutoScalingOptions<S extends number | undefined = undefined>
  extends Omit<AutoScalingGroupProps, Decided>, BalancedOptions, ComputePermissions {
  /** Instances in the active site, and in a warm standby. The pattern decides the number in other standbys. */
  readonly capacity: WorkloadCapacity<S>;
  /** Image of the instances: `ssmImage` for all sites, or a function that returns each site's own `ami`. */
  readonly image: Image | OfSite<Image>;
}

/**
 * Instances behind a load balancer in each site. The active site runs the full number; the pattern decides the number
 * in a standby. If the compute answers the front door, the internet reaches its load balancers over HTTPS. Otherwise
 * only the site's network does.
 *
 * Every resource is named `<workload>-<compute>-<site>`.
 */
export function autoScaling<S extends number | undefined = undefined>(options: AutoScalingOptions<S>): Compute<S> {
  checkSettings("autoScaling", "AutoScalingOptions", options);
  return {
    kind: "auto-scaling",
    capacity: options.capacity,
    check: (scope, compute, _, data) => checkUses(scope, compute, options, data),
    inSite: (at) => placeGroup(at, options),
    interfaceEndpoints: (data) => [
      ...(options.sessionManager ? endpointsFor("ssm") : []),
      ...endpointsOf(options, data),
    ],
    keyStatements: autoScalingKeyStatements,
  };
}

function placeGroup(at: ComputeInSite, options: AutoScalingOptions<number | undefined>): PlacedCompute {
  const { scope, contract, site, key, network } = at;
  const { capacity, healthCheck, image, interfaceEndpoints, loadBalancer, port, uses, ...group } = options;
  const balancer = placeLoadBalancer(at, options, "instance");
  const { securityGroupId } = new AutoScalingGroup(scope, "Group", {
    ...group,
    name: computeName(at),
    image: typeof image === "function" ? image(site) : image,
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
