import { DocdbClusterParameterGroup } from "@cdktf/provider-aws/lib/docdb-cluster-parameter-group";
import { DocdbSubnetGroup } from "@cdktf/provider-aws/lib/docdb-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { createClientSecurityGroup } from "../network/client-security-group";
import { checkGroups, checkPort, parameterList } from "../rds-read-replica/group-parts";
import { Site } from "../site";
import { ClusterProps } from "./cluster-props";
import { ClusterLogType, familyOf, LOG_PARAMETERS, PORT, TLS } from "./engine";

/**
 * What the cluster of a site needs: subnet group, cluster parameter group and security group.
 *
 * AWS takes none of them over from another region, so each site has complete ones, alike in what all sites agree on.
 *
 * Site: each site has its own.
 * While the other site is dark: works.
 * On failover: nothing happens; a cluster keeps its groups.
 * Cost: none.
 *
 * @throws OutsideSite, InvalidName, NameTaken, SettingOutOfRange, ConflictingSettings, OpenToTheWorld
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters-disaster-recovery.html
 */
export class ClusterGroups extends Construct {
  readonly parameterGroup: DocdbClusterParameterGroup;
  readonly port: number;
  readonly securityGroup: SecurityGroup;
  readonly subnetGroup: DocdbSubnetGroup;

  constructor(scope: Construct, id: string, props: ClusterProps, logs: readonly ClusterLogType[]) {
    super(scope, id);
    const { identifier: name } = props;
    this.port = checkPort(this, props.port ?? PORT);
    checkGroups(
      this,
      { ...props, name },
      { [TLS.name]: "leave it out; 'unencryptedConnections: true' lets clients connect without TLS" },
    );

    this.subnetGroup = createSubnetGroup(this, props);
    this.parameterGroup = createParameterGroup(this, props, logs);
    this.securityGroup = createClientSecurityGroup(this, { name, port: this.port, clients: props });
  }
}

/** A cluster that is taken over stays in its group. */
function createSubnetGroup(groups: ClusterGroups, { identifier, adoptExisting, subnetIds }: ClusterProps) {
  const name = adoptExisting?.subnetGroupName ?? identifier;
  const group = new DocdbSubnetGroup(groups, "SubnetGroup", {
    name,
    description: `Subnets of ${name}`,
    subnetIds: [...subnetIds],
  });
  if (adoptExisting !== undefined) group.importFrom(name, Site.of(groups).provider);
  return group;
}

function createParameterGroup(groups: ClusterGroups, props: ClusterProps, logs: readonly ClusterLogType[]) {
  const { staticParameters = {} } = props;
  const family = familyOf(groups, props.global.engineVersion);
  const logging = logs
    .map((log) => LOG_PARAMETERS[log])
    .filter((name) => !(name in staticParameters))
    .map((name) => [name, "enabled"] as const);
  return new DocdbClusterParameterGroup(groups, "ParameterGroup", {
    name: `${props.identifier}-${family.replace(".", "-")}`,
    description: `Cluster parameters of ${props.identifier}`,
    family,
    parameter: parameterList(
      { ...Object.fromEntries(logging), ...props.parameters },
      { ...staticParameters, [TLS.name]: props.unencryptedConnections ? TLS.off : TLS.on },
    ),
    lifecycle: { createBeforeDestroy: true },
  });
}
