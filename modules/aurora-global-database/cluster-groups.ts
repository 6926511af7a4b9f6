import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { refuse } from "../core";
import { createClientSecurityGroup } from "../network/client-security-group";
import {
  checkGroupSettings,
  checkPort,
  createMonitoringRole,
  createSubnetGroup,
  NamedGroupSettings,
  parameterList,
} from "../rds-read-replica/group-parts";
import { Site } from "../site";
import { ClusterProps } from "./cluster-props";
import { AURORA, AuroraVersion } from "./engine";

const RPO_PARAMETER = "rds.global_db_rpo";

/**
 * What the cluster of a site and its instances need: DB subnet group, cluster and instance parameter group, security group, and the
 * role of Enhanced Monitoring.
 *
 * AWS takes none of them over from another region, so each site has complete ones, alike in what all sites agree on.
 *
 * Site: each site has its own.
 * While the other site is dark: works.
 * On failover: nothing happens; a cluster keeps its groups.
 * Cost: none.
 *
 * @throws OutsideSite, InvalidName, NameTaken, SettingOutOfRange, ConflictingSettings, OpenToTheWorld
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-modifying-parameters.html
 */
export class ClusterGroups extends Construct {
  readonly clusterParameterGroup: RdsClusterParameterGroup;
  readonly instanceParameterGroup: DbParameterGroup;
  readonly monitoringRoleArn: string;
  readonly port: number;
  readonly securityGroup: SecurityGroup;
  readonly subnetGroup: DbSubnetGroup;
  /** What an instance must wait for although it names none of it. */
  readonly dependencies: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ClusterProps, version: AuroraVersion) {
    super(scope, id);
    const settings: NamedGroupSettings = { ...props, name: props.identifier };
    this.port = checkPort(this, props.port ?? AURORA[version.engine].port);
    checkSettings(this, props, settings);

    this.subnetGroup = placeSubnetGroup(this, props, settings);
    this.clusterParameterGroup = createClusterParameters(this, props, version);
    this.instanceParameterGroup = createInstanceParameters(this, props, version);
    this.securityGroup = createClientSecurityGroup(this, { name: settings.name, port: this.port, clients: props });
    const { role, permission } = createMonitoringRole(this, props.identifier);
    this.dependencies = [permission];
    this.monitoringRoleArn = role.arn;
  }
}

function checkSettings(groups: ClusterGroups, props: ClusterProps, settings: NamedGroupSettings): void {
  checkGroupSettings(groups, settings, {
    [AURORA[props.global.engine].tls.name]:
      "leave it out; 'unencryptedConnections: true' lets clients connect without TLS",
    [RPO_PARAMETER]: "leave it out, and give 'rpo' to the global database",
  });
  const { instanceParameters = {}, staticInstanceParameters = {} } = props;
  const twice = Object.keys(instanceParameters).find((name) => name in staticInstanceParameters);
  if (twice !== undefined) {
    refuse(
      groups,
      "ConflictingSettings",
      `'${twice}' is given in 'instanceParameters' and in 'staticInstanceParameters'`,
    );
  }
}

/** A cluster that is taken over stays in its group. */
function placeSubnetGroup(
  groups: ClusterGroups,
  { adoptExisting }: ClusterProps,
  settings: NamedGroupSettings,
): DbSubnetGroup {
  if (adoptExisting === undefined) return createSubnetGroup(groups, settings);
  const { subnetGroupName: name } = adoptExisting;
  const group = createSubnetGroup(groups, { ...settings, name });
  group.importFrom(name, Site.of(groups).provider);
  return group;
}

/** Named after its family: a major upgrade makes the new group beside the old one, which the cluster still uses. */
function createClusterParameters(
  groups: ClusterGroups,
  props: ClusterProps,
  version: AuroraVersion,
): RdsClusterParameterGroup {
  const { tls } = AURORA[version.engine];
  const { rpo } = props.global;
  const forced = {
    [tls.name]: props.unencryptedConnections ? tls.off : tls.on,
    ...(rpo !== undefined && { [RPO_PARAMETER]: rpo.inSeconds }),
  };
  return new RdsClusterParameterGroup(groups, "ClusterParameterGroup", {
    name: groupName(props, version),
    description: `Cluster parameters of ${props.identifier}`,
    family: version.family,
    parameter: parameterList({ ...props.parameters, ...forced }, props.staticParameters),
    lifecycle: { createBeforeDestroy: true },
  });
}

function createInstanceParameters(
  groups: ClusterGroups,
  props: ClusterProps,
  version: AuroraVersion,
): DbParameterGroup {
  return new DbParameterGroup(groups, "InstanceParameterGroup", {
    name: groupName(props, version),
    description: `Instance parameters of ${props.identifier}`,
    family: version.family,
    parameter: parameterList(props.instanceParameters, props.staticInstanceParameters),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Cluster and instance parameter groups have names of their own kind, so both may have the same. */
export function groupName({ identifier }: ClusterProps, { family }: AuroraVersion): string {
  return `${identifier}-${family.replace(".", "-")}`;
}
