import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkName, claimName, fittingName, IAM_ROLE, inRange, NameRule, plain, refuse, trustService } from "../core";
import { Site } from "../site";
import { Engine, ENGINES, engineVersion, EngineVersion } from "./engine";

/** DB parameter groups have the narrowest rule, and an instance's own groups are named after it. */
const GROUP: NameRule = {
  what: "name of database groups",
  min: 1,
  max: 63,
  pattern: /^(?!.*--)[a-z]([a-z0-9-]*[a-z0-9])?$/,
  allowed: "lower-case letters, digits and hyphens, beginning with a letter, no two hyphens in a row, none at the end",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html",
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const PORTS = { min: 1150, max: 65535 };

/** A DB subnet group has to cover two Availability Zones. */
const FEWEST_SUBNETS = 2;

const MONITORING_POLICY = "service-role/AmazonRDSEnhancedMonitoringRole";

/** What the groups of a database are made of, besides their name and engine. */
export interface DatabaseGroupSettings {
  /** Subnets in two Availability Zones or more, without a way in from the internet. */
  readonly subnetIds: readonly string[];
  /** VPC of the subnets. */
  readonly vpcId: string;
  /**
   * CIDR blocks that may connect, each under a name of its own.
   *
   * @default - none
   */
  readonly clientCidrBlocks?: Readonly<Record<string, string>>;
  /**
   * Ids of security groups whose members may connect, each under a name of its own.
   *
   * @default - none
   */
  readonly clientSecurityGroups?: Readonly<Record<string, string>>;
  /**
   * Dynamic engine parameters; a change takes effect at once.
   *
   * @default - AWS's defaults for the version
   */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /**
   * Port the engine listens on, 1150 to 65535.
   *
   * @default - 3306 for MySQL and MariaDB, 5432 for PostgreSQL
   */
  readonly port?: number;
  /**
   * Static engine parameters; a change takes effect when the instance is rebooted.
   *
   * @default - AWS's defaults for the version
   */
  readonly staticParameters?: Readonly<Record<string, string | number>>;
  /**
   * Lets clients connect without TLS.
   *
   * @default false
   */
  readonly unencryptedConnections?: boolean;
}

export interface DatabaseGroupsProps extends DatabaseGroupSettings {
  readonly engine: Engine;
  /** Version of the instances that use the groups: `"16"`, `"8.4"`. */
  readonly engineVersion: string;
  /** Name of the groups, 1 to 63 characters; unique in the region of the account. */
  readonly name: string;
}

/**
 * What the instances of a site need and what outlives each of them: DB subnet group, DB parameter group, security group, and the
 * role of Enhanced Monitoring. After a failover the instance that was forgotten and the one that is made beside it share them.
 *
 * Site: each site has its own.
 * While the other site is dark: works.
 * On failover: nothing happens; a promoted replica keeps its groups.
 * Cost: none.
 *
 * @throws OutsideSite, InvalidName, NameTaken, UnknownEngineVersion, SettingOutOfRange, ConflictingSettings, OpenToTheWorld
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export class DatabaseGroups extends Construct {
  readonly engineVersion: EngineVersion;
  readonly monitoringRoleArn: string;
  readonly parameterGroupName: string;
  readonly port: number;
  readonly securityGroupId: string;
  readonly subnetGroupName: string;
  /** What an instance must wait for although it names none of it. */
  readonly dependencies: ITerraformDependable[];
  readonly parameterGroup: DbParameterGroup;
  readonly securityGroup: SecurityGroup;
  readonly subnetGroup: DbSubnetGroup;

  constructor(scope: Construct, id: string, props: DatabaseGroupsProps) {
    super(scope, id);
    this.engineVersion = engineVersion(this, props.engine, props.engineVersion);
    this.port = inRange(this, "port", props.port ?? ENGINES[props.engine].port, PORTS.min, PORTS.max);
    checkSettings(this, props);

    this.subnetGroup = createSubnetGroup(this, props);
    this.parameterGroup = createParameterGroup(this, props);
    this.securityGroup = createSecurityGroup(this, props);
    const role = createMonitoringRole(this, props.name);
    this.dependencies = [permitMonitoring(this, role)];
    this.subnetGroupName = this.subnetGroup.name;
    this.parameterGroupName = this.parameterGroup.name;
    this.securityGroupId = this.securityGroup.id;
    this.monitoringRoleArn = role.arn;
  }
}

function checkSettings(groups: DatabaseGroups, props: DatabaseGroupsProps): void {
  claimName(groups, GROUP, checkName(groups, "name", props.name, GROUP), Site.of(groups));
  claimName(groups, IAM_ROLE, roleName(groups, props.name), Site.of(groups));
  if (props.subnetIds.length < FEWEST_SUBNETS) {
    refuse(
      groups,
      "SettingOutOfRange",
      `'subnetIds' must cover two Availability Zones or more, got ${props.subnetIds.length} of ${FEWEST_SUBNETS} subnets`,
    );
  }
  for (const cidr of Object.values(props.clientCidrBlocks ?? {})) {
    if (plain(groups, "clientCidrBlocks", cidr).endsWith("/0")) {
      refuse(groups, "OpenToTheWorld", `'clientCidrBlocks' opens the database to everybody, got '${cidr}'`);
    }
  }
  refuseParameters(groups, props);
}

function refuseParameters(groups: DatabaseGroups, props: DatabaseGroupsProps): void {
  const { parameters = {}, staticParameters = {} } = props;
  const { tls } = ENGINES[props.engine];
  if (tls.name in parameters || tls.name in staticParameters) {
    refuse(
      groups,
      "ConflictingSettings",
      `'${tls.name}' is what this module sets itself`,
      "leave it out; 'unencryptedConnections: true' lets clients connect without TLS",
    );
  }
  const twice = Object.keys(parameters).find((name) => name in staticParameters);
  if (twice !== undefined) {
    refuse(groups, "ConflictingSettings", `'${twice}' is given in 'parameters' and in 'staticParameters'`);
  }
}

/** Roles are global: the region keeps those of two sites apart. */
function roleName(groups: DatabaseGroups, name: string): string {
  return fittingName(IAM_ROLE, name, Site.of(groups).region, "monitoring");
}

function createSubnetGroup(groups: DatabaseGroups, props: DatabaseGroupsProps): DbSubnetGroup {
  return new DbSubnetGroup(groups, "SubnetGroup", {
    name: props.name,
    description: `Subnets of ${props.name}`,
    subnetIds: [...props.subnetIds],
  });
}

/** Named after its family: a major upgrade makes the new group beside the old one, which the instance still uses. */
function createParameterGroup(groups: DatabaseGroups, props: DatabaseGroupsProps): DbParameterGroup {
  const { family } = groups.engineVersion;
  const { tls } = ENGINES[props.engine];
  const forced = { [tls.name]: props.unencryptedConnections ? "0" : tls.value };
  const parameter = [
    ...parametersOf({ ...props.parameters, ...forced }, "immediate"),
    ...parametersOf(props.staticParameters ?? {}, "pending-reboot"),
  ];
  return new DbParameterGroup(groups, "ParameterGroup", {
    name: `${props.name}-${family.replace(".", "-")}`,
    description: `Parameters of ${props.name}`,
    family,
    parameter: parameter.sort((a, b) => (a.name < b.name ? -1 : 1)),
    lifecycle: { createBeforeDestroy: true },
  });
}

function parametersOf(parameters: Readonly<Record<string, string | number>>, applyMethod: string) {
  return Object.entries(parameters).map(([name, value]) => ({ name, value: String(value), applyMethod }));
}

/** Nothing goes out: the provider takes away the rule that AWS adds to a new group. */
function createSecurityGroup(groups: DatabaseGroups, props: DatabaseGroupsProps): SecurityGroup {
  const group = new SecurityGroup(groups, "SecurityGroup", {
    name: props.name,
    description: `Clients of ${props.name}`,
    vpcId: props.vpcId,
  });
  for (const [client, cidr] of Object.entries(props.clientCidrBlocks ?? {})) {
    admit(groups, client, cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr });
  }
  for (const [client, referencedSecurityGroupId] of Object.entries(props.clientSecurityGroups ?? {})) {
    admit(groups, client, { referencedSecurityGroupId });
  }
  return group;

  function admit(
    scope: DatabaseGroups,
    client: string,
    from: { cidrIpv4?: string; cidrIpv6?: string; referencedSecurityGroupId?: string },
  ): void {
    new VpcSecurityGroupIngressRule(scope, `Client-${client}`, {
      securityGroupId: group.id,
      description: client,
      ipProtocol: "tcp",
      fromPort: scope.port,
      toPort: scope.port,
      ...from,
    });
  }
}

function createMonitoringRole(groups: DatabaseGroups, name: string): IamRole {
  const { partition, region, account } = Site.of(groups);
  return new IamRole(groups, "MonitoringRole", {
    name: roleName(groups, name),
    description: `Enhanced Monitoring of ${name}`,
    assumeRolePolicy: trustService("monitoring.rds.amazonaws.com", {
      StringEquals: { "aws:SourceAccount": account },
      StringLike: { "aws:SourceArn": `arn:${partition}:rds:${region}:${account}:db:*` },
    }),
  });
}

function permitMonitoring(groups: DatabaseGroups, role: IamRole): IamRolePolicyAttachment {
  return new IamRolePolicyAttachment(groups, "MonitoringPolicy", {
    role: role.name,
    policyArn: `arn:${Site.of(groups).partition}:iam::aws:policy/${MONITORING_POLICY}`,
  });
}
