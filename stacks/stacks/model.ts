import { Construct } from "constructs";
import { ProtectionModel, protectionsBelow } from "../../modules/core";
import { HistoryEvent } from "../history/history";
import { estimateLoss, LossEstimate } from "../objectives";
import { othersThan, SiteContract, WorkloadContract, Writes } from "../contract";
import { Pattern } from "../policy";
import { WorkloadProps } from "../patterns/workload";
import { WorkloadStack } from "./workload-stack";

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

/**
 * Has every stack describe the workload: the contract, what each store may lose, and what the stack's own constructs say of
 * themselves.
 *
 * @throws RpoNotMet
 */
export function describeWorkload(
  workload: Construct,
  contract: WorkloadContract,
  props: WorkloadProps,
  stacks: readonly WorkloadStack[],
): void {
  const protections = stacks.map((stack) =>
    protectionsBelow(stack).map(({ path, model }) => nameSites(contract, { path, ...model })),
  );
  const facts = factsOf(contract, props);
  const stores = Object.keys(props.data).filter((store) => !props.data[store]!.forgotten);
  const estimates = assess(workload, contract, stores, protections.flat());
  stacks.forEach((stack, index) => {
    stack.describe({ ...facts, estimates, protections: protections[index]! });
  });
}

/** A module may know no more of the other end than its region; a workload knows its sites. */
function nameSites({ sites }: WorkloadContract, found: FoundProtection): FoundProtection {
  const namesOf = (place: string) => {
    return sites.filter(({ name, region }) => name === place || region === place).map(({ name }) => name);
  };
  const { protection } = found;
  return { ...found, protection: { ...protection, copiesIn: protection.copiesIn.flatMap(namesOf) } };
}

function factsOf(
  contract: WorkloadContract,
  { data, compute = {} }: WorkloadProps,
): Omit<StackModel, "estimates" | "protections"> {
  return {
    version: 1,
    workload: contract.name,
    pattern: contract.policy.pattern,
    objectives: { rtoSeconds: contract.objectives.rto.inSeconds, rpoSeconds: contract.objectives.rpo.inSeconds },
    history: contract.history,
    sites: contract.sites.map(({ name, region, account, home, role, generations }) => {
      return { name, region, account, home, role, generation: generations.length };
    }),
    writes: contract.writes,
    stores: kindsOf(data),
    compute: kindsOf(compute),
  };
}

/** What each store may lose in each site that could take over, by what its constructs say of themselves. */
function assess(
  workload: Construct,
  contract: WorkloadContract,
  stores: readonly string[],
  found: readonly FoundProtection[],
): readonly LossEstimate[] {
  const followers = othersThan(contract, contract.active).filter(({ role }) => role !== "detached");
  return [...stores].sort().flatMap((store) => {
    const protections = found
      .filter(({ path }) => path.split("/").includes(store))
      .map(({ protection }) => protection)
      .filter(({ copiesFrom = contract.active.region }) => copiesFrom === contract.active.region);
    return followers.map((standby) => {
      const there = protections.filter(({ copiesIn }) => copiesIn.includes(standby.name));
      return estimateLoss(workload, contract.objectives.rpo, store, standby.name, there);
    });
  });
}

function kindsOf(parts: Readonly<Record<string, { readonly kind: string }>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parts).map(([name, { kind }]) => [name, kind]));
}
