import {
  AlarmHealthCheck,
  CalculatedHealthCheck,
  FailoverRecords,
  FailoverSwitch,
  HealthCheck,
} from "../../modules/route53-failover";
import { currentGeneration } from "../history/questions";
import { numbered } from "../history/site-history";
import { SiteContract, WorkloadContract } from "../contract";
import { anotherName, Answer, answeringName, Door, pointTo } from "./names";

/**
 * Records that answer with the active site until a standby's switch is tripped. Route 53's failover records know one other answer, so
 * with several standbys each hands over to the next: the active site, or the first standby, or the second.
 *
 * After a failover the records stay as they were, and those of detached sites answer with the active one. Once a site is rebuilt, the
 * active site comes first.
 */
export function answerByFailover(door: Door): Answer {
  const [first, ...standbys] = successionOf(door.contract);
  const untripped = new Map(standbys.map((standby) => [standby, watchSwitch(door, standby)]));
  const last: Answer = { name: answeringName(door, standbys.at(-1) ?? first!), records: [] };
  return [first!, ...standbys].slice(0, -1).reduceRight((next, primary, step) => {
    return handOver(door, primary, standbys.slice(step), next, untripped);
  }, last);
}

/** The site that leads and those that follow it; one that was given up is left out. */
function successionOf({ writer, sites, succession }: WorkloadContract): readonly SiteContract[] {
  const named = (name: string) => sites.filter((site) => site.name === name);
  const [first = writer] = named(succession.first);
  return [first, ...succession.standbys.flatMap(named).filter((site) => site !== first)];
}

/** Records that answer with one site until the switch of a later one is tripped, then with what that one hands over to. */
function handOver(
  door: Door,
  primary: SiteContract,
  later: readonly SiteContract[],
  next: Answer,
  untripped: ReadonlyMap<SiteContract, HealthCheck>,
): Answer {
  const name = `from-${primary.name}.${door.name}`; // no site's own name, because those have no hyphen
  const set = new FailoverRecords(door.site, `From-${primary.name}`, {
    name,
    zone: door.zone,
    primary: {
      site: primary.name,
      region: primary.region,
      target: anotherName(door, answeringName(door, primary)),
      healthCheck: noneTripped(door, later, untripped),
    },
    secondary: { site: later[0]!.name, target: anotherName(door, next.name) },
  });
  pointTo([set.secondary], next);
  return { name, records: [set.primary, set.secondary] };
}

/** Healthy until the standby's switch is tripped, and as it was before while the switch sends no data. */
function watchSwitch({ site, contract }: Door, standby: SiteContract): HealthCheck {
  const generation = currentGeneration(standby);
  return new AlarmHealthCheck(site, numbered(`Switch-${standby.name}`, generation), {
    name: [contract.name, standby.name, "untripped", ...(generation.number > 1 ? [generation.number] : [])].join("-"),
    alarm: FailoverSwitch.refOf({
      ...standby,
      workload: contract.name,
      site: standby.name,
      generation: generation.number,
    }),
  });
}

/** Healthy while none of the standbys' switches is tripped. */
function noneTripped(
  { site, contract }: Door,
  standbys: readonly SiteContract[],
  untripped: ReadonlyMap<SiteContract, HealthCheck>,
): HealthCheck {
  const children = standbys.map((standby) => untripped.get(standby)!);
  if (children.length === 1) return children[0]!;
  const names = standbys.map(({ name }) => name).join("-");
  return new CalculatedHealthCheck(site, `NoneOf-${names}`, { name: `${contract.name}-${names}-untripped`, children });
}
