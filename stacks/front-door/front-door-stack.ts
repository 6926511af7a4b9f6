import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { othersThan, SitePlan, WorkloadPlan } from "../plan";
import { WorkloadStack } from "../workload-stack";
import { FrontDoor } from "./dns";
import { switchAlarmName } from "./failover-switch";

/**
 * The workload's DNS name. Route 53 has no region; the state is kept with a standby, so that it can be read when the
 * home is dark. A recovery changes nothing in it.
 *
 * The home answers unless a standby's switch is tripped. Route 53's failover records know one other answer, so with several
 * standbys each hands over to the next: home, or the first standby, or the second.
 *
 * Site: none; its state is kept by a standby.
 * While the other site is dark: answers, and hands over when the switch is tripped; Route 53 answers from the edge.
 * On failover: nothing in it changes; the switch stands in the standby.
 * Cost: a health check for each standby, the queries.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-configuring.html
 */
export class FrontDoorStack extends WorkloadStack {
  constructor(scope: Construct, plan: WorkloadPlan, frontDoor: FrontDoor) {
    super(scope, "front-door", plan, frontDoor.keeperOf(plan), {});
    const { site } = this;
    const standbys = othersThan(plan, plan.home);
    const zoneId = frontDoor.zoneIdIn(site);

    const untripped = new Map(standbys.map((standby) => [standby, watchSwitch(site, plan, standby)]));
    [plan.home, ...standbys.slice(0, -1)].forEach((primary, step) => {
      const rest = standbys.slice(step);
      const name = step === 0 ? frontDoor.name : handOver(frontDoor, primary);
      const check = allOf(site, plan, rest, untripped);
      answer(site, {
        name,
        zoneId,
        target: `${primary.name}.${frontDoor.name}`,
        type: "PRIMARY",
        id: primary.name,
        check,
      });
      const next = rest.length === 1 ? `${rest[0]!.name}.${frontDoor.name}` : handOver(frontDoor, rest[0]!);
      answer(site, { name, zoneId, target: next, type: "SECONDARY", id: rest[0]!.name });
    });
  }
}

/** The name that answers when every site before a standby is out. */
function handOver(frontDoor: FrontDoor, standby: SitePlan): string {
  return `or-${standby.name}.${frontDoor.name}`;
}

/** Healthy until the standby's switch is tripped, and as it was before while the switch sends no data. */
function watchSwitch(scope: Construct, plan: WorkloadPlan, standby: SitePlan): Route53HealthCheck {
  return new Route53HealthCheck(scope, `Switch-${standby.name}`, {
    type: "CLOUDWATCH_METRIC",
    cloudwatchAlarmName: switchAlarmName(plan.name, standby.name),
    cloudwatchAlarmRegion: standby.region,
    insufficientDataHealthStatus: "LastKnownStatus",
    tags: { Name: `${plan.name}-${standby.name}-untripped` },
  });
}

/** Healthy while none of the standbys' switches is tripped. */
function allOf(
  scope: Construct,
  plan: WorkloadPlan,
  standbys: readonly SitePlan[],
  untripped: ReadonlyMap<SitePlan, Route53HealthCheck>,
): Route53HealthCheck {
  const checks = standbys.map((standby) => untripped.get(standby)!);
  if (checks.length === 1) return checks[0]!;
  const names = standbys.map(({ name }) => name).join("-");
  return new Route53HealthCheck(scope, `NoneOf-${names}`, {
    type: "CALCULATED",
    childHealthchecks: checks.map(({ id }) => id),
    childHealthThreshold: checks.length,
    tags: { Name: `${plan.name}-${names}-untripped` },
  });
}

interface Answer {
  readonly name: string;
  readonly zoneId: string;
  readonly target: string;
  readonly type: "PRIMARY" | "SECONDARY";
  readonly id: string;
  readonly check?: Route53HealthCheck;
}

/**
 * A failover record that points to another name of the zone. The target's own health does not count: a standby at zero is
 * never healthy, and traffic moves when somebody decides so.
 */
function answer(scope: Construct, { name, zoneId, target, type, id, check }: Answer): void {
  new Route53Record(scope, `${type === "PRIMARY" ? "Primary" : "Secondary"}-${name.split(".")[0]!}-${id}`, {
    zoneId,
    name,
    type: "A",
    setIdentifier: id,
    failoverRoutingPolicy: { type },
    healthCheckId: check?.id,
    alias: { name: target, zoneId, evaluateTargetHealth: false },
  });
}
