import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import { FunctionNetwork } from "./function-props";

/** Nothing comes in: a function is invoked through Lambda's API, whatever network it reaches into. */
export function createSecurityGroup(scope: Construct, name: string, network: FunctionNetwork): SecurityGroup {
  const { vpcId, outboundCidrs = ["0.0.0.0/0"] } = network;
  const group = new SecurityGroup(scope, "SecurityGroup", {
    name: `function-${name}`,
    description: `Function ${name}`,
    vpcId,
    tags: { Name: `function-${name}` },
  });
  for (const cidr of outboundCidrs) {
    new VpcSecurityGroupEgressRule(scope, `Outbound-${cidr}`, {
      securityGroupId: group.id,
      description: "Whatever the function asks for",
      cidrIpv4: cidr,
      ipProtocol: "-1",
    });
  }
  return group;
}
