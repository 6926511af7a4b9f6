import { AutoscalingGroupCapacityReservationSpecification } from "@cdktf/provider-aws/lib/autoscaling-group";
import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { checkName, NameRule, refuse } from "../core";
import { refuseForeignArn, refuseRepeated } from "../site";

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CapacityReservation.html */
const RESERVATION: NameRule = {
  what: "Capacity Reservation id",
  min: 11,
  max: 20,
  pattern: /^cr-([0-9a-f]{8}|[0-9a-f]{17})$/,
  allowed: "'cr-' and 8 or 17 hexadecimal digits",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CapacityReservation.html",
};

/** Capacity Reservations that a group's on-demand instances start in. */
export interface ReservedCapacity {
  /**
   * Whether instances start outside of them when they are used up: `first` does, `only` does not, and the group stays short.
   *
   * @default "first"
   */
  readonly preference?: "first" | "only";
  /**
   * Ids of Capacity Reservations: one for each zone, as {@link CapacityReservation.reservationId}.
   *
   * @default - none
   */
  readonly reservationIds?: readonly string[];
  /**
   * ARNs of resource groups of Capacity Reservations.
   *
   * @default - none
   */
  readonly resourceGroupArns?: readonly string[];
}

export function checkReservedCapacity(scope: IConstruct, reserved: ReservedCapacity): void {
  const { reservationIds = [], resourceGroupArns = [] } = reserved;
  if (reservationIds.length + resourceGroupArns.length === 0) {
    refuse(
      scope,
      "MissingSetting",
      "'reservedCapacity' names no reservation",
      "set 'reservationIds' or 'resourceGroupArns', or leave it out: open reservations are used without",
    );
  }
  for (const id of reservationIds) {
    if (!Token.isUnresolved(id)) checkName(scope, "reservedCapacity.reservationIds", id, RESERVATION);
  }
  for (const arn of resourceGroupArns) {
    refuseForeignArn(scope, "reservedCapacity.resourceGroupArns", arn, ["resource-groups"]);
  }
  refuseRepeated(scope, "reservedCapacity.reservationIds", reservationIds);
  refuseRepeated(scope, "reservedCapacity.resourceGroupArns", resourceGroupArns);
}

/** Said on the group, which can fall back on demand; a launch template that names a reservation cannot. */
export function reservationSpecification(reserved: ReservedCapacity): AutoscalingGroupCapacityReservationSpecification {
  const { preference = "first", reservationIds, resourceGroupArns } = reserved;
  return {
    capacityReservationPreference: `capacity-reservations-${preference}`,
    capacityReservationTarget: {
      capacityReservationIds: reservationIds && [...reservationIds],
      capacityReservationResourceGroupArns: resourceGroupArns && [...resourceGroupArns],
    },
  };
}
