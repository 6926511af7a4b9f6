import { IConstruct } from "constructs";
import { Duration, Figure, ProtectionModel } from "../core";
import { ClusterRef, declareMember, firstInstance, FirstInstance, GlobalService } from "../joined-clusters";
import { groupName } from "./cluster-groups";
import { ClusterProps } from "./cluster-props";
import { auroraVersion, AuroraVersion } from "./engine";
import { GlobalClusterRef } from "./global-cluster-ref";

const OVERVIEW = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html";
const RECOVERY =
  "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html";
const POINT_IN_TIME = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html";
const CREATE_INSTANCE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html";

export const AURORA_GLOBAL: GlobalService = {
  api: "rds",
  name: "Aurora",
  mechanism: "Aurora Global Database",
  namespace: "AWS/RDS",
  figures: {
    createInstance: {
      basis: "unknown",
      source: CREATE_INSTANCE,
      note: "and the class may be short while many recover; wait until the instance is available",
    },
    failover: { basis: "unknown", source: RECOVERY, note: "AWS says 'typically within a few minutes'" },
    pointInTime: {
      value: Duration.minutes(5),
      basis: "typical",
      source: POINT_IN_TIME,
      note: "the latest restorable time is typically within the last five minutes",
    },
    restore: {
      basis: "unknown",
      source: POINT_IN_TIME,
      note: "it grows with the volume, and instances come after",
    },
    switchover: { basis: "unknown", source: RECOVERY, note: "in proportion to the lag, for all data arrives first" },
  },
  undoFailover: "AWS makes the former primary a secondary again once its region is back; then switch over to it",
};

/** Says how the cluster protects. */
export function declareCluster(
  scope: IConstruct,
  member: { readonly cluster: ClusterRef; readonly global: GlobalClusterRef },
  as: { readonly active: boolean; readonly retention: Duration; readonly missingInstance?: FirstInstance },
): ProtectionModel {
  const { global } = member;
  const remedy =
    global.rpo === undefined
      ? "'rpo' of the global database ('maxLoss' in a workload), with two secondary regions or more"
      : undefined;
  const role = { ...as, loss: loss(global), lagMetric: lagMetric(scope, global), remedy };
  return declareMember(scope, AURORA_GLOBAL, { member, role });
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

/** Metric of how far a secondary is behind in milliseconds, for the version. */
export function lagMetric(scope: IConstruct | string, { engine, engineVersion }: GlobalClusterRef): string {
  const version = auroraVersion(scope, engine, engineVersion);
  return version.has("rpoLagMetric") ? "AuroraGlobalDBRPOLag" : "AuroraGlobalDBReplicationLag";
}

/** What a recovery begins with where the cluster has no instance. */
export function missingInstance(
  props: ClusterProps & { readonly headless?: boolean },
  version: AuroraVersion,
): FirstInstance | undefined {
  if (!props.headless) return undefined;
  return firstInstance(props, {
    DBParameterGroupName: groupName(props, version),
    Engine: version.engine,
    PubliclyAccessible: false,
  });
}
