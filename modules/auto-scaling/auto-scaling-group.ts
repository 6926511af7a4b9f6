import { AutoscalingGroup, AutoscalingGroupConfig } from "@cdktf/provider-aws/lib/autoscaling-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { claimName, declareProtection, IAM_ROLE, madeBy } from "../core";
import { lifecycleOfSetting, Site } from "../site";
import { AutoScalingGroupProps, checkGroup, instanceTags } from "./auto-scaling-group-props";
import { groupProtection } from "./group-protection";
import { GroupRef, groupRef } from "./group-ref";
import { instanceRefreshConfig, maintenancePolicy } from "./instance-replacement";
import { createInstanceRole, InstanceRole, instanceRoleName } from "./instance-role";
import { createInstanceSecurityGroup } from "./instance-security";
import { createLaunchTemplate } from "./launch-template";
import { mixedInstancesPolicy } from "./mixed-instances";
import { GROUP, TEMPLATE } from "./names";
import { reservationSpecification } from "./reserved-capacity";
import { createScalingPolicies } from "./scaling-policies";
import { checkProps } from "./shapes";
import { hibernates, warmPoolConfig, warmPoolOf } from "./warm-pool";

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html */
const GROUP_METRICS = [
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupMaxSize",
  "GroupMinSize",
  "GroupPendingInstances",
  "GroupStandbyInstances",
  "GroupTerminatingInstances",
  "GroupTotalInstances",
];

const DEFAULTS = {
  healthCheckGraceSeconds: 300, // default of the provider
  instanceWarmupSeconds: 300, // AWS's default cooldown
  metadataHopLimit: 1, // token responses stay on the instance
};

/**
 * An apply does not wait for instances. If it waited, one launch that fails for lack of capacity would fail the apply. Terraform would
 * then replace the group and every running instance. EC2 Auto Scaling itself retries the launch.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/41580
 */
const WITHOUT_WAITING = { waitForCapacityTimeout: "0", ignoreFailedScalingActivities: true };

/**
 * Instances of one site, kept at a number: a launch template, the group, a role and a security group.
 *
 * The number depends on the site's role. `capacity` is the current capacity, zero in a pilot light. A failover raises it to
 * `activeCapacity`. Terraform sets the minimum and the maximum. After creation, it ignores the number of instances, so that no apply ends
 * instances of a failover or scaling policy. The maximum is the same in every role for the same reason. If another site has taken over
 * (`detached`), an apply sets the number as well. An apply does not wait until instances run. See the load balancer's health checks and
 * the group's activities.
 *
 * Site: one in each, with instances, image, key and role of the site.
 * While the other site is dark: works; starting instances needs only EC2 in the site's own region.
 * On failover: the recovery plan raises minimum and number to `activeCapacity`. When the failover is recorded, Terraform sets it as the
 *   minimum.
 * Cost: the instances and their volumes and, per instance, detailed monitoring; at zero only the instances of a warm pool.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/what-is-amazon-ec2-auto-scaling.html
 */
export class AutoScalingGroup extends Construct {
  /** The group of a name, without creating it. */
  static refOf(at: { readonly name: string; readonly region: string; readonly account: string }): GroupRef {
    return groupRef("AutoScalingGroup.refOf", at);
  }

  /** Points to this group from anywhere. */
  readonly ref: GroupRef;
  readonly groupName: string;
  /** Security group of the instances. The resources they reach, such as a database, must admit it. */
  readonly securityGroupId: string;
  readonly launchTemplate: LaunchTemplate;
  readonly resource: AutoscalingGroup;
  private readonly role: IamRole;

  constructor(scope: Construct, id: string, props: AutoScalingGroupProps) {
    super(scope, id);
    checkProps(this, "AutoScalingGroupProps", props);
    const site = Site.of(this);
    const ref = groupRef(this, { name: props.name, region: site.region, account: site.account });
    checkGroup(this, props);
    claimNames(this, props.name);

    const role = createRole(this, props);
    this.securityGroupId = createInstanceSecurityGroup(this, props);
    this.launchTemplate = createTemplate(this, props, role);
    this.resource = createGroup(this, props, role);
    createScalingPolicies(this, { name: props.name, resourceName: this.resource.name }, props);

    this.groupName = props.name;
    this.role = role.role;
    this.ref = madeBy(ref, this.resource);
    declareProtection(this, groupProtection(site, props));
  }

  /** Role of the instances. */
  get roleName(): string {
    return this.role.name;
  }

  get roleArn(): string {
    return this.role.arn;
  }
}

function claimNames(group: AutoScalingGroup, name: string): void {
  const site = Site.of(group);
  claimName(group, GROUP, name, site);
  claimName(group, TEMPLATE, name, site);
  claimName(group, IAM_ROLE, instanceRoleName(site, name), site);
}

function createRole(group: AutoScalingGroup, props: AutoScalingGroupProps): InstanceRole {
  return createInstanceRole(group, props.name, {
    managedPolicyArns: props.managedPolicyArns ?? {},
    statements: props.statements ?? [],
    mayTripSwitches: props.mayTripSwitches ?? false,
    sessionManager: props.sessionManager ?? false,
  });
}

function createTemplate(group: AutoScalingGroup, props: AutoScalingGroupProps, role: InstanceRole): LaunchTemplate {
  return createLaunchTemplate(group, {
    name: props.name,
    image: props.image,
    instanceType: props.instanceType,
    kmsKeyArn: props.kmsKeyArn,
    profileArn: role.profile.arn,
    securityGroupId: group.securityGroupId,
    hibernation: hibernates(props.warmPool),
    detailedMonitoring: props.detailedMonitoring ?? true,
    metadataHopLimit: props.metadataHopLimit ?? DEFAULTS.metadataHopLimit,
    rootVolumeGiB: props.rootVolumeGiB,
    tags: instanceTags(group, props),
    userData: props.userData,
  });
}

function createGroup(group: AutoScalingGroup, props: AutoScalingGroupProps, role: InstanceRole): AutoscalingGroup {
  const { capacity, image, maintenance, reservedCapacity, target } = props;
  const { healthCheckGracePeriod: grace, instanceWarmup: warmup } = props;
  const warmPool = warmPoolOf(props.warmPool ?? {}, capacity, props.activeCapacity ?? capacity);
  const tags = Object.entries(instanceTags(group, props));
  const before = [...role.policies, ...(target?.dependsOn ?? [])];
  Site.of(group).avoidBrokenProviders("autoScalingGroup");
  return new AutoscalingGroup(group, "Resource", {
    name: props.name,
    minSize: capacity.min,
    desiredCapacity: capacity.desired,
    maxSize: capacity.max,
    vpcZoneIdentifier: [...props.subnetIds],
    ...whatToLaunch(group.launchTemplate, props),
    capacityReservationSpecification: reservedCapacity && reservationSpecification(reservedCapacity),
    warmPool: warmPool && warmPoolConfig(warmPool),
    instanceRefresh: instanceRefreshConfig(props.instanceRefresh ?? {}, image),
    instanceMaintenancePolicy: maintenance && maintenancePolicy(maintenance),
    targetGroupArns: target && [target.targetGroupArn],
    healthCheckType: target === undefined ? "EC2" : "ELB",
    healthCheckGracePeriod: grace?.inSeconds ?? DEFAULTS.healthCheckGraceSeconds,
    defaultInstanceWarmup: warmup?.inSeconds ?? DEFAULTS.instanceWarmupSeconds,
    capacityRebalance: true,
    maxInstanceLifetime: props.maxInstanceLifetime?.inSeconds,
    terminationPolicies: [...(props.terminationPolicies ?? ["Default"])],
    enabledMetrics: GROUP_METRICS,
    metricsGranularity: "1Minute",
    tag: tags.map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    dependsOn: before.length > 0 ? before : undefined,
    lifecycle: lifecycleOfSetting(props, "desired_capacity"),
    ...WITHOUT_WAITING,
  });
}

function whatToLaunch(template: LaunchTemplate, props: AutoScalingGroupProps): Partial<AutoscalingGroupConfig> {
  const { instanceType, mixedInstances } = props;
  if (mixedInstances === undefined) {
    return { launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) } };
  }
  return { mixedInstancesPolicy: mixedInstancesPolicy(instanceType, mixedInstances, template) };
}
