import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { claimName, declareProtection, Duration, madeBy, makersOf } from "../core";
import { Site } from "../site";
import { declareBackups, freeStorage } from "./backups";
import { DatabaseGroups } from "./database-groups";
import { databaseRef, DatabaseRef, DatabaseRefProps, DB_INSTANCE } from "./database-ref";
import { asDatabase, asUpgraded, createInstance, createLogGroups, decidedAtCreation, groupsOf } from "./instance";
import { checkInstance, Checked } from "./instance-checks";
import { ReadReplicaProps } from "./read-replica-props";
import { checkReplica } from "./replica-checks";
import { countReplica } from "./replica-count";
import { checkProps } from "./shapes";

/** AWS copies a snapshot first: "depending on the Regions involved and the amount of data, this process can take hours". */
const TIMEOUTS = { create: "24h", update: "12h", delete: "3h" };

const CROSS_REGION = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html";
const PROMOTION = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html";

/**
 * A read replica that becomes the database of its site when it is promoted: with its own key, groups and backups.
 *
 * Its source is ignored after creation, so a promotion by API leaves the next plan empty, and Terraform never promotes.
 *
 * Site: a standby, in another region of the source's account; or the source's own with `inSourceRegion`.
 * While the other site is dark: works as far as it had received; it can be promoted, planned and applied.
 * On failover: the operator calls `rds:PromoteReadReplica`; it reboots and takes writes. It never follows again.
 * Cost: an instance, its storage, its backups, and the transfer of the source's log between regions.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
 */
export class ReadReplica extends Construct {
  /** The replica of an identifier, without creating it. */
  static refOf(props: DatabaseRefProps): DatabaseRef {
    return databaseRef("ReadReplica.refOf", props);
  }

  /** Points to this instance from anywhere: for alarms, and for replicas that follow it. */
  readonly ref: DatabaseRef;
  readonly groups: DatabaseGroups;
  readonly identifier: string;
  readonly port: number;
  readonly resource: DbInstance;

  constructor(scope: Construct, id: string, props: ReadReplicaProps) {
    super(scope, id);
    checkProps(this, "ReadReplicaProps", props);
    const { multiAz = false, storageGiB } = props;
    const checked = checkInstance(this, props, { multiAz, storageGiB });
    checkReplica(this, props);
    claimName(this, DB_INSTANCE, props.identifier, Site.of(this));
    if (!props.promoted) countReplica(this, props.source);

    this.identifier = props.identifier;
    this.groups = groupsOf(this, props);
    this.resource = createInstance(this, props, {
      checked,
      groups: this.groups,
      kmsKeyArn: props.kmsKeyArn,
      dependsOn: [...createLogGroups(this, props, checked), ...sourceOf(this, props)],
      own: {
        dbSubnetGroupName: props.inSourceRegion ? undefined : this.groups.subnetGroupName, // AWS takes the source's
        ...(props.promoted ? asDatabase(props) : { ...asUpgraded(props), replicateSourceDb: pointer(props) }),
        timeouts: TIMEOUTS,
        lifecycle: { ignoreChanges: decidedAtCreation(props) },
      },
    });
    this.port = this.groups.port;
    this.ref = createRef(this, props);
    declare(this, props, checked);
  }

  /** Name clients connect to; a promotion does not change it. */
  get address(): string {
    return this.resource.address;
  }

  get databaseArn(): string {
    return this.resource.arn;
  }
}

/** Resources that a replica depends on, if its source is created in the same stack. */
function sourceOf(replica: ReadReplica, { source, promoted }: ReadReplicaProps): ITerraformDependable[] {
  return promoted ? [] : (makersOf(replica, source) ?? []);
}

/** AWS names a source of the same region by its identifier, of another by its ARN. */
function pointer({ source, inSourceRegion }: ReadReplicaProps): string {
  return inSourceRegion ? source.name : source.arn;
}

function createRef(replica: ReadReplica, props: ReadReplicaProps): DatabaseRef {
  const { region, account } = Site.of(replica);
  const { identifier, engine } = props;
  const ref = databaseRef(replica, { identifier, region, account, engine, engineVersion: props.engineVersion });
  return madeBy(ref, replica.resource);
}

function declare(replica: ReadReplica, props: ReadReplicaProps, checked: Checked): void {
  const { ref } = replica;
  if (props.promoted) {
    declareBackups(replica, { database: ref, retention: Duration.days(checked.backupRetentionDays) });
    return;
  }
  const abroad = !props.inSourceRegion;
  declareProtection(replica, {
    protection: {
      mechanism: abroad ? "RDS cross-Region read replica" : "RDS read replica in the source's region",
      copiesIn: [Site.of(replica).siteName],
      loss: {
        basis: "unknown",
        source: CROSS_REGION,
        note: "replication is asynchronous and AWS publishes no lag; ReplicaLag shows it",
      },
      remedy: "Aurora Global Database, which AWS says lags less than a second typically",
    },
    recovery: [
      {
        title: `promote the read replica ${ref.name}`,
        call: "rds:PromoteReadReplica",
        parameters: {
          DBInstanceIdentifier: ref.name,
          BackupRetentionPeriod: checked.backupRetentionDays,
          ...(props.backupWindow !== undefined && { PreferredBackupWindow: props.backupWindow }),
        },
        duration: {
          basis: "unknown",
          source: PROMOTION,
          note: "several minutes or longer, with a reboot; not while the replica is backed up",
        },
        undo: "a promoted replica never follows again; make a replica of it beside the former source",
      },
    ],
    evidence: [
      {
        title: `lag of ${ref.name} behind ${props.source.name}`,
        namespace: "AWS/RDS",
        metric: "ReplicaLag",
        dimensions: { DBInstanceIdentifier: ref.name },
        statistic: "Maximum",
        unit: "Seconds",
        region: ref.region,
      },
      freeStorage(ref),
    ],
  });
}
