import { IConstruct } from "constructs";
import { checkName, checkTags, Duration, inRange, refuse, Statement } from "../core";
import { checkCidr } from "../network";
import { Capacity, checkActiveCapacity, checkCapacity } from "../aws-values";
import { Image } from "./image";
import { checkMaintenance, checkRefresh, InstanceMaintenance, InstanceRefresh } from "./instance-replacement";
import { checkUserData } from "./launch-template";
import { checkMixedInstances, refuseOtherArchitecture, MixedInstances } from "./mixed-instances";
import { INSTANCE_TYPE, TEMPLATE } from "./names";
import { checkSubnets, refuseForeignArn, refuseRepeated, RoleInSite, Site } from "../site";
import { checkReservedCapacity, ReservedCapacity } from "./reserved-capacity";
import { checkScaling, Scaling } from "./scaling-policies";
import { LoadBalancerTarget } from "../load-balancer";
import { checkWarmPools, WarmPools } from "./warm-pool";

/** Which instance goes first when the group shrinks; earlier ones decide. */
export type TerminationPolicy =
  | "AllocationStrategy"
  | "ClosestToNextInstanceHour"
  | "Default"
  | "NewestInstance"
  | "OldestInstance"
  | "OldestLaunchTemplate";

export interface AutoScalingGroupProps extends RoleInSite {
  /**
   * Minimum, number at creation, and maximum in the site's current role. In the standby of a pilot light, minimum and number are zero and
   * the maximum is that of the active site.
   */
  readonly capacity: Capacity;
  /** Image of the instances: {@link ssmImage}, which works in every site, or {@link ami}. */
  readonly image: Image;
  /** For example `m7g.large`; of the image's architecture, and offered in every zone of the subnets. */
  readonly instanceType: string;
  /** ARN of the site's key that encrypts the volumes. Its policy must let Auto Scaling use it, see {@link autoScalingKeyStatements}. */
  readonly kmsKeyArn: string;
  /** Name of group and launch template; unique in the region of the account. */
  readonly name: string;
  /** A subnet in each of two Availability Zones or more, private ones. */
  readonly subnetIds: readonly string[];
  readonly vpcId: string;
  /**
   * Capacity of the site when it is active. A failover raises the group to it.
   *
   * @default - `capacity`: there is nothing to raise
   */
  readonly activeCapacity?: Capacity;
  /**
   * Metrics of each instance every minute instead of every five, so that scaling reacts sooner.
   *
   * @default true
   */
  readonly detailedMonitoring?: boolean;
  /**
   * How long a new instance is not judged by its health.
   *
   * @default Duration.minutes(5)
   */
  readonly healthCheckGracePeriod?: Duration;
  /**
   * How instances are replaced when the launch template changes.
   *
   * @default - a few at a time, new ones first; with an image by id, back to the template before when that fails
   */
  readonly instanceRefresh?: InstanceRefresh;
  /**
   * Tags of the group, its instances, their volumes and network interfaces, in addition to those of the Site. The provider's `default_tags`
   * reach none of them, so the group passes the Site's `tags` on. A tag given here wins.
   *
   * @default - a Name, and the Site's tags
   */
  readonly instanceTags?: Readonly<Record<string, string>>;
  /**
   * How long a new instance does not count in the group's metrics.
   *
   * @default Duration.minutes(5)
   */
  readonly instanceWarmup?: Duration;
  /**
   * How much serves while instances are replaced for their health, their age, or the balance of the zones.
   *
   * @default - AWS's: an unhealthy instance goes before a new one comes
   */
  readonly maintenance?: InstanceMaintenance;
  /**
   * ARNs of managed policies of the instances' role, by a name of your own that never changes.
   *
   * @default - none
   */
  readonly managedPolicyArns?: Readonly<Record<string, string>>;
  /**
   * Age at which an instance is replaced, a day to a year.
   *
   * @default - none
   */
  readonly maxInstanceLifetime?: Duration;
  /**
   * Lets the instances trip and reset switches, where `statements` allow `cloudwatch:PutMetricData`. Without the word their role is denied it
   * in every namespace that begins with `DisasterRecovery`, whatever else the role may do.
   *
   * @default false
   */
  readonly mayTripSwitches?: boolean;
  /**
   * How many network hops the instance's metadata may travel, 1 to 64. Containers of a bridged network are 2 away.
   *
   * @default 1
   */
  readonly metadataHopLimit?: number;
  /**
   * Further instance types, and Spot instances in addition to On-Demand Instances.
   *
   * @default - `instanceType` alone, on demand
   */
  readonly mixedInstances?: MixedInstances;
  /**
   * IPv4 networks the instances may reach, on any port. Where they can get is up to the subnets' routes too.
   *
   * @default ["0.0.0.0/0"]
   */
  readonly outboundCidrs?: readonly string[];
  /**
   * Capacity Reservations the instances start in.
   *
   * @default - open ones that fit, if the account has any
   */
  readonly reservedCapacity?: ReservedCapacity;
  /**
   * Size of the root volume in GiB.
   *
   * @default - the image's
   */
  readonly rootVolumeGiB?: number;
  /**
   * Metrics that the group tracks. A group without instances stays at zero, because it has no metrics.
   *
   * @default - the number of instances stays
   */
  readonly scaling?: Scaling;
  /**
   * Lets Session Manager into the instances, instead of SSH, and Patch Manager work on them. They read no parameters by it: allow those that your
   * documents name in `statements`.
   *
   * @default false
   */
  readonly sessionManager?: boolean;
  /**
   * Statements of the policy of the instances' role.
   *
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * Load balancer that sends requests to the instances, and judges their health.
   *
   * @default - none: EC2's own checks judge
   */
  readonly target?: LoadBalancerTarget;
  /**
   * Which instance goes first when the group shrinks.
   *
   * @default ["Default"], which begins with the fullest zone and the oldest template
   */
  readonly terminationPolicies?: readonly TerminationPolicy[];
  /**
   * Script or cloud-init document that instances run when they start, at most 16 KiB. It is readable on the instance: no
   * secrets.
   *
   * @default - none
   */
  readonly userData?: string;
  /**
   * Instances that have booted before they are needed, by the group's role. The image must be given by id.
   *
   * @default - none
   */
  readonly warmPool?: WarmPools;
}

/** Refuses settings that EC2 Auto Scaling would refuse. */
export function checkGroup(scope: IConstruct, props: AutoScalingGroupProps): void {
  const { capacity, activeCapacity, outboundCidrs = [], scaling, target } = props;
  checkName(scope, "name", props.name, TEMPLATE);
  checkName(scope, "instanceType", props.instanceType, INSTANCE_TYPE);
  checkTags(scope, "instanceTags", props.instanceTags);
  checkCapacity(scope, "capacity", capacity);
  checkActiveCapacity(scope, capacity, activeCapacity);
  checkSubnets(scope, props.subnetIds);
  refuseForeignArn(scope, "kmsKeyArn", props.kmsKeyArn, ["kms"]);
  outboundCidrs.forEach((cidr) => checkCidr(scope, "outboundCidrs", cidr));
  refuseRepeated(scope, "outboundCidrs", outboundCidrs);
  refuseRepeated(scope, "managedPolicyArns", Object.values(props.managedPolicyArns ?? {}));
  if (target !== undefined) refuseAddresses(scope, target);
  if (scaling !== undefined) checkScaling(scope, scaling, target);
  checkUserData(scope, props.userData);
  checkNumbers(scope, props);
  checkLaunches(scope, props);
}

function refuseAddresses(scope: IConstruct, { targetType }: LoadBalancerTarget): void {
  if (targetType !== "instance") {
    const problem = `'target' registers addresses, and a group's instances register by their ids, got '${targetType}'`;
    refuse(scope, "WrongTargetType", problem, "leave 'target.type' out of the load balancer");
  }
}

/** Checks the instances, the warm pool, and the replacement of instances. */
function checkLaunches(scope: IConstruct, props: AutoScalingGroupProps): void {
  const { image, instanceRefresh, instanceType, maintenance, mixedInstances, reservedCapacity, warmPool } = props;
  refuseOtherArchitecture(scope, image, instanceType);
  if (mixedInstances !== undefined) checkMixedInstances(scope, instanceType, mixedInstances);
  if (reservedCapacity !== undefined) checkReservedCapacity(scope, reservedCapacity);
  if (warmPool !== undefined) checkWarmPools(scope, warmPool, { image, mixed: mixedInstances });
  if (instanceRefresh !== undefined) checkRefresh(scope, instanceRefresh, image);
  if (maintenance !== undefined) checkMaintenance(scope, maintenance);
}

function checkNumbers(scope: IConstruct, props: AutoScalingGroupProps): void {
  const day = Duration.days(1).inSeconds;
  const ranges: readonly (readonly [string, number | undefined, number, number])[] = [
    ["healthCheckGracePeriod in seconds", props.healthCheckGracePeriod?.inSeconds, 0, 7_200],
    ["instanceWarmup in seconds", props.instanceWarmup?.inSeconds, 0, 3_600],
    ["maxInstanceLifetime in seconds", props.maxInstanceLifetime?.inSeconds, day, 365 * day],
    ["metadataHopLimit", props.metadataHopLimit, 1, 64],
    ["rootVolumeGiB", props.rootVolumeGiB, 1, 16_384],
  ];
  for (const [property, value, min, max] of ranges) {
    if (value !== undefined) inRange(scope, property, value, min, max);
  }
}

/** Tags of the group and of the instances it launches. */
export function instanceTags(scope: IConstruct, props: AutoScalingGroupProps): Readonly<Record<string, string>> {
  return { Name: props.name, ...Site.of(scope).tags, ...props.instanceTags };
}
