import { IConstruct } from "constructs";
import { refuse } from "./errors";
import { Declaration, faultsOf } from "./model";

const DECLARATION = Symbol.for("cdktf-aws-dr/declaration");

/** The declaration of a construct, with its path. */
export interface Declared extends Declaration {
  readonly path: string;
}

/**
 * Lets a construct say how its part is copied, what shows its health, and how it is brought into service. Alarms, estimates, recovery plans
 * and drills are made from it.
 */
export function declare(construct: IConstruct, declaration: Declaration): void {
  for (const procedure of declaration.procedures ?? []) {
    const [fault] = faultsOf(procedure);
    if (fault !== undefined) refuse(construct, "InvalidProcedure", `the procedure for a ${procedure.for}: ${fault}`);
  }
  Object.defineProperty(construct, DECLARATION, { value: declaration });
}

/** Everything that is declared at or below a construct, in tree order. */
export function declarationsBelow(scope: IConstruct): readonly Declared[] {
  return scope.node.findAll().flatMap((construct) => {
    const declaration = (construct as { [DECLARATION]?: Declaration })[DECLARATION];
    return declaration === undefined ? [] : [{ path: construct.node.path, ...declaration }];
  });
}
