import { generationParts } from "../../modules/core/internal";
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
 * Creates records that answer with the writer until a standby's switch is tripped. Route 53's failover records have one
 * alternative. With several standbys, each record hands over to the next: the writer, the first standby, the second.
 *
 * After a failover the records stay as they were, and those of detached sites answer with the writer. Once a site is
 * rebuilt, the writer comes first.
 */
export function answerByFailover(door: Door): Answer {
  const [first, ...standbys] = successionOf(door.contract);
  const untripped = new Map(standbys.map((standby) => [standby, watchSwitch(door, standby)]));
  const last: Answer = { name: answeringName(door, standbys.at(-1) ?? first!), records: [] };
  return [first!, ...standbys].slice(0, -1).reduceRight((next, primary, step) => {
    return handOver(door, primary, standbys.slice(step), next, untripped);
  }, last);
}

/** The first site and those that take over from it, without sites that were given up. */
function successionOf({ writer, sites, succession }: WorkloadContract): readonly SiteContract[] {
  const named = (name: string) => sites.filter((site) => site.name === name);
  const [first = writer] = named(succession.first);
  return [first, ...succession.standbys.flatMap(named).filter((site) => site !== first)];
}

/** Creates records that answer with one site until the switch of a later site is tripped, then with the next answer. */
function handOver(
  door: Door,
  primary: SiteContract,
  later: readonly SiteContract[],
  next: Answer,
  untripped: ReadonlyMap<SiteContract, HealthCheck>,
): Answer {
  const name = `from-${primary.name}.${door.name}`; // cannot be the name of a site, because site names have no hyphen
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

/**
 * A health check that fails once the standby's switch is tripped. It keeps its status while the switch sends no data.
 */
function watchSwitch({ site, contract }: Door, standby: SiteContract): HealthCheck {
  const generation = currentGeneration(standby);
  return new AlarmHealthCheck(site, numbered(`Switch-${standby.name}`, generation), {
    name: [contract.name, standby.name, "untripped", ...generationParts(generation.number)].join("-"),
    alarm: FailoverSwitch.refOf({
      ...standby,
      workload: contract.name,
      site: standby.name,
      generation: generation.number,
    }),
  });
}

/** A health check that fails once the switch of any of the standbys is tripped. */
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
