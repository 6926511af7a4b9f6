import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { isKnown, parseArn, refuse } from "../core";
import { Site } from "./site";

/**
 * Refuses the ARN of something that stands in another region. Values of the same stack pass: they are in the site.
 *
 * @throws InvalidArn, ArnOfOtherRegion
 */
export function refuseForeignArn(scope: IConstruct, property: string, arn: string, services: readonly string[]): void {
  if (Token.isUnresolved(arn)) return;
  const { service, region } = parseArn(scope, property, arn);
  if (!services.includes(service)) {
    refuse(scope, "InvalidArn", `'${property}' must be an ARN of ${services.join(" or ")}, got '${arn}'`);
  }
  const { region: own } = Site.of(scope);
  if (region !== "" && region !== own) {
    refuse(
      scope,
      "ArnOfOtherRegion",
      `'${property}' lies in '${region}' and the site in '${own}', got '${arn}'`,
      "give the one in the site's own region: the service takes no other, and it would be lost with that region",
    );
  }
}

/**
 * Refuses fewer than two subnets. A list that only an apply knows passes, such as the ids of a data source.
 *
 * @throws SettingOutOfRange, RepeatedItem
 */
export function checkSubnets(scope: IConstruct, subnetIds: readonly string[]): void {
  if (!isKnown(subnetIds)) return;
  if (subnetIds.length < 2) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'subnetIds' must name subnets of two Availability Zones or more, got ${subnetIds.length}`,
      "give one subnet of each zone: with a single one the service stops with its zone",
    );
  }
  refuseRepeated(scope, "subnetIds", subnetIds);
}

/** @throws RepeatedItem */
export function refuseRepeated(scope: IConstruct, property: string, items: readonly string[]): void {
  const repeated = items.find((item, index) => items.indexOf(item) !== index);
  if (repeated !== undefined) refuse(scope, "RepeatedItem", `'${property}' names '${repeated}' twice`);
}
