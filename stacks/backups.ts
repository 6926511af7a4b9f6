import { Construct } from "constructs";
import {
  BackedUpStore,
  BackupPlan,
  BackupRole,
  BackupSelection,
  BackupVault,
  BackupVaultRef,
  Schedule,
} from "../modules/aws-backup";
import { refuse } from "../modules/core";
import { SiteKey } from "../modules/kms-keys";
import { DataStore } from "./data/store";
import { servesOrServed } from "./generations";
import { inStore, othersThan, SitePlan, WorkloadPlan } from "./plan";

const DEFAULT_RETENTION_DAYS = 35;

/** How AWS Backup backs a workload up. */
export interface BackupsOptions {
  /**
   * Days recovery points are kept, in each site.
   *
   * @default 35
   */
  readonly retentionDays?: number;
  /**
   * When a backup is taken.
   *
   * @default - once a day, at midnight UTC
   */
  readonly schedule?: Schedule;
  /**
   * Names of the stores to back up.
   *
   * @default - every database and table; a bucket, whose versions are in every site already, where it is named
   */
  readonly stores?: readonly string[];
}

/** @throws MissingSetting */
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

/** Where backups are made in one site. */
export interface BackupsInSite {
  readonly scope: Construct;
  readonly plan: WorkloadPlan;
  readonly site: SitePlan;
  readonly key: SiteKey;
  readonly data: Readonly<Record<string, DataStore>>;
}

/**
 * A vault in every site. In the active site, and in one that was active when it was lost, a plan as well. It backs the stores up and
 * copies them into the vaults of all other sites: they help when a mistake was replicated.
 */
export function placeBackups(at: BackupsInSite, options: BackupsOptions): void {
  const { scope, plan, site, key } = at;
  const others = othersThan(plan, site);
  const vault = new BackupVault(scope, "Vault", {
    name: vaultRef(plan, site).name,
    kmsKeyArn: key.keyArn,
    receiveFrom: otherAccounts(plan, site),
  });
  const stores = storesOf(at, options);
  if (!servesOrServed(site) || Object.keys(stores).length === 0) return;

  const retention = { deleteAfterDays: options.retentionDays ?? DEFAULT_RETENTION_DAYS };
  const copies = others.map((other) => ({ vault: vaultRef(plan, other) }));
  const { schedule = Schedule.daily() } = options;
  const backupPlan = new BackupPlan(scope, "Plan", {
    name: plan.name,
    rules: { scheduled: { schedule, retention, vault: vault.ref, copies } },
  });
  const role = new BackupRole(scope, "Role", { name: `${plan.name}-${site.name}-backup`, restore: true, s3: true }).ref;
  new BackupSelection(scope, "Selection", { name: plan.name, plan: backupPlan, role, stores });
}

/** Accounts of other sites than this one's, whose copies a site takes and whose keys it has to use. */
export function otherAccounts(plan: WorkloadPlan, { account }: SitePlan): readonly string[] {
  return [...new Set(plan.sites.map((site) => site.account))].filter((other) => other !== account).sort();
}

function vaultRef(plan: WorkloadPlan, { name, region, account }: SitePlan): BackupVaultRef {
  return BackupVault.refOf({ name: `${plan.name}-${name}`, region, account });
}

function storesOf({ plan, site, data }: BackupsInSite, { stores }: BackupsOptions): Record<string, BackedUpStore> {
  const chosen = Object.entries(data).filter(([name, { kind }]) => stores?.includes(name) ?? kind !== "bucket");
  const found = chosen.flatMap(([name, store]) => {
    const at = inStore(plan, site, name);
    const backedUp = store.backedUp?.(name, at.plan, at.site);
    return backedUp === undefined ? [] : [[name, backedUp] as const];
  });
  return Object.fromEntries(found);
}
