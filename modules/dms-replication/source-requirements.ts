import { Engine, ENGINES, EngineFamily } from "./engines";

/** Something a source database must have before its ongoing changes can be read. Plain data, for runbooks and reviews. */
export interface SourceRequirement {
  /** Kind of the requirement. */
  readonly kind: "parameter" | "statement" | "privilege" | "condition";
  /** Name of the parameter, or what is required in words. */
  readonly name: string;
  /** Value of the parameter, or the statement to run. @default - the name says it all */
  readonly value?: string;
  /** The failure without it. */
  readonly why: string;
  /** AWS's page. */
  readonly source: string;
}

type Facts = readonly Omit<SourceRequirement, "source">[];

const PAGE = "https://docs.aws.amazon.com/dms/latest/userguide";

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html */
const MYSQL: Facts = [
  { kind: "parameter", name: "binlog_format", value: "ROW", why: "changes are read row by row" },
  { kind: "parameter", name: "binlog_row_image", value: "FULL", why: "DMS needs all columns of a changed row" },
  { kind: "parameter", name: "binlog_checksum", value: "NONE", why: "DMS reads binary logs without checksums" },
  { kind: "condition", name: "automated backups are on", why: "Amazon RDS writes binary logs only then" },
  {
    kind: "statement",
    name: "keep binary logs for 24 hours or longer",
    value: "call mysql.rds_set_configuration('binlog retention hours', 24)",
    why: "Amazon RDS deletes binary logs as soon as it can, and a task that fell behind could not go on",
  },
  { kind: "privilege", name: "REPLICATION CLIENT, REPLICATION SLAVE", why: "to read binary logs" },
  { kind: "privilege", name: "SELECT on the tables", why: "to load them" },
  { kind: "condition", name: "log_slave_updates is on, where the source is a replica", why: "its log is empty else" },
];

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.PostgreSQL.html */
const POSTGRES: Facts = [
  {
    kind: "parameter",
    name: "rds.logical_replication",
    value: "1",
    why: "without it the log cannot be decoded; needs a reboot",
  },
  {
    kind: "parameter",
    name: "wal_sender_timeout",
    value: "60000",
    why: "from 1 to 9999 DMS fails; from five minutes on, or with none, a failover of the replication instance is delayed",
  },
  {
    kind: "condition",
    name: "max_replication_slots is the number of tasks or more",
    why: "each task holds a slot; a slot left behind keeps the log until the storage is full",
  },
  { kind: "privilege", name: "rds_superuser, rds_replication", why: "to make slots and read from them" },
  {
    kind: "condition",
    name: "tables have a primary key",
    why: "without one, DMS cannot tell updates and deletes apart",
  },
  { kind: "condition", name: "the source is a primary", why: "a read replica has no logical slots" },
];

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.Oracle.html */
const ORACLE: Facts = [
  { kind: "condition", name: "ARCHIVELOG mode is on", why: "redo logs are lost else; on Amazon RDS: backups are on" },
  {
    kind: "statement",
    name: "supplemental logging of the database",
    value: "exec rdsadmin.rdsadmin_util.alter_supplemental_logging('ADD')",
    why: "redo logs do not name the changed row else",
  },
  {
    kind: "statement",
    name: "supplemental logging of primary keys",
    value: "exec rdsadmin.rdsadmin_util.alter_supplemental_logging('ADD', 'PRIMARY KEY')",
    why: "redo logs do not name the changed row else; or set addSupplementalLogging on the endpoint",
  },
  {
    kind: "statement",
    name: "keep archived redo logs for 24 hours or longer",
    value: "exec rdsadmin.rdsadmin_util.set_configuration('archivelog retention hours', 24)",
    why: "a task that fell behind could not go on",
  },
  { kind: "privilege", name: "SELECT ANY TRANSACTION, SELECT on V_$LOGMNR_CONTENTS and its like", why: "to read logs" },
];

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.SQLServer.html */
const SQLSERVER: Facts = [
  { kind: "condition", name: "the recovery model is full or bulk-logged", why: "the log is cut at checkpoints else" },
  { kind: "condition", name: "a full backup was made", why: "the log chain begins with it" },
  {
    kind: "statement",
    name: "change data capture of the database",
    value: "exec msdb.dbo.rds_cdc_enable_db '<database>'",
    why: "the log does not hold all columns else",
  },
  {
    kind: "statement",
    name: "change data capture of each table",
    value: "exec sys.sp_cdc_enable_table @source_schema = '<schema>', @source_name = '<table>', @role_name = null",
    why: "the log does not hold all columns else",
  },
  { kind: "privilege", name: "VIEW DEFINITION, VIEW SERVER STATE", why: "to read the log" },
  { kind: "condition", name: "the source is a primary", why: "a secondary cannot be captured" },
];

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.S3.html */
const S3: Facts = [
  { kind: "condition", name: "files of changes lie under cdcPath", why: "DMS looks for changes nowhere else" },
  { kind: "condition", name: "the bucket is in the replication instance's region", why: "DMS reads no other" },
];

const REQUIREMENTS: Readonly<Record<EngineFamily, Facts>> = {
  mysql: MYSQL,
  postgres: POSTGRES,
  oracle: ORACLE,
  sqlserver: SQLSERVER,
  s3: S3,
};

const PAGES: Readonly<Record<EngineFamily, string>> = {
  mysql: "CHAP_Source.MySQL.html",
  postgres: "CHAP_Source.PostgreSQL.html",
  oracle: "CHAP_Source.Oracle.html",
  sqlserver: "CHAP_Source.SQLServer.html",
  s3: "CHAP_Source.S3.html",
};

/**
 * Requirements on a source of this engine before DMS can read its ongoing changes. DMS checks none of them at creation.
 */
export function sourceRequirements(engine: Engine): readonly SourceRequirement[] {
  const { family } = ENGINES[engine];
  return REQUIREMENTS[family].map((one) => ({ ...one, source: `${PAGE}/${PAGES[family]}` }));
}

/** The parameters among them. The parameter group of an RDS source needs them. */
export function sourceParameters(engine: Engine): Readonly<Record<string, string>> {
  const parameters = sourceRequirements(engine).filter(({ kind }) => kind === "parameter");
  return Object.fromEntries(parameters.map(({ name, value = "" }) => [name, value]));
}
