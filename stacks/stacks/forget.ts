import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { refuse } from "../../modules/core";

/**
 * Makes Terraform drop every resource of a construct from state, without destroying it.
 *
 * The construct is built as it was, so that its addresses are the ones in state. Then it is removed from the tree.
 * Terraform ignores an address that is not in state.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function forget(construct: Construct): void {
  const { id, path, scope } = construct.node;
  const stack = TerraformStack.of(construct);
  const addresses = construct.node
    .findAll()
    .filter((node) => TerraformResource.isTerraformResource(node))
    .map((resource) => `${resource.terraformResourceType}.${stack.getLogicalId(resource)}`);
  scope?.node.tryRemoveChild(id);
  new Removed(stack, `Forgotten-${path.replaceAll("/", "-")}`, addresses);
}

/** Terraform's `removed` blocks; cdktf has no type for them. Needs Terraform 1.7. */
class Removed extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly addresses: readonly string[],
  ) {
    super(scope, id);
  }

  override toTerraform(): { removed: object[] } {
    return { removed: this.addresses.map((from) => ({ from, lifecycle: { destroy: false } })) };
  }

  /** cdktf calls it if it writes the stack in HCL itself. A plan without the block would destroy the resources. */
  override toHclTerraform(): never {
    return refuse(this, "NotInHcl", "cdktf writes no 'removed' block in HCL, and without it Terraform destroys");
  }
}
