/** The engines of this module, by DMS's names: `aurora` is Aurora MySQL. */
export type Engine = "mysql" | "mariadb" | "aurora" | "postgres" | "aurora-postgresql" | "oracle" | "sqlserver" | "s3";

/** Engines that share a dialect: a copy within one family needs no schema conversion. */
export type EngineFamily = "mysql" | "postgres" | "oracle" | "sqlserver" | "s3";

/**
 * How a connection is encrypted. `require` encrypts without knowing the other end, `verify-ca` checks the certificate's
 * issuer, `verify-full` the host name as well.
 */
export type TlsMode = "require" | "verify-ca" | "verify-full";

interface EngineFacts {
  /** In words, for people. */
  readonly title: string;
  readonly family: EngineFamily;
  /** TLS modes of DMS, weakest first. */
  readonly tlsModes: readonly TlsMode[];
}

/**
 * TLS modes of DMS per engine.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html
 */
export const ENGINES: Readonly<Record<Engine, EngineFacts>> = {
  mysql: { title: "MySQL", family: "mysql", tlsModes: ["verify-ca", "verify-full"] },
  mariadb: { title: "MariaDB", family: "mysql", tlsModes: ["verify-ca", "verify-full"] },
  aurora: { title: "Aurora MySQL", family: "mysql", tlsModes: ["verify-ca", "verify-full"] },
  postgres: { title: "PostgreSQL", family: "postgres", tlsModes: ["require", "verify-ca", "verify-full"] },
  "aurora-postgresql": {
    title: "Aurora PostgreSQL",
    family: "postgres",
    tlsModes: ["require", "verify-ca", "verify-full"],
  },
  oracle: { title: "Oracle", family: "oracle", tlsModes: ["verify-ca"] },
  sqlserver: { title: "SQL Server", family: "sqlserver", tlsModes: ["require", "verify-full"] },
  s3: { title: "Amazon S3", family: "s3", tlsModes: [] },
};

/** The database of an endpoint and the connection to it, from a factory such as `mysqlSource`. Plain data. */
interface EngineSettings {
  readonly engine: Exclude<Engine, "s3">;
  /** Database, service or SID to connect to. @default - none, as for MySQL */
  readonly databaseName?: string;
  /** Extra connection attributes by DMS's names. */
  readonly attributes: Readonly<Record<string, string | number>>;
  /** The provider's `postgres_settings`. @default - none */
  readonly postgres?: PostgresSettings;
}

/** Settings of a source database. */
export interface SourceEngine extends EngineSettings {
  readonly role: "source";
}

/** Settings of a target database. */
export interface TargetEngine extends EngineSettings {
  readonly role: "target";
}

/** The provider's `postgres_settings`, of which it sends whatever is unset as zero or false. */
interface PostgresSettings {
  readonly afterConnectScript?: string;
  readonly captureDdls?: boolean;
  readonly ddlArtifactsSchema?: string;
  readonly executeTimeout: number;
  readonly failTasksOnLobTruncation?: boolean;
  readonly heartbeatEnable?: boolean;
  readonly heartbeatFrequency?: number;
  readonly heartbeatSchema?: string;
  readonly mapBooleanAsBoolean?: boolean;
  readonly mapJsonbAsClob?: boolean;
  readonly mapLongVarcharAs?: string;
  readonly maxFileSize: number;
  readonly pluginName?: string;
  readonly slotName?: string;
}

/** An endpoint to read from, as a task needs it. Every source endpoint of this module is one. */
export interface Source {
  readonly role: "source";
  readonly endpointArn: string;
  readonly engine: Engine;
  /** Whether ongoing changes can be read. */
  readonly capturesChanges: boolean;
  /** Region the database is written in. */
  readonly databaseRegion: string;
  /** Logical replication slot made beforehand. @default - DMS makes its own, where the engine has slots */
  readonly slotName?: string;
}

/** An endpoint to write to, as a task needs it. Every target endpoint of this module is one. */
export interface Target {
  readonly role: "target";
  readonly endpointArn: string;
  readonly engine: Engine;
}

/** Whether source and target have different dialects, so that you have to convert the schema. Files on S3 have none. */
export function isHeterogeneous(source: Engine, target: Engine): boolean {
  const families = [ENGINES[source].family, ENGINES[target].family];
  return families[0] !== families[1] && !families.includes("s3");
}
