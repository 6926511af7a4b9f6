import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { createComputeSecurityGroup } from "../network/internal";
import { FunctionNetwork } from "./function-props";

/** Nothing comes in: a function is invoked through Lambda's API, whatever network it reaches into. */
export function createSecurityGroup(scope: Construct, name: string, network: FunctionNetwork): SecurityGroup {
  return createComputeSecurityGroup(scope, {
    name: `function-${name}`,
    description: `Function ${name}`,
    vpcId: network.vpcId,
    outboundDescription: "Whatever the function asks for",
    outboundCidrs: network.outboundCidrs,
  });
}
