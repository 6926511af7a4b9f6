/** The result of reading a plan: the blocks that Terraform needs, possible imports, and problems that only the operator can solve. */
export interface Verdict {
  readonly removed: readonly Removed[];
  readonly moved: readonly Moved[];
  readonly imports: readonly Import[];
  /** Resources that Terraform would create, and could import if they exist. */
  readonly offers: readonly Offer[];
  readonly left: readonly Left[];
  /** Resources that this plan forgets, because of the program or of an earlier run. */
  readonly forgets: readonly Gone[];
  /** Resources without data that Terraform destroys. */
  readonly destroyed: readonly Destroyed[];
  /** Resources of any type that Terraform replaces. */
  readonly replaced: readonly Replaced[];
  /** The number of resources that change. */
  readonly changes: number;
}

/** A resource that Terraform drops from its state and leaves running. */
export interface Removed extends Gone {
  readonly why: string;
  /** Whether another stack imports it, so that it does not stay unmanaged. @default false */
  readonly takenOver?: boolean;
}

/** A resource whose address in the state changes. */
export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** An existing resource that Terraform imports. */
export interface Import extends Thing {
  readonly to: string;
  readonly id: string;
  readonly why: string;
}

/** A resource that is in the program and, by the plan, not in the state. */
export interface Offer extends Thing {
  readonly to: string;
  /** Its import id. It is undefined if the arguments do not determine it. */
  readonly id: string | undefined;
}

/** A resource that is in the state and, by the plan, not in the program. */
export interface Gone extends Thing {
  readonly from: string;
  /** Its import id, or its id in the state if the import id is unknown. */
  readonly id: string | undefined;
}

/** A resource that Terraform would destroy. */
export interface Destroyed extends Gone {
  /** Whether a `removed` block could keep it. It cannot keep one of several instances, or an object that a replacement left behind. */
  readonly forgettable: boolean;
}

/** A resource that Terraform would destroy and create again. */
export interface Replaced {
  readonly address: string;
  readonly type: string;
  readonly because: string;
}

interface Thing {
  readonly type: string;
  readonly region: string | undefined;
}

/** A problem that only the operator can solve. */
export interface Left {
  /** @default - the whole stack */
  readonly address?: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The reason for an import that no other stack hands over. */
export const IS_THERE = "is there already";
