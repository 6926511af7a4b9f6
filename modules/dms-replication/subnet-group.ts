import { DmsReplicationSubnetGroup } from "@cdktf/provider-aws/lib/dms-replication-subnet-group";
import { Construct } from "constructs";
import { claimName, makersOf } from "../core";
import { checkSubnets, Site } from "../site";
import { AccountRolesRef } from "./account-roles";
import { SUBNET_GROUP_ID } from "./names";

interface SubnetGroupProps {
  readonly accountRoles: AccountRolesRef;
  readonly name: string;
  readonly subnetIds: readonly string[];
}

/** A standby in a second zone needs a subnet there. */
export function refuseSubnets(scope: Construct, { name, subnetIds }: SubnetGroupProps): void {
  checkSubnets(scope, subnetIds);
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
