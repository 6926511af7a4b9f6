import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import {
  VpcSecurityGroupIngressRule,
  VpcSecurityGroupIngressRuleConfig,
} from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { plain, refuse } from "../core";

/** Who may connect to a resource in a VPC. */
export interface ClientSettings {
  /** VPC of the subnets. */
  readonly vpcId: string;
  /**
   * CIDR blocks that may connect, each under a name of its own.
   *
   * @default - none
   */
  readonly clientCidrBlocks?: Readonly<Record<string, string>>;
  /**
   * Ids of prefix lists whose networks may connect, each under a name of its own: a `PrefixList` of the other sites.
   *
   * @default - none
   */
  readonly clientPrefixLists?: Readonly<Record<string, string>>;
  /**
   * Ids of security groups whose members may connect, each under a name of its own.
   *
   * @default - none
   */
  readonly clientSecurityGroups?: Readonly<Record<string, string>>;
}

/**
 * Refuses a CIDR block that admits every address.
 *
 * @param what the thing that is opened: `"database"`
 */
export function checkClients(scope: Construct, what: string, { clientCidrBlocks = {} }: ClientSettings): void {
  for (const cidr of Object.values(clientCidrBlocks)) {
    if (plain(scope, "clientCidrBlocks", cidr).endsWith("/0")) {
      refuse(scope, "OpenToTheWorld", `'clientCidrBlocks' opens the ${what} to every address, got '${cidr}'`);
    }
  }
}

/**
 * The security group that lets the clients in on one port of TCP, and is called after what they connect to. Nothing goes out: the
 * provider takes away the rule that AWS adds to a new group.
 */
export function createClientSecurityGroup(
  scope: Construct,
  { name, port, clients }: { readonly name: string; readonly port: number; readonly clients: ClientSettings },
): SecurityGroup {
  const { vpcId, clientCidrBlocks = {}, clientPrefixLists = {}, clientSecurityGroups = {} } = clients;
  const group = new SecurityGroup(scope, "SecurityGroup", { name, description: `Clients of ${name}`, vpcId });
  for (const [client, cidr] of Object.entries(clientCidrBlocks)) {
    admit(client, cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr });
  }
  for (const [client, prefixListId] of Object.entries(clientPrefixLists)) {
    admit(client, { prefixListId });
  }
  for (const [client, referencedSecurityGroupId] of Object.entries(clientSecurityGroups)) {
    admit(client, { referencedSecurityGroupId });
  }
  return group;

  function admit(
    client: string,
    from: Pick<
      VpcSecurityGroupIngressRuleConfig,
      "cidrIpv4" | "cidrIpv6" | "prefixListId" | "referencedSecurityGroupId"
    >,
  ): void {
    new VpcSecurityGroupIngressRule(scope, `Client-${client}`, {
      securityGroupId: group.id,
      description: client,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      ...from,
    });
  }
}
