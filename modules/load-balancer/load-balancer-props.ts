import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { checkName, Duration, inRange, NameRule, S3_BUCKET } from "../core";
import { checkCidr } from "../network";
import { checkSubnets, refuseRepeated } from "../site";
import { AccessLogs } from "./access-logs";
import { checkListener, ListenerSettings } from "./listeners";
import { BALANCER } from "./names";
import { checkTarget, TargetSettings } from "./target-group";

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

const DEFAULTS: Required<ConnectionSettings> = {
  // an hour, AWS's default, would keep clients on a site after the DNS has left it
  // https://docs.aws.amazon.com/r53recovery/latest/dg/route53-arc-best-practices.regional.html
  clientKeepAlive: Duration.minutes(5),
  deregistrationDelay: Duration.minutes(5), // AWS's own
  idleTimeout: Duration.minutes(1), // AWS's own
};

/** How long the connections of clients last, and their requests to an instance that leaves. */
export interface ConnectionSettings {
  /**
   * How long a client may keep one connection, 60 seconds to 7 days. Clients that hold a connection do not ask the DNS again.
   *
   * @default Duration.minutes(5)
   */
  readonly clientKeepAlive?: Duration;
  /**
   * How long requests may still finish on an instance that leaves, up to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly deregistrationDelay?: Duration;
  /**
   * How long a connection may be silent, 1 to 4000 seconds.
   *
   * @default Duration.minutes(1)
   */
  readonly idleTimeout?: Duration;
}

export interface LoadBalancerProps {
  /** IPv4 networks that may connect: the VPC's own for an internal load balancer, `"0.0.0.0/0"` for everybody. */
  readonly clientCidrs: readonly string[];
  /** How clients are answered: over HTTPS, or over plain HTTP behind private addresses. */
  readonly listener: ListenerSettings;
  /** Name, at most 32 characters; unique in the region of the account. */
  readonly name: string;
  /** A subnet in each of two Availability Zones or more: public ones for an internet-facing load balancer. */
  readonly subnetIds: readonly string[];
  /** The instances or addresses that answer the requests. */
  readonly target: TargetSettings;
  readonly vpcId: string;
  /**
   * Writes a line for each request.
   *
   * @default - not written
   */
  readonly accessLogs?: AccessLogs;
  /**
   * Ids of prefix lists whose networks may connect too, on the listener's own port alone, each under a name of its own. Only they, with
   * `clientCidrs` empty: Route 53's health checkers, or CloudFront, whose list spends 55 of a security group's 60 rules.
   *
   * @default - none
   */
  readonly clientPrefixLists?: Readonly<Record<string, string>>;
  /**
   * How long connections and requests last.
   *
   * @default - 5 minutes for a connection, 1 minute of silence, and 5 minutes for requests on a leaving instance
   */
  readonly connections?: ConnectionSettings;
  /**
   * AWS's protection from deletion.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Gives the load balancer public addresses. Cannot be changed later.
   *
   * @default false
   */
  readonly internetFacing?: boolean;
}

/** The times of connections, with AWS's or our defaults. */
export function connectionTimes({ connections = {} }: LoadBalancerProps): Required<ConnectionSettings> {
  return {
    clientKeepAlive: connections.clientKeepAlive ?? DEFAULTS.clientKeepAlive,
    deregistrationDelay: connections.deregistrationDelay ?? DEFAULTS.deregistrationDelay,
    idleTimeout: connections.idleTimeout ?? DEFAULTS.idleTimeout,
  };
}

/** Refuses settings that AWS refuses. */
export function checkLoadBalancer(scope: IConstruct, props: LoadBalancerProps): void {
  checkName(scope, "name", props.name, BALANCER);
  checkSubnets(scope, props.subnetIds);
  props.clientCidrs.forEach((cidr) => checkCidr(scope, "clientCidrs", cidr));
  refuseRepeated(scope, "clientCidrs", props.clientCidrs);
  checkListener(scope, props.listener, props.internetFacing);
  checkTarget(scope, props.target);
  checkConnections(scope, connectionTimes(props));
  if (props.accessLogs !== undefined) checkLogs(scope, props.accessLogs);
}

function checkConnections(scope: IConstruct, times: Required<ConnectionSettings>): void {
  const { clientKeepAlive, deregistrationDelay, idleTimeout } = times;
  inRange(scope, "connections.clientKeepAlive in seconds", clientKeepAlive.inSeconds, 60, 604_800);
  inRange(scope, "connections.deregistrationDelay in seconds", deregistrationDelay.inSeconds, 0, 3_600);
  inRange(scope, "connections.idleTimeout in seconds", idleTimeout.inSeconds, 1, 4_000);
}

function checkLogs(scope: IConstruct, { bucket, prefix }: AccessLogs): void {
  if (!Token.isUnresolved(bucket)) checkName(scope, "accessLogs.bucket", bucket, S3_BUCKET);
  if (prefix !== undefined) checkName(scope, "accessLogs.prefix", prefix, FOLDER);
}
