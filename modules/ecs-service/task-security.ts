import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { LoadBalancerTarget } from "../load-balancer";
import { admitLoadBalancer, createComputeSecurityGroup } from "../network/internal";

/** What tasks may reach, and who may reach them. */
export interface TaskTraffic {
  readonly name: string;
  readonly vpcId: string;
  readonly outboundCidrs?: readonly string[];
  readonly target?: LoadBalancerTarget;
}

/** Lets in nothing but the load balancer, on the target's port. */
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
