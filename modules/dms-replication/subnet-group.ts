import { DmsReplicationSubnetGroup } from "@cdktf/provider-aws/lib/dms-replication-subnet-group";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { claimName, makersOf, refuse } from "../core";
import { Site } from "../site";
import { AccountRolesRef } from "./account-roles";
import { SUBNET_GROUP_ID } from "./names";

/** A standby in a second zone needs a subnet there. */
const FEWEST_SUBNETS = 2;

interface SubnetGroupProps {
  readonly accountRoles: AccountRolesRef;
  readonly name: string;
  readonly subnetIds: readonly string[];
}

/** @throws SettingOutOfRange, NameTaken */
export function refuseSubnets(scope: Construct, { name, subnetIds }: SubnetGroupProps): void {
  const known = subnetIds.filter((id) => !Token.isUnresolved(id));
  if (subnetIds.length < FEWEST_SUBNETS || new Set(known).size !== known.length) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'subnetIds' must name two subnets or more, each once, got ${subnetIds.length}: ${known.join(", ") || "none"}`,
      "give one subnet in each of two zones or more",
    );
  }
  claimName(scope, SUBNET_GROUP_ID, name, Site.of(scope));
}

/** The subnets DMS may put network interfaces into. It refuses to make a group before `dms-vpc-role` works. */
export function createSubnetGroup(scope: Construct, props: SubnetGroupProps): DmsReplicationSubnetGroup {
  return new DmsReplicationSubnetGroup(scope, "SubnetGroup", {
    replicationSubnetGroupId: props.name,
    replicationSubnetGroupDescription: `DMS ${props.name}`,
    subnetIds: [...props.subnetIds],
    dependsOn: makersOf(scope, props.accountRoles),
  });
}
