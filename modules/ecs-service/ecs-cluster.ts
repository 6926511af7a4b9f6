import { EcsCluster as Cluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Construct } from "constructs";
import { checkLogRetention } from "../aws-values";
import { claimName, madeBy } from "../core";
import { createLogGroup, LOG_GROUP } from "../log-group";
import { refuseForeignArn, Site } from "../site";
import { ClusterPlace, clusterRef, ClusterRef } from "./cluster-ref";
import { CLUSTER } from "./names";
import { checkProps } from "./shapes";

export interface EcsClusterProps {
  /**
   * ARN of the site's key that encrypts the disks of tasks and the commands that operators run in them. Its policy must let Fargate and
   * CloudWatch Logs use it, see {@link ecsKeyStatements}. Fargate does not accept a multi-Region key.
   */
  readonly kmsKeyArn: string;
  /** Name; unique in the region of the account. */
  readonly name: string;
  /**
   * Container Insights for tasks and services (`enabled`), for each task and container too (`enhanced`), or for neither. Without it, no
   * metric shows how many tasks run.
   *
   * @default "enabled"
   */
  readonly containerInsights?: "enabled" | "enhanced" | "disabled";
  /**
   * Days the log of commands run in containers is kept; one of the values of CloudWatch Logs.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
}

/**
 * A cluster for tasks on Fargate, on demand and Spot. The site's key encrypts the disks. Container Insights counts the tasks. A log group
 * keeps the commands that operators run in containers.
 *
 * Site: one in each.
 * While the other site is dark: works.
 * On failover: nothing happens.
 * Cost: the metrics of Container Insights; nothing without tasks.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html
 */
export class EcsCluster extends Construct {
  /** The cluster of a name, without creating it. */
  static refOf(at: ClusterPlace): ClusterRef {
    return clusterRef("EcsCluster.refOf", at);
  }

  /** Points to this cluster. Services in it use the ref. */
  readonly ref: ClusterRef;
  readonly resource: Cluster;

  constructor(scope: Construct, id: string, props: EcsClusterProps) {
    super(scope, id);
    checkProps(this, "EcsClusterProps", props);
    const { region, account } = Site.of(this);
    const containerInsights = props.containerInsights !== "disabled";
    const ref = clusterRef(this, { name: props.name, region, account, containerInsights });
    refuseForeignArn(this, "kmsKeyArn", props.kmsKeyArn, ["kms"]);
    if (props.logRetentionDays !== undefined) checkLogRetention(this, props.logRetentionDays);
    claimName(this, CLUSTER, props.name, Site.of(this));
    claimName(this, LOG_GROUP, ref.commandLogGroupName, Site.of(this));

    const { kmsKeyArn, logRetentionDays: retentionDays } = props;
    const commands = createLogGroup(this, "LogGroup", { name: ref.commandLogGroupName, kmsKeyArn, retentionDays });
    this.resource = createCluster(this, props, commands.name);
    const providers = offerFargate(this, this.resource);
    this.ref = madeBy(ref, this.resource, providers);
  }

  get clusterArn(): string {
    return this.resource.arn;
  }
}

function createCluster(cluster: EcsCluster, props: EcsClusterProps, commandLogGroupName: string): Cluster {
  return new Cluster(cluster, "Resource", {
    name: props.name,
    setting: [{ name: "containerInsights", value: props.containerInsights ?? "enabled" }],
    configuration: {
      executeCommandConfiguration: {
        kmsKeyId: props.kmsKeyArn,
        logging: "OVERRIDE",
        logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: commandLogGroupName },
      },
      managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: props.kmsKeyArn },
    },
  });
}

/** Each service chooses between the two. A service without a choice does not use Spot. */
function offerFargate(cluster: EcsCluster, { name: clusterName }: Cluster): EcsClusterCapacityProviders {
  return new EcsClusterCapacityProviders(cluster, "CapacityProviders", {
    clusterName,
    capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", base: 0, weight: 1 }],
  });
}
