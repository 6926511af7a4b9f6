import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { Construct } from "constructs";
import { declareProtection, Duration, inRange, makersOf, plain, refuseForeignPartition } from "../core";
import { checkSiteKey, refuseOtherAccount, refuseOtherSite, refuseSourceRegion, Site } from "../site";
import { restoredIdentifier } from "./backups";
import { DatabaseGroups } from "./database-groups";
import { DatabaseRef } from "./database-ref";
import { InstanceClass } from "./instance-props";
import { checkProps } from "./shapes";

const DEFAULT_RETENTION_DAYS = 7;

/** The first backup is copied whole. */
const TIMEOUTS = { create: "12h", delete: "3h" };

const REPLICATED = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html";
const RESTORE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.PiTR.html";

export interface AutomatedBackupsReplicationProps {
  /** Key of this site that encrypts the copies: the key's own ARN. */
  readonly kmsKeyArn: string;
  /** The instance whose backups are copied here; its automated backups must be on. */
  readonly source: DatabaseRef;
  /**
   * Lets Terraform end the replication, and begin another with other settings. Copies that exist are kept for their retention.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * The replica of the same source in this site. Terraform creates it first, because AWS creates each of the two only while
   * nothing else changes the source.
   *
   * @default - none
   */
  readonly replica?: DatabaseRef;
  /**
   * Groups a restored instance is put into.
   *
   * @default - AWS's default groups
   */
  readonly restoreGroups?: DatabaseGroups;
  /**
   * Class of a restored instance.
   *
   * @default - the source's, if this region has it
   */
  readonly restoreInstanceClass?: InstanceClass;
  /**
   * Days the copies are kept here, 1 to 35. A change needs `destroyable`, because it ends this replication and begins another.
   *
   * @default 7
   */
  readonly retentionDays?: number;
}

/**
 * Copies an instance's automated backups (snapshots and transaction logs) into this site. The instance can be restored from them
 * to any second without the source's region.
 *
 * Site: a standby; AWS calls it the destination, and not every pair of regions can do it (`rds describe-source-regions`).
 * While the other site is dark: what had been copied can be restored; a plan reads this region only.
 * On failover: a `RestoredDatabase` restores. Then remove the replication from the Terraform state. When its source is deleted,
 *   AWS keeps the copies and ends the replication. A plan would try to begin it again.
 * Cost: the transfer of every snapshot and log, and their storage here.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
 */
export class AutomatedBackupsReplication extends Construct {
  /** ARN of the copies, for as long as they are replicated. */
  readonly automatedBackupsArn: string;
  readonly resource: DbInstanceAutomatedBackupsReplication;

  constructor(scope: Construct, id: string, props: AutomatedBackupsReplicationProps) {
    super(scope, id);
    checkProps(this, "AutomatedBackupsReplicationProps", props);
    checkReplication(this, props);
    const retention = plain(this, "retentionDays", props.retentionDays ?? DEFAULT_RETENTION_DAYS);
    inRange(this, "retentionDays", retention, 1, 35);

    this.resource = new DbInstanceAutomatedBackupsReplication(this, "Resource", {
      sourceDbInstanceArn: props.source.arn,
      kmsKeyId: props.kmsKeyArn,
      retentionPeriod: retention,
      timeouts: TIMEOUTS,
      dependsOn: makersOf(this, props.source, ...(props.replica === undefined ? [] : [props.replica])),
      lifecycle: { preventDestroy: !props.destroyable },
    });
    this.automatedBackupsArn = this.resource.id;
    declare(this, props, Duration.days(retention));
  }
}

function checkReplication(replication: AutomatedBackupsReplication, props: AutomatedBackupsReplicationProps): void {
  const { region, account } = Site.of(replication);
  const { source, restoreGroups } = props;
  refuseForeignPartition(replication, region, source.region);
  refuseSourceRegion(replication, `'${source.name}'`, [source.region, region]);
  refuseOtherAccount(
    replication,
    `'${source.name}'`,
    [source.account, account],
    "create it under a Site of the source's account; AWS Backup copies to other accounts",
  );
  checkSiteKey(replication, "kmsKeyArn", props.kmsKeyArn);
  if (restoreGroups !== undefined) refuseOtherSite(replication, "restoreGroups", restoreGroups);
}

function declare(
  replication: AutomatedBackupsReplication,
  props: AutomatedBackupsReplicationProps,
  retention: Duration,
): void {
  const { source, restoreGroups: groups, restoreInstanceClass } = props;
  declareProtection(replication, {
    protection: {
      mechanism: "RDS cross-Region automated backups",
      copiesIn: [Site.of(replication).siteName],
      loss: {
        basis: "unknown",
        source: REPLICATED,
        note: "five minutes, after which RDS uploads the transaction logs, and their way to this region, for which AWS has no figure",
      },
      retention,
      remedy: "a cross-Region read replica",
    },
    recovery: [
      {
        title: `restore ${source.name} from its replicated backups, where no replica is promoted`,
        call: "rds:RestoreDBInstanceToPointInTime",
        parameters: {
          SourceDBInstanceAutomatedBackupsArn: replication.automatedBackupsArn,
          TargetDBInstanceIdentifier: restoredIdentifier(source),
          UseLatestRestorableTime: true,
          CopyTagsToSnapshot: true,
          DeletionProtection: true,
          ...(restoreInstanceClass !== undefined && { DBInstanceClass: restoreInstanceClass }),
          ...(groups && { DBParameterGroupName: groups.parameterGroupName, DBSubnetGroupName: groups.subnetGroupName }),
        },
        duration: {
          basis: "unknown",
          source: RESTORE,
          note: "an instance is created, with the VPC's default security group until the site's own is attached",
        },
        undo: "delete the restored instance; the copies are not touched",
      },
    ],
    evidence: [],
  });
}
