import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Construct } from "constructs";
import { checkName, claimName, Duration, madeBy, NameRule, refuse, refuseBoth } from "../core";
import { checkSiteKey, refuseOtherSite, Site } from "../site";
import { declareBackups } from "./backups";
import { DatabaseGroups } from "./database-groups";
import { databaseRef, DatabaseRef, DatabaseRefProps, DB_INSTANCE } from "./database-ref";
import { ENGINES } from "./engine";
import { createInstance, createLogGroups, groupsOf } from "./instance";
import { checkInstance } from "./instance-checks";
import { DatabaseInstanceProps } from "./instance-props";
import { MasterUserSecret, SecretReplica } from "./master-user-secret";
import { checkProps } from "./shapes";

const DEFAULT_USERNAME = "dbadmin";

/** A create that outlives its time marks the instance as tainted, and the next plan would replace it. */
const TIMEOUTS = { create: "3h", update: "12h", delete: "3h" };

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const DATABASE: NameRule = {
  what: "database name",
  min: 1,
  max: 63,
  pattern: /^[A-Za-z][A-Za-z0-9_]*$/,
  allowed: "letters, digits and underscores, beginning with a letter",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
};

export interface SourceDatabaseProps extends DatabaseInstanceProps {
  /** Key of this site that encrypts storage, backups and the secret: the key's own ARN. It cannot be changed. */
  readonly kmsKeyArn: string;
  /** Size of the storage in GiB, 20 (io1 and io2: 100) to 65,536. It can only grow. */
  readonly storageGiB: number;
  /**
   * Name of a database to create with the instance.
   *
   * @default - none
   */
  readonly databaseName?: string;
  /**
   * Lets RDS keep and rotate the master password itself. AWS creates no read replica of such an instance: choose it only if
   * backups alone go to the other site. Terraform cannot undo it without a new password.
   *
   * @default false
   */
  readonly manageMasterUserPassword?: boolean;
  /**
   * The master user's name and password.
   *
   * @default - an own secret, `rds/<identifier>`
   */
  readonly masterUserSecret?: MasterUserSecret;
  /**
   * A synchronous standby in another Availability Zone.
   *
   * @default true
   */
  readonly multiAz?: boolean;
  /**
   * Raise it to have the own secret's password changed, in the secret and on the instance.
   *
   * @default 1
   */
  readonly passwordVersion?: number;
  /**
   * Regions to which AWS copies the own secret. The application reads it there after a failover.
   *
   * @default - none
   */
  readonly secretReplicas?: Readonly<Record<string, SecretReplica>>;
  /**
   * Name of the master user. It cannot be changed.
   *
   * @default "dbadmin"
   */
  readonly username?: string;
}

/**
 * A Multi-AZ DB instance of MySQL, MariaDB or PostgreSQL, the source of replicas and backups in other sites. It is encrypted
 * with the site's key, accepts TLS only and is not reachable from the internet. Its password is in no JSON, plan or state.
 *
 * A failover changes nothing in the source's plan, because the lost replica is a computed attribute.
 *
 * Site: the active.
 * While the other site is dark: works; it keeps the log its replica has not received, so its storage fills (PostgreSQL:
 *   `OldestReplicationSlotLag`).
 * On failover: it does not change; if it comes back, it holds writes that were not copied. Create a replica of the new source
 *   next to it, and remove it from the Terraform state.
 * Cost: the instance twice (Multi-AZ), storage twice, backups beyond the size of the storage, a secret.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
 */
export class SourceDatabase extends Construct {
  /** The instance of an identifier, without creating it. */
  static refOf(props: DatabaseRefProps): DatabaseRef {
    return databaseRef("SourceDatabase.refOf", props);
  }

  /** Points to this instance from anywhere. */
  readonly ref: DatabaseRef;
  readonly groups: DatabaseGroups;
  readonly identifier: string;
  readonly port: number;
  /** `undefined` when RDS keeps the password itself. */
  readonly masterUserSecret: MasterUserSecret | undefined;
  readonly resource: DbInstance;

  constructor(scope: Construct, id: string, props: SourceDatabaseProps) {
    super(scope, id);
    checkProps(this, "SourceDatabaseProps", props);
    const { region, account } = Site.of(this);
    const { storageGiB, multiAz = true } = props;
    const checked = checkInstance(this, props, { multiAz, storageGiB });
    checkSource(this, props);
    claimName(this, DB_INSTANCE, props.identifier, Site.of(this));

    this.identifier = props.identifier;
    this.groups = groupsOf(this, props);
    this.masterUserSecret = secretOf(this, props);
    this.resource = createInstance(this, props, {
      checked,
      groups: this.groups,
      kmsKeyArn: props.kmsKeyArn,
      dependsOn: createLogGroups(this, props, checked),
      own: {
        allowMajorVersionUpgrade: props.upgrades?.allowMajorVersion ?? false,
        dbName: props.databaseName,
        dbSubnetGroupName: this.groups.subnetGroupName,
        engine: props.engine,
        engineVersion: props.engineVersion,
        ...credentials(props, this.masterUserSecret),
        timeouts: TIMEOUTS,
      },
    });
    this.port = this.groups.port;
    const facts = {
      engine: props.engine,
      engineVersion: props.engineVersion,
      managedMasterPassword: props.manageMasterUserPassword ?? false,
    };
    this.ref = madeBy(databaseRef(this, { identifier: props.identifier, region, account, ...facts }), this.resource);
    declareBackups(this, { database: this.ref, retention: Duration.days(checked.backupRetentionDays) });
  }

  /** Name clients connect to. */
  get address(): string {
    return this.resource.address;
  }

  get databaseArn(): string {
    return this.resource.arn;
  }
}

function checkSource(source: SourceDatabase, props: SourceDatabaseProps): void {
  checkSiteKey(source, "kmsKeyArn", props.kmsKeyArn);
  if (props.databaseName !== undefined) checkName(source, "databaseName", props.databaseName, DATABASE);
  checkUser(source, props);
  refuseTwoPasswords(source, props);
}

function checkUser(source: SourceDatabase, props: SourceDatabaseProps): void {
  const { reservedUsers, name } = ENGINES[props.engine];
  const username = props.masterUserSecret?.username ?? props.username ?? DEFAULT_USERNAME;
  if (reservedUsers.includes(username.toLowerCase())) {
    refuse(source, "InvalidName", `'username' is reserved by ${name} on RDS, got '${username}'`);
  }
}

function refuseTwoPasswords(source: SourceDatabase, props: SourceDatabaseProps): void {
  const given = (["manageMasterUserPassword", "masterUserSecret"] as const).filter((setting) => props[setting]);
  refuseBoth(source, {
    manageMasterUserPassword: props.manageMasterUserPassword,
    masterUserSecret: props.masterUserSecret,
  });
  const idle = (["passwordVersion", "secretReplicas"] as const).find((setting) => props[setting] !== undefined);
  if (given[0] !== undefined && idle !== undefined) {
    refuse(source, "ConflictingSettings", `'${idle}' belongs to an own secret, and '${given[0]}' is given`);
  }
  if (props.masterUserSecret !== undefined && props.username !== undefined) {
    refuse(source, "ConflictingSettings", "'username' is given, and 'masterUserSecret' names one");
  }
  if (props.masterUserSecret !== undefined) refuseOtherSite(source, "masterUserSecret", props.masterUserSecret);
}

function secretOf(source: SourceDatabase, props: SourceDatabaseProps): MasterUserSecret | undefined {
  if (props.manageMasterUserPassword) return undefined;
  if (props.masterUserSecret !== undefined) return props.masterUserSecret;
  return new MasterUserSecret(source, "MasterUser", {
    kmsKeyArn: props.kmsKeyArn,
    name: `rds/${props.identifier}`,
    username: props.username ?? DEFAULT_USERNAME,
    destroyable: props.destroyable,
    passwordVersion: props.passwordVersion,
    replicas: props.secretReplicas,
  });
}

function credentials(props: SourceDatabaseProps, secret: MasterUserSecret | undefined) {
  if (secret === undefined) {
    return {
      username: props.username ?? DEFAULT_USERNAME,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: props.kmsKeyArn,
    };
  }
  return { username: secret.username, passwordWo: secret.password, passwordWoVersion: secret.passwordVersion };
}
