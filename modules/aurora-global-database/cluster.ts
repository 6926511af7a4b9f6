import { RdsCluster, RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Construct } from "constructs";
import { ClusterParts, createCluster, createInstances } from "../joined-clusters";
import { WithInstances } from "./cluster-checks";
import { ClusterProps } from "./cluster-props";
import { scalingConfig } from "./serverless-scaling";

const DEFAULTS = {
  monitoringIntervalSeconds: 60,
  performanceInsightsRetentionDays: 7, // AWS charges for more
};

type Parts = ClusterParts<ClusterProps & WithInstances>;

/**
 * Creates the cluster.
 *
 * @param own arguments that only a first cluster or only a secondary has
 */
export function createAuroraCluster(scope: Construct, parts: Parts, own: Partial<RdsClusterConfig>): RdsCluster {
  const { props, groups, settled } = parts;
  return createCluster(
    scope,
    parts,
    (common) =>
      new RdsCluster(scope, "Resource", {
        ...common,
        copyTagsToSnapshot: true,
        dbClusterParameterGroupName: groups.clusterParameterGroup.name,
        dbSubnetGroupName: groups.subnetGroup.name,
        deleteAutomatedBackups: false,
        enableGlobalWriteForwarding: props.writeForwarding ?? false,
        enabledCloudwatchLogsExports: [...settled.logs],
        iamDatabaseAuthenticationEnabled: props.iamAuthentication ?? true,
        kmsKeyId: props.kmsKeyArn,
        serverlessv2ScalingConfiguration: props.serverlessV2Scaling && scalingConfig(props.serverlessV2Scaling),
        storageType: props.ioOptimized ? "aurora-iopt1" : undefined,
        ...own,
      }),
  );
}

/** Creates the instances. An imported instance keeps its key of Performance Insights, because another would replace the instance. */
export function createAuroraInstances(
  scope: Construct,
  parts: Parts,
  cluster: RdsCluster,
): Record<string, RdsClusterInstance> {
  const { props, groups } = parts;
  const {
    intervalSeconds = DEFAULTS.monitoringIntervalSeconds,
    performanceInsights = true,
    performanceInsightsRetentionDays = DEFAULTS.performanceInsightsRetentionDays,
  } = props.monitoring ?? {};
  return createInstances(
    scope,
    parts,
    cluster,
    (id, common, adopted) =>
      new RdsClusterInstance(scope, id, {
        ...common,
        autoMinorVersionUpgrade: false, // AWS ignores it on clusters of a global database
        caCertIdentifier: props.caCertificate,
        copyTagsToSnapshot: true,
        dbParameterGroupName: groups.instanceParameterGroup?.name,
        dbSubnetGroupName: groups.subnetGroup.name,
        monitoringInterval: intervalSeconds,
        monitoringRoleArn: intervalSeconds > 0 ? groups.monitoring?.role.arn : undefined,
        performanceInsightsEnabled: performanceInsights,
        performanceInsightsKmsKeyId: performanceInsights && !adopted ? props.kmsKeyArn : undefined,
        performanceInsightsRetentionPeriod: performanceInsights ? performanceInsightsRetentionDays : undefined,
        publiclyAccessible: false,
        dependsOn: groups.monitoring?.policies,
      }),
  );
}
