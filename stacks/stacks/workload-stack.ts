import { DefaultTokenResolver, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { refuseCrossStackTokens, Site, StateBackend } from "../../modules/site";
import { forget } from "./forget";
import { hclOf } from "./hcl/stack-hcl";
import { StackModel } from "./model";
import { SiteContract, WorkloadContract } from "../contract";

/**
 * A stack of a workload: one provider, of one site, and the state in that site's region.
 *
 * Site: the one it is given.
 * While the other site is dark: its state can be read, its provider asks its own region.
 * On failover: nothing; what stands in it says what happens to it.
 * Cost: the objects of its state.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export abstract class WorkloadStack extends TerraformStack {
  readonly site: Site;
  private model: StackModel | undefined;

  /** @param tags of everything in it, beside `Workload` */
  protected constructor(
    scope: Construct,
    name: string,
    contract: WorkloadContract,
    at: SiteContract,
    tags: Readonly<Record<string, string>>,
  ) {
    super(scope, `${contract.name}-${name}`);
    const { state, assumeRole } = at.props;
    refuseCrossStackTokens(this);
    // below the site's name, where a `StateBucket` lets the site write
    new StateBackend(this, { prefix: at.name, ...state, region: at.region, assumeRole });
    // the only site of the stack: as `Default` its id leaves no trace in addresses
    this.site = new Site(this, "Default", {
      name: at.name,
      region: at.region,
      account: at.account,
      assumeRole,
      tags: { ...tags, Workload: contract.name },
    });
  }

  /** Has Terraform forget all that stands in the stack, and destroy nothing. */
  forget(): void {
    const { children } = this.site.node;
    children.filter((child) => child !== this.site.provider).forEach(forget);
  }

  /** Has the stack's JSON say what the workload is, as a comment Terraform ignores: `//.dr`. */
  describe(model: StackModel): void {
    this.model = model;
  }

  override toTerraform(): { readonly "//": object; readonly [section: string]: unknown } {
    const json = super.toTerraform() as { readonly "//": object };
    return { ...json, "//": { ...json["//"], dr: this.resolve(JSON.stringify(this.model ?? {})) } };
  }

  /** The same blocks in HCL: `cdktf synth --hcl`. The model goes into cdktf's `metadata.json`. */
  override toHclTerraform(): { readonly hcl: string; readonly metadata: object } {
    return hclOf(this, this.toTerraform());
  }

  /** The model as plain data. Only steps that name what AWS has yet to name hold tokens, and few stacks have such steps. */
  private resolve(model: string): unknown {
    if (!Token.isUnresolved(model)) return JSON.parse(model);
    const options = { preparing: false, scope: this, resolver: new DefaultTokenResolver(new StringConcat()) };
    return JSON.parse(model, (_, value: unknown) => {
      return Token.isUnresolved(value) ? (Tokenization.resolve(value, options) as unknown) : value;
    });
  }
}

/** Tags of everything a site's own stacks hold. */
export function siteTags({ name, props }: SiteContract): Readonly<Record<string, string>> {
  return { ...props.tags, Site: name };
}
