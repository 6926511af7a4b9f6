import {
  AlarmHealthCheck,
  CalculatedHealthCheck,
  FailoverRecords,
  FailoverSwitch,
  HealthCheck,
} from "../../modules/route53-failover";
import { othersThan, SitePlan } from "../plan";
import { anotherName, Answer, Door, pointTo, siteName } from "./names";

/**
 * Records that answer with the home until a standby's switch is tripped. Route 53's failover records know one other answer, so with
 * several standbys each hands over to the next: home, or the first standby, or the second.
 */
export function answerByFailover(door: Door): Answer {
  const { plan } = door;
  const standbys = othersThan(plan, plan.home);
  const untripped = new Map(standbys.map((standby) => [standby, watchSwitch(door, standby)]));
  const last: Answer = { name: siteName(door.name, standbys.at(-1)!), records: [] };
  return [plan.home, ...standbys.slice(0, -1)].reduceRight((next, primary, step) => {
    return handOver(door, primary, standbys.slice(step), next, untripped);
  }, last);
}

/** Records that answer with one site until the switch of a later one is tripped, then with what that one hands over to. */
function handOver(
  door: Door,
  primary: SitePlan,
  later: readonly SitePlan[],
  next: Answer,
  untripped: ReadonlyMap<SitePlan, HealthCheck>,
): Answer {
  // no site's own name: those have no hyphen
  const name = primary.home ? `by-failover.${door.name}` : `or-${primary.name}.${door.name}`;
  const set = new FailoverRecords(door.site, `From-${primary.name}`, {
    name,
    zone: door.zone,
    primary: {
      site: primary.name,
      region: primary.region,
      target: anotherName(door, siteName(door.name, primary)),
      healthCheck: noneTripped(door, later, untripped),
    },
    secondary: { site: later[0]!.name, target: anotherName(door, next.name) },
  });
  pointTo([set.secondary], next);
  return { name, records: [set.primary, set.secondary] };
}

/** Healthy until the standby's switch is tripped, and as it was before while the switch sends no data. */
function watchSwitch({ site, plan }: Door, standby: SitePlan): HealthCheck {
  return new AlarmHealthCheck(site, `Switch-${standby.name}`, {
    name: `${plan.name}-${standby.name}-untripped`,
    alarm: FailoverSwitch.refOf({ ...standby, workload: plan.name, site: standby.name }),
  });
}

/** Healthy while none of the standbys' switches is tripped. */
function noneTripped(
  { site, plan }: Door,
  standbys: readonly SitePlan[],
  untripped: ReadonlyMap<SitePlan, HealthCheck>,
): HealthCheck {
  const children = standbys.map((standby) => untripped.get(standby)!);
  if (children.length === 1) return children[0]!;
  const names = standbys.map(({ name }) => name).join("-");
  return new CalculatedHealthCheck(site, `NoneOf-${names}`, { name: `${plan.name}-${names}-untripped`, children });
}
