import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { claimName, Duration, madeBy, parseArn, refuse } from "../core";
import { checkSiteKey, refuseForeignRegion, Site } from "../site";
import { declareBackups } from "./backups";
import { DatabaseGroups } from "./database-groups";
import { databaseRef, DatabaseRef, DB_INSTANCE } from "./database-ref";
import { asDatabase, createInstance, createLogGroups, decidedAtCreation, groupsOf } from "./instance";
import { checkInstance } from "./instance-checks";
import { DatabaseInstanceProps } from "./instance-props";
import { MasterUserSecret } from "./master-user-secret";
import { checkProps } from "./shapes";

/** A restore copies nothing up front, but replays the log. A create that outlives its time would be replaced by the next plan. */
const TIMEOUTS = { create: "24h", update: "12h", delete: "3h" };

export interface RestoredDatabaseProps extends DatabaseInstanceProps {
  /**
   * ARN of the backups it is restored from, to the latest second they hold: of replicated ones in this site. Take it from an
   * `AutomatedBackupsParameter`: the replication itself may be gone on the day.
   */
  readonly automatedBackupsArn: string;
  /** Key of this site that encrypts the backups, and so the instance: the key's own ARN. It cannot be changed. */
  readonly kmsKeyArn: string;
  /**
   * Sets the password in this secret on the restored instance; until then it has the source's.
   *
   * @default - the password stays the source's
   */
  readonly masterUserSecret?: MasterUserSecret;
  /**
   * A synchronous standby in another Availability Zone.
   *
   * @default true
   */
  readonly multiAz?: boolean;
  /**
   * Size of the storage in GiB. AWS restores as much as the source had: give it later, to grow.
   *
   * @default - the source's
   */
  readonly storageGiB?: number;
}

/**
 * A DB instance that is restored from another region's replicated backups when Terraform creates it, without that region.
 * Terraform ignores the origin of the restore from then on.
 *
 * A restore takes no retention of backups, no windows, no Performance Insights, no certificate authority and no size of storage.
 * The next plan shows them as changes: apply twice. With `upgrades.applyImmediately` the second apply waits for no maintenance window.
 *
 * Site: a standby that takes over, and holds the backups.
 * While the other site is dark: it is created, planned and applied: the backups lie in this site.
 * On failover: deploying it is the restore. It needs control planes: those of RDS here, and of Route 53 for its name.
 * Cost: the instance twice (Multi-AZ), storage twice, backups beyond the size of the storage.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.PiTR.html
 */
export class RestoredDatabase extends Construct {
  /** Points to this instance from anywhere. */
  readonly ref: DatabaseRef;
  readonly groups: DatabaseGroups;
  readonly identifier: string;
  readonly port: number;
  readonly resource: DbInstance;

  constructor(scope: Construct, id: string, props: RestoredDatabaseProps) {
    super(scope, id);
    checkProps(this, "RestoredDatabaseProps", props);
    const { multiAz = true, storageGiB, identifier } = props;
    const checked = checkInstance(this, props, { multiAz, storageGiB });
    checkSiteKey(this, "kmsKeyArn", props.kmsKeyArn);
    checkBackups(this, props.automatedBackupsArn);
    claimName(this, DB_INSTANCE, identifier, Site.of(this));

    this.identifier = identifier;
    this.groups = groupsOf(this, props);
    this.resource = createInstance(this, props, {
      checked,
      groups: this.groups,
      kmsKeyArn: props.kmsKeyArn,
      dependsOn: createLogGroups(this, props, checked),
      own: {
        dbSubnetGroupName: this.groups.subnetGroupName,
        restoreToPointInTime: {
          sourceDbInstanceAutomatedBackupsArn: props.automatedBackupsArn,
          useLatestRestorableTime: true,
        },
        ...asDatabase(props),
        timeouts: TIMEOUTS,
        lifecycle: { ignoreChanges: decidedAtCreation(props) },
      },
    });
    this.port = this.groups.port;
    const { region, account } = Site.of(this);
    const { engine, engineVersion } = props;
    this.ref = madeBy(databaseRef(this, { identifier, region, account, engine, engineVersion }), this.resource);
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

function checkBackups(restored: RestoredDatabase, backupsArn: string): void {
  if (Token.isUnresolved(backupsArn)) return; // a value of the same stack
  const { service, region, resource } = parseArn(restored, "automatedBackupsArn", backupsArn);
  if (service !== "rds" || !resource.startsWith("auto-backup:")) {
    refuse(
      restored,
      "InvalidArn",
      `'automatedBackupsArn' must be the ARN of automated backups, got '${backupsArn}'`,
      "give the ARN that 'aws rds describe-db-instance-automated-backups' prints in this region",
    );
  }
  refuseForeignRegion(restored, "'automatedBackupsArn'", region);
}
