import { ref, TerraformElement, Token } from "cdktf";
import { Construct } from "constructs";
import { refuse } from "../core";
import { Site } from "./site";

/** Terraform and OpenTofu know write-only arguments, which alone may take a value of an ephemeral resource, from here on. */
const TERRAFORM = ">= 1.11.0";

export interface EphemeralResourceProps {
  /** Arguments, in Terraform's spelling. */
  readonly arguments: Readonly<Record<string, string | number | boolean>>;
  /** Type as Terraform names it. */
  readonly type: string;
}

/**
 * An ephemeral resource of a site's provider: its values live during a run and are written to no plan and no state. Use them only in
 * write-only arguments and other ephemeral resources. cdktf 0.21 has no type for it. In a stack of your own, synthesise JSON: cdktf writes
 * no such block in HCL.
 *
 * Site: that of the resource which receives its value.
 * While the other site is dark: works.
 * On failover: nothing happens.
 * Cost: none of its own.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/ephemeral
 */
export class EphemeralResource extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EphemeralResourceProps,
  ) {
    super(scope, id, `ephemeral.${props.type}`);
  }

  /** An expression for one of its attributes. */
  attribute(name: string): string {
    const address = `ephemeral.${this.props.type}.${this.friendlyUniqueId}`;
    return Token.asString(ref(`${address}.${name}`, this.cdktfStack));
  }

  override toTerraform(): object {
    const block = {
      "//": this.constructNodeMetadata,
      provider: Site.of(this).provider.fqn, // read late: a site's provider has an alias when the stack holds several
      ...this.props.arguments,
    };
    // no override: a version that the stack itself asks for stays
    return {
      terraform: { required_version: TERRAFORM },
      ephemeral: { [this.props.type]: { [this.friendlyUniqueId]: block } },
    };
  }

  /** cdktf asks for it in a stack that it writes in HCL itself. A workload's stack is written from its JSON. */
  override toHclTerraform(): never {
    return refuse(this, "NotInHcl", `cdktf writes no 'ephemeral' block in HCL, got an '${this.props.type}'`);
  }
}
