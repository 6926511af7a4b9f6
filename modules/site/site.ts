import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, TerraformProvider, TerraformStack, Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import {
  checkAccount,
  checkName,
  checkRoleTags,
  dnsSuffix,
  NameRule,
  Partition,
  partitionOf,
  plain,
  refuse,
  refuseBoth,
  RegionCode,
} from "../core";
import { refuseCrossStackTokens } from "./cross-stack-tokens";
import { PROVIDER_WITH_REGION } from "./new-regions";
import { Placement } from "./placement";
import { BROKEN_RELEASES, BrokenFeature, requireProvider } from "./provider-versions";
import { checkProps } from "./shapes";
import { SiteProvider } from "./site-provider";

/** A site's name is part of names of resources, whose limits are narrow. */
export const SITE_NAME: NameRule = {
  what: "site name",
  min: 1,
  max: 12,
  pattern: /^[a-z][a-z0-9]*$/,
  allowed: "lower-case letters and digits, beginning with a letter",
  unique: "account",
  source: "modules/site/README.md",
};

/** How the provider of a site takes a role. */
export interface AssumeRole {
  /** ARN of the role, in the site's account. */
  readonly roleArn: string;
  /** @default - none */
  readonly externalId?: string;
  /** @default - chosen by the provider */
  readonly sessionName?: string;
}

export interface SiteProps {
  /** Region code, for example `ap-northeast-2`. */
  readonly region: RegionCode;
  /** Account id, 12 digits. The provider refuses to work in any other (`allowed_account_ids`). */
  readonly account: string;
  /**
   * Role to take in the site's account.
   *
   * @default - the credentials Terraform runs with
   */
  readonly assumeRole?: AssumeRole;
  /**
   * Short name that never changes: names of resources derive from it. 1 to 12 lower-case letters and digits.
   *
   * @default - the construct's id in lower case
   */
  readonly name?: string;
  /**
   * Lets everything below the site use values of other stacks. cdktf reads them from the state of the other stack. This stack cannot be
   * planned while the region of that state is unavailable.
   *
   * @default false
   */
  readonly plansNeedOtherStates?: boolean;
  /**
   * An AWS provider of the same stack to use instead of an own one. Its region and account must be the ones given here.
   *
   * @default - the site makes its own
   */
  readonly provider?: TerraformProvider;
  /**
   * Tags of everything in the site (the provider's `default_tags`). No two keys may differ in case only, because IAM refuses a role with
   * both.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const SITE = Symbol.for("cdktf-aws-dr/site");

/**
 * One region of one account. Resources under a site are created in the site's region and account. An aspect sets the site's provider on
 * every AWS resource, data source and Terraform module below it. A provider that you set yourself stays.
 *
 * The provider of a site is plain when it is the only AWS provider of the stack. With several sites in one stack, or next to
 * a provider of the stack's own, it carries the site's name as alias.
 *
 * Site: is one.
 * While the other site is dark: works, as long as the stack holds no other site.
 * On failover: nothing happens; a site's name never changes.
 * Cost: none.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/index.html.markdown
 */
export class Site extends Construct {
  /** The site that a construct is in. */
  static of(construct: IConstruct): Site {
    const site = [...construct.node.scopes].reverse().find(Site.isSite);
    if (site === undefined) refuse(construct, "OutsideSite", `${construct.constructor.name} is in no Site`);
    return site;
  }

  static isSite(this: void, construct: IConstruct): construct is Site {
    return SITE in construct;
  }

  readonly siteName: string;
  readonly region: string;
  readonly account: string;
  readonly partition: Partition;
  /** Domain of the partition's endpoints: `amazonaws.com`. */
  readonly dnsSuffix: string;
  /** The provider everything below is created with. */
  readonly provider: TerraformProvider;
  /** Tags of everything in the site, for what the provider's `default_tags` do not reach. */
  readonly tags: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    checkProps(this, "SiteProps", props);
    Object.defineProperty(this, SITE, { value: true });
    refuseNesting(this);
    this.partition = partitionOf(this, props.region);
    this.region = props.region;
    this.account = checkAccount(this, props.account);
    this.siteName = checkName(this, "name", props.name ?? id.toLowerCase(), SITE_NAME);
    this.dnsSuffix = dnsSuffix(this.partition);
    refuseTwin(this);
    refuseIdleSettings(this, props);
    this.tags = { ...checkRoleTags(this, "tags", props.tags) };
    refuseForeignProvider(this, props);

    this.provider = props.provider ?? createProvider(this, props);
    Aspects.of(this).add(new Placement(this));
    requireProvider(TerraformStack.of(this));
    this.requireProviderWith(this.region);
    if (props.plansNeedOtherStates !== true) refuseCrossStackTokens(this);
  }

  /**
   * Makes the site's stack ask for a newer AWS provider than other stacks.
   *
   * @param version the first with what the stack holds: `"6.25.0"`
   */
  requireProvider(version: string): void {
    requireProvider(TerraformStack.of(this), version);
  }

  /** Makes the site's stack ask for a provider that knows a region, which an argument names. */
  requireProviderWith(region: string): void {
    requireProvider(TerraformStack.of(this), PROVIDER_WITH_REGION.get(region));
  }

  /** Makes the site's stack refuse the releases of the provider in which something it holds does not work. */
  avoidBrokenProviders(feature: BrokenFeature): void {
    requireProvider(TerraformStack.of(this), undefined, BROKEN_RELEASES[feature].versions);
  }
}

function refuseNesting(site: Site): void {
  const outer = site.node.scopes.slice(0, -1).find(Site.isSite);
  if (outer !== undefined)
    refuse(site, "SiteInsideSite", `a site cannot be in another site, got one under ${outer.node.path}`);
}

function sitesOf(stack: TerraformStack): Site[] {
  return stack.node.findAll().filter(Site.isSite);
}

function refuseTwin(site: Site): void {
  const twin = sitesOf(TerraformStack.of(site)).find((other) => other !== site && other.siteName === site.siteName);
  if (twin !== undefined) {
    refuse(
      site,
      "NameTaken",
      `the site name '${site.siteName}' is already taken by ${twin.node.path}`,
      "give each site of a stack another name: it tells their providers apart",
    );
  }
}

function refuseIdleSettings(site: Site, props: SiteProps): void {
  if (props.provider === undefined) return;
  for (const setting of ["assumeRole", "tags"] as const) {
    const remedy = `set '${setting}' on the provider, or leave 'provider' out: '${setting}' would be ignored`;
    refuseBoth(site, { provider: props.provider, [setting]: props[setting] }, remedy);
  }
}

/** A provider of another place would create everything below the site there, unnoticed. */
function refuseForeignProvider(site: Site, props: SiteProps): void {
  const { region, allowedAccountIds } = (props.provider ?? {}) as Partial<AwsProvider>;
  if (region !== undefined && !Token.isUnresolved(region) && region !== site.region) {
    refuse(
      site,
      "ConflictingSettings",
      `'provider' works in '${region}' and 'region' is '${site.region}'`,
      "give the site a provider of its region",
    );
  }
  if (allowedAccountIds && !Token.isUnresolved(allowedAccountIds) && !allowedAccountIds.includes(site.account)) {
    refuse(
      site,
      "ConflictingSettings",
      `'provider' works in account ${allowedAccountIds.join(" or ")} and 'account' is '${site.account}'`,
      "give the site a provider of its account",
    );
  }
}

function createProvider(site: Site, props: SiteProps): TerraformProvider {
  return new SiteProvider(site, "Provider", {
    region: site.region,
    allowedAccountIds: [site.account],
    assumeRole: props.assumeRole && [
      {
        roleArn: plain(site, "assumeRole.roleArn", props.assumeRole.roleArn),
        externalId: props.assumeRole.externalId,
        sessionName: props.assumeRole.sessionName,
      },
    ],
    defaultTags: props.tags && [{ tags: { ...props.tags } }],
  });
}
