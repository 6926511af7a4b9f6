import { NeptuneClusterParameterGroup } from "@cdktf/provider-aws/lib/neptune-cluster-parameter-group";
import { NeptuneParameterGroup } from "@cdktf/provider-aws/lib/neptune-parameter-group";
import { NeptuneSubnetGroup } from "@cdktf/provider-aws/lib/neptune-subnet-group";
import { IConstruct } from "constructs";
import { Duration } from "../core";
import { clusterRestore, EngineRecovery, instanceCreation, JoinedEngine, LagMetric } from "../joined-clusters";
import { neptuneVersion } from "./engine";
import { GlobalDatabaseFacts } from "./global-cluster-ref";

const OVERVIEW = "https://docs.aws.amazon.com/neptune/latest/userguide/neptune-global-database.html";
const FAILOVER = "https://docs.aws.amazon.com/neptune/latest/apiref/API_FailoverGlobalCluster.html";
const RECOVERY = "https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-disaster-recovery.html";
const FEATURES = "https://aws.amazon.com/neptune/features/";
const POINT_IN_TIME = "https://docs.aws.amazon.com/neptune/latest/userguide/backup-restore-overview.html";
const CREATE_INSTANCE = "https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBInstance.html";

/** AWS changes the first two at a switchover, a failover and a detachment. The global cluster upgrades the version everywhere. */
const CHANGED_ELSEWHERE = ["replication_source_identifier", "global_cluster_identifier", "engine_version"];

/**
 * The region that takes the writes publishes the metric too, for each other region. The dimensions select the secondary's own. Neptune
 * publishes only values above zero, so missing data proves nothing.
 *
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-monitoring.html
 */
const LAG: LagMetric = {
  namespace: "AWS/Neptune",
  metric: "GlobalDbProgressLag",
  source: 'SCHEMA("AWS/Neptune", DBClusterIdentifier, SourceRegion)',
  silence: "ignore",
};

const RECOVERS: EngineRecovery = {
  service: "Neptune",
  mechanism: "Neptune global database",
  loss: {
    value: Duration.seconds(1),
    basis: "typical",
    source: OVERVIEW,
    note: "AWS says that the latency is typically under a second, and the loss depends on the lag at that moment",
  },
  remedy: undefined,
  figures: {
    createInstance: instanceCreation(CREATE_INSTANCE),
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
    restore: clusterRestore(POINT_IN_TIME),
    switchover: { basis: "unknown", source: RECOVERY, note: "in proportion to the lag, for all data arrives first" },
  },
  undoFailover: "once the former primary follows as a secondary again, switch over to it",
  firstInstance: {},
};

/**
 * Everything that Neptune tells the code that joins clusters. AWS applies the parameter of the audit log at a reboot, and that
 * of the slow query log at once.
 *
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/parameters.html
 */
export function neptuneEngine(scope: IConstruct | string, { engineVersion }: GlobalDatabaseFacts): JoinedEngine {
  return {
    api: "neptune",
    engine: "neptune",
    name: "Neptune",
    family: neptuneVersion(scope, engineVersion).family,
    port: 8182,
    changedElsewhere: CHANGED_ELSEWHERE,
    serverlessClass: undefined,
    classRemedy: "choose a class of db.r5 or newer",
    logService: "neptune",
    logs: ["audit", "slowquery"],
    defaultLogs: ["audit", "slowquery"],
    logParameters: {
      audit: { name: "neptune_enable_audit_log", value: "1", static: true },
      slowquery: { name: "neptune_enable_slow_query_log", value: "info", static: false },
    },
    tls: undefined,
    parameters: [],
    reservedParameters: {},
    reservedUsers: [],
    enhancedMonitoring: false,
    SubnetGroup: NeptuneSubnetGroup,
    ClusterParameterGroup: NeptuneClusterParameterGroup,
    InstanceParameterGroup: NeptuneParameterGroup,
    instanceParametersStatic: true,
    lag: LAG,
    recovery: RECOVERS,
  };
}
