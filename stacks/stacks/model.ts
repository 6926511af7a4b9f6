import { ProtectionModel } from "../../modules/core";
import { SiteContract } from "../contract";
import { HistoryEvent } from "../history/events";
import { LossEstimate } from "../objectives";
import { Pattern, Writes } from "../policy";

/** The protection that one construct of a stack declares, with the construct's path. Sites with copies are named. */
export interface FoundProtection extends ProtectionModel {
  readonly path: string;
}

/** The description of a workload in the JSON of its stacks (`//.dr`). A review needs no access to the program. */
export interface StackModel {
  /** Version of this format. */
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
  /** How the sites of a multi-site workload share the writes. @default - one site takes all writes */
  readonly writes?: Writes;
}

/** A site in the JSON of a stack. */
export interface SiteModel extends Pick<SiteContract, "name" | "region" | "account" | "home" | "role"> {
  /** Number of the generation in use. */
  readonly generation: number;
}
