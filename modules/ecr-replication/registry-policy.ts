import { EcrRegistryPolicy } from "@cdktf/provider-aws/lib/ecr-registry-policy";
import { Construct, IConstruct } from "constructs";
import { arn, checkAccount, checkName, claimName, madeBy, policyDocument, refuseEmpty, Statement } from "../core";
import { Site } from "../site";
import { REGISTRY_POLICY, REPOSITORY_PREFIX } from "./names";
import { RegistryRef, registryRef } from "./registry-ref";
import { checkProps } from "./shapes";

export interface RegistryPolicyProps {
  /** Ids of the accounts that may replicate images into this registry. */
  readonly sourceAccounts: readonly string[];
  /**
   * Lets replication create repositories that do not exist here. Without it every repository has to be declared as an
   * {@link ImageRepository}, which also gives it its settings.
   *
   * @default false
   */
  readonly createRepositories?: boolean;
  /**
   * Beginnings of the names of repositories that may be written.
   *
   * @default - every repository
   */
  readonly repositoryPrefixes?: readonly string[];
  /**
   * Further statements, for example for a pull through cache: a registry has one policy.
   *
   * @default - none
   */
  readonly statements?: readonly Statement[];
}

/**
 * Lets other accounts replicate images into the registry of a site. Within one account replication needs no policy.
 *
 * Site: one in each that receives copies from another account.
 * While the other site is dark: works; nothing arrives.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-replication.html
 */
export class RegistryPolicy extends Construct {
  /** Points to this registry from the site that replicates into it. */
  readonly ref: RegistryRef;
  readonly resource: EcrRegistryPolicy;

  constructor(scope: Construct, id: string, props: RegistryPolicyProps) {
    super(scope, id);
    checkProps(this, "RegistryPolicyProps", props);
    const site = Site.of(this);
    const ref = registryRef(this, { region: site.region, account: site.account });
    checkPolicy(this, props);
    claimName(this, REGISTRY_POLICY, site.account, site);

    this.resource = new EcrRegistryPolicy(this, "Resource", {
      policy: policyDocument([replicationStatement(site, props), ...(props.statements ?? [])]),
    });
    this.ref = madeBy(ref, this.resource);
  }
}

function checkPolicy(scope: IConstruct, { sourceAccounts, repositoryPrefixes = [] }: RegistryPolicyProps): void {
  refuseEmpty(scope, "sourceAccounts", sourceAccounts, "name the accounts that replicate into this registry");
  sourceAccounts.forEach((account) => checkAccount(scope, account));
  repositoryPrefixes.forEach((prefix) => checkName(scope, "repositoryPrefixes", prefix, REPOSITORY_PREFIX));
}

function replicationStatement({ partition, region, account }: Site, props: RegistryPolicyProps): Statement {
  const { createRepositories = false, repositoryPrefixes = [""], sourceAccounts } = props;
  const roots = sourceAccounts.map((source) => `arn:${partition}:iam::${source}:root`);
  const registry = { partition, service: "ecr", region, account };
  return {
    sid: "AllowReplication",
    principal: { AWS: roots.length === 1 ? roots[0]! : roots },
    actions: [...(createRepositories ? ["ecr:CreateRepository"] : []), "ecr:ReplicateImage"],
    resources: repositoryPrefixes.map((prefix) => arn({ ...registry, resource: `repository/${prefix}*` })),
  };
}
