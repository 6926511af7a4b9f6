import { Construct } from "constructs";
import {
  BackedUpStore,
  BackupPlan,
  BackupRole,
  BackupRoleRef,
  BackupSelection,
  BackupVault,
  BackupVaultRef,
  Schedule,
  VaultLock,
} from "../../modules/aws-backup";
import { refuse } from "../../modules/core";
import { DataStore } from "./store";
import { everWrote, holdsWrites } from "../history/questions";
import { inStore, othersThan, SiteContract, WorkloadContract } from "../contract";

const DEFAULT_RETENTION_DAYS = 35;

/** AWS Backup of a workload. */
export interface BackupsOptions {
  /**
   * Locks the vault of every site. `retentionDays` must be within its bounds.
   *
   * @default - not locked: the vaults' policies keep recovery points
   */
  readonly lock?: VaultLock;
  /**
   * ARNs of the roles that may change or remove the policies of the vaults. The policies deny this to every other
   * principal. An ARN may contain `*`. **Name the role that Terraform deploys with, in each account.** Otherwise the
   * first apply succeeds and every later change of a policy fails.
   *
   * @default - none: each role that IAM allows to change a policy can remove it, and delete recovery points afterwards
   */
  readonly policyAdministrators?: readonly string[];
  /**
   * Days for which each site keeps recovery points.
   *
   * @default 35
   */
  readonly retentionDays?: number;
  /**
   * Schedule of the backups.
   *
   * @default - once a day, at midnight UTC
   */
  readonly schedule?: Schedule;
  /**
   * Names of the stores to back up.
   *
   * @default - every database and table. A bucket is backed up only if it is named, because every site has its versions
   *   already
   */
  readonly stores?: readonly string[];
}

export function checkBackups(
  workload: Construct,
  { stores = [] }: BackupsOptions,
  data: Readonly<Record<string, DataStore>>,
): void {
  const able = Object.keys(data).filter((store) => data[store]!.backedUp !== undefined);
  const unknown = stores.find((store) => !able.includes(store));
  if (unknown !== undefined) {
    refuse(
      workload,
      "MissingSetting",
      `'backups.stores' names '${unknown}', what can be backed up is ${able.join(", ") || "none"}`,
      "name a store of the workload, or leave it out",
    );
  }
}

/** The site and the stores to back up. */
export interface BackupsInSite {
  readonly scope: Construct;
  readonly contract: WorkloadContract;
  readonly site: SiteContract;
  readonly data: Readonly<Record<string, DataStore>>;
}

/**
 * Creates a vault with its own key in every site, and a role that restores from it. A site that takes writes also gets
 * a backup plan and a role that only backs up. So does a site that took writes until a failover left it behind. The
 * plan copies recovery points to the vaults of all other sites. The copies help when a mistake was replicated.
 *
 * The role that backs up outlives the backup plan, because AWS Backup deletes expired recovery points with it.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-iam.html
 */
export function placeBackups(at: BackupsInSite, options: BackupsOptions): void {
  const { scope, contract, site } = at;
  const others = othersThan(contract, site);
  const { lock, policyAdministrators } = options;
  const accounts = otherAccounts(contract, site);
  const { name } = vaultRef(contract, site, options);
  const vault = new BackupVault(scope, "Vault", {
    name,
    copyTo: accounts,
    lock,
    policyAdministrators,
    receiveFrom: accounts,
  });
  const s3 = backsUpBuckets(at, options);
  new BackupRole(scope, "RestoreRole", { name: restoreRoleRef(at, site, s3).name, backup: false, restore: true, s3 });
  if (!everWrote(site)) return;
  const role = new BackupRole(scope, "Role", { name: `${contract.name}-${site.name}-backup`, s3 }).ref;
  const stores = storesOf(at, options);
  if (!holdsWrites(site) || Object.keys(stores).length === 0) return;

  const retention = { deleteAfterDays: options.retentionDays ?? DEFAULT_RETENTION_DAYS };
  const copies = others.map((other) => ({ vault: vaultRef(contract, other, options) }));
  const { schedule = Schedule.daily() } = options;
  const backupPlan = new BackupPlan(scope, "Plan", {
    name: contract.name,
    rules: { scheduled: { schedule, retention, vault: vault.ref, copies } },
  });
  const restoreRoles = contract.sites.map((each) => restoreRoleRef(at, each, s3));
  new BackupSelection(scope, "Selection", { name: contract.name, plan: backupPlan, role, restoreRoles, stores });
}

/** The accounts of all other sites, but this one's. Each account copies into the vaults of the others. */
function otherAccounts(contract: WorkloadContract, { account }: SiteContract): readonly string[] {
  return [...new Set(contract.sites.map((site) => site.account))].filter((other) => other !== account).sort();
}

function vaultRef(contract: WorkloadContract, site: SiteContract, { lock }: BackupsOptions): BackupVaultRef {
  const { minRetentionDays, maxRetentionDays } = lock ?? {};
  const { name, region, account } = site;
  return BackupVault.refOf({ name: `${contract.name}-${name}`, region, account, minRetentionDays, maxRetentionDays });
}

function restoreRoleRef(
  { contract }: BackupsInSite,
  { name, region, account }: SiteContract,
  s3: boolean,
): BackupRoleRef {
  return BackupRole.refOf({
    name: `${contract.name}-${name}-restore`,
    region,
    account,
    backup: false,
    restore: true,
    s3,
  });
}

/** Whether a bucket is backed up: AWS has separate managed policies for buckets. */
function backsUpBuckets({ data }: BackupsInSite, { stores = [] }: BackupsOptions): boolean {
  return stores.some((store) => data[store]!.kind === "bucket");
}

function storesOf({ contract, site, data }: BackupsInSite, { stores }: BackupsOptions): Record<string, BackedUpStore> {
  const chosen = Object.entries(data).filter(([name, { kind }]) => stores?.includes(name) ?? kind !== "bucket");
  const found = chosen.flatMap(([name, store]) => {
    const at = inStore(contract, site, name);
    const backedUp = store.backedUp?.(name, at.contract, at.site);
    return backedUp === undefined ? [] : [[name, backedUp] as const];
  });
  return Object.fromEntries(found);
}
