import { BackupVault as BackupVaultResource } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultNotifications } from "@cdktf/provider-aws/lib/backup-vault-notifications";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { checkAdministrators, checkTags, claimName, madeBy, policyDocument, refuse, Statement } from "../core";
import { SiteKey } from "../kms-keys";
import { notifierOf } from "../signals";
import { checkSiteKey, Site } from "../site";
import { checkTopic } from "./local-arns";
import { checkProps } from "./shapes";
import { checkLock, VaultLock } from "./vault-lock";
import { backupKeyStatements, othersThan, vaultStatements } from "./vault-policy";
import { BACKUP_VAULT, backupVaultRef, BackupVaultRef, BackupVaultRefProps } from "./vault-ref";

/** Events of a vault that AWS still sends; failed backup jobs are what a {@link BackupFailureRule} reports. */
export type VaultEvent =
  | "BACKUP_JOB_COMPLETED"
  | "BACKUP_JOB_STARTED"
  | "COPY_JOB_FAILED"
  | "COPY_JOB_STARTED"
  | "COPY_JOB_SUCCESSFUL"
  | "RECOVERY_POINT_MODIFIED"
  | "RESTORE_JOB_COMPLETED"
  | "RESTORE_JOB_STARTED"
  | "S3_BACKUP_OBJECT_FAILED"
  | "S3_RESTORE_OBJECT_FAILED";

const TROUBLE: readonly VaultEvent[] = [
  "COPY_JOB_FAILED",
  "RECOVERY_POINT_MODIFIED",
  "S3_BACKUP_OBJECT_FAILED",
  "S3_RESTORE_OBJECT_FAILED",
];

/** Where a vault reports what happens in it. */
export interface VaultNotifications {
  /** ARN of an SNS topic of the site. Its policy must let AWS Backup publish, see {@link backupTopicStatements}. */
  readonly topicArn: string;
  /** @default - those that mean trouble: failed copies, objects that failed, changed recovery points */
  readonly events?: readonly VaultEvent[];
}

export interface BackupVaultProps {
  /** Name; unique in the region of the account. */
  readonly name: string;
  /**
   * Accounts that recovery points of this vault are copied to. The vault's own key lets them use it, which copies of S3, EFS and of DynamoDB
   * with its advanced features need.
   *
   * @default - none; copies within the vault's own account need no permission of its key
   */
  readonly copyTo?: readonly string[];
  /** Lets Terraform delete the vault, once it is empty, and the key it made for itself. @default false */
  readonly destroyable?: boolean;
  /**
   * Key of the site that encrypts the recovery points: the key's own ARN. With `copyTo` or `receiveFrom`, its policy needs
   * {@link backupKeyStatements}. If it is also the key of the data, its loss makes data and recovery points unreadable together. It
   * cannot be changed later.
   *
   * @default - a key of the vault's own, alias `backup/<name>`
   */
  readonly kmsKeyArn?: string;
  /**
   * @default - not locked: the vault's policy keeps recovery points. A role that may change the policy can remove it
   */
  readonly lock?: VaultLock;
  /** @default - none */
  readonly notifications?: VaultNotifications;
  /**
   * ARNs of the roles that may change or remove the vault's policy. The policy denies that to all others, including the root user. An ARN
   * may contain `*`. **Name the role that Terraform deploys with**. Otherwise the first apply succeeds and every later change of the policy
   * fails.
   *
   * @default - none: each role that IAM allows to change the policy can remove it, and delete recovery points afterwards
   */
  readonly policyAdministrators?: readonly string[];
  /** Further statements of the vault's policy: a vault has only one. @default - none */
  readonly policyStatements?: readonly Statement[];
  /**
   * Accounts that copy recovery points into this vault. They must be of the same organization, whose management account has
   * turned cross-account backup on.
   *
   * @default - none; copies of the vault's own account need no permission of the vault
   */
  readonly receiveFrom?: readonly string[];
  /** Lets every role that IAM allows delete recovery points, and shorten their retention. @default false */
  readonly recoveryPointsDeletable?: boolean;
  /** @default - those of the site */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A backup vault of one site, encrypted with a key of the site, whose policy denies everybody the deletion of recovery points. They end
 * when their retention does.
 *
 * Site: each site has its own; a plan writes into the vault of its site, and copies into those of others.
 * While the other site is dark: works. Copies in it can be restored.
 * On failover: nothing happens to it. The operator restores from it.
 * Cost: the storage of the recovery points, a key; the vault itself is free.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vaults.html
 */
export class BackupVault extends Construct {
  /** The vault of a name, without creating it. */
  static refOf(props: BackupVaultRefProps): BackupVaultRef {
    return backupVaultRef("BackupVault.refOf", props);
  }

  /** Points to this vault from anywhere. */
  readonly ref: BackupVaultRef;
  readonly resource: BackupVaultResource;
  readonly vaultName: string;

  constructor(scope: Construct, id: string, props: BackupVaultProps) {
    super(scope, id);
    checkProps(this, "BackupVaultProps", props);
    const site = Site.of(this);
    const { region, account } = site;
    const { minRetentionDays, maxRetentionDays } = props.lock ?? {};
    const ref = backupVaultRef(this, { name: props.name, region, account, minRetentionDays, maxRetentionDays });
    const receiveFrom = othersThan(site, props.receiveFrom ?? [], this);
    const copyTo = othersThan(site, props.copyTo ?? [], this);
    checkSettings(this, props);
    checkAdministrators(this, props.policyAdministrators, site);
    checkTags(this, "tags", props.tags);
    claimName(this, BACKUP_VAULT, props.name, site);

    this.resource = createVault(this, props, [...new Set([...receiveFrom, ...copyTo])]);
    const policy = attachPolicy(this, props, receiveFrom);
    const lock = lockVault(this, props);
    notify(this, props);
    this.vaultName = ref.name;
    this.ref = madeBy(ref, this.resource, ...policy, ...lock);
  }

  get vaultArn(): string {
    return this.resource.arn;
  }
}

function checkSettings(vault: BackupVault, { kmsKeyArn, lock, notifications }: BackupVaultProps): void {
  if (kmsKeyArn !== undefined) checkSiteKey(vault, "kmsKeyArn", kmsKeyArn);
  if (lock !== undefined) checkLock(vault, lock);
  if (notifications === undefined) return;
  checkTopic(vault, "notifications.topicArn", notifications.topicArn);
  if (notifications.events?.length === 0) {
    refuse(vault, "SettingOutOfRange", "'notifications.events' is empty", "leave it out for those that mean trouble");
  }
}

function createVault(vault: BackupVault, props: BackupVaultProps, accounts: readonly string[]): BackupVaultResource {
  return new BackupVaultResource(vault, "Resource", {
    name: props.name,
    kmsKeyArn: props.kmsKeyArn ?? createKey(vault, props, accounts).kmsKeyArn,
    tags: props.tags && { ...props.tags },
    lifecycle: { preventDestroy: !props.destroyable },
  });
}

function createKey(vault: BackupVault, props: BackupVaultProps, accounts: readonly string[]): SiteKey {
  return new SiteKey(vault, "Key", {
    alias: `backup/${props.name}`,
    description: `backup vault ${props.name}`,
    destroyable: props.destroyable,
    statements: backupKeyStatements(Site.of(vault), accounts),
  });
}

function attachPolicy(vault: BackupVault, props: BackupVaultProps, accounts: readonly string[]): TerraformResource[] {
  const { policyAdministrators, policyStatements = [], recoveryPointsDeletable = false } = props;
  const access = { accounts, policyAdministrators, policyStatements, recoveryPointsDeletable };
  const statements = vaultStatements(Site.of(vault), access);
  if (statements.length === 0) return [];
  return [
    new BackupVaultPolicy(vault, "Policy", {
      backupVaultName: vault.resource.name,
      policy: policyDocument(statements),
    }),
  ];
}

function lockVault(vault: BackupVault, { lock }: BackupVaultProps): TerraformResource[] {
  if (lock === undefined) return [];
  return [
    new BackupVaultLockConfiguration(vault, "Lock", {
      backupVaultName: vault.resource.name,
      changeableForDays: lock.changeableForDays,
      maxRetentionDays: lock.maxRetentionDays,
      minRetentionDays: lock.minRetentionDays,
    }),
  ];
}

function notify(vault: BackupVault, { notifications }: BackupVaultProps): void {
  if (notifications === undefined) return;
  new BackupVaultNotifications(vault, "Notifications", {
    backupVaultName: vault.resource.name,
    backupVaultEvents: [...(notifications.events ?? TROUBLE)],
    snsTopicArn: notifierOf(vault).eventTopic(notifications.topicArn),
  });
}
