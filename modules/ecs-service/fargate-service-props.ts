import { IConstruct } from "constructs";
import { Capacity } from "../auto-scaling";
import { checkActiveCapacity, checkCapacity, checkLogRetention } from "../aws-values";
import { checkName, Duration, inRange, refuse, Statement } from "../core";
import { LoadBalancerTarget } from "../load-balancer";
import { checkCidr } from "../network";
import { checkSubnets, refuseForeignArn, refuseForeignRef, refuseRepeated, RoleInSite } from "../site";
import { checkSpot, Spot } from "./capacity-strategy";
import { ClusterRef } from "./cluster-ref";
import { Containers } from "./container";
import { checkContainers } from "./container-checks";
import { SERVICE } from "./names";
import { checkServiceScaling, ServiceScaling } from "./service-scaling";
import { checkShares, checkTaskSize, TaskSize } from "./task-size";

/** How many tasks there are while a new version replaces an old one, in percent of the service's number. */
export interface Deployment {
  /**
   * Most tasks, 101 to 200: zones are rebalanced by starting a task before another stops.
   *
   * @default 200
   */
  readonly maximumPercent?: number;
  /**
   * Fewest healthy tasks, 0 to 100.
   *
   * @default 100
   */
  readonly minimumHealthyPercent?: number;
  /**
   * Names of alarms of the site that roll a deployment back.
   *
   * @default - none: only tasks that do not start, or are not healthy, do
   */
  readonly rollbackAlarms?: readonly string[];
}

export interface FargateServiceProps extends RoleInSite, TaskSize {
  /**
   * Minimum, number at creation, and maximum in the site's current role. In the standby of a pilot light, minimum and number are zero and
   * the maximum is that of the active site.
   */
  readonly capacity: Capacity;
  /** Cluster of the site: `cluster.ref`, or `EcsCluster.refOf`. */
  readonly cluster: ClusterRef;
  /** Containers of a task by name, at most ten. The container that listens on the target's port serves the load balancer's requests. */
  readonly containers: Containers;
  /** ARN of the site's key that encrypts the logs. Its policy must let CloudWatch Logs use it, see {@link ecsKeyStatements}. */
  readonly kmsKeyArn: string;
  /** Name of service and task definition; unique in the region of the account. */
  readonly name: string;
  /** A subnet in each of two Availability Zones or more, private ones with a way to the registry, logs and secrets. */
  readonly subnetIds: readonly string[];
  readonly vpcId: string;
  /**
   * Capacity of the site when it is active. A failover raises the service to it.
   *
   * @default - `capacity`: there is nothing to raise
   */
  readonly activeCapacity?: Capacity;
  /**
   * Processor that the images are built for.
   *
   * @default "X86_64"
   */
  readonly architecture?: "ARM64" | "X86_64";
  /**
   * How a new version replaces an old one.
   *
   * @default - the new task starts in addition to the old one, which stays until the new one is healthy
   */
  readonly deployment?: Deployment;
  /**
   * Disk of a task in GiB, 21 to 200, which images and scratch folders share.
   *
   * @default - 20, which cost nothing
   */
  readonly ephemeralStorageGiB?: number;
  /**
   * Lets people run commands in containers (ECS Exec). Each is logged in the cluster's log group.
   *
   * @default false
   */
  readonly executeCommand?: boolean;
  /**
   * How long a new task is not judged by the load balancer, up to 2147483647 seconds.
   *
   * @default Duration.minutes(1)
   */
  readonly healthCheckGracePeriod?: Duration;
  /**
   * Days the containers' log is kept; one of the values of CloudWatch Logs.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
  /**
   * ARNs of managed policies of the containers' role, by a name of your own that never changes.
   *
   * @default - none
   */
  readonly managedPolicyArns?: Readonly<Record<string, string>>;
  /**
   * Lets the containers trip and reset switches, where `statements` allow `cloudwatch:PutMetricData`. Without the word their role is denied it
   * in every namespace that begins with `DisasterRecovery`, whatever else the role may do.
   *
   * @default false
   */
  readonly mayTripSwitches?: boolean;
  /**
   * IPv4 networks the tasks may reach, on any port. Where they can get is up to the subnets' routes too.
   *
   * @default ["0.0.0.0/0"]
   */
  readonly outboundCidrs?: readonly string[];
  /**
   * Metrics that the service tracks. A service without tasks stays at zero, because it has no metrics.
   *
   * @default - the number of tasks stays
   */
  readonly scaling?: ServiceScaling;
  /**
   * Runs a part of the tasks on Fargate Spot.
   *
   * @default - every task is on demand
   */
  readonly spot?: Spot;
  /**
   * Statements of the policy of the containers' role.
   *
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * Load balancer that sends requests to the tasks, with `target.type` "ip".
   *
   * @default - none
   */
  readonly target?: LoadBalancerTarget;
}

/** Refuses what Amazon ECS would, and what would not start in this site. */
export function checkService(scope: IConstruct, props: FargateServiceProps): void {
  const { capacity, activeCapacity, containers, outboundCidrs = [], scaling, spot, target } = props;
  checkName(scope, "name", props.name, SERVICE);
  checkPlace(scope, props);
  checkTaskSize(scope, props);
  checkContainers(scope, containers);
  checkShares(scope, props, containers);
  checkCapacity(scope, "capacity", capacity);
  checkActiveCapacity(scope, capacity, activeCapacity);
  if (spot !== undefined) checkSpot(scope, spot);
  outboundCidrs.forEach((cidr) => checkCidr(scope, "outboundCidrs", cidr));
  refuseRepeated(scope, "outboundCidrs", outboundCidrs);
  refuseRepeated(scope, "managedPolicyArns", Object.values(props.managedPolicyArns ?? {}));
  if (scaling !== undefined) checkServiceScaling(scope, scaling, target);
  if (target !== undefined) checkTarget(scope, containers, target);
  if (props.executeCommand) refuseReadOnly(scope, containers);
  checkSettings(scope, props);
}

function checkPlace(scope: IConstruct, { cluster, kmsKeyArn, subnetIds }: FargateServiceProps): void {
  refuseForeignRef(scope, "'cluster'", cluster);
  checkSubnets(scope, subnetIds);
  refuseForeignArn(scope, "kmsKeyArn", kmsKeyArn, ["kms"]);
}

function checkTarget(scope: IConstruct, containers: Containers, target: LoadBalancerTarget): void {
  if (target.targetType !== "ip") {
    refuse(
      scope,
      "WrongTargetType",
      `'target' takes the type '${target.targetType}', and tasks on Fargate are of 'ip'`,
    );
  }
  if (servingContainer(containers, target) === undefined) {
    const listening = Object.values(containers).flatMap(({ ports = [] }) => ports);
    refuse(
      scope,
      "MissingSetting",
      `no container listens on the target's port ${target.port}, got ports ${listening.join(", ") || "of none"}`,
      "add the port to the 'ports' of the container that serves",
    );
  }
}

/** Name of the container that answers what a load balancer sends; ports are unique in a task. */
export function servingContainer(containers: Containers, { port }: LoadBalancerTarget): string | undefined {
  return Object.keys(containers).find((name) => containers[name]?.ports?.includes(port));
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
function refuseReadOnly(scope: IConstruct, containers: Containers): void {
  if (Object.values(containers).every(({ writableRootFileSystem }) => !writableRootFileSystem)) {
    refuse(
      scope,
      "ConflictingSettings",
      "'executeCommand' is set and no container has a 'writableRootFileSystem'",
      "set it on the container that commands are run in: the agent in it writes there",
    );
  }
}

function checkSettings(scope: IConstruct, props: FargateServiceProps): void {
  const { deployment = {} } = props;
  const ranges: readonly (readonly [string, number | undefined, number, number])[] = [
    ["deployment.maximumPercent", deployment.maximumPercent, 101, 200],
    ["deployment.minimumHealthyPercent", deployment.minimumHealthyPercent, 0, 100],
    ["ephemeralStorageGiB", props.ephemeralStorageGiB, 21, 200],
    ["healthCheckGracePeriod in seconds", props.healthCheckGracePeriod?.inSeconds, 0, 2_147_483_647],
  ];
  for (const [property, value, min, max] of ranges) {
    if (value !== undefined) inRange(scope, property, value, min, max);
  }
  if (props.logRetentionDays !== undefined) checkLogRetention(scope, props.logRetentionDays);
}
