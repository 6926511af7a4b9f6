/** What a plan asks for: what Terraform has to be told, what may be told, and what only a human can settle. */
export interface Verdict {
  readonly removed: readonly Removed[];
  readonly moved: readonly Moved[];
  readonly imports: readonly Import[];
  /** What Terraform would create, and could import were it there. */
  readonly offers: readonly Offer[];
  readonly left: readonly Left[];
  /** What this plan forgets, by whoever's word. */
  readonly forgets: readonly Gone[];
  /** What Terraform destroys, holding no data. */
  readonly destroyed: readonly Destroyed[];
  /** What Terraform replaces, whatever its type. */
  readonly replaced: readonly Replaced[];
  /** How many resources change. */
  readonly changes: number;
}

/** Terraform forgets it and destroys nothing. */
export interface Removed extends Gone {
  readonly why: string;
  /** Another stack imports it: nothing stays behind. @default false */
  readonly takenOver?: boolean;
}

/** Terraform knows it under another address from now on. */
export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** Terraform takes over what is there. */
export interface Import extends Thing {
  readonly to: string;
  readonly id: string;
  readonly why: string;
}

/** Something that is in the program and, by the plan, in no state. */
export interface Offer extends Thing {
  readonly to: string;
  /** What it would be imported by; undefined where that does not follow from its arguments. */
  readonly id: string | undefined;
}

/** Something that is in the state and, by the plan, in no program. */
export interface Gone extends Thing {
  readonly from: string;
  /** The id it is imported by; where that is not known, its id in the state. */
  readonly id: string | undefined;
}

/** Something that Terraform would destroy. */
export interface Destroyed extends Gone {
  /** Whether a `removed` block could keep it: not one of several instances, nor what a replacement left behind. */
  readonly forgettable: boolean;
}

/** Something that Terraform would destroy and create anew. */
export interface Replaced {
  readonly address: string;
  readonly type: string;
  readonly because: string;
}

interface Thing {
  readonly type: string;
  readonly region: string | undefined;
}

/** What Terraform is not told, because only a human knows. */
export interface Left {
  /** @default - the whole stack */
  readonly address?: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Why something is imported that no stack hands over. */
export const IS_THERE = "is there already";
