/** How a managed database or cache is backed up. */
export interface BackupSettings {
  /**
   * Takes a last snapshot, `<identifier>-final`, when Terraform deletes the resource. RDS takes none of an instance that still is a replica:
   * only with `false` can it be deleted.
   *
   * @default true
   */
  readonly finalSnapshot?: boolean;
  /**
   * Days automated backups are kept, 1 to 35. They cannot be switched off.
   *
   * @default 7
   */
  readonly retentionDays?: number;
}

/** How the log groups of a service encrypt and keep its logs. */
export interface LogSettings {
  /**
   * Key of the log groups, as ARN; its policy must admit CloudWatch Logs.
   *
   * @default - CloudWatch Logs' own encryption
   */
  readonly kmsKeyArn?: string;
  /**
   * Days the published logs are kept, one of CloudWatch Logs' steps.
   *
   * @default 90
   */
  readonly retentionDays?: number;
}

/** When AWS applies upgrades and other changes. */
export interface UpgradeSettings {
  /**
   * Applies changes at once, also those that interrupt service, instead of in the maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean;
}
