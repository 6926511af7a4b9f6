import { IConstruct } from "constructs";
import { checkAccount, exceptFor, Statement } from "../core";
import { Site } from "../site";

/** Actions that end a recovery point before its time, or take it out of AWS Backup. */
const ENDS_RECOVERY_POINTS = [
  "backup:DeleteRecoveryPoint",
  "backup:DisassociateRecoveryPoint",
  "backup:UpdateRecoveryPointLifecycle",
];

/** Actions that remove the policy that denies the above. */
const CHANGES_POLICY = ["backup:DeleteBackupVaultAccessPolicy", "backup:PutBackupVaultAccessPolicy"];

/** Inputs of the policy of a vault. */
export interface VaultAccess {
  /** Accounts that copy into the vault, the vault's own left out. */
  readonly accounts: readonly string[];
  readonly recoveryPointsDeletable: boolean;
  readonly policyAdministrators?: readonly string[];
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
    ...keepPolicy(access),
    ...(access.accounts.length > 0 ? [receive] : []),
    ...access.policyStatements,
  ];
}

/**
 * Denies changes of the policy to all but its administrators. AWS Config's rule wants the deletion of recovery points in the same statement.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/backup-recovery-point-manual-deletion-disabled.html
 */
function keepPolicy({ policyAdministrators, recoveryPointsDeletable }: VaultAccess): readonly Statement[] {
  if (policyAdministrators === undefined) return [];
  return [
    {
      sid: "KeepPolicy",
      effect: "Deny",
      principal: "*",
      actions: [...(recoveryPointsDeletable ? [] : ENDS_RECOVERY_POINTS), ...CHANGES_POLICY],
      resources: ["*"],
      conditions: exceptFor(policyAdministrators),
    },
  ];
}

/**
 * Lets AWS Backup of other accounts use a key.
 *
 * The account that receives a copy must be able to use the key of the recovery point it copies. AWS Backup encrypts recovery points of S3,
 * EFS, and DynamoDB with advanced features, with the key of their vault. A {@link BackupVault} shares its own key by itself. It encrypts
 * those of databases, volumes and FSx with the key of their source. Add the statements to the `statements` of that key. AWS's managed keys
 * (`aws/rds`) cannot be shared.
 *
 * KMS lets the other account create, list and revoke grants only through an AWS service.
 *
 * @see https://repost.aws/knowledge-center/backup-cross-account-copy-error
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

/** The accounts that are not the site's own, whose IAM policies decide alone. */
export function othersThan(site: Site, accounts: readonly string[], scope: IConstruct = site): readonly string[] {
  return accounts.map((account) => checkAccount(scope, account)).filter((account) => account !== site.account);
}

function rootOf(site: Site, account: string): string {
  return `arn:${site.partition}:iam::${account}:root`;
}
