import { IConstruct } from "constructs";
import { Duration, inRange } from "../core";
import { EventSourceProps } from "./event-source";
import { checkDestination, FailureDestination, sendStatements } from "./failure-destination";
import { iteratorAgeOf } from "./function-protection";

/** Settings of every source whose records come in order. */
export interface StreamSourceProps extends EventSourceProps {
  /**
   * Most records of an invocation, 1 to 10000.
   *
   * @default 100
   */
  readonly batchSize?: number;
  /**
   * Halves a batch that failed, until the record that fails is alone.
   *
   * @default true
   */
  readonly bisectBatchOnError?: boolean;
  /**
   * Highest age of a record that is still retried, 1 minute to 7 days. Until then, a record that fails blocks the records after it.
   *
   * @default - as old as the stream keeps
   */
  readonly maximumRecordAge?: Duration;
  /**
   * Retries of a batch that failed, 0 to 10000.
   *
   * @default - until the record is too old
   */
  readonly maximumRetries?: number;
  /**
   * Destination of a notice about records that Lambda gave up.
   *
   * @default - nowhere
   */
  readonly onFailure?: FailureDestination;
  /**
   * Invocations at a time for each shard, 1 to 10; records of one key stay in order.
   *
   * @default 1
   */
  readonly parallelizationFactor?: number;
  /**
   * Where reading starts when the source is first enabled: at the oldest record of the stream or at the next one. After a failover,
   * `TRIM_HORIZON` repeats records that the lost site has already processed. `LATEST` misses records that the lost site has not processed.
   * Cannot be changed later.
   *
   * @default "TRIM_HORIZON"
   */
  readonly startingPosition?: "TRIM_HORIZON" | "LATEST";
}

export function checkStream(scope: IConstruct, props: StreamSourceProps): void {
  const ranges: readonly (readonly [string, number | undefined, number, number])[] = [
    ["batchSize", props.batchSize, 1, 10_000],
    ["maximumRecordAge in seconds", props.maximumRecordAge?.inSeconds, 60, 604_800],
    ["maximumRetries", props.maximumRetries, 0, 10_000],
    ["parallelizationFactor", props.parallelizationFactor, 1, 10],
  ];
  for (const [property, value, min, max] of ranges) {
    if (value !== undefined) inRange(scope, property, value, min, max);
  }
  if (props.onFailure !== undefined) checkDestination(scope, "onFailure", props.onFailure);
}

/** Settings of a mapping that are the same for every stream. AWS uses -1 for no limit. */
export function streamConfig(props: StreamSourceProps) {
  return {
    batchSize: props.batchSize ?? 100,
    bisectBatchOnFunctionError: props.bisectBatchOnError ?? true,
    destinationConfig: props.onFailure && { onFailure: { destinationArn: props.onFailure.arn } },
    maximumRecordAgeInSeconds: props.maximumRecordAge?.inSeconds ?? -1,
    maximumRetryAttempts: props.maximumRetries ?? -1,
    parallelizationFactor: props.parallelizationFactor ?? 1,
    startingPosition: props.startingPosition ?? "TRIM_HORIZON",
  };
}

/** Evidence that a stream is read. */
export function streamEvidence(props: StreamSourceProps) {
  return [iteratorAgeOf(props.function)];
}

export function failureStatements({ onFailure: destination }: StreamSourceProps) {
  return destination === undefined ? [] : sendStatements(destination);
}
