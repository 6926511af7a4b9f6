import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { checkAccount, parseArn, policyDocument, refuse, Statement } from "../core";
import { refuseKeyOfRegion, Site } from "../site";
import { PULL_ACTIONS } from "./container-image";
import { checkLifecycle, ImageLifecycleRule } from "./image-lifecycle";

/** Settings of a repository that Terraform or replication creates. */
export interface RepositorySettings {
  /** ARN of the site's key, a symmetric one. Cannot be changed later. */
  readonly kmsKeyArn: string;
  /**
   * Which images are deleted, in the order of the rules. Deletions are not replicated: each site decides by its own rules.
   *
   * @default - none is
   */
  readonly lifecycle?: readonly ImageLifecycleRule[];
  /**
   * Lets a push move a tag to another image. Until the push is replicated, a tag may name different images in different sites.
   *
   * @default false
   */
  readonly mutableTags?: boolean;
  /**
   * Ids of other accounts whose roles may pull.
   *
   * @default - none
   */
  readonly pullAccounts?: readonly string[];
  /**
   * Further statements of the repository policy, without `resources`.
   *
   * @default - none
   */
  readonly statements?: readonly Statement[];
}

export function checkSettings(scope: IConstruct, settings: RepositorySettings): void {
  checkKey(scope, settings.kmsKeyArn);
  checkLifecycle(scope, settings.lifecycle ?? []);
  settings.pullAccounts?.forEach((account) => checkAccount(scope, account));
}

function checkKey(scope: IConstruct, kmsKeyArn: string): void {
  if (Token.isUnresolved(kmsKeyArn)) return;
  const { service, region } = parseArn(scope, "kmsKeyArn", kmsKeyArn);
  if (service !== "kms") refuse(scope, "InvalidArn", `'kmsKeyArn' must be the ARN of a key, got '${kmsKeyArn}'`);
  refuseKeyOfRegion(scope, "kmsKeyArn", region);
}

export function tagMutability({ mutableTags }: RepositorySettings): string {
  return mutableTags ? "MUTABLE" : "IMMUTABLE";
}

/** @returns the repository policy; none if only the own account's roles have access */
export function repositoryPolicy(scope: IConstruct, settings: RepositorySettings): string | undefined {
  const { pullAccounts = [], statements = [] } = settings;
  const all = pullAccounts.length > 0 ? [pullStatement(Site.of(scope), pullAccounts), ...statements] : statements;
  return all.length > 0 ? policyDocument(all) : undefined;
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html */
function pullStatement({ partition }: Site, accounts: readonly string[]): Statement {
  const roots = accounts.map((account) => `arn:${partition}:iam::${account}:root`);
  return {
    sid: "AllowPull",
    principal: { AWS: roots.length === 1 ? roots[0]! : roots },
    actions: PULL_ACTIONS,
  };
}
