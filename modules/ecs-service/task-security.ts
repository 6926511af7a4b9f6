import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { LoadBalancerTarget } from "../load-balancer";
import { admitLoadBalancer, createComputeSecurityGroup } from "../network/internal";

/** Networks that tasks may reach, and sources that may reach them. */
export interface TaskTraffic {
  readonly name: string;
  readonly vpcId: string;
  readonly outboundCidrs?: readonly string[];
  readonly target?: LoadBalancerTarget;
}

/** Admits only the load balancer, on the target's port. */
export function createTaskSecurityGroup(scope: Construct, traffic: TaskTraffic): SecurityGroup {
  const { name, vpcId, outboundCidrs, target: balancer } = traffic;
  const group = createComputeSecurityGroup(scope, {
    name: `tasks-${name}`,
    description: `Tasks of ${name}`,
    vpcId,
    outboundDescription: "Whatever the tasks ask for",
    outboundCidrs,
  });
  if (balancer !== undefined) admitLoadBalancer(scope, group, { balancer, description: "Load balancer to tasks" });
  return group;
}
