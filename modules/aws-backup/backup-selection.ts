import {
  BackupSelection as BackupSelectionResource,
  BackupSelectionConfig,
} from "@cdktf/provider-aws/lib/backup-selection";
import { Construct } from "constructs";
import { checkName, makersOf, NameRule, refuse } from "../core";
import { refuseForeignAccount, refuseOtherSite, Site } from "../site";
import { BackupPlan } from "./backup-plan";
import { BackupRoleRef } from "./backup-role";
import { checkProps } from "./shapes";
import { declareStore } from "./store-protection";
import { BackedUpStore, BackedUpType, checkCopyOf, everyArnOf, typeOf } from "./resource-types";

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html */
const SELECTION: NameRule = {
  what: "backup selection name",
  min: 1,
  max: 50,
  pattern: /^[a-zA-Z0-9_.-]+$/,
  allowed: "letters, digits, '-', '_' and '.'",
  unique: "region",
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html",
};

/** ARNs of one selection. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html */
const MOST_ARNS = { plain: 500, withWildcards: 30 };

/** A tag that a resource must have, or must not have. */
export interface TagCondition {
  readonly tag: string;
  readonly value: string;
  /** `…Like` takes `*` in the value. @default "StringEquals" */
  readonly operator?: "StringEquals" | "StringLike" | "StringNotEquals" | "StringNotLike";
}

export interface BackupSelectionProps {
  /** Name of the selection. Like every other setting of a selection, it cannot be changed: Terraform makes a new one. */
  readonly name: string;
  /** The plan, in this site. */
  readonly plan: BackupPlan;
  /** The role AWS Backup backs up under, of this account. */
  readonly role: BackupRoleRef;
  /** Narrows the selection to resources that fulfil every condition. @default - none */
  readonly conditions?: readonly TagCondition[];
  /** Types of which everything in the site is backed up, also what is yet to come. @default - none */
  readonly everyOf?: readonly BackedUpType[];
  /** ARNs left out, which may end in `*`. @default - none */
  readonly except?: readonly string[];
  /**
   * Roles that restores are made under, of the accounts of the vaults. The recovery steps of a store name the one of the vault's account,
   * and prefer the one of its region.
   *
   * @default - the selection's own role, if it restores
   */
  readonly restoreRoles?: readonly BackupRoleRef[];
  /** Stores to back up, by the names they have in the workload. @default - none */
  readonly stores?: Readonly<Record<string, BackedUpStore>>;
}

/**
 * Selects the resources of a backup plan: stores by their ARNs, or all of a type. With `conditions` alone it selects all with certain tags.
 * Declares for each of its stores the possible loss per vault.
 *
 * If you select by tags alone, AWS Backup backs up only types that the region opts in to. Aurora, DocumentDB and Neptune always need the
 * opt-in, see {@link BackupRegionSettings}.
 *
 * Site: that of the plan and of the stores.
 * While the other site is dark: works; copies into the dark region fail.
 * On failover: nothing happens; what had been copied is restored from the vaults of other sites.
 * Cost: none of its own.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export class BackupSelection extends Construct {
  readonly resource: BackupSelectionResource;

  constructor(scope: Construct, id: string, props: BackupSelectionProps) {
    super(scope, id);
    checkProps(this, "BackupSelectionProps", props);
    const { plan, role, restoreRoles = [role], stores = {} } = props;
    checkName(this, "name", props.name, SELECTION);
    checkRoles(this, props);
    checkPlaces(this, props);
    const types = typesOf(this, props);
    const resources = resourcesOf(this, props);

    this.resource = new BackupSelectionResource(this, "Resource", {
      name: props.name,
      planId: plan.planId,
      iamRoleArn: role.arn,
      resources,
      notResources: props.except && [...props.except],
      condition: conditionOf(props),
      dependsOn: makersOf(this, role),
    });
    const protections = new Construct(this, "Stores");
    for (const [name, store] of Object.entries(stores)) {
      const tagged = props.conditions !== undefined;
      declareStore(new Construct(protections, name), {
        name,
        store,
        type: types.get(name)!,
        plan,
        restoreRoles,
        tagged,
      });
    }
  }

  get selectionId(): string {
    return this.resource.id;
  }
}

function checkRoles(selection: BackupSelection, { role, restoreRoles = [] }: BackupSelectionProps): void {
  if (role.backup === false) {
    const problem = `'role' is '${role.name}', which restores and does not back up`;
    refuse(selection, "MissingSetting", problem, "give a role that backs up, and this one as one of 'restoreRoles'");
  }
  const unable = restoreRoles.find(({ restore }) => !restore);
  if (unable !== undefined) {
    const problem = `'restoreRoles' names '${unable.name}', which does not restore`;
    refuse(selection, "MissingSetting", problem, "set 'restore' on the role");
  }
}

function checkPlaces(selection: BackupSelection, { plan, role }: BackupSelectionProps): void {
  refuseOtherSite(selection, "plan", plan, "create the selection under the plan's site");
  refuseForeignAccount(selection, `the role '${role.name}'`, role.account, {
    remedy: "give a role of the site's account",
  });
}

/** The type of each store, once it is known that the plan's rules and the role suit all that is selected. */
function typesOf(selection: BackupSelection, props: BackupSelectionProps): ReadonlyMap<string, BackedUpType> {
  const { everyOf = [], plan, role, stores = {} } = props;
  const types = new Map(
    Object.entries(stores).map(([name, store]) => [name, typeOf(selection, `stores.${name}`, store)] as const),
  );
  const selected = [
    ...[...types].map(([name, type]) => [`stores.${name}`, type] as const),
    ...everyOf.map((type) => ["everyOf", type] as const),
  ];
  const vaults = plan.rules.flatMap(({ copies }) => copies.map(({ vault }) => vault));
  for (const [property, type] of selected) {
    for (const vault of vaults) checkCopyOf(selection, property, type, vault);
    if (type === "S3" && !role.s3) {
      const problem = `'${property}' is S3, and the role '${role.name}' may not back up S3`;
      refuse(selection, "MissingSetting", problem, "set 's3' on the role");
    }
  }
  return types;
}

function resourcesOf(selection: BackupSelection, props: BackupSelectionProps): string[] {
  const { conditions = [], everyOf = [], except = [], stores = {} } = props;
  const named = Object.values(stores).map((store) => store.arn);
  const every = [...new Set(everyOf.map((type) => everyArnOf(Site.of(selection), type)))];
  if (named.length + every.length + conditions.length === 0) {
    refuse(
      selection,
      "MissingSetting",
      "neither 'stores' nor 'everyOf' nor 'conditions' says what is backed up",
      "name at least one: AWS Backup would back up whatever it can",
    );
  }
  const resources = named.length + every.length > 0 ? [...named, ...every] : ["*"];
  checkCount(selection, "stores", resources);
  checkCount(selection, "except", except);
  return resources;
}

function checkCount(selection: BackupSelection, property: string, arns: readonly string[]): void {
  const wild = arns.some((arn) => arn.includes("*"));
  const most = wild ? MOST_ARNS.withWildcards : MOST_ARNS.plain;
  if (arns.length <= most) return;
  const problem = `'${property}' comes to ${arns.length} ARNs, AWS takes ${most} ${wild ? "where one has a wildcard" : "in a selection"}`;
  refuse(selection, "SettingOutOfRange", problem, "make several selections, or select by type or tags");
}

/** All in one block: the provider sends AWS but one. */
function conditionOf({ conditions }: BackupSelectionProps): BackupSelectionConfig["condition"] {
  if (conditions === undefined) return undefined;
  const of = (wanted: TagCondition["operator"]) =>
    conditions
      .filter(({ operator = "StringEquals" }) => operator === wanted)
      .map(({ tag, value }) => ({ key: `aws:ResourceTag/${tag}`, value }));
  return [
    {
      stringEquals: of("StringEquals"),
      stringLike: of("StringLike"),
      stringNotEquals: of("StringNotEquals"),
      stringNotLike: of("StringNotLike"),
    },
  ];
}
