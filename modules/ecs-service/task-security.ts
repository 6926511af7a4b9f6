import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { LoadBalancerTarget } from "../load-balancer";

/** What tasks may reach, and who may reach them. */
export interface TaskTraffic {
  readonly name: string;
  readonly vpcId: string;
  readonly outboundCidrs?: readonly string[];
  readonly target?: LoadBalancerTarget;
}

/** Lets in nothing but the load balancer, on the target's port. */
export function createTaskSecurityGroup(scope: Construct, traffic: TaskTraffic): SecurityGroup {
  const { name, vpcId, outboundCidrs = ["0.0.0.0/0"], target } = traffic;
  const group = new SecurityGroup(scope, "SecurityGroup", {
    name: `tasks-${name}`,
    description: `Tasks of ${name}`,
    vpcId,
    tags: { Name: `tasks-${name}` },
  });
  for (const cidr of outboundCidrs) {
    new VpcSecurityGroupEgressRule(scope, `Outbound-${cidr}`, {
      securityGroupId: group.id,
      description: "Whatever the tasks ask for",
      cidrIpv4: cidr,
      ipProtocol: "-1",
    });
  }
  if (target !== undefined) admitLoadBalancer(scope, group, target);
  return group;
}

/** The load balancer's way out and the tasks' way in name each other, not addresses. */
function admitLoadBalancer(scope: Construct, tasks: SecurityGroup, target: LoadBalancerTarget): void {
  const onThePort = {
    description: "Load balancer to tasks",
    ipProtocol: "tcp",
    fromPort: target.port,
    toPort: target.port,
  };
  new VpcSecurityGroupIngressRule(scope, "FromLoadBalancer", {
    ...onThePort,
    securityGroupId: tasks.id,
    referencedSecurityGroupId: target.securityGroupId,
  });
  new VpcSecurityGroupEgressRule(scope, "LoadBalancerOutbound", {
    ...onThePort,
    securityGroupId: target.securityGroupId,
    referencedSecurityGroupId: tasks.id,
  });
}
