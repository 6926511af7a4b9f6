import { IAspect, TerraformDataSource, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { refuse } from "../core";
import { settleProvider } from "./site-provider";

/** Properties of a site that the placement needs. */
interface PlacedSite extends IConstruct {
  readonly provider: TerraformProvider;
  readonly siteName: string;
}

/** Puts everything below a site in it, and tells the AWS providers of a stack apart. */
export class Placement implements IAspect {
  constructor(private readonly site: PlacedSite) {}

  visit(node: IConstruct): void {
    if (node === this.site) {
      this.nameProvider();
      settleProvider(TerraformStack.of(this.site));
    }
    if (isPlaceable(node)) node.provider ??= this.site.provider;
    if (isModule(node) && !node.providers?.some(isForAws)) node.addProvider(this.site.provider);
  }

  private nameProvider(): void {
    const { provider, siteName } = this.site;
    if (provider.node.scope !== this.site) return;
    const others = TerraformStack.of(this.site)
      .node.findAll()
      .filter((node) => TerraformProvider.isTerraformProvider(node))
      .filter((node) => node !== provider && isForAws(node));
    if (others.length > 0) provider.alias = siteName;
    const twin = others.find(({ alias }) => alias === siteName);
    if (twin !== undefined) {
      refuse(
        this.site,
        "NameTaken",
        `the provider alias '${siteName}' is already taken by ${twin.node.path}`,
        "give that provider to the site ('provider'), or give the site another 'name'",
      );
    }
  }
}

/** AWS resources and data sources; those of other providers know nothing of sites. */
function isPlaceable(node: IConstruct): node is TerraformResource | TerraformDataSource {
  const known = TerraformResource.isTerraformResource(node) || TerraformDataSource.isTerraformDataSource(node);
  return known && node.terraformResourceType.startsWith("aws_");
}

type ModuleProvider = TerraformProvider | { readonly provider: TerraformProvider };

/** Terraform modules have no type guard of their own. */
function isModule(
  node: IConstruct,
): node is IConstruct & { providers?: ModuleProvider[]; addProvider(provider: ModuleProvider): void } {
  return "addProvider" in node && "source" in node;
}

function isForAws(given: ModuleProvider): boolean {
  const provider = TerraformProvider.isTerraformProvider(given) ? given : given.provider;
  return provider.terraformResourceType === "aws";
}
