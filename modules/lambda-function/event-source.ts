import {
  LambdaEventSourceMapping,
  LambdaEventSourceMappingConfig,
} from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct, IConstruct } from "constructs";
import { declareProtection, Duration, Evidence, inRange, makersOf, refuse, Statement } from "../core";
import { addInlinePolicy } from "../iam-role";
import { Site } from "../site";
import { checkActivity, isStandby, SourceActivity, switchLifecycle } from "./activity";
import { FunctionRef, refuseForeignFunction } from "./function-ref";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
const MOST_FILTERS = 5;

/** Settings of every source that Lambda polls. */
export interface EventSourceProps extends SourceActivity {
  /** Function of the site: `fn.ref`, or `LambdaFunction.refOf`. */
  readonly function: FunctionRef;
  /**
   * How long records are gathered before the function is invoked, up to 5 minutes.
   *
   * @default Duration.seconds(0)
   */
  readonly batchingWindow?: Duration;
  /**
   * Patterns of the records that the function gets, at most 5. A record must match one of them. Every principal that may describe the
   * function can read them.
   *
   * @default - everything
   */
  readonly filters?: readonly object[];
  /**
   * Lets the function say which records of a batch failed; it must then answer with `batchItemFailures`.
   *
   * @default false
   */
  readonly reportBatchItemFailures?: boolean;
}

/** Kind of a source. */
export interface SourceKind {
  readonly mechanism: string;
  /** The data that is not copied to another site. */
  readonly note: string;
  readonly evidence: readonly Evidence[];
  readonly statements: readonly Statement[];
}

export function checkSource(scope: IConstruct, props: EventSourceProps): void {
  refuseForeignFunction(scope, props.function);
  checkActivity(scope, props);
  inRange(scope, "filters.length", props.filters?.length ?? 0, 0, MOST_FILTERS);
  inRange(scope, "batchingWindow in seconds", props.batchingWindow?.inSeconds ?? 0, 0, 300);
}

/** A batch that is larger than one response of the source needs a batching window. */
export function refuseUngathered(scope: IConstruct, props: EventSourceProps, batchSize: number, atOnce: number): void {
  if (batchSize > atOnce && (props.batchingWindow?.inSeconds ?? 0) < 1) {
    refuse(
      scope,
      "ConflictingSettings",
      `'batchSize' is ${batchSize} and 'batchingWindow' is 0`,
      `set 'batchingWindow' to a second or more: beyond ${atOnce} Lambda gathers`,
    );
  }
}

/** The mapping, the permissions that the function's role needs to read the source, and the step of a failover. */
export function createSource(
  scope: Construct,
  props: EventSourceProps,
  kind: SourceKind,
  config: Omit<LambdaEventSourceMappingConfig, "functionName">,
): LambdaEventSourceMapping {
  const { function: target, filters = [], batchingWindow, reportBatchItemFailures } = props;
  const makers = makersOf(scope, target) ?? [];
  const policy = addInlinePolicy(scope, "RolePolicy", {
    roleName: target.roleName,
    namePrefix: "source-", // a function has several
    statements: kind.statements,
    dependsOn: makers,
  });
  const mapping = new LambdaEventSourceMapping(scope, "Resource", {
    ...config,
    functionName: target.aliasArn,
    enabled: props.active,
    filterCriteria: filters.length > 0 ? { filter: filters.map((it) => ({ pattern: JSON.stringify(it) })) } : undefined,
    maximumBatchingWindowInSeconds: batchingWindow?.inSeconds ?? 0,
    functionResponseTypes: reportBatchItemFailures ? ["ReportBatchItemFailures"] : undefined,
    dependsOn: [...makers, policy],
    lifecycle: switchLifecycle(props, "enabled"),
  });
  declareSource(scope, props, kind, mapping);
  return mapping;
}

function declareSource(
  scope: Construct,
  props: EventSourceProps,
  { mechanism, note, evidence }: SourceKind,
  { uuid }: LambdaEventSourceMapping,
): void {
  const source = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html";
  const step = {
    title: `let ${props.function.name} read its events`,
    call: "lambda:UpdateEventSourceMapping",
    parameters: { UUID: uuid, Enabled: true },
    duration: { basis: "unknown", source, note: "AWS publishes no time" },
    undo: "UpdateEventSourceMapping with Enabled false",
  } as const;
  declareProtection(scope, {
    protection: {
      mechanism,
      copiesIn: [Site.of(scope).siteName],
      loss: { value: Duration.seconds(0), basis: "configured", source, note },
    },
    recovery: isStandby(props) ? [step] : [],
    evidence,
  });
}
