import { Construct } from "constructs";
import { protectionsBelow } from "../../modules/core";
import { othersThan, WorkloadContract } from "../contract";
import { estimateLoss, LossEstimate } from "../objectives";
import { WorkloadProps } from "../props";
import { FoundProtection, StackModel } from "./model";
import { WorkloadStack } from "./workload-stack";

/**
 * Writes the model into every stack: the contract, the estimated loss of each store, and the protections of the stack's
 * own constructs.
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

/** Replaces regions by sites. A module may know only the region of the other end; a workload knows its sites. */
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

/** Estimates the loss of each store in each site that could take over, from the protections of its constructs. */
function assess(
  workload: Construct,
  contract: WorkloadContract,
  stores: readonly string[],
  found: readonly FoundProtection[],
): readonly LossEstimate[] {
  const followers = othersThan(contract, contract.writer).filter(({ role }) => role !== "detached");
  return [...stores].sort().flatMap((store) => {
    const protections = found
      .filter(({ path }) => path.split("/").includes(store))
      .map(({ protection }) => protection)
      .filter(({ copiesFrom = contract.writer.region }) => copiesFrom === contract.writer.region);
    return followers.map((standby) => {
      const there = protections.filter(({ copiesIn }) => copiesIn.includes(standby.name));
      return estimateLoss(workload, contract.objectives.rpo, store, standby.name, there);
    });
  });
}

function kindsOf(parts: Readonly<Record<string, { readonly kind: string }>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parts).map(([name, { kind }]) => [name, kind]));
}
