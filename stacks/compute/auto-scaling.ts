import { Construct } from "constructs";
import { inRange, refuse } from "../../modules/core";
import {
  AutoScalingGroup,
  AutoScalingGroupProps,
  autoScalingKeyStatements,
  Capacity,
  HealthCheck,
  Image,
  LoadBalancer,
  LoadBalancerProps,
} from "../../modules/auto-scaling";
import { Policy } from "../policy";
import { Compute, ComputeInSite, PlacedCompute } from "./compute";

const DEFAULT_PORT = 8080;

/** What of a group and its load balancer the workload itself decides. */
type Decided = "activeCapacity" | "capacity" | "image" | "keyArn" | "name" | "subnetIds" | "target" | "vpcId";

export interface AutoScalingOptions extends Omit<AutoScalingGroupProps, Decided> {
  /** What the active site runs; the pattern decides what a standby runs. */
  readonly capacity: ActiveCapacity;
  /** What instances start from: `ssmImage`, which serves every site. */
  readonly image: Image;
  /**
   * How instances are found to serve.
   *
   * @default - GET / answered with 200, every 10 seconds
   */
  readonly healthCheck?: HealthCheck;
  /**
   * Settings of the load balancer.
   *
   * @default - the module's
   */
  readonly loadBalancer?: Pick<
    LoadBalancerProps,
    "accessLogs" | "clientKeepAlive" | "deletionProtection" | "deregistrationDelay" | "idleTimeout" | "tlsPolicy"
  >;
  /**
   * Port the instances listen on.
   *
   * @default 8080
   */
  readonly port?: number;
}

/** What a group runs where it is active. */
export interface ActiveCapacity {
  /** Instances it never goes below. At least one. */
  readonly active: number;
  /**
   * Instances it never goes above, in every site.
   *
   * @default - twice `active`
   */
  readonly max?: number;
}

/**
 * Instances behind a load balancer in each site: at full number in the active, in a standby at what the pattern runs there. The load
 * balancer stands in every site; it is reached from the internet, over HTTPS, where it answers the front door, and else from the
 * site's network alone.
 *
 * Everything is named `<workload>-<compute>-<site>`.
 */
export function autoScaling(options: AutoScalingOptions): Compute {
  return {
    kind: "auto-scaling",
    check: (scope, compute) => refuseNoCapacity(scope, compute, options.capacity),
    inSite: (at) => placeGroup(at, options),
    keyStatements: autoScalingKeyStatements,
  };
}

function refuseNoCapacity(scope: Construct, compute: string, { active }: ActiveCapacity): void {
  if (active < 1) refuse(scope, "NoCapacity", `compute '${compute}' runs ${active} instances in the active site`);
}

function placeGroup(at: ComputeInSite, options: AutoScalingOptions): PlacedCompute {
  const { scope, compute, plan, site, key, network } = at;
  const { capacity, healthCheck, loadBalancer, port, ...group } = options;
  const name = `${plan.name}-${compute}-${site.name}`;
  const balancer = new LoadBalancer(scope, "LoadBalancer", {
    ...loadBalancer,
    ...exposure(at),
    name,
    vpcId: network.vpcId,
    targetPort: port ?? DEFAULT_PORT,
    healthCheck,
  });
  const active = activeCapacity(scope, capacity);
  const { securityGroupId } = new AutoScalingGroup(scope, "Group", {
    ...group,
    name,
    keyArn: key.keyArn,
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    capacity: site.role === "active" ? active : standbyCapacity(plan.policy, active),
    activeCapacity: active,
    target: balancer.target,
  });
  return { securityGroupId, dnsName: balancer.dnsName, zoneId: balancer.zoneId };
}

/** HTTPS to the internet for the front door, plain HTTP within the network else. */
function exposure({ certificateArn, network }: ComputeInSite) {
  return certificateArn === undefined
    ? { plainHttp: true, clientCidrs: [network.cidr], subnetIds: network.privateSubnetIds }
    : { certificateArn, internetFacing: true, clientCidrs: ["0.0.0.0/0"], subnetIds: network.publicSubnetIds };
}

function activeCapacity(scope: Construct, { active, max = active * 2 }: ActiveCapacity): Capacity {
  inRange(scope, "capacity.active", active, 1, max);
  return { min: active, desired: active, max };
}

/** The ceiling is the same in every role, so that a failover has not to raise it. */
function standbyCapacity({ standbyCapacity }: Policy, { min, max }: Capacity): Capacity {
  const instances = standbyCapacity(min);
  return { min: instances, desired: instances, max };
}
