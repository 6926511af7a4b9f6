import { IConstruct } from "constructs";
import { checkAccount, Statement } from "../core";
import { Site } from "../site";

/** What ends a recovery point before its time, or takes it out of AWS Backup's care. */
const ENDS_RECOVERY_POINTS = [
  "backup:DeleteRecoveryPoint",
  "backup:DisassociateRecoveryPoint",
  "backup:UpdateRecoveryPointLifecycle",
];

/** What the policy of a vault is made of. */
export interface VaultAccess {
  /** Accounts that copy into the vault, the vault's own left out. */
  readonly accounts: readonly string[];
  readonly recoveryPointsDeletable: boolean;
  readonly policyStatements: readonly Statement[];
}

/**
 * The statements of a vault's only policy. A vault knows no ARN but its own: AWS's examples have `*` for the resource.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
export function vaultStatements(site: Site, access: VaultAccess): readonly Statement[] {
  const keep: Statement = {
    sid: "KeepRecoveryPoints",
    effect: "Deny",
    principal: "*",
    actions: ENDS_RECOVERY_POINTS,
    resources: ["*"],
  };
  const receive: Statement = {
    sid: "ReceiveCopies",
    principal: { AWS: access.accounts.map((account) => rootOf(site, account)) },
    actions: ["backup:CopyIntoBackupVault"],
    resources: ["*"],
  };
  return [
    ...(access.recoveryPointsDeletable ? [] : [keep]),
    ...(access.accounts.length > 0 ? [receive] : []),
    ...access.policyStatements,
  ];
}

/**
 * Lets AWS Backup of other accounts use a key. For the `statements` of a vault's own key with the accounts that copy into the vault; for
 * those of the key of a database, a volume or a file system of FSx with the accounts its backups are copied to, because AWS Backup
 * encrypts their recovery points with the key of their source. AWS's managed keys (`aws/rds`) can not be shared at all.
 *
 * @throws InvalidAccount
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export function backupKeyStatements(site: Site, accounts: readonly string[]): readonly Statement[] {
  const others = othersThan(site, accounts);
  if (others.length === 0) return [];
  const principal = { AWS: others.map((account) => rootOf(site, account)) };
  return [
    {
      sid: "AllowBackupAccounts",
      principal,
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources: ["*"],
    },
    {
      sid: "AllowBackupAccountsGrants",
      principal,
      actions: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      resources: ["*"],
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** The accounts that are not the site's own, whose IAM policies decide alone. @throws InvalidAccount */
export function othersThan(site: Site, accounts: readonly string[], scope: IConstruct = site): readonly string[] {
  return accounts.map((account) => checkAccount(scope, account)).filter((account) => account !== site.account);
}

function rootOf(site: Site, account: string): string {
  return `arn:${site.partition}:iam::${account}:root`;
}
