import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { checkDatabasePort } from "../aws-values";
import { refuse } from "../core";
import { createClientSecurityGroup } from "../network";
import { checkGroups, checkGroupSettings, createMonitoringRole, parameterList } from "../rds-read-replica/internal";
import { Site } from "../site";
import { EngineParameter, JoinedEngine, NamedResource } from "./engine";
import { CheckedCluster } from "./member-checks";
import { JoinedClusterProps } from "./member-props";

type Parameters = Readonly<Record<string, string | number>>;

/** The groups of a cluster and its instances. */
export interface ClusterGroups {
  readonly clusterParameterGroup: NamedResource;
  /** `undefined` if instances have no parameters of their own. */
  readonly instanceParameterGroup: NamedResource | undefined;
  /** Role of Enhanced Monitoring, and the policies that an instance must wait for although it does not name them. */
  readonly monitoring: ReturnType<typeof createMonitoringRole> | undefined;
  readonly port: number;
  readonly securityGroup: SecurityGroup;
  readonly subnetGroup: NamedResource;
}

/**
 * Creates the subnet group, the parameter groups, the security group, and the role of Enhanced Monitoring, below the child `Groups`.
 * AWS copies none of them from another region, so each site has its own set.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-modifying-parameters.html
 */
export function createGroups(scope: Construct, checked: CheckedCluster): ClusterGroups {
  const { engine, props } = checked;
  const { identifier: name } = props;
  const groups = new Construct(scope, "Groups");
  const port = checkDatabasePort(groups, props.port ?? engine.port);
  checkSettings(groups, checked);
  return {
    port,
    subnetGroup: createSubnetGroup(groups, checked),
    clusterParameterGroup: createClusterParameters(groups, checked),
    instanceParameterGroup: createInstanceParameters(groups, checked),
    securityGroup: createClientSecurityGroup(groups, { name, port, clients: props }),
    monitoring: engine.enhancedMonitoring ? createMonitoringRole(groups, name) : undefined,
  };
}

function checkSettings(scope: Construct, { engine, props }: CheckedCluster): void {
  const { tls, reservedParameters, enhancedMonitoring } = engine;
  const check = enhancedMonitoring ? checkGroupSettings : checkGroups;
  const tlsRemedy = "leave it out; 'unencryptedConnections: true' lets clients connect without TLS";
  check(scope, { ...props, name: props.identifier }, { ...(tls && { [tls.name]: tlsRemedy }), ...reservedParameters });
  const { instanceParameters = {}, staticInstanceParameters = {} } = props;
  const twice = Object.keys(instanceParameters).find((name) => name in staticInstanceParameters);
  if (twice !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `'${twice}' is given in 'instanceParameters' and in 'staticInstanceParameters'`,
    );
  }
}

/** A cluster that Terraform imports keeps its subnet group, so Terraform imports that too. */
function createSubnetGroup(scope: Construct, { engine, props }: CheckedCluster): NamedResource {
  const { identifier, adoptExisting, subnetIds } = props;
  const name = adoptExisting?.subnetGroupName ?? identifier;
  const group = new engine.SubnetGroup(scope, "SubnetGroup", {
    name,
    description: `Subnets of ${name}`,
    subnetIds: [...subnetIds],
  });
  if (adoptExisting !== undefined) group.importFrom(name, Site.of(scope).provider);
  return group;
}

function createClusterParameters(scope: Construct, { engine, props, settled }: CheckedCluster): NamedResource {
  const { identifier, parameters, staticParameters } = props;
  const set = parametersSet(engine, props, settled.logs);
  const id = engine.InstanceParameterGroup === undefined ? "ParameterGroup" : "ClusterParameterGroup";
  return new engine.ClusterParameterGroup(scope, id, {
    name: groupName(engine, identifier),
    description: `Cluster parameters of ${identifier}`,
    family: engine.family,
    parameter: parameterList(
      { ...parameters, ...valuesOf(set.filter((parameter) => !parameter.static)) },
      { ...staticParameters, ...valuesOf(set.filter((parameter) => parameter.static)) },
    ),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Parameters that the library sets: those of the engine, of TLS, and of each published log unless the user gives them. */
function parametersSet(engine: JoinedEngine, props: JoinedClusterProps, logs: readonly string[]): EngineParameter[] {
  const given = { ...props.parameters, ...props.staticParameters };
  const ofLogs = Object.entries(engine.logParameters)
    .filter(([log, { name }]) => logs.includes(log) && !(name in given))
    .map(([, parameter]) => parameter);
  const { tls } = engine;
  const ofTls = tls === undefined ? [] : [{ ...tls, value: props.unencryptedConnections ? tls.off : tls.on }];
  return [...engine.parameters, ...ofTls, ...ofLogs];
}

function valuesOf(parameters: readonly EngineParameter[]): Parameters {
  return Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
}

function createInstanceParameters(scope: Construct, checked: CheckedCluster): NamedResource | undefined {
  const { engine, props } = checked;
  const { instanceParameters, staticInstanceParameters } = props;
  if (engine.InstanceParameterGroup === undefined) return undefined;
  return new engine.InstanceParameterGroup(scope, "InstanceParameterGroup", {
    name: groupName(engine, props.identifier),
    description: `Instance parameters of ${props.identifier}`,
    family: engine.family,
    parameter: engine.instanceParametersStatic
      ? parameterList({}, instanceParameters)
      : parameterList(instanceParameters, staticInstanceParameters),
    lifecycle: { createBeforeDestroy: true },
  });
}

/**
 * Name of the parameter groups. It contains the family: a major upgrade creates the new group while the cluster still uses the old one.
 * Cluster and instance parameter groups are different kinds of groups, so both may have the same name.
 */
export function groupName({ family }: JoinedEngine, identifier: string): string {
  return `${identifier}-${family.replace(".", "-")}`;
}
