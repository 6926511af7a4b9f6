import { MetricId } from "./metrics";

/** A metric that shows whether a part or a copy of it is healthy. An alarm is made from it. */
export interface Signal {
  /** Unique in the part, in kebab case: `"replica-lag"`. It is in the name of the alarm. */
  readonly id: string;
  /** The measured quantity, for people: `"lag of orders-tokyo behind its source"`. */
  readonly title: string;
  readonly metric: MetricId;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Region that the metric is published in. */
  readonly region: string;
  /** Values that are bad. */
  readonly badWhen: "above" | "below";
  /** The recovery point objective, a number in the metric's unit, or none: the signal is only shown. */
  readonly limit: "rpo" | number | "none";
}
