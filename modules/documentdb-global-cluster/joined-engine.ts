import { DocdbClusterParameterGroup } from "@cdktf/provider-aws/lib/docdb-cluster-parameter-group";
import { DocdbSubnetGroup } from "@cdktf/provider-aws/lib/docdb-subnet-group";
import { IConstruct } from "constructs";
import { Duration } from "../core";
import { clusterRestore, EngineRecovery, instanceCreation, JoinedEngine, LagMetric } from "../joined-clusters";
import { familyOf } from "./engine";
import { GlobalClusterFacts } from "./global-cluster-ref";

const OVERVIEW = "https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html";
const RECOVERY = "https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters-disaster-recovery.html";
const FEATURES = "https://aws.amazon.com/documentdb/features/";
const POINT_IN_TIME =
  "https://docs.aws.amazon.com/documentdb/latest/developerguide/backup_restore-point_in_time_recovery.html";
const CREATE_INSTANCE = "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_CreateDBInstance.html";

/** AWS changes the first at a detachment. The version, which is the same in every cluster, belongs to the global cluster. */
const CHANGED_ELSEWHERE = ["global_cluster_identifier", "engine_version"];

/** @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters-monitor.html */
const LAG: LagMetric = {
  namespace: "AWS/DocDB",
  metric: "GlobalClusterReplicationLag",
  source: '"AWS/DocDB"',
  silence: "breaching",
};

const RECOVERS: EngineRecovery = {
  service: "DocumentDB",
  mechanism: "DocumentDB global cluster",
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
    restore: clusterRestore(POINT_IN_TIME),
    switchover: {
      basis: "unknown",
      source: RECOVERY,
      note: "in proportion to the lag; AWS says 'approximately three minutes' and 'up to several minutes'",
    },
  },
  undoFailover: "AWS makes the former primary a secondary again once its region is back; then switch over to it",
  firstInstance: {},
};

/**
 * Everything that DocumentDB tells the code that joins clusters.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/cluster_parameter_groups-list_of_parameters.html
 */
export function documentDbEngine(scope: IConstruct | string, { engineVersion }: GlobalClusterFacts): JoinedEngine {
  return {
    api: "docdb",
    engine: "docdb",
    name: "DocumentDB",
    family: familyOf(scope, engineVersion),
    port: 27017,
    changedElsewhere: CHANGED_ELSEWHERE,
    serverlessClass: undefined,
    classRemedy: "choose a class of db.r5 or newer",
    logService: "docdb",
    logs: ["audit", "profiler"],
    defaultLogs: ["audit", "profiler"],
    logParameters: {
      audit: { name: "audit_logs", value: "enabled", static: false },
      profiler: { name: "profiler", value: "enabled", static: false },
    },
    tls: { name: "tls", on: "enabled", off: "disabled", static: true },
    parameters: [],
    reservedParameters: {},
    reservedUsers: ["admin", "serviceadmin"],
    enhancedMonitoring: false,
    SubnetGroup: DocdbSubnetGroup,
    ClusterParameterGroup: DocdbClusterParameterGroup,
    InstanceParameterGroup: undefined,
    instanceParametersStatic: false,
    lag: LAG,
    recovery: RECOVERS,
  };
}
