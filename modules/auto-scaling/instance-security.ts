import { Construct } from "constructs";
import { LoadBalancerTarget } from "../load-balancer";
import { admitLoadBalancer, createComputeSecurityGroup } from "../network/internal";

/** Networks that instances may reach, and sources that may reach them. */
export interface InstanceTraffic {
  readonly name: string;
  readonly vpcId: string;
  readonly outboundCidrs?: readonly string[];
  readonly target?: LoadBalancerTarget;
}

/**
 * Admits only the load balancer, on the target's port.
 *
 * @returns id of the security group
 */
export function createInstanceSecurityGroup(scope: Construct, traffic: InstanceTraffic): string {
  const { name, vpcId, outboundCidrs, target: balancer } = traffic;
  const group = createComputeSecurityGroup(scope, {
    name: `instances-${name}`,
    description: `Instances of ${name}`,
    vpcId,
    outboundDescription: "Whatever the instances ask for",
    outboundCidrs,
  });
  if (balancer !== undefined) {
    admitLoadBalancer(scope, group, { balancer, description: "Load balancer to instances" });
  }
  return group.id;
}
