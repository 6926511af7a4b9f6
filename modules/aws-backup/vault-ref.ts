import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, partitionOf, Ref } from "../core";

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html */
export const BACKUP_VAULT: NameRule = {
  what: "backup vault name",
  min: 2,
  max: 50,
  pattern: /^[a-zA-Z0-9_-]+$/,
  allowed: "letters, digits, '-' and '_'",
  unique: "region",
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html",
};

/** How long a locked vault keeps its recovery points; it fails the jobs of others. */
export interface LockedRetention {
  /** Longest retention, in days. @default - none */
  readonly maxRetentionDays?: number;
  /** Shortest retention, in days. @default - none */
  readonly minRetentionDays?: number;
}

/** A backup vault in some site, with what a plan that writes into it has to know. */
export interface BackupVaultRef extends Ref, LockedRetention {}

/** Identifies a vault before it exists. */
export interface BackupVaultRefProps extends LockedRetention {
  readonly name: string;
  readonly region: string;
  readonly account: string;
}

/** Points to a backup vault without creating or reading it. */
export function backupVaultRef(scope: IConstruct | string, props: BackupVaultRefProps): BackupVaultRef {
  const { region, maxRetentionDays, minRetentionDays } = props;
  const name = checkName(scope, "name", props.name, BACKUP_VAULT);
  const account = checkAccount(scope, props.account);
  return {
    name,
    arn: arn({
      partition: partitionOf(scope, region),
      service: "backup",
      region,
      account,
      resource: `backup-vault:${name}`,
    }),
    region,
    account,
    ...(maxRetentionDays !== undefined && { maxRetentionDays }),
    ...(minRetentionDays !== undefined && { minRetentionDays }),
  };
}
