import { IConstruct } from "constructs";
import { declareProtection, Duration, Evidence, Figure, ProtectionModel, RecoveryStep } from "../core";
import { Site } from "../site";
import { ClusterRef } from "./cluster-ref";
import { auroraVersion } from "./engine";
import { GlobalClusterRef } from "./global-cluster-ref";

const OVERVIEW = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html";
const RECOVERY =
  "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html";
const POINT_IN_TIME = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html";
const CREATE_INSTANCE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html";

/** A cluster of a global database. */
export interface Member {
  readonly cluster: ClusterRef;
  readonly global: GlobalClusterRef;
}

/** The instance that a cluster without any is given before it takes over. */
export interface FirstInstance {
  readonly identifier: string;
  readonly instanceClass: string;
  readonly parameterGroupName: string;
}

/** Says how the cluster protects: by backups while it takes the writes, as a secondary by what it has received. */
export function declareCluster(
  scope: IConstruct,
  member: Member,
  as: { readonly active: boolean; readonly retention: Duration; readonly missingInstance?: FirstInstance },
): ProtectionModel {
  return declareProtection(scope, as.active ? backups(scope, member, as.retention) : replication(scope, member, as));
}

/** Automated backups in the own site: they help against corruption, not against the loss of the site. */
function backups(scope: IConstruct, { cluster }: Member, retention: Duration): ProtectionModel {
  return {
    protection: {
      mechanism: "Aurora automated backups",
      copiesIn: [Site.of(scope).siteName],
      loss: {
        value: Duration.minutes(5),
        basis: "typical",
        source: POINT_IN_TIME,
        note: "the latest restorable time is typically within the last five minutes",
      },
      retention,
    },
    recovery: [
      {
        title: "restore the cluster to a point in time",
        call: "rds:RestoreDBClusterToPointInTime",
        parameters: {
          SourceDBClusterIdentifier: cluster.name,
          DBClusterIdentifier: restoredIdentifier(cluster),
          UseLatestRestorableTime: true,
        },
        duration: {
          basis: "unknown",
          source: POINT_IN_TIME,
          note: "it grows with the volume, and instances come after",
        },
        undo: "delete the restored cluster; the one it was restored from is not touched",
      },
    ],
    evidence: [],
  };
}

/** Identifier of a cluster that is restored beside another: `<identifier>-restored`, within 63 characters. */
function restoredIdentifier({ name }: ClusterRef): string {
  const suffix = "-restored";
  return `${name.slice(0, 63 - suffix.length).replace(/-$/, "")}${suffix}`;
}

function replication(
  scope: IConstruct,
  member: Member,
  { missingInstance }: { readonly missingInstance?: FirstInstance },
): ProtectionModel {
  const create = missingInstance === undefined ? [] : [createInstanceStep(member, missingInstance)];
  return {
    protection: {
      mechanism: "Aurora Global Database",
      copiesIn: [Site.of(scope).siteName],
      loss: loss(member.global),
      ...(member.global.rpo === undefined && {
        remedy: "'rpo' of the global database ('maxLoss' in a workload), with two secondary regions or more",
      }),
    },
    recovery: [...create, failoverStep(member)],
    evidence: [lag(member)],
  };
}

function loss({ rpo }: GlobalClusterRef): Figure {
  if (rpo !== undefined) {
    return {
      value: rpo,
      basis: "configured",
      source: RECOVERY,
      note: "of the secondary that is least behind; rds.global_db_rpo stops commits beyond it",
    };
  }
  return {
    value: Duration.seconds(1),
    basis: "typical",
    source: OVERVIEW,
    note: "AWS says that the lag is typically under a second",
  };
}

/** A cluster without instances cannot be failed over to. */
function createInstanceStep({ cluster, global }: Member, instance: FirstInstance): RecoveryStep {
  return {
    title: `create an instance in ${cluster.name}, which has none`,
    call: "rds:CreateDBInstance",
    parameters: {
      DBInstanceIdentifier: instance.identifier,
      DBClusterIdentifier: cluster.name,
      DBInstanceClass: instance.instanceClass,
      DBParameterGroupName: instance.parameterGroupName,
      Engine: global.engine,
      PubliclyAccessible: false,
    },
    duration: {
      basis: "unknown",
      source: CREATE_INSTANCE,
      note: "and the class may be short while many recover; wait until the instance is available",
    },
    undo: "delete the instance; the cluster keeps its data",
  };
}

/** Makes the cluster the one that takes the writes although the other cannot be reached: called in the cluster's own region. */
export function failoverStep({ cluster, global }: Member): RecoveryStep {
  return {
    title: `fail ${global.name} over to ${cluster.name}`,
    call: "rds:FailoverGlobalCluster",
    parameters: { GlobalClusterIdentifier: global.name, TargetDbClusterIdentifier: cluster.arn, AllowDataLoss: true },
    duration: { basis: "unknown", source: RECOVERY, note: "AWS says 'typically within a few minutes'" },
    undo: "AWS makes the former primary a secondary again once its region is back; then switch over to it",
  };
}

/**
 * Makes the cluster the one that takes the writes while all are well, without loss: called in the region of the one that
 * takes them now.
 */
export function switchoverStep({ cluster, global }: Member): RecoveryStep {
  return {
    title: `switch ${global.name} over to ${cluster.name}`,
    call: "rds:SwitchoverGlobalCluster",
    parameters: { GlobalClusterIdentifier: global.name, TargetDbClusterIdentifier: cluster.arn },
    duration: { basis: "unknown", source: RECOVERY, note: "in proportion to the lag, for all data arrives first" },
    undo: "switch over to the cluster that took the writes before",
  };
}

/** Metric of how far a secondary is behind in milliseconds, for the version. */
export function lagMetric(scope: IConstruct | string, { engine, engineVersion }: GlobalClusterRef): string {
  const version = auroraVersion(scope, engine, engineVersion);
  return version.has("rpoLagMetric") ? "AuroraGlobalDBRPOLag" : "AuroraGlobalDBReplicationLag";
}

function lag({ cluster, global }: Member): Evidence {
  return {
    title: `lag of ${cluster.name} behind the cluster that takes the writes`,
    namespace: "AWS/RDS",
    metric: lagMetric(cluster.name, global),
    dimensions: { DBClusterIdentifier: cluster.name },
    statistic: "Maximum",
    unit: "Milliseconds",
    region: cluster.region,
  };
}
