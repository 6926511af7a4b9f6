import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { IConstruct } from "constructs";
import { Duration, Figure } from "../core";
import { clusterRestore, EngineRecovery, instanceCreation, JoinedEngine } from "../joined-clusters";
import { AURORA, auroraVersion, AuroraVersion } from "./engine";
import { GlobalDatabaseFacts } from "./global-cluster-ref";

const OVERVIEW = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html";
const RECOVERY =
  "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html";
const POINT_IN_TIME = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html";
const CREATE_INSTANCE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html";

const RPO_PARAMETER = "rds.global_db_rpo";

/**
 * AWS changes the first two at a switchover, a failover and a detachment. The global cluster upgrades the version everywhere. AWS reads
 * the source region only when it creates the cluster.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/rds_global_cluster.html.markdown
 */
const CHANGED_ELSEWHERE = [
  "replication_source_identifier",
  "global_cluster_identifier",
  "engine_version",
  "source_region",
];

/** Aurora in the version of a global database. */
export interface AuroraJoined extends JoinedEngine {
  readonly version: AuroraVersion;
}

/** Everything that Aurora tells the code that joins clusters. */
export function auroraEngine(scope: IConstruct | string, global: GlobalDatabaseFacts): AuroraJoined {
  const { engine, engineVersion, rpo } = global;
  const version = auroraVersion(scope, engine, engineVersion);
  const { name, port, tls, logs, defaultLogs, reservedUsers } = AURORA[engine];
  return {
    version,
    api: "rds",
    engine,
    name,
    family: version.family,
    port,
    changedElsewhere: CHANGED_ELSEWHERE,
    serverlessClass: "db.serverless",
    classRemedy: "choose a class of db.r5 or newer, db.x2g, or 'db.serverless'",
    logService: "rds/cluster",
    logs,
    defaultLogs,
    logParameters: {},
    tls: { ...tls, static: false },
    parameters: rpo === undefined ? [] : [{ name: RPO_PARAMETER, value: rpo.inSeconds, static: false }],
    reservedParameters: { [RPO_PARAMETER]: "leave it out, and give 'rpo' to the global database" },
    reservedUsers,
    enhancedMonitoring: true,
    SubnetGroup: DbSubnetGroup,
    ClusterParameterGroup: RdsClusterParameterGroup,
    InstanceParameterGroup: DbParameterGroup,
    instanceParametersStatic: false,
    lag: {
      namespace: "AWS/RDS",
      metric: version.has("rpoLagMetric") ? "AuroraGlobalDBRPOLag" : "AuroraGlobalDBReplicationLag",
      source: '"AWS/RDS"',
      silence: "breaching",
    },
    recovery: recoveryWith(rpo),
  };
}

function recoveryWith(rpo: Duration | undefined): EngineRecovery {
  const remedy = "'rpo' of the global database ('maxLoss' in a workload), with two secondary regions or more";
  return {
    service: "Aurora",
    mechanism: "Aurora Global Database",
    loss: lossWith(rpo),
    remedy: rpo === undefined ? remedy : undefined,
    figures: {
      createInstance: instanceCreation(CREATE_INSTANCE),
      failover: { basis: "unknown", source: RECOVERY, note: "AWS says 'typically within a few minutes'" },
      pointInTime: {
        value: Duration.minutes(5),
        basis: "typical",
        source: POINT_IN_TIME,
        note: "the latest restorable time is typically within the last five minutes",
      },
      restore: clusterRestore(POINT_IN_TIME),
      switchover: { basis: "unknown", source: RECOVERY, note: "in proportion to the lag, for all data arrives first" },
    },
    undoFailover: "AWS makes the former primary a secondary again once its region is back; then switch over to it",
    firstInstance: { PubliclyAccessible: false },
  };
}

function lossWith(rpo: Duration | undefined): Figure {
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
