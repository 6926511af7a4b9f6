import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";

/** What was decided once, and what it is now. */
export interface Decision {
  /** Name of the parameter, without the decision: `/orders/home-is`. */
  readonly name: string;
  readonly description: string;
  readonly value: string;
  /** Whether Terraform may go on when it has changed. */
  readonly mayChange: boolean;
}

/**
 * Has a plan fail that changes a decision, for a program cannot see what was deployed before it: the parameter's name says what was
 * decided, so that Terraform has to replace it, and may not. The id is what the reader of the failed plan sees.
 */
export function guard(scope: Construct, id: string, { name, description, value, mayChange }: Decision): void {
  new SsmParameter(scope, id, {
    name: `${name}-${value}`,
    description,
    type: "String",
    value,
    lifecycle: { preventDestroy: !mayChange },
  });
}
