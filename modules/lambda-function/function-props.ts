import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { checkLogRetention } from "../aws-values";
import { checkName, Duration, inRange, isKnown, refuse, refuseBoth, Statement } from "../core";
import { checkCidr } from "../network";
import { checkSubnets, refuseForeignArn, refuseRepeated } from "../site";
import { checkDestination, FailureDestination } from "./failure-destination";
import { checkCode, FunctionCode } from "./function-code";
import { checkUrl, FunctionUrl } from "./function-url";
import { checkInvokers, Invoker } from "./invokers";
import { ENVIRONMENT_VARIABLE, FUNCTION } from "./names";
import { checkProvisionedConcurrency, ProvisionedConcurrency } from "./provisioned-concurrency";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT_BYTES = 4_096;

/** A function's connection to a private network. */
export interface FunctionNetwork {
  /** A subnet in each of two Availability Zones or more, private ones. */
  readonly subnetIds: readonly string[];
  readonly vpcId: string;
  /**
   * IPv4 networks the function may reach, on any port. Where it can get is up to the subnets' routes too.
   *
   * @default ["0.0.0.0/0"]
   */
  readonly outboundCidrs?: readonly string[];
}

/** Retries and failure destination of asynchronous invocations: by SNS, S3, EventBridge and others. */
export interface AsynchronousEvents {
  /**
   * How long an event waits at most, 1 minute to 6 hours.
   *
   * @default Duration.hours(6)
   */
  readonly maximumAge?: Duration;
  /**
   * Retries of an event that failed, 0 to 2.
   *
   * @default 2
   */
  readonly maximumRetries?: number;
  /**
   * Destination of events whose last retry failed.
   *
   * @default - they are dropped
   */
  readonly onFailure?: FailureDestination;
}

export interface LambdaFunctionProps {
  /** Code of the function, from {@link zipCode} or {@link imageCode}. */
  readonly code: FunctionCode;
  /** ARN of the site's key, for environment, snapshots and logs; it must let CloudWatch Logs use it, see {@link lambdaKeyStatements}. */
  readonly kmsKeyArn: string;
  /** Name; unique in the region of the account. */
  readonly name: string;
  /**
   * Processor that the code is built for.
   *
   * @default "arm64"
   */
  readonly architecture?: "arm64" | "x86_64";
  /**
   * Retries and failure destination of asynchronous events.
   *
   * @default - AWS's: two retries within six hours, then they are dropped
   */
  readonly asynchronous?: AsynchronousEvents;
  /** @default - the name */
  readonly description?: string;
  /**
   * Environment variables, encrypted with the site's key; 4 KB in all. The plan and the state contain them: pass names of secrets.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Disk under `/tmp` in MiB, 512 to 10240.
   *
   * @default 512
   */
  readonly ephemeralStorageMiB?: number;
  /**
   * An HTTPS endpoint for callers with IAM credentials. AWS cannot create it while Route 53's control plane is unavailable: create it
   * before.
   *
   * @default - none
   */
  readonly functionUrl?: FunctionUrl;
  /**
   * Who may invoke the alias besides event sources of this module, by an id of your own that never changes.
   *
   * @default - whom IAM of the account allows
   */
  readonly invokers?: Readonly<Record<string, Invoker>>;
  /**
   * Form of the log's lines.
   *
   * @default "JSON"
   */
  readonly logFormat?: "JSON" | "Text";
  /**
   * Days the log is kept; one of the values of CloudWatch Logs.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
  /**
   * ARNs of managed policies of the function's role, by a name of your own that never changes.
   *
   * @default - none
   */
  readonly managedPolicyArns?: Readonly<Record<string, string>>;
  /**
   * Lets the function trip and reset switches, where `statements` allow `cloudwatch:PutMetricData`. Without the word its role is denied it
   * in every namespace that begins with `DisasterRecovery`, whatever else the role may do.
   *
   * @default false
   */
  readonly mayTripSwitches?: boolean;
  /**
   * Memory in MiB, 128 to 10240; CPU grows with it.
   *
   * @default 128
   */
  readonly memoryMiB?: number;
  /**
   * Private network the function reaches into.
   *
   * @default - none: it reaches the internet, and nothing private
   */
  readonly network?: FunctionNetwork;
  /**
   * Instances kept initialised while the site is active.
   *
   * @default - none: an instance starts with the first request it gets
   */
  readonly provisionedConcurrency?: ProvisionedConcurrency;
  /**
   * Most instances at a time, taken out of the account's for this function alone. At 0 nothing invokes it.
   *
   * @default - the account's unreserved ones
   */
  readonly reservedConcurrency?: number;
  /**
   * Statements of the policy of the function's role.
   *
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * How long an invocation may take, 1 second to 15 minutes.
   *
   * @default Duration.seconds(3)
   */
  readonly timeout?: Duration;
  /**
   * Traces the requests of every caller with AWS X-Ray.
   *
   * @default false
   */
  readonly tracing?: boolean;
}

/** Refuses what Lambda would, and what would not start in this site. */
export function checkFunction(scope: IConstruct, props: LambdaFunctionProps): void {
  const { asynchronous, code, network, provisionedConcurrency } = props;
  checkName(scope, "name", props.name, FUNCTION);
  refuseForeignArn(scope, "kmsKeyArn", props.kmsKeyArn, ["kms"]);
  checkCode(scope, code);
  checkEnvironment(scope, props.environment ?? {});
  checkSettings(scope, props);
  if (network !== undefined) checkNetwork(scope, network);
  if (asynchronous?.onFailure !== undefined) checkDestination(scope, "asynchronous.onFailure", asynchronous.onFailure);
  if (provisionedConcurrency !== undefined) checkProvisionedConcurrency(scope, props, provisionedConcurrency);
  if (code.zip?.snapStart) refuseBesideSnapStart(scope, props);
  if (props.functionUrl !== undefined) checkUrl(scope, props.functionUrl);
  checkInvokers(scope, props.invokers ?? {});
  refuseRepeated(scope, "managedPolicyArns", Object.values(props.managedPolicyArns ?? {}));
}

function checkEnvironment(scope: IConstruct, environment: Readonly<Record<string, string>>): void {
  Object.keys(environment).forEach((name) => checkName(scope, "environment", name, ENVIRONMENT_VARIABLE));
  const known = Object.entries(environment).filter(([, value]) => !Token.isUnresolved(value));
  const bytes = Buffer.byteLength(known.flat().join(""));
  if (bytes > ENVIRONMENT_BYTES) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'environment' holds ${bytes} bytes, Lambda takes ${ENVIRONMENT_BYTES}`,
      "keep what is long in a parameter, a secret or a file, and pass its name",
    );
  }
}

function checkNetwork(scope: IConstruct, { subnetIds, outboundCidrs = [] }: FunctionNetwork): void {
  checkSubnets(scope, subnetIds);
  outboundCidrs.forEach((cidr) => checkCidr(scope, "network.outboundCidrs", cidr));
  refuseRepeated(scope, "network.outboundCidrs", outboundCidrs);
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
function checkSettings(scope: IConstruct, props: LambdaFunctionProps): void {
  const { asynchronous = {} } = props;
  const ranges: readonly (readonly [string, number | undefined, number, number])[] = [
    ["asynchronous.maximumAge in seconds", asynchronous.maximumAge?.inSeconds, 60, 21_600],
    ["asynchronous.maximumRetries", asynchronous.maximumRetries, 0, 2],
    ["ephemeralStorageMiB", props.ephemeralStorageMiB, 512, 10_240],
    ["memoryMiB", props.memoryMiB, 128, 10_240],
    ["reservedConcurrency", props.reservedConcurrency, 0, 1_000_000],
    ["timeout in seconds", props.timeout?.inSeconds, 1, 900],
  ];
  for (const [property, value, min, max] of ranges) {
    if (value !== undefined) inRange(scope, property, value, min, max);
  }
  if (props.logRetentionDays !== undefined) checkLogRetention(scope, props.logRetentionDays);
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
function refuseBesideSnapStart(scope: IConstruct, props: LambdaFunctionProps): void {
  const { ephemeralStorageMiB = 512, provisionedConcurrency } = props;
  refuseBoth(scope, { "code.snapStart": true, provisionedConcurrency });
  if (isKnown(ephemeralStorageMiB) && ephemeralStorageMiB > 512) {
    const given = `'ephemeralStorageMiB' is ${ephemeralStorageMiB}`;
    refuse(scope, "ConflictingSettings", `'code.snapStart' is set and ${given}, Lambda snapshots 512 at most`);
  }
}
