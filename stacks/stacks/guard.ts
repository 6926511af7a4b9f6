import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";

/** A decision that must not change, with its current value. */
export interface Decision {
  /** Name of the SSM parameter, without the value: `/orders/home-is`. */
  readonly name: string;
  readonly description: string;
  readonly value: string;
  /** Whether Terraform may continue if the value has changed. */
  readonly mayChange: boolean;
}

/**
 * Makes a plan fail if a permanent decision changes, because a program cannot see the last deployment. The parameter's
 * name contains the value. A changed value forces a replacement, and `prevent_destroy` forbids it. The failed plan
 * shows the id.
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
