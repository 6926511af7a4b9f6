import { IConstruct } from "constructs";
import { Duration, Figure, ProtectionModel } from "../core";
import { declareMember, firstInstance, FirstInstance, GlobalService, Member } from "../joined-clusters";
import { groupName } from "./cluster-groups";
import { ClusterProps } from "./cluster-props";
import { ENGINE, NeptuneVersion } from "./engine";

const OVERVIEW = "https://docs.aws.amazon.com/neptune/latest/userguide/neptune-global-database.html";
const FAILOVER = "https://docs.aws.amazon.com/neptune/latest/apiref/API_FailoverGlobalCluster.html";
const RECOVERY = "https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-disaster-recovery.html";
const FEATURES = "https://aws.amazon.com/neptune/features/";
const POINT_IN_TIME = "https://docs.aws.amazon.com/neptune/latest/userguide/backup-restore-overview.html";
const CREATE_INSTANCE = "https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBInstance.html";

/**
 * Metric of how far a secondary is behind, in milliseconds. The writer's region publishes it too, for each other region.
 *
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-monitoring.html
 */
export const LAG_METRIC = "GlobalDbProgressLag";

export const NAMESPACE = "AWS/Neptune";

export const NEPTUNE_GLOBAL: GlobalService = {
  api: "neptune",
  name: "Neptune",
  mechanism: "Neptune global database",
  namespace: NAMESPACE,
  figures: {
    createInstance: {
      basis: "unknown",
      source: CREATE_INSTANCE,
      note: "and the class may be short while many recover; wait until the instance is available",
    },
    failover: {
      basis: "unknown",
      source: FAILOVER,
      note: "the user guide says 'in the order of minutes', and still describes detaching by hand",
    },
    pointInTime: {
      value: Duration.minutes(5),
      basis: "typical",
      source: FEATURES,
      note: "AWS says 'to any second', 'up to the last five minutes'",
    },
    restore: { basis: "unknown", source: POINT_IN_TIME, note: "it grows with the volume, and instances come after" },
    switchover: { basis: "unknown", source: RECOVERY, note: "in proportion to the lag, for all data arrives first" },
  },
  undoFailover: "once the former primary follows as a secondary again, switch over to it",
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
  return declareMember(scope, NEPTUNE_GLOBAL, { member, role: { ...as, loss: LOSS, lagMetric: LAG_METRIC } });
}

/** What a recovery begins with where the cluster has no instance. */
export function missingInstance(
  props: ClusterProps & { readonly headless?: boolean },
  version: NeptuneVersion,
): FirstInstance | undefined {
  if (!props.headless) return undefined;
  return firstInstance(props, { DBParameterGroupName: groupName(props, version), Engine: ENGINE });
}
