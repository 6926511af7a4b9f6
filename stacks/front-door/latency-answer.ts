import {
  AlarmHealthCheck,
  CalculatedHealthCheck,
  EvacuationSwitch,
  HealthCheck,
  LatencyRecords,
} from "../../modules/route53-failover";
import { othersThan, SiteContract } from "../contract";
import { anotherName, Answer, answeringName, Door } from "./names";

/**
 * Creates records that answer with every site whose evacuation switches are not tripped. Each client gets the site that
 * it reaches fastest. The record of a detached or evacuated site answers with another site. The site's own switch may
 * be new and not tripped.
 */
export function answerByLatency(door: Door): Answer {
  const { site, contract, zone } = door;
  const name = `by-latency.${door.name}`; // cannot be the name of a site, because site names have no hyphen
  const { records } = new LatencyRecords(site, "EverySite", {
    name,
    zone,
    sites: Object.fromEntries(
      contract.sites.map((answering) => [
        answering.name,
        {
          region: answering.region,
          target: anotherName(door, answeringName(door, answering)),
          healthCheck: notEvacuated(door, answering),
        },
      ]),
    ),
  });
  return { name, records: [...records.values()] };
}

/** A health check that fails once another site evacuates the site. */
function notEvacuated({ site, contract }: Door, answering: SiteContract): HealthCheck {
  const children = othersThan(contract, answering).map(({ name, region, account }) => {
    return new AlarmHealthCheck(site, `${answering.name}-StaysFor-${name}`, {
      name: `${contract.name}-${answering.name}-stays-for-${name}`,
      alarm: EvacuationSwitch.refOf({ workload: contract.name, evacuates: answering.name, region, account }),
    });
  });
  if (children.length === 1) return children[0]!;
  return new CalculatedHealthCheck(site, `${answering.name}-Stays`, {
    name: `${contract.name}-${answering.name}-stays`,
    children,
  });
}
