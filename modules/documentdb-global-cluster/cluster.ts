import { DocdbCluster, DocdbClusterConfig } from "@cdktf/provider-aws/lib/docdb-cluster";
import { DocdbClusterInstance } from "@cdktf/provider-aws/lib/docdb-cluster-instance";
import { Construct } from "constructs";
import { ClusterParts, createCluster, createInstances } from "../joined-clusters";
import { ClusterProps } from "./cluster-props";

type Parts = ClusterParts<ClusterProps>;

/**
 * Creates the cluster.
 *
 * @param own arguments that only the first cluster has
 */
export function createDocumentDbCluster(
  scope: Construct,
  parts: Parts,
  own?: Partial<DocdbClusterConfig>,
): DocdbCluster {
  const { props, groups, settled } = parts;
  return createCluster(
    scope,
    parts,
    (common) =>
      new DocdbCluster(scope, "Resource", {
        ...common,
        dbClusterParameterGroupName: groups.clusterParameterGroup.name,
        dbSubnetGroupName: groups.subnetGroup.name,
        enabledCloudwatchLogsExports: [...settled.logs],
        kmsKeyId: props.kmsKeyArn,
        storageType: props.ioOptimized ? "iopt1" : "standard",
        ...own,
      }),
  );
}

/** Creates the instances. An imported instance keeps its key of Performance Insights, because another would replace the instance. */
export function createDocumentDbInstances(
  scope: Construct,
  parts: Parts,
  cluster: DocdbCluster,
): Record<string, DocdbClusterInstance> {
  const { props } = parts;
  const insights = props.monitoring?.performanceInsights ?? true;
  return createInstances(
    scope,
    parts,
    cluster,
    (id, common, adopted) =>
      new DocdbClusterInstance(scope, id, {
        ...common,
        caCertIdentifier: props.caCertificate,
        copyTagsToSnapshot: true,
        enablePerformanceInsights: insights,
        performanceInsightsKmsKeyId: insights && !adopted ? props.kmsKeyArn : undefined,
      }),
  );
}
