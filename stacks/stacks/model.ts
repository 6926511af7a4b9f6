import { ProtectionModel } from "../../modules/core";
import { SiteContract } from "../contract";
import { HistoryEvent } from "../history/events";
import { LossEstimate } from "../objectives";
import { Pattern, Writes } from "../policy";

/** What one of a stack's constructs says of itself, with its path. What holds copies is named by its site. */
export interface FoundProtection extends ProtectionModel {
  readonly path: string;
}

/**
 * What a stack's JSON says of its workload, as plain data: a review needs no access to the program.
 */
export interface StackModel {
  /** Of this form. */
  readonly version: 1;
  readonly workload: string;
  readonly pattern: Pattern;
  readonly objectives: { readonly rtoSeconds: number; readonly rpoSeconds: number };
  readonly history: readonly HistoryEvent[];
  readonly sites: readonly SiteModel[];
  /** Kind of each store, by its name. */
  readonly stores: Readonly<Record<string, string>>;
  /** Kind of each compute, by its name. */
  readonly compute: Readonly<Record<string, string>>;
  readonly estimates: readonly LossEstimate[];
  readonly protections: readonly FoundProtection[];
  /** Which site of a multi-site workload writes what. @default - the active site takes all writes */
  readonly writes?: Writes;
}

/** A site as a stack's JSON names it. */
export interface SiteModel extends Pick<SiteContract, "name" | "region" | "account" | "home" | "role"> {
  /** The one in use. */
  readonly generation: number;
}
