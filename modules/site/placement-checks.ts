import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { isKnown, parseArn, refuse } from "../core";
import { Site } from "./site";

/**
 * Refuses an ARN of another service, or of another region than the site's. Values of the same stack pass: they are in the site.
 */
export function refuseForeignArn(scope: IConstruct, property: string, arn: string, services: readonly string[]): void {
  if (Token.isUnresolved(arn)) return;
  const { service, region } = parseArn(scope, property, arn);
  if (!services.includes(service)) {
    refuse(scope, "InvalidArn", `'${property}' must be an ARN of ${services.join(" or ")}, got '${arn}'`);
  }
  if (region !== "") refuseArnOfRegion(scope, property, arn);
}

/** Refuses an ARN of another region than the site's. */
export function refuseArnOfRegion(scope: IConstruct, property: string, arn: string): void {
  const { region } = parseArn(scope, property, arn);
  const { region: own } = Site.of(scope);
  if (region !== own) {
    refuse(scope, "ArnOfOtherRegion", `'${property}' is in '${region}', the site is '${own}', got '${arn}'`);
  }
}

/**
 * Returns the ARN of a key when it is the key's own and in the site's region. A value of the same stack passes. Most services report a key
 * by its own ARN. With an alias, every plan would show a difference. For a data store, that difference is a replacement.
 */
export function checkSiteKey(scope: IConstruct, property: string, kmsKeyArn: string): string {
  if (Token.isUnresolved(kmsKeyArn)) return kmsKeyArn;
  const { service, region, resource } = parseArn(scope, property, kmsKeyArn);
  if (service !== "kms" || !resource.startsWith("key/")) {
    refuse(
      scope,
      "InvalidArn",
      `'${property}' must be the ARN of a key, got '${kmsKeyArn}'`,
      "give the key's own ARN, which ends in key/<id>: AWS resolves an alias, and every later plan would show a change",
    );
  }
  refuseKeyOfRegion(scope, property, region);
  return kmsKeyArn;
}

/** Refuses a key of another region than the site's. */
export function refuseKeyOfRegion(scope: IConstruct, property: string, region: string): void {
  const { region: own } = Site.of(scope);
  if (region !== own) refuse(scope, "KeyInOtherRegion", `'${property}' is in '${region}', the site is '${own}'`);
}

/** Refuses fewer than two subnets. A list that only an apply knows passes, such as the ids of a data source. */
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

/** Refuses a list that names an item twice. */
export function refuseRepeated(
  scope: IConstruct | string,
  property: string,
  items: readonly (string | number)[],
): void {
  const repeated = items.find((item, index) => items.indexOf(item) !== index);
  if (repeated !== undefined) refuse(scope, "RepeatedItem", `'${property}' names '${repeated}' twice`);
}
