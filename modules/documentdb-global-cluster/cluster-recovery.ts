import { IConstruct } from "constructs";
import { Duration, Figure, ProtectionModel } from "../core";
import { declareMember, firstInstance, FirstInstance, GlobalService, Member } from "../joined-clusters";
import { ClusterProps } from "./cluster-props";
import { ENGINE } from "./engine";

const OVERVIEW = "https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html";
const RECOVERY = "https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters-disaster-recovery.html";
const FEATURES = "https://aws.amazon.com/documentdb/features/";
const POINT_IN_TIME =
  "https://docs.aws.amazon.com/documentdb/latest/developerguide/backup_restore-point_in_time_recovery.html";
const CREATE_INSTANCE = "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_CreateDBInstance.html";

/**
 * Metric of how far a secondary is behind, in milliseconds.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters-monitor.html
 */
export const LAG_METRIC = "GlobalClusterReplicationLag";

export const NAMESPACE = "AWS/DocDB";

export const DOCUMENTDB_GLOBAL: GlobalService = {
  api: "docdb",
  name: "DocumentDB",
  mechanism: "DocumentDB global cluster",
  namespace: NAMESPACE,
  figures: {
    createInstance: {
      basis: "unknown",
      source: CREATE_INSTANCE,
      note: "and the class may be short while many recover; wait until the instance is available",
    },
    failover: {
      value: Duration.minutes(1),
      basis: "typical",
      source: RECOVERY,
      note: "AWS says that the chosen secondary typically assumes the primary role within a minute",
    },
    pointInTime: {
      value: Duration.minutes(5),
      basis: "typical",
      source: FEATURES,
      note: "AWS says 'to any second', 'up to the last five minutes'",
    },
    restore: { basis: "unknown", source: POINT_IN_TIME, note: "it grows with the volume, and instances come after" },
    switchover: {
      basis: "unknown",
      source: RECOVERY,
      note: "in proportion to the lag; AWS says 'approximately three minutes' and 'up to several minutes'",
    },
  },
  undoFailover: "AWS makes the former primary a secondary again once its region is back; then switch over to it",
};

/** What is in flight when the writer's region is lost. */
const LOSS: Figure = {
  value: Duration.seconds(1),
  basis: "typical",
  source: OVERVIEW,
  note: "AWS says that the latency is typically under a second, and the loss depends on the lag at that moment",
};

/** Says how the cluster protects. */
export function declareCluster(
  scope: IConstruct,
  member: Member,
  as: { readonly active: boolean; readonly retention: Duration; readonly missingInstance?: FirstInstance },
): ProtectionModel {
  return declareMember(scope, DOCUMENTDB_GLOBAL, { member, role: { ...as, loss: LOSS, lagMetric: LAG_METRIC } });
}

/** What a recovery begins with where the cluster has no instance. */
export function missingInstance(props: ClusterProps & { readonly headless?: boolean }): FirstInstance | undefined {
  return props.headless ? firstInstance(props, { Engine: ENGINE }) : undefined;
}
