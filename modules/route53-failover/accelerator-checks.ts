import { Construct } from "constructs";
import { checkPort } from "../aws-values";
import { checkName, inRange, partitionOf, refuse, refuseEmpty } from "../core";
import { refuseRepeated, SITE_NAME } from "../site";
import { AcceleratorListener, AcceleratorProps, AcceleratorSite } from "./accelerator-props";
import { ACCELERATOR } from "./names";

/** @see https://docs.aws.amazon.com/global-accelerator/latest/api/API_CreateListener.html */
const MOST_PORT_RANGES = 10;

/** Across all listeners. @see https://docs.aws.amazon.com/global-accelerator/latest/dg/limits-global-accelerator.html */
const MOST_GROUPS = 42;

/** Refuses what Global Accelerator would refuse. */
export function checkAccelerator(accelerator: Construct, props: AcceleratorProps): void {
  checkName(accelerator, "name", props.name, ACCELERATOR);
  for (const property of ["listeners", "sites"] as const) {
    refuseEmpty(accelerator, property, props[property]);
  }
  const groups = Object.keys(props.listeners).length * Object.keys(props.sites).length;
  inRange(accelerator, "listeners times sites", groups, 1, MOST_GROUPS);
  for (const [name, listener] of Object.entries(props.listeners)) checkListener(accelerator, name, listener);
  for (const [name, site] of Object.entries(props.sites)) checkSite(accelerator, name, site);
  const regions = Object.values(props.sites).map(({ region }) => region);
  refuseRepeated(accelerator, "sites.region", regions);
}

function checkListener(accelerator: Construct, name: string, { ports }: AcceleratorListener): void {
  inRange(accelerator, `${name}.ports.length`, ports.length, 1, MOST_PORT_RANGES);
  for (const { from, to = from } of ports) {
    checkPort(accelerator, `${name}.ports.from`, from);
    inRange(accelerator, `${name}.ports.to`, to, from, 65_535);
  }
}

function checkSite(accelerator: Construct, name: string, site: AcceleratorSite): void {
  const { endpoints, region, healthCheck, trafficDialPercent = 100 } = site;
  checkName(accelerator, "site", name, SITE_NAME);
  partitionOf(accelerator, region);
  refuseRepeated(
    accelerator,
    `sites.${name}.endpoints`,
    endpoints.map(({ endpointId }) => endpointId),
  );
  for (const { weight = 0 } of endpoints) inRange(accelerator, `${name}.weight`, weight, 0, 255);
  inRange(accelerator, `${name}.trafficDialPercent`, trafficDialPercent, 0, 100);
  checkPort(accelerator, `${name}.healthCheck.port`, healthCheck?.port ?? 1);
  inRange(accelerator, `${name}.healthCheck.failureThreshold`, healthCheck?.failureThreshold ?? 3, 1, 10);
  if (healthCheck?.path !== undefined && (healthCheck.protocol ?? "TCP") === "TCP") {
    refuse(accelerator, "ConflictingSettings", `'${name}.healthCheck.path' is given, and TCP asks for nothing`);
  }
}
