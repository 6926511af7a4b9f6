import { TerraformStack } from "cdktf";
import { refuse } from "../core";

/**
 * Makes a stack refuse values of other stacks. cdktf would silently read them from the other stack's remote state, in the
 * other stack's region: a stack that does so cannot be planned while that region is dark.
 *
 * cdktf has no hook for this; the method replaced here is the one place where it adds the `terraform_remote_state`.
 */
export function refuseCrossStackTokens(stack: TerraformStack): void {
  stack.registerIncomingCrossStackReference = (origin) =>
    refuse(
      stack,
      "CrossStackToken",
      `'${stack.node.id}' uses a value that only an apply of '${origin.node.id}' would tell`,
    );
}
