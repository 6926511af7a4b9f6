import { IConstruct } from "constructs";
import { checkName, Duration, NameRule, Ref, refuse } from "../core";
import { globalPlaceRef } from "../joined-clusters";
import { AURORA, AuroraEngine, auroraVersion } from "./engine";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateGlobalCluster.html */
const DATABASE: NameRule = {
  what: "database name",
  min: 1,
  max: 63,
  pattern: /^[A-Za-z][A-Za-z0-9_]*$/,
  allowed: "letters, digits and underscores, beginning with a letter",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html",
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html */
const SECONDARIES = 10;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html */
const SHORTEST_RPO = Duration.seconds(20);
const SECONDARIES_FOR_RPO = 2;

/** Settings that are equal in every site. */
export interface GlobalDatabaseFacts {
  readonly engine: AuroraEngine;
  /**
   * Full version of all clusters: `"16.8"`, `"8.0.mysql_aurora.3.10.3"`. A change is an upgrade: the stack of the global cluster
   * upgrades every cluster.
   */
  readonly engineVersion: string;
  /** Regions of the secondary clusters, at most 10; one cluster in each. */
  readonly secondaryRegions: readonly string[];
  /**
   * Name of a database to create with the first cluster. It cannot be changed.
   *
   * @default - none
   */
  readonly databaseName?: string;
  /**
   * Recovery point objective, 20 seconds or more (`rds.global_db_rpo`, Aurora PostgreSQL only). No transaction commits while
   * every secondary lags further behind. It needs two secondary regions, because with one the loss of that region would stop all
   * writes. AWS upgrades no major version while it is set.
   *
   * @default - none: commits never wait for another region
   */
  readonly rpo?: Duration;
}

/** A global database: known in every region, created from its home. */
export interface GlobalClusterRef extends Ref, GlobalDatabaseFacts {
  /** Global cluster identifier. */
  readonly name: string;
  /** ARN of the global cluster, which names no region. */
  readonly arn: string;
  /** Region of the home: of the global cluster in Terraform, and of the cluster it began with. */
  readonly region: string;
}

/** Settings of a global database, and the place of its home. */
export interface GlobalClusterRefProps extends GlobalDatabaseFacts {
  readonly account: string;
  /** Global cluster identifier, 1 to 63 characters; unique in the account. */
  readonly identifier: string;
  /** Region of the home. */
  readonly region: string;
}

/** Points to a global database without creating or reading it. */
export function globalClusterRef(scope: IConstruct | string, props: GlobalClusterRefProps): GlobalClusterRef {
  const { engine, engineVersion, databaseName, rpo } = props;
  const place = globalPlaceRef(scope, props, SECONDARIES);
  auroraVersion(scope, engine, engineVersion);
  if (databaseName !== undefined) checkName(scope, "databaseName", databaseName, DATABASE);
  if (rpo !== undefined) checkRpo(scope, props, rpo);
  return {
    ...place,
    engine,
    engineVersion,
    ...(databaseName !== undefined && { databaseName }),
    ...(rpo !== undefined && { rpo }),
  };
}

function checkRpo(scope: IConstruct | string, props: GlobalClusterRefProps, rpo: Duration): void {
  if (props.engine !== "aurora-postgresql") {
    refuse(scope, "NotInEngineVersion", `'rpo' is given, and ${AURORA[props.engine].name} has no rds.global_db_rpo`);
  }
  if (SHORTEST_RPO.isLongerThan(rpo)) {
    refuse(scope, "SettingOutOfRange", `'rpo' must be ${SHORTEST_RPO.toString()} or more, got ${rpo.toString()}`);
  }
  const { length } = props.secondaryRegions;
  if (length < SECONDARIES_FOR_RPO) {
    refuse(scope, "RpoBlocksWrites", `'rpo' needs ${SECONDARIES_FOR_RPO} secondary regions or more, got ${length}`);
  }
}
