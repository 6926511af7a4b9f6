import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { checkPort } from "../aws-values";
import { checkName, Duration, inRange, NameRule, plain, refuse, refuseBoth, S3_BUCKET } from "../core";
import { checkCidr } from "../network";
import { checkSubnets, refuseForeignArn, refuseRepeated } from "../site";
import { AccessLogs } from "./access-logs";
import { BALANCER } from "./names";
import { checkHealthCheck, HealthCheck } from "./target-group";

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const TLS_POLICY: NameRule = {
  what: "security policy of TLS 1.2 or newer",
  min: 30,
  max: 64,
  pattern: /^ELBSecurityPolicy-TLS13-1-[23](-[A-Za-z0-9-]+)?$/,
  allowed: "one of AWS's that begin with 'ELBSecurityPolicy-TLS13-1-2' or '-1-3'",
  unique: "region",
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
};

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
const FOLDER: NameRule = {
  what: "folder of access logs",
  min: 1,
  max: 256,
  pattern: /^(?!.*AWSLogs)[\w.-]+(\/[\w.-]+)*$/,
  allowed: "letters, digits and any of ._- between single slashes, without 'AWSLogs'",
  unique: "region",
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
};

const DEFAULTS = {
  // an hour, AWS's default, would keep clients on a site after the DNS has left it
  // https://docs.aws.amazon.com/r53recovery/latest/dg/route53-arc-best-practices.regional.html
  clientKeepAlive: Duration.minutes(5),
  deregistrationDelay: Duration.minutes(5), // AWS's own
  idleTimeout: Duration.minutes(1), // AWS's own
  tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", // what AWS recommends
};

export interface LoadBalancerProps {
  /** IPv4 networks that may connect: the VPC's own for an internal load balancer, `"0.0.0.0/0"` for everybody. */
  readonly clientCidrs: readonly string[];
  /** Name, at most 32 characters; unique in the region of the account. */
  readonly name: string;
  /** A subnet in each of two Availability Zones or more: public ones for an internet-facing load balancer. */
  readonly subnetIds: readonly string[];
  /** Port the instances listen on. */
  readonly targetPort: number;
  readonly vpcId: string;
  /**
   * Writes a line for each request.
   *
   * @default - not written
   */
  readonly accessLogs?: AccessLogs;
  /**
   * ARN of the certificate of the names clients use, in the site's region. HTTP is then redirected to HTTPS.
   *
   * @default - none, which needs `plainHttp`
   */
  readonly certificateArn?: string;
  /**
   * How long a client may keep one connection, 60 seconds to 7 days. Clients that hold a connection do not ask the DNS again.
   *
   * @default Duration.minutes(5)
   */
  readonly clientKeepAlive?: Duration;
  /**
   * Ids of prefix lists whose networks may connect too, on the listener's own port alone, each under a name of its own. Only they, with
   * `clientCidrs` empty: Route 53's health checkers, or CloudFront, whose list spends 55 of a security group's 60 rules.
   *
   * @default - none
   */
  readonly clientPrefixLists?: Readonly<Record<string, string>>;
  /**
   * AWS's protection from deletion.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * How long requests may still finish on an instance that leaves, up to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly deregistrationDelay?: Duration;
  /**
   * How instances are found to serve.
   *
   * @default - GET / answered with 200, every 10 seconds
   */
  readonly healthCheck?: HealthCheck;
  /**
   * How long a connection may be silent, 1 to 4000 seconds.
   *
   * @default Duration.minutes(1)
   */
  readonly idleTimeout?: Duration;
  /**
   * Gives the load balancer public addresses. Cannot be changed later.
   *
   * @default false
   */
  readonly internetFacing?: boolean;
  /**
   * Serves unencrypted HTTP instead of HTTPS. Only for an internal load balancer.
   *
   * @default false
   */
  readonly plainHttp?: boolean;
  /**
   * How the load balancer speaks with the instances. It does not check their certificates.
   *
   * @default "HTTP"
   */
  readonly targetProtocol?: "HTTP" | "HTTPS";
  /**
   * Kind of the targets: instances of a group, or addresses such as those of tasks on Fargate.
   *
   * @default "instance"
   */
  readonly targetType?: "instance" | "ip";
  /**
   * AWS's security policy of the HTTPS listener, of TLS 1.2 or newer.
   *
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
   */
  readonly tlsPolicy?: string;
}

/** The settings of a load balancer with AWS's or our defaults. */
export type LoadBalancerSettings = LoadBalancerProps & Required<Pick<LoadBalancerProps, keyof typeof DEFAULTS>>;

/** Fills in defaults, and refuses settings that AWS refuses. */
export function loadBalancerSettings(scope: IConstruct, props: LoadBalancerProps): LoadBalancerSettings {
  const settings = {
    ...props,
    clientKeepAlive: props.clientKeepAlive ?? DEFAULTS.clientKeepAlive,
    deregistrationDelay: props.deregistrationDelay ?? DEFAULTS.deregistrationDelay,
    idleTimeout: props.idleTimeout ?? DEFAULTS.idleTimeout,
    tlsPolicy: props.tlsPolicy ?? DEFAULTS.tlsPolicy,
  };
  checkName(scope, "name", settings.name, BALANCER);
  checkSubnets(scope, settings.subnetIds);
  settings.clientCidrs.forEach((cidr) => checkCidr(scope, "clientCidrs", cidr));
  refuseRepeated(scope, "clientCidrs", settings.clientCidrs);
  checkEncryption(scope, settings);
  checkHealthCheck(scope, settings.healthCheck ?? {});
  checkPort(scope, "targetPort", plain(scope, "targetPort", settings.targetPort)); // part of a name
  inRange(scope, "clientKeepAlive in seconds", settings.clientKeepAlive.inSeconds, 60, 604_800);
  inRange(scope, "deregistrationDelay in seconds", settings.deregistrationDelay.inSeconds, 0, 3_600);
  inRange(scope, "idleTimeout in seconds", settings.idleTimeout.inSeconds, 1, 4_000);
  if (settings.accessLogs !== undefined) checkLogs(scope, settings.accessLogs);
  return settings;
}

/** HTTPS, or plain HTTP in so many words and behind private addresses only. */
function checkEncryption(scope: IConstruct, settings: LoadBalancerSettings): void {
  const { certificateArn, internetFacing, plainHttp } = settings;
  checkName(scope, "tlsPolicy", settings.tlsPolicy, TLS_POLICY);
  if (certificateArn !== undefined) {
    refuseBoth(scope, { certificateArn, plainHttp });
    refuseForeignArn(scope, "certificateArn", certificateArn, ["acm", "iam"]);
    return;
  }
  if (!plainHttp) {
    refuse(
      scope,
      "MissingSetting",
      "'certificateArn' is not given, and without one there is no HTTPS",
      "give the ARN of a certificate in the site's region, or 'plainHttp' for an internal load balancer",
    );
  }
  refuseBoth(scope, { plainHttp, internetFacing }, "give a certificate: nothing goes over the internet unencrypted");
}

function checkLogs(scope: IConstruct, { bucket, prefix }: AccessLogs): void {
  if (!Token.isUnresolved(bucket)) checkName(scope, "accessLogs.bucket", bucket, S3_BUCKET);
  if (prefix !== undefined) checkName(scope, "accessLogs.prefix", prefix, FOLDER);
}
