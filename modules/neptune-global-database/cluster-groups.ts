import { NeptuneClusterParameterGroup } from "@cdktf/provider-aws/lib/neptune-cluster-parameter-group";
import { NeptuneParameterGroup } from "@cdktf/provider-aws/lib/neptune-parameter-group";
import { NeptuneSubnetGroup } from "@cdktf/provider-aws/lib/neptune-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { createClientSecurityGroup } from "../network/client-security-group";
import { checkGroups, checkPort, parameterList } from "../rds-read-replica/group-parts";
import { Site } from "../site";
import { ClusterProps } from "./cluster-props";
import { ClusterLogType, LOG_PARAMETERS, NeptuneVersion, PORT } from "./engine";

/** What the checks have settled and the groups need. */
interface Settled {
  readonly logs: readonly ClusterLogType[];
  readonly version: NeptuneVersion;
}

/**
 * What the cluster of a site and its instances need: subnet group, cluster and instance parameter group, and security group.
 *
 * AWS takes none of them over from another region, so each site has complete ones, alike in what all sites agree on.
 *
 * Site: each site has its own.
 * While the other site is dark: works.
 * On failover: nothing happens; a cluster keeps its groups.
 * Cost: none.
 *
 * @throws OutsideSite, InvalidName, NameTaken, SettingOutOfRange, ConflictingSettings, OpenToTheWorld
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-managing.html
 */
export class ClusterGroups extends Construct {
  readonly clusterParameterGroup: NeptuneClusterParameterGroup;
  readonly instanceParameterGroup: NeptuneParameterGroup;
  readonly port: number;
  readonly securityGroup: SecurityGroup;
  readonly subnetGroup: NeptuneSubnetGroup;

  constructor(scope: Construct, id: string, props: ClusterProps, { logs, version }: Settled) {
    super(scope, id);
    const { identifier: name } = props;
    this.port = checkPort(this, props.port ?? PORT);
    checkGroups(this, { ...props, name }, {});

    this.subnetGroup = createSubnetGroup(this, props);
    this.clusterParameterGroup = createClusterParameters(this, props, { logs, version });
    this.instanceParameterGroup = createInstanceParameters(this, props, version);
    this.securityGroup = createClientSecurityGroup(this, { name, port: this.port, clients: props });
  }
}

/** A cluster that is taken over stays in its group. */
function createSubnetGroup(groups: ClusterGroups, { identifier, adoptExisting, subnetIds }: ClusterProps) {
  const name = adoptExisting?.subnetGroupName ?? identifier;
  const group = new NeptuneSubnetGroup(groups, "SubnetGroup", {
    name,
    description: `Subnets of ${name}`,
    subnetIds: [...subnetIds],
  });
  if (adoptExisting !== undefined) group.importFrom(name, Site.of(groups).provider);
  return group;
}

/** Named after its family: a major upgrade makes the new group beside the old one, which the cluster still uses. */
function createClusterParameters(groups: ClusterGroups, props: ClusterProps, { logs, version }: Settled) {
  return new NeptuneClusterParameterGroup(groups, "ClusterParameterGroup", {
    name: groupName(props, version),
    description: `Cluster parameters of ${props.identifier}`,
    family: version.family,
    parameter: parameterList(
      { ...logging(props, logs, "slowquery"), ...props.parameters },
      { ...logging(props, logs, "audit"), ...props.staticParameters },
    ),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** The parameter that a published log needs, unless it is given. */
function logging(props: ClusterProps, logs: readonly ClusterLogType[], log: ClusterLogType): Record<string, string> {
  const { name, value } = LOG_PARAMETERS[log];
  const given = name in (props.parameters ?? {}) || name in (props.staticParameters ?? {});
  return logs.includes(log) && !given ? { [name]: value } : {};
}

function createInstanceParameters(groups: ClusterGroups, props: ClusterProps, version: NeptuneVersion) {
  return new NeptuneParameterGroup(groups, "InstanceParameterGroup", {
    name: groupName(props, version),
    description: `Instance parameters of ${props.identifier}`,
    family: version.family,
    parameter: parameterList({}, props.instanceParameters),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Cluster and instance parameter groups have names of their own kind, so both may have the same. */
export function groupName({ identifier }: ClusterProps, { family }: NeptuneVersion): string {
  return `${identifier}-${family.replace(".", "-")}`;
}
