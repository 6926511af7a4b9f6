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
 * Records that answer with every active site, each client with the one it reaches fastest, but for those whose evacuation switch is
 * tripped in another site. The record of a site that is detached or evacuated answers with the active one: the switch may be a new
 * one that is not tripped.
 */
export function answerByLatency(door: Door): Answer {
  const { site, contract, zone } = door;
  const name = `by-latency.${door.name}`; // no site's own name: those have no hyphen
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

/** Healthy until a switch of one of the other sites takes the site out. */
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
