import { Ec2CapacityReservation } from "@cdktf/provider-aws/lib/ec2-capacity-reservation";
import { Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { checkName, inRange, refuse } from "../core";
import { Site } from "../site";
import { INSTANCE_TYPE } from "./names";
import { checkProps } from "./shapes";

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCapacityReservation.html */
const MAX_INSTANCES = 1_000;

export interface CapacityReservationProps {
  /** Zone of the site's region, such as `ap-northeast-1a`: a reservation counts in one. */
  readonly availabilityZone: string;
  /** How many instances have a place, 1 to 1000. */
  readonly instanceCount: number;
  readonly instanceType: string;
  /** The reservation's `Name` tag. */
  readonly name: string;
  /**
   * Instances that start in it: only those that name it, as an AutoScalingGroup's `reservedCapacity` does, or all matching ones of the
   * account.
   *
   * @default "targeted"
   */
  readonly match?: "open" | "targeted";
  /**
   * Operating system of the instances, as AWS bills it.
   *
   * @default "Linux/UNIX"
   */
  readonly platform?: "Linux/UNIX" | "Red Hat Enterprise Linux" | "SUSE Linux" | "Windows";
}

/**
 * Capacity for instances of one type in one zone, reserved until you cancel it. A standby can start these instances while other AWS
 * customers fail over into its region too.
 *
 * If the zone or type changes, Terraform creates the new reservation before it cancels the old one. AWS refuses a reservation that exceeds
 * its capacity or the account's quota of running instances.
 *
 * Site: a standby that must not depend on the remaining capacity; one for each zone of the group.
 * While the other site is dark: works; the capacity belongs to the site.
 * On failover: the group's instances start in it.
 * Cost: the on-demand price of each instance, used or not; Savings Plans and Regional Reserved Instances count.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html
 */
export class CapacityReservation extends Construct {
  readonly resource: Ec2CapacityReservation;

  constructor(scope: Construct, id: string, props: CapacityReservationProps) {
    super(scope, id);
    checkProps(this, "CapacityReservationProps", props);
    checkReservation(this, props);

    this.resource = new Ec2CapacityReservation(this, "Resource", {
      availabilityZone: props.availabilityZone,
      instanceType: props.instanceType,
      instanceCount: props.instanceCount,
      instancePlatform: props.platform ?? "Linux/UNIX",
      instanceMatchCriteria: props.match ?? "targeted",
      endDateType: "unlimited",
      tenancy: "default",
      tags: { Name: props.name },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  get reservationId(): string {
    return this.resource.id;
  }

  get reservationArn(): string {
    return this.resource.arn;
  }
}

function checkReservation(scope: IConstruct, props: CapacityReservationProps): void {
  const { region } = Site.of(scope);
  const { availabilityZone: zone } = props;
  checkName(scope, "instanceType", props.instanceType, INSTANCE_TYPE);
  inRange(scope, "instanceCount", props.instanceCount, 1, MAX_INSTANCES);
  if (!Token.isUnresolved(zone) && !zone.startsWith(region)) {
    const problem = `'availabilityZone' must be a zone of the site's '${region}', got '${zone}'`;
    refuse(scope, "WrongSite", problem, `name a zone of the site, for example '${region}a'`);
  }
}
