import { NeptuneCluster } from "@cdktf/provider-aws/lib/neptune-cluster";
import { NeptuneClusterInstance } from "@cdktf/provider-aws/lib/neptune-cluster-instance";
import { Construct } from "constructs";
import { arn, refuse } from "../core";
import { ClusterParts, createCluster, createInstances } from "../joined-clusters";
import { Site } from "../site";
import { ClusterProps } from "./cluster-props";
import { neptuneVersion } from "./engine";

type Parts = ClusterParts<ClusterProps>;

export function checkStorage(scope: Construct, { global, ioOptimized }: ClusterProps): void {
  const { engineVersion } = global;
  if (ioOptimized && !neptuneVersion(scope, engineVersion).ioOptimized) {
    const problem = `Neptune ${engineVersion} has no I/O-Optimized storage, 1.3.0.0 is the first`;
    refuse(scope, "NotInEngineVersion", problem);
  }
}

/** Creates the cluster. */
export function createNeptuneCluster(scope: Construct, parts: Parts): NeptuneCluster {
  const { props, groups, settled } = parts;
  return createCluster(
    scope,
    parts,
    (common) =>
      new NeptuneCluster(scope, "Resource", {
        ...common,
        copyTagsToSnapshot: true,
        enableCloudwatchLogsExports: [...settled.logs],
        iamDatabaseAuthenticationEnabled: props.iamAuthentication ?? true,
        iamRoles: props.loaderRoleArns && [...props.loaderRoleArns],
        kmsKeyArn: props.kmsKeyArn,
        neptuneClusterParameterGroupName: groups.clusterParameterGroup.name,
        neptuneSubnetGroupName: groups.subnetGroup.name,
        storageType: props.ioOptimized ? "iopt1" : undefined,
      }),
  );
}

/** Creates the instances. */
export function createNeptuneInstances(
  scope: Construct,
  parts: Parts,
  cluster: NeptuneCluster,
): Record<string, NeptuneClusterInstance> {
  const { groups } = parts;
  return createInstances(
    scope,
    parts,
    cluster,
    (id, common) =>
      new NeptuneClusterInstance(scope, id, {
        ...common,
        autoMinorVersionUpgrade: false, // all clusters of a global database have one version
        neptuneParameterGroupName: groups.instanceParameterGroup?.name,
        neptuneSubnetGroupName: groups.subnetGroup.name,
        port: groups.port,
        publiclyAccessible: false,
      }),
  );
}

/** ARN of the data of a cluster. It contains the id that AWS gave the cluster. */
export function dataArn(cluster: NeptuneCluster): string {
  const { partition, region, account } = Site.of(cluster);
  return arn({ partition, service: "neptune-db", region, account, resource: `${cluster.clusterResourceId}/*` });
}
