import { IConstruct } from "constructs";
import { plain, refuse } from "../core";

/** The RDS engines this module carries: all three copy to other regions and may be promoted. */
export type Engine = "mysql" | "mariadb" | "postgres";

/** A kind of log that an instance can publish to CloudWatch Logs. */
export type LogType = "audit" | "error" | "general" | "iam-db-auth-error" | "postgresql" | "slowquery" | "upgrade";

interface EngineFacts {
  readonly name: string;
  /**
   * Major versions that RDS offers. PostgreSQL begins with 14, because its replicas can have automated backups from 14.1 on.
   * Without them, a promoted replica has no point-in-time restore and can have no new replica.
   */
  readonly majors: readonly string[];
  /** A major version, or a major and a minor one. */
  readonly version: RegExp;
  readonly port: number;
  /** The parameter that refuses connections without TLS, and its value. */
  readonly tls: { readonly name: string; readonly value: string };
  readonly logs: readonly LogType[];
  readonly defaultLogs: readonly LogType[];
  /** Names the master user cannot have. */
  readonly reservedUsers: readonly string[];
}

/**
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export const ENGINES: Readonly<Record<Engine, EngineFacts>> = {
  mysql: {
    name: "MySQL",
    majors: ["5.7", "8.0", "8.4"],
    version: /^(\d+\.\d+)(\.\d+)?$/,
    port: 3306,
    tls: { name: "require_secure_transport", value: "1" },
    logs: ["audit", "error", "general", "iam-db-auth-error", "slowquery"],
    defaultLogs: ["error"], // the others need parameters
    reservedUsers: ["rdsadmin", "rdsrepladmin"],
  },
  mariadb: {
    name: "MariaDB",
    majors: ["10.6", "10.11", "11.4", "11.8"],
    version: /^(\d+\.\d+)(\.\d+)?$/,
    port: 3306,
    tls: { name: "require_secure_transport", value: "1" },
    logs: ["audit", "error", "general", "iam-db-auth-error", "slowquery"],
    defaultLogs: ["error"],
    reservedUsers: ["rdsadmin", "rdsrepladmin"],
  },
  postgres: {
    name: "PostgreSQL",
    majors: ["14", "15", "16", "17", "18"],
    version: /^(\d+)(\.\d+)?$/,
    port: 5432,
    tls: { name: "rds.force_ssl", value: "1" },
    logs: ["iam-db-auth-error", "postgresql", "upgrade"],
    defaultLogs: ["postgresql", "upgrade"],
    reservedUsers: ["admin", "rdsadmin", "rdsrepladmin"],
  },
};

/** An engine in a version, as AWS names it. */
export interface EngineVersion {
  readonly engine: Engine;
  /** As given: `"16"`, `"16.4"`, `"8.4"`, `"8.4.3"`. */
  readonly version: string;
  /** `"16"`, `"8.4"`. */
  readonly major: string;
  /** Whether a minor version is named. */
  readonly minor: boolean;
  /** Family of its parameter groups: `"postgres16"`, `"mysql8.4"`. */
  readonly family: string;
}

/** Reads a version of an engine. */
export function engineVersion(scope: IConstruct | string, engine: Engine, version: string): EngineVersion {
  refuseOtherEngine(scope, engine);
  const { name, majors, version: pattern } = ENGINES[engine];
  const [, major = "", minor] = pattern.exec(plain(scope, "engineVersion", version)) ?? [];
  if (!majors.includes(major)) {
    const known = majors.map((known) => `'${known}'`).join(", ");
    refuse(scope, "UnknownEngineVersion", `this module knows no ${name} '${version}', it knows ${known}`);
  }
  return { engine, version, major, minor: minor !== undefined, family: `${engine}${major}` };
}

/** Callers without types, and engines whose replicas are licensed, mounted or bound to one region. */
function refuseOtherEngine(scope: IConstruct | string, engine: string): void {
  if (!Object.keys(ENGINES).includes(engine)) {
    const known = Object.keys(ENGINES).join(", ");
    refuse(scope, "UnknownEngineVersion", `this module carries ${known}, got '${engine}'`);
  }
}
