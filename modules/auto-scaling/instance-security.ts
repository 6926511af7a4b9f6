import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { LoadBalancerTarget } from "../load-balancer";

/** What instances may reach, and who may reach them. */
export interface InstanceTraffic {
  readonly name: string;
  readonly vpcId: string;
  readonly outboundCidrs?: readonly string[];
  readonly target?: LoadBalancerTarget;
}

/**
 * Lets in nothing but the load balancer, on the target's port.
 *
 * @returns id of the security group
 */
export function createInstanceSecurityGroup(scope: Construct, traffic: InstanceTraffic): string {
  const { name, vpcId, outboundCidrs = ["0.0.0.0/0"], target } = traffic;
  const { id } = new SecurityGroup(scope, "SecurityGroup", {
    name: `instances-${name}`,
    description: `Instances of ${name}`,
    vpcId,
    tags: { Name: `instances-${name}` },
  });
  for (const cidr of outboundCidrs) {
    new VpcSecurityGroupEgressRule(scope, `Outbound-${cidr}`, {
      securityGroupId: id,
      description: "Whatever the instances ask for",
      cidrIpv4: cidr,
      ipProtocol: "-1",
    });
  }
  if (target !== undefined) admitLoadBalancer(scope, id, target);
  return id;
}

/** The load balancer's way out and the instances' way in name each other, not addresses. */
function admitLoadBalancer(scope: Construct, instancesId: string, target: LoadBalancerTarget): void {
  const onThePort = { ipProtocol: "tcp", fromPort: target.port, toPort: target.port };
  new VpcSecurityGroupIngressRule(scope, "FromLoadBalancer", {
    ...onThePort,
    securityGroupId: instancesId,
    referencedSecurityGroupId: target.securityGroupId,
    description: "Load balancer to instances",
  });
  new VpcSecurityGroupEgressRule(scope, "LoadBalancerOutbound", {
    ...onThePort,
    securityGroupId: target.securityGroupId,
    referencedSecurityGroupId: instancesId,
    description: "Load balancer to instances",
  });
}
