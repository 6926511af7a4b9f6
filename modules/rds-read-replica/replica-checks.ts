import { Construct } from "constructs";
import { refuse, refuseForeignPartition } from "../core";
import { checkSiteKey, refuseOtherAccount, refuseOtherSite, refuseSourceRegion, Site } from "../site";
import { ENGINES, engineVersion } from "./engine";
import { ReadReplicaProps } from "./read-replica-props";

/** Refuses what AWS would refuse of a replica, as far as its source's ref tells. */
export function checkReplica(replica: Construct, props: ReadReplicaProps): void {
  const { source, kmsKeyArn } = props;
  checkPlace(replica, props);
  if (kmsKeyArn !== undefined) checkSiteKey(replica, "kmsKeyArn", kmsKeyArn);
  if (props.masterUserSecret !== undefined) refuseOtherSite(replica, "masterUserSecret", props.masterUserSecret);
  if (props.promoted) return;
  checkSourceFacts(replica, props);
  refuseEarly(replica, props);
  if (source.name === props.identifier && source.region === Site.of(replica).region) {
    refuse(replica, "ConflictingSettings", `'${source.name}' is named as its own source`, "give the source's ref");
  }
}

function checkPlace(replica: Construct, props: ReadReplicaProps): void {
  const { region, account } = Site.of(replica);
  const { source, inSourceRegion = false, kmsKeyArn, groupSettings } = props;
  refuseForeignPartition(replica, region, source.region);
  refuseOtherAccount(replica, `'${source.name}'`, [source.account, account]);
  if (source.region !== region) {
    if (inSourceRegion) {
      refuse(replica, "ConflictingSettings", `'inSourceRegion' is given, and the source lies in '${source.region}'`);
    }
    if (kmsKeyArn === undefined) {
      refuse(replica, "KeyMissingInReplicaSite", `the source's key does not leave '${source.region}'`);
    }
    return;
  }
  if (!inSourceRegion)
    refuseSourceRegion(
      replica,
      `'${source.name}'`,
      [source.region, region],
      "create it under a Site of another region, or set 'inSourceRegion: true'",
    );
  if (groupSettings !== undefined) {
    refuse(
      replica,
      "ConflictingSettings",
      "'groupSettings' would make a second subnet group in the source's region, where AWS takes the source's",
      "give 'groups', those of the source or others of its VPC",
    );
  }
}

/** Refuses sources that AWS would refuse, as far as the ref has the facts. */
function checkSourceFacts(replica: Construct, props: ReadReplicaProps): void {
  const { source } = props;
  if (source.managedMasterPassword) {
    refuse(replica, "ManagedPasswordReplicated", `RDS manages the master password of '${source.name}'`);
  }
  if (source.engine !== undefined && source.engine !== props.engine) {
    refuse(
      replica,
      "EngineMismatch",
      `'${source.name}' is ${ENGINES[source.engine].name}, the replica ${ENGINES[props.engine].name}`,
    );
  }
  if (source.engineVersion !== undefined) checkMajor(replica, props, source.engineVersion);
}

/**
 * MySQL and MariaDB upgrade the replica before its source, so it may be ahead; PostgreSQL copies blocks between equal versions.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.MySQL.html
 */
function checkMajor(replica: Construct, props: ReadReplicaProps, sourceVersion: string): void {
  const { majors } = ENGINES[props.engine];
  const there = engineVersion(replica, props.engine, sourceVersion).major;
  const here = engineVersion(replica, props.engine, props.engineVersion).major;
  const ahead = majors.indexOf(here) - majors.indexOf(there);
  if (ahead < 0 || (ahead > 0 && props.engine === "postgres")) {
    refuse(replica, "EngineMismatch", `'${props.source.name}' is version ${there}, the replica ${here}`);
  }
}

/**
 * Refuses settings that AWS has only for an independent database. Refuses a major version of PostgreSQL too, because AWS never
 * upgrades its replicas alone.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.MajorVersion.html
 */
function refuseEarly(replica: Construct, props: ReadReplicaProps): void {
  if (props.masterUserSecret) {
    refuse(
      replica,
      "ConflictingSettings",
      "'masterUserSecret' is given, and the replica has not been promoted",
      "leave it out, or set 'promoted: true' after the promotion",
    );
  }
  if (props.upgrades?.allowMajorVersion && props.engine === "postgres") {
    refuse(
      replica,
      "ConflictingSettings",
      "'upgrades.allowMajorVersion' is given, and AWS upgrades no replica of PostgreSQL by itself",
      "leave it out: AWS upgrades a replica in the same region with its source; delete others, upgrade, and create them again",
    );
  }
}
