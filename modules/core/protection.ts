import { IConstruct } from "constructs";
import { Duration } from "./duration";

/** Basis of a figure. */
export type Basis =
  /** AWS commits to it in an agreement. */
  | "committed"
  /** It follows from a setting. */
  | "configured"
  /** AWS says "typically" or "usually". */
  | "typical"
  /** AWS publishes no figure: it has to be measured, and is never reported as met. */
  | "unknown";

/** A length of time with what it rests on. */
export interface Figure {
  /** @default - unknown */
  readonly value?: Duration;
  readonly basis: Basis;
  /** The AWS page the figure, or its absence, comes from. */
  readonly source: string;
  /** Cases that the figure does not cover. @default - nothing */
  readonly note?: string;
}

/** How something is copied to another site. */
export interface Protection {
  /** Name of the mechanism in AWS's words: `"S3 Cross-Region Replication"`. */
  readonly mechanism: string;
  /** Region the data is written in. @default - the region of the site */
  readonly copiesFrom?: string;
  /** Name of the site or region that holds the copies. */
  readonly copiesIn: readonly string[];
  /** How much may be lost when the site is lost. */
  readonly loss: Figure;
  /** How long a point in time can be gone back to. @default - no history is kept by this mechanism */
  readonly retention?: Duration;
  /** A change that would lower the loss. The refusal of an objective that is not met shows it. @default - nothing would */
  readonly remedy?: string;
}

/** A parameter of an API call, as its JSON takes it. */
export type StepParameter =
  string | number | boolean | readonly StepParameter[] | { readonly [name: string]: StepParameter };

/** One typed step that makes a site's copy the one in use. */
export interface RecoveryStep {
  /** The action in a few words: `"promote the read replica"`. */
  readonly title: string;
  /** The API call, `service:Action`, made in the standby site; or `"none"` where nothing has to be done. */
  readonly call: string;
  /** Parameters of the call. @default - none */
  readonly parameters?: Readonly<Record<string, StepParameter>>;
  /** How long it takes. */
  readonly duration: Figure;
  /** How it is undone. */
  readonly undo: string;
}

/** A metric that shows whether the protection holds, and what a drill should measure. */
export interface Evidence {
  readonly title: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Maximum` for lags, `Sum` for failures. */
  readonly statistic: "Maximum" | "Minimum" | "Average" | "Sum";
  readonly unit: "Seconds" | "Milliseconds" | "Count" | "Bytes";
  /** Region the metric appears in. */
  readonly region: string;
}

/** Report of a construct that protects something. */
export interface ProtectionModel {
  readonly protection: Protection;
  /** Steps in their order. Empty where the copy is always usable. */
  readonly recovery: readonly RecoveryStep[];
  readonly evidence: readonly Evidence[];
}

const PROTECTION = Symbol.for("cdktf-aws-dr/protection");

/** Lets a construct answer how it protects, how its copy is brought into use, and what shows it. */
export function declareProtection(construct: IConstruct, model: ProtectionModel): ProtectionModel {
  Object.defineProperty(construct, PROTECTION, { value: model });
  return model;
}

/** Every model declared at or below a construct, with the path of who declared it, in tree order. */
export function protectionsBelow(scope: IConstruct): { readonly path: string; readonly model: ProtectionModel }[] {
  return scope.node.findAll().flatMap((construct) => {
    const model = (construct as { [PROTECTION]?: ProtectionModel })[PROTECTION];
    return model === undefined ? [] : [{ path: construct.node.path, model }];
  });
}
