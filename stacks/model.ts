import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ProtectionModel, protectionsBelow } from "../modules/core";
import { estimateLoss, LossEstimate } from "./objectives";
import { WorkloadPlan } from "./plan";
import { WorkloadProps } from "./workload";

interface Found {
  readonly path: string;
  readonly model: ProtectionModel;
}

/**
 * What each store may lose in each standby site, by what its constructs say of themselves.
 *
 * @throws RpoNotMet
 */
export function assess(
  workload: Construct,
  plan: WorkloadPlan,
  stores: readonly string[],
  found: readonly Found[],
): readonly LossEstimate[] {
  const standbys = plan.sites.filter(({ role }) => role === "standby");
  return [...stores].sort().flatMap((store) =>
    standbys.map((standby) => {
      const protections = found
        .filter(({ path }) => path.split("/").includes(store))
        .map(({ model }) => model.protection)
        .filter(({ copiesFrom = plan.active.region }) => copiesFrom === plan.active.region)
        .filter(({ copiesIn }) => copiesIn.includes(standby.region) || copiesIn.includes(standby.name));
      return estimateLoss(workload, plan.objectives.rpo, store, standby.name, protections);
    }),
  );
}

/**
 * Writes the model of a stack into its JSON, as a comment Terraform ignores, so that a review needs no access to the program:
 * the contract, the estimates, and what the stack's own constructs say of themselves.
 */
export function writeModel(
  stack: TerraformStack,
  plan: WorkloadPlan,
  props: WorkloadProps,
  estimates: readonly LossEstimate[],
): void {
  const model = {
    version: 1,
    workload: plan.name,
    pattern: plan.policy.pattern,
    objectives: { rtoSeconds: plan.objectives.rto.inSeconds, rpoSeconds: plan.objectives.rpo.inSeconds },
    history: plan.history,
    sites: plan.sites.map(({ name, region, account, home, role, generations }) => {
      return { name, region, account, home, role, generation: generations.length };
    }),
    stores: kindsOf(props.data),
    compute: kindsOf(props.compute ?? {}),
    estimates,
    protections: protectionsBelow(stack).map(({ path, model }) => ({ path, ...model })),
  };
  stack.addOverride("//.dr", JSON.parse(JSON.stringify(model)));
}

function kindsOf(parts: Readonly<Record<string, { readonly kind: string }>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parts).map(([name, { kind }]) => [name, kind]));
}
