import { AwsProvider, AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { isProvidedBy, requiredProvider } from "./provider-versions";

const SITE_PROVIDER = Symbol.for("cdktf-aws-dr/site-provider");

/** The provider that a site makes. It asks for a range of versions; cdktf would ask for the exact version of its bindings. */
export class SiteProvider extends AwsProvider {
  constructor(scope: Construct, id: string, config: AwsProviderConfig) {
    super(scope, id, config);
    Object.defineProperty(this, SITE_PROVIDER, { value: true });
  }

  override toTerraform(): object {
    return this.withVersions(super.toTerraform() as object);
  }

  override toHclTerraform(): object {
    return this.withVersions(super.toHclTerraform() as object);
  }

  /** An AWS provider of the stack's own says itself which version it is made for. */
  private withVersions(json: object): object {
    const { cdktfStack } = this;
    const asked = ownProviders(cdktfStack).length > 0 ? {} : { aws: requiredProvider(cdktfStack) };
    return { ...json, terraform: { required_providers: asked } };
  }
}

/** The AWS providers of a stack that no site made. */
function ownProviders(stack: TerraformStack): TerraformProvider[] {
  return stack.node.findAll().filter((node): node is TerraformProvider => isOwnProvider(node));
}

/**
 * Leaves the version of the provider to the stack's own AWS provider, unless that version cannot create what the stack's sites hold.
 * Terraform knows one version for all AWS providers of a stack.
 */
export function settleProvider(stack: TerraformStack): void {
  const versions = ownProviders(stack).map(({ terraformGeneratorMetadata: made }) => {
    return made?.providerVersion ?? made?.providerVersionConstraint;
  });
  if (versions.every((version) => version === undefined || isProvidedBy(stack, version))) return;
  stack.addOverride("terraform.required_providers.aws", requiredProvider(stack));
}

function isOwnProvider(node: IConstruct): boolean {
  if (!TerraformProvider.isTerraformProvider(node) || SITE_PROVIDER in node) return false;
  return node.terraformResourceType === "aws";
}
