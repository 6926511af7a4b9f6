import { Statement } from "../core";
import { BackupRoleRef } from "./backup-role";
import { BackupVaultRef } from "./vault-ref";

/**
 * Permissions to restore from a vault under a role. The recovery plan's state machine or an operator needs them. Add them to the policy of
 * a role of the vault's account.
 *
 * A recovery point has the ARN of its own service (a snapshot of RDS, an image of EC2). So those actions are not limited to one ARN.
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
