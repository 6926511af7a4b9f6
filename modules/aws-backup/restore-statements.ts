import { Statement } from "../core";
import { BackupRoleRef } from "./backup-role";
import { BackupVaultRef } from "./vault-ref";

/**
 * What somebody needs who restores from a vault under a role: the recovery plan's state machine, or a person. For the policy of a role of
 * the vault's account.
 *
 * A recovery point has the ARN of its own service (a snapshot of RDS, an image of EC2), so those actions are not narrowed to one.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html
 */
export function restoreStatements(vault: BackupVaultRef, role: BackupRoleRef): readonly Statement[] {
  return [
    { sid: "FindRecoveryPoints", actions: ["backup:ListRecoveryPointsByBackupVault"], resources: [vault.arn] },
    {
      sid: "Restore",
      actions: ["backup:DescribeRestoreJob", "backup:GetRecoveryPointRestoreMetadata", "backup:StartRestoreJob"],
      resources: ["*"],
    },
    {
      sid: "RestoreUnderRole",
      actions: ["iam:PassRole"],
      resources: [role.arn],
      conditions: { StringEquals: { "iam:PassedToService": "backup.amazonaws.com" } },
    },
  ];
}
