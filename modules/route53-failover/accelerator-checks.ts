import { Construct } from "constructs";
import { checkName, inRange, partitionOf, refuse } from "../core";
import { SITE_NAME } from "../site";
import { AcceleratorListener, AcceleratorProps, AcceleratorSite } from "./accelerator-props";
import { ACCELERATOR } from "./names";

/** @see https://docs.aws.amazon.com/global-accelerator/latest/api/API_CreateListener.html */
const MOST_PORT_RANGES = 10;

/** Across all listeners. @see https://docs.aws.amazon.com/global-accelerator/latest/dg/limits-global-accelerator.html */
const MOST_GROUPS = 42;

/**
 * Refuses what Global Accelerator would refuse.
 *
 * @throws InvalidName, TokenForPlainString, MissingSetting, SettingOutOfRange, RepeatedItem, UnknownRegion, ConflictingSettings
 */
export function checkAccelerator(accelerator: Construct, props: AcceleratorProps): void {
  checkName(accelerator, "name", props.name, ACCELERATOR);
  for (const property of ["listeners", "sites"] as const) {
    if (Object.keys(props[property]).length === 0) {
      refuse(accelerator, "MissingSetting", `'${property}' is empty`, "name at least one");
    }
  }
  const groups = Object.keys(props.listeners).length * Object.keys(props.sites).length;
  inRange(accelerator, "listeners times sites", groups, 1, MOST_GROUPS);
  for (const [name, listener] of Object.entries(props.listeners)) checkListener(accelerator, name, listener);
  const regions = new Map<string, string>();
  for (const [name, site] of Object.entries(props.sites)) {
    checkSite(accelerator, name, site);
    const other = regions.get(site.region);
    if (other !== undefined)
      refuse(accelerator, "RepeatedItem", `'${other}' and '${name}' both lie in '${site.region}'`);
    regions.set(site.region, name);
  }
}

function checkListener(accelerator: Construct, name: string, { ports }: AcceleratorListener): void {
  inRange(accelerator, `${name}.ports.length`, ports.length, 1, MOST_PORT_RANGES);
  for (const { from, to = from } of ports) {
    inRange(accelerator, `${name}.ports.from`, from, 1, 65_535);
    inRange(accelerator, `${name}.ports.to`, to, from, 65_535);
  }
}

function checkSite(accelerator: Construct, name: string, site: AcceleratorSite): void {
  const { endpoints, region, healthCheck, trafficDialPercent = 100 } = site;
  checkName(accelerator, "site", name, SITE_NAME);
  partitionOf(accelerator, region);
  if (new Set(endpoints.map(({ endpointId }) => endpointId)).size < endpoints.length) {
    refuse(accelerator, "RepeatedItem", `'${name}' names an endpoint twice`);
  }
  for (const { weight = 0 } of endpoints) inRange(accelerator, `${name}.weight`, weight, 0, 255);
  inRange(accelerator, `${name}.trafficDialPercent`, trafficDialPercent, 0, 100);
  inRange(accelerator, `${name}.healthCheck.port`, healthCheck?.port ?? 1, 1, 65_535);
  inRange(accelerator, `${name}.healthCheck.failureThreshold`, healthCheck?.failureThreshold ?? 3, 1, 10);
  if (healthCheck?.path !== undefined && (healthCheck.protocol ?? "TCP") === "TCP") {
    refuse(accelerator, "ConflictingSettings", `'${name}.healthCheck.path' is given, and TCP asks for nothing`);
  }
}
