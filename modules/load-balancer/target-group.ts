import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { ITerraformDependable } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { checkPort } from "../aws-values";
import { Duration, fittingName, inRange, plain, refuse } from "../core";
import { Site } from "../site";
import { TARGET_GROUP } from "./names";

/**
 * AWS's own check needs 30 s and five answers. A started instance would serve only after two and a half minutes.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
const DEFAULTS = {
  path: "/",
  intervalSeconds: 10,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  codes: "200",
};

const CODES = /^[2-4]\d\d(-[2-4]\d\d|(,[2-4]\d\d)*)$/;
const PATH = /^\/[^\s]{0,1023}$/;

/** How a load balancer finds out which instances serve. */
export interface HealthCheck {
  /**
   * HTTP codes of a healthy answer, 200 to 499: `"200"`, `"200,204"` or `"200-299"`.
   *
   * @default "200"
   */
  readonly codes?: string;
  /**
   * Answers in a row after which an instance serves, 2 to 10.
   *
   * @default 2
   */
  readonly healthyAfter?: number;
  /**
   * Time between two checks, 5 to 300 seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;
  /**
   * Path that is asked for.
   *
   * @default "/"
   */
  readonly path?: string;
  /**
   * Time after which an answer counts as missing, 2 to 120 seconds and less than the interval.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;
  /**
   * Missing answers in a row after which an instance no longer serves, 2 to 10.
   *
   * @default 3
   */
  readonly unhealthyAfter?: number;
}

/** The target of a load balancer's requests. A group or service registers with it. */
export interface LoadBalancerTarget {
  readonly targetGroupArn: string;
  /** Kind of the targets: instances, or addresses such as those of tasks on Fargate. */
  readonly targetType: "instance" | "ip";
  /** Port the instances listen on. */
  readonly port: number;
  /** Security group of the load balancer. */
  readonly securityGroupId: string;
  /** Names load balancer and target group in metrics. */
  readonly resourceLabel: string;
  /** Resources that must exist before instances are registered, so that their health is checked. @default - nothing */
  readonly dependsOn?: ITerraformDependable[];
}

/** How a load balancer reaches what answers the requests, and finds out that it serves. */
export interface TargetSettings {
  /** Port the instances listen on. */
  readonly port: number;
  /**
   * How instances are found to serve.
   *
   * @default - GET / answered with 200, every 10 seconds
   */
  readonly healthCheck?: HealthCheck;
  /**
   * How the load balancer speaks with the instances. It does not check their certificates.
   *
   * @default "HTTP"
   */
  readonly protocol?: "HTTP" | "HTTPS";
  /**
   * Kind of the targets: instances of a group, or addresses such as those of tasks on Fargate.
   *
   * @default "instance"
   */
  readonly type?: "instance" | "ip";
}

/** A target group: its settings, and those of its load balancer. */
export interface TargetGroupSettings {
  readonly name: string;
  readonly vpcId: string;
  readonly target: TargetSettings;
  readonly deregistrationDelay: Duration;
}

export function checkTarget(scope: IConstruct, { healthCheck = {}, port }: TargetSettings): void {
  checkHealthCheck(scope, healthCheck);
  checkPort(scope, "target.port", plain(scope, "target.port", port)); // part of a name
}

function checkHealthCheck(scope: IConstruct, check: HealthCheck): void {
  const { interval, timeout } = seconds(check);
  inRange(scope, "target.healthCheck.interval in seconds", interval, 5, 300);
  inRange(scope, "target.healthCheck.timeout in seconds", timeout, 2, 120);
  inRange(scope, "target.healthCheck.healthyAfter", check.healthyAfter ?? DEFAULTS.healthyAfter, 2, 10);
  inRange(scope, "target.healthCheck.unhealthyAfter", check.unhealthyAfter ?? DEFAULTS.unhealthyAfter, 2, 10);
  const { path = DEFAULTS.path, codes = DEFAULTS.codes } = check;
  const problems = [
    timeout < interval ||
      `'target.healthCheck.timeout' must be less than the interval of ${interval} seconds, got ${timeout}`,
    PATH.test(path) ||
      `'target.healthCheck.path' must begin with '/', without spaces, within 1024 characters, got '${path}'`,
    CODES.test(codes) || `'target.healthCheck.codes' must be codes from 200 to 499, a list or a range, got '${codes}'`,
  ];
  const problem = problems.find((found) => typeof found === "string");
  if (problem !== undefined) refuse(scope, "SettingOutOfRange", problem);
}

function seconds({ interval, timeout }: HealthCheck): { readonly interval: number; readonly timeout: number } {
  return {
    interval: interval?.inSeconds ?? DEFAULTS.intervalSeconds,
    timeout: timeout?.inSeconds ?? DEFAULTS.timeoutSeconds,
  };
}

/**
 * Port, protocol and type cannot be changed, so they are in the name. A new target group exists next to the old one.
 */
export function targetGroupName({ name, target }: Pick<TargetGroupSettings, "name" | "target">): string {
  const distinctions = [...(target.protocol === "HTTPS" ? ["tls"] : []), ...(target.type === "ip" ? ["ip"] : [])];
  return fittingName(TARGET_GROUP, name, String(target.port), ...distinctions);
}

export function createTargetGroup(scope: Construct, settings: TargetGroupSettings): LbTargetGroup {
  const { port, protocol = "HTTP", type: targetType = "instance", healthCheck: check = {} } = settings.target;
  const { interval, timeout } = seconds(check);
  Site.of(scope).avoidBrokenProviders("targetGroup");
  return new LbTargetGroup(scope, "TargetGroup", {
    name: targetGroupName(settings),
    targetType,
    vpcId: settings.vpcId,
    port,
    protocol,
    protocolVersion: "HTTP1",
    deregistrationDelay: String(settings.deregistrationDelay.inSeconds),
    loadBalancingAlgorithmType: "round_robin",
    healthCheck: {
      enabled: true,
      protocol,
      port: "traffic-port",
      path: check.path ?? DEFAULTS.path,
      matcher: check.codes ?? DEFAULTS.codes,
      interval,
      timeout,
      healthyThreshold: check.healthyAfter ?? DEFAULTS.healthyAfter,
      unhealthyThreshold: check.unhealthyAfter ?? DEFAULTS.unhealthyAfter,
    },
    lifecycle: { createBeforeDestroy: true },
  });
}
