import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkDatabasePort } from "../aws-values";
import { createClientSecurityGroup } from "../network";
import { Engine, ENGINES, engineVersion, EngineVersion } from "./engine";
import {
  checkGroupSettings,
  createMonitoringRole,
  createSubnetGroup,
  DatabaseGroupSettings,
  parameterList,
} from "./group-parts";
import { checkProps } from "./shapes";

export interface DatabaseGroupsProps extends DatabaseGroupSettings {
  readonly engine: Engine;
  /** Version of the instances that use the groups: `"16"`, `"8.4"`. */
  readonly engineVersion: string;
  /** Name of the groups, 1 to 63 characters; unique in the region of the account. */
  readonly name: string;
}

/**
 * The groups of a site's instances: DB subnet group, DB parameter group, security group, and the role of Enhanced Monitoring.
 * They outlive each instance. After a failover, the former instance and the one that replaces it share them.
 *
 * Site: each site has its own.
 * While the other site is dark: works.
 * On failover: nothing happens; a promoted replica keeps its groups.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export class DatabaseGroups extends Construct {
  readonly engineVersion: EngineVersion;
  readonly monitoringRoleArn: string;
  readonly parameterGroupName: string;
  readonly port: number;
  readonly securityGroupId: string;
  readonly subnetGroupName: string;
  /** Resources that an instance depends on without a reference to them. */
  readonly dependencies: ITerraformDependable[];
  readonly parameterGroup: DbParameterGroup;
  readonly securityGroup: SecurityGroup;
  readonly subnetGroup: DbSubnetGroup;

  constructor(scope: Construct, id: string, props: DatabaseGroupsProps) {
    super(scope, id);
    checkProps(this, "DatabaseGroupsProps", props);
    this.engineVersion = engineVersion(this, props.engine, props.engineVersion);
    this.port = checkDatabasePort(this, props.port ?? ENGINES[props.engine].port);
    const tls = ENGINES[props.engine].tls.name;
    checkGroupSettings(this, props, {
      [tls]: "leave it out; 'unencryptedConnections: true' lets clients connect without TLS",
    });

    this.subnetGroup = createSubnetGroup(this, props);
    this.parameterGroup = createParameterGroup(this, props);
    this.securityGroup = createClientSecurityGroup(this, { name: props.name, port: this.port, clients: props });
    const { role, policies } = createMonitoringRole(this, props.name);
    this.dependencies = policies;
    this.subnetGroupName = this.subnetGroup.name;
    this.parameterGroupName = this.parameterGroup.name;
    this.securityGroupId = this.securityGroup.id;
    this.monitoringRoleArn = role.arn;
  }
}

/** Its name contains the family: a major upgrade creates the new group while the instance still uses the old one. */
function createParameterGroup(groups: DatabaseGroups, props: DatabaseGroupsProps): DbParameterGroup {
  const { family } = groups.engineVersion;
  const { tls } = ENGINES[props.engine];
  const forced = { [tls.name]: props.unencryptedConnections ? "0" : tls.value };
  return new DbParameterGroup(groups, "ParameterGroup", {
    name: `${props.name}-${family.replace(".", "-")}`,
    description: `Parameters of ${props.name}`,
    family,
    parameter: parameterList({ ...props.parameters, ...forced }, props.staticParameters),
    lifecycle: { createBeforeDestroy: true },
  });
}
