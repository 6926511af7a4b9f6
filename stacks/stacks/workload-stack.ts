import { DefaultTokenResolver, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { refuseCrossStackTokens, Site, StateBackend } from "../../modules/site";
import { forget } from "./forget";
import { hclOf } from "./hcl/stack-hcl";
import { StackModel } from "./model";
import { SiteContract, WorkloadContract } from "../contract";

/**
 * A stack of a workload. It has one provider, for one site, and keeps its state in that site's region.
 *
 * Site: the site that it is given.
 * While the other site is dark: its state is readable, and its provider calls only its own region.
 * On failover: nothing; see the constructs in it.
 * Cost: the state objects in S3.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export abstract class WorkloadStack extends TerraformStack {
  readonly site: Site;
  private model: StackModel | undefined;

  /** @param tags tags of every resource in the stack, in addition to `Workload` */
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
    // keys begin with the site's name, because a `StateBucket` lets the site write only there
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

  /** Makes Terraform drop every resource of the stack from state, without destroying it. */
  forget(): void {
    const { children } = this.site.node;
    children.filter((child) => child !== this.site.provider).forEach(forget);
  }

  /** Writes the model into the stack's JSON, as a comment that Terraform ignores: `//.dr`. */
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

  /** The model as plain data. It holds tokens only if a step names something that AWS has yet to name. */
  private resolve(model: string): unknown {
    if (!Token.isUnresolved(model)) return JSON.parse(model);
    const options = { preparing: false, scope: this, resolver: new DefaultTokenResolver(new StringConcat()) };
    return JSON.parse(model, (_, value: unknown) => {
      return Token.isUnresolved(value) ? (Tokenization.resolve(value, options) as unknown) : value;
    });
  }
}

/** Tags of every resource in a site's own stacks. */
export function siteTags({ name, props }: SiteContract): Readonly<Record<string, string>> {
  return { ...props.tags, Site: name };
}
