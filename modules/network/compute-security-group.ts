import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

/** Networks that instances, tasks or a function may reach, and sources that may reach them. */
export interface ComputeTraffic {
  /** Name of the group, which is its tag `Name` too. */
  readonly name: string;
  /** AWS cannot change it later. */
  readonly description: string;
  readonly vpcId: string;
  /** Description of the outbound rules: `"Whatever the tasks ask for"`. */
  readonly outboundDescription: string;
  /** @default ["0.0.0.0/0"] */
  readonly outboundCidrs?: readonly string[];
}

/** The load balancer that may connect. */
export interface AdmittedLoadBalancer {
  readonly port: number;
  readonly securityGroupId: string;
}

/** A security group that opens outbound connections only. */
export function createComputeSecurityGroup(scope: Construct, traffic: ComputeTraffic): SecurityGroup {
  const { name, description, vpcId, outboundDescription, outboundCidrs = ["0.0.0.0/0"] } = traffic;
  const group = new SecurityGroup(scope, "SecurityGroup", { name, description, vpcId, tags: { Name: name } });
  for (const cidr of outboundCidrs) {
    new VpcSecurityGroupEgressRule(scope, `Outbound-${cidr}`, {
      securityGroupId: group.id,
      description: outboundDescription,
      cidrIpv4: cidr,
      ipProtocol: "-1",
    });
  }
  return group;
}

/** Lets a load balancer connect on its port. The two rules name each other's group instead of addresses. */
export function admitLoadBalancer(
  scope: Construct,
  group: SecurityGroup,
  { balancer, description }: { readonly balancer: AdmittedLoadBalancer; readonly description: string },
): void {
  const onThePort = { description, ipProtocol: "tcp", fromPort: balancer.port, toPort: balancer.port };
  new VpcSecurityGroupIngressRule(scope, "FromLoadBalancer", {
    ...onThePort,
    securityGroupId: group.id,
    referencedSecurityGroupId: balancer.securityGroupId,
  });
  new VpcSecurityGroupEgressRule(scope, "LoadBalancerOutbound", {
    ...onThePort,
    securityGroupId: balancer.securityGroupId,
    referencedSecurityGroupId: group.id,
  });
}
