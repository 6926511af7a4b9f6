/** Roles that run programs or agents and may trip a switch. */
import { denySwitches, policyDocument } from "../../../modules/core";
import { policyDocumentsOf, principalsOf } from "./policy-documents";
import { fault, follow, Thing, World } from "./world";

/** Services that hand a role's credentials to programs. */
const RUNS_PROGRAMS = /^(ec2|ecs-tasks|lambda)\.amazonaws\.com(\.cn)?$/;

const DENY = (JSON.parse(policyDocument([denySwitches()])) as { Statement: readonly object[] }).Statement;

/** Every role that runs programs without the statement that denies it to trip a switch. */
export function switchFaults(world: World): string[] {
  const documents = policyDocumentsOf(world);
  const runsPrograms = (role: Thing) =>
    documents
      .filter(({ thing, argument }) => thing === role && argument === "assume_role_policy")
      .flatMap(({ statements }) => statements.flatMap((statement) => principalsOf(statement, "Service")))
      .some((service) => RUNS_PROGRAMS.test(service));
  const denies = (role: Thing) =>
    documents
      .filter(({ thing }) => thing.type === "aws_iam_role_policy" && follow(thing, thing.block.role) === role)
      .some(({ statements }) => statements.some((statement) => JSON.stringify(statement) === JSON.stringify(DENY[0])));
  return world.things
    .filter((thing) => thing.type === "aws_iam_role" && runsPrograms(thing) && !denies(thing))
    .map((role) => fault(world, role, "may trip a switch"));
}
