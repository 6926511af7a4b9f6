import { IConstruct } from "constructs";
import { plain, refuse } from "../core";

/** The Aurora engines; both have global databases. */
export type AuroraEngine = "aurora-mysql" | "aurora-postgresql";

/** A kind of log that a cluster can publish to CloudWatch Logs. */
export type ClusterLogType =
  "audit" | "error" | "general" | "iam-db-auth-error" | "instance" | "postgresql" | "slowquery";

/** Features that only some versions have. */
type Feature = "autoPause" | "rpoLagMetric" | "writeForwarding";

interface EngineFacts {
  readonly name: string;
  /** Major line and number in it, of a full version. */
  readonly version: RegExp;
  /** A full version that a refusal gives as an example. */
  readonly example: string;
  /** Family of the parameter groups of each major line. */
  readonly families: Readonly<Record<string, string>>;
  readonly port: number;
  /** The cluster parameter that refuses connections without TLS, and its values. */
  readonly tls: { readonly name: string; readonly on: string; readonly off: string };
  readonly logs: readonly ClusterLogType[];
  readonly defaultLogs: readonly ClusterLogType[];
  /** Names that the engine reserves and the master user cannot have. */
  readonly reservedUsers: readonly string[];
  /** The first minor version of each major line that has the feature. */
  readonly since: Readonly<Record<Feature, Readonly<Record<string, number>>>>;
}

/**
 * Write forwarding, automatic pause and the RPO lag metric each have a page that names their versions.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.GlobalDatabase.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding-apg.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
 */
export const AURORA: Readonly<Record<AuroraEngine, EngineFacts>> = {
  "aurora-mysql": {
    name: "Aurora MySQL",
    version: /^8\.0\.mysql_aurora\.(\d+)\.(\d+)\.\d+$/,
    example: "8.0.mysql_aurora.3.10.3",
    families: { "3": "aurora-mysql8.0" },
    port: 3306,
    tls: { name: "require_secure_transport", on: "ON", off: "OFF" },
    logs: ["audit", "error", "general", "iam-db-auth-error", "instance", "slowquery"],
    defaultLogs: ["error"], // the others need parameters
    reservedUsers: ["rdsadmin", "rdsrepladmin"],
    since: { autoPause: { "3": 8 }, rpoLagMetric: { "3": 4 }, writeForwarding: { "3": 0 } },
  },
  "aurora-postgresql": {
    name: "Aurora PostgreSQL",
    version: /^(\d+)\.(\d+)$/,
    example: "16.8",
    families: {
      "14": "aurora-postgresql14",
      "15": "aurora-postgresql15",
      "16": "aurora-postgresql16",
      "17": "aurora-postgresql17",
      "18": "aurora-postgresql18",
    },
    port: 5432,
    tls: { name: "rds.force_ssl", on: "1", off: "0" },
    logs: ["iam-db-auth-error", "instance", "postgresql"],
    defaultLogs: ["postgresql"],
    reservedUsers: ["admin", "rdsadmin", "rdsrepladmin"],
    since: {
      autoPause: { "14": 12, "15": 7, "16": 3, "17": 0, "18": 0 },
      rpoLagMetric: { "14": 0, "15": 0, "16": 0, "17": 0, "18": 0 },
      writeForwarding: { "14": 9, "15": 4, "16": 1, "17": 0, "18": 0 },
    },
  },
};

/** A full version of an engine. */
export interface AuroraVersion {
  readonly engine: AuroraEngine;
  /** Family of its parameter groups: `"aurora-postgresql16"`. */
  readonly family: string;
  readonly has: (feature: Feature) => boolean;
}

/**
 * Reads a full version. A major version alone is not enough, because AWS fails over only between clusters of one minor version.
 * AWS upgrades no cluster of a global database by itself.
 */
export function auroraVersion(scope: IConstruct | string, engine: AuroraEngine, version: string): AuroraVersion {
  refuseOtherEngine(scope, engine);
  const { name, version: pattern, families, since, example } = AURORA[engine];
  const [, line = "", number] = pattern.exec(plain(scope, "engineVersion", version)) ?? [];
  const family = families[line];
  if (family === undefined) {
    const known = Object.keys(families).join(", ");
    refuse(
      scope,
      "UnknownEngineVersion",
      `'engineVersion' must be a full version of ${name} ${known}, such as '${example}', got '${version}'`,
    );
  }
  return { engine, family, has: (feature) => Number(number) >= since[feature][line]! };
}

/** Callers without types. */
function refuseOtherEngine(scope: IConstruct | string, engine: string): void {
  if (!Object.keys(AURORA).includes(engine)) {
    const known = Object.keys(AURORA).join(", ");
    refuse(scope, "UnknownEngineVersion", `a global database is of ${known}, got '${engine}'`);
  }
}
