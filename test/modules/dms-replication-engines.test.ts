/**
 * Proves what the factories of engines say to DMS, and what sources need. Does not prove that DMS keeps extra connection
 * attributes as they are written, nor that a source has what it needs.
 */
import {} from "@cdktf/provider-aws/lib/dms-endpoint";
import "cdktf/lib/testing/adapters/jest";
import { RefusalCode } from "../../modules/core";
import {
  auroraMysqlSource,
  auroraMysqlTarget,
  auroraPostgresSource,
  auroraPostgresTarget,
  mariadbSource,
  mariadbTarget,
  mysqlSource,
  mysqlTarget,
  oracleSource,
  oracleTarget,
  postgresSource,
  postgresTarget,
  SourceEndpoint,
  SourceEngine,
  sourceParameters,
  sourceRequirements,
  sqlServerSource,
  sqlServerTarget,
  TargetEndpoint,
  TargetEngine,
} from "../../modules/dms-replication";
import { DATABASE } from "../support/dms";
import { expectRefusal, synthInSite } from "../support/synth";

const ORDERS = { databaseName: "orders" };
const NO_CHECKS = "initstmt=SET FOREIGN_KEY_CHECKS=0";

function endpointOf(engine: SourceEngine | TargetEngine) {
  const tf = synthInSite((site) =>
    engine.role === "source"
      ? new SourceEndpoint(site, "Endpoint", { ...DATABASE, name: "orders", engine })
      : new TargetEndpoint(site, "Endpoint", { ...DATABASE, name: "orders", engine }),
  );
  return tf.only("aws_dms_endpoint");
}

describe("engines", () => {
  test.each<[string, SourceEngine | TargetEngine, object]>([
    ["mysqlSource", mysqlSource(), { engine_name: "mysql", endpoint_type: "source" }],
    ["mariadbSource", mariadbSource(), { engine_name: "mariadb", endpoint_type: "source" }],
    ["auroraMysqlSource", auroraMysqlSource(), { engine_name: "aurora", endpoint_type: "source" }],
    [
      "mysqlSource with all settings",
      mysqlSource({
        afterConnectScript: "SET SESSION net_read_timeout = 600",
        cleanSourceMetadataOnMismatch: true,
        eventsPollIntervalSeconds: 60,
        executeTimeoutSeconds: 30,
        serverTimezone: "US/Pacific",
      }),
      {
        extra_connection_attributes:
          "afterConnectScript=SET SESSION net_read_timeout = 600;cleanSourceMetadataOnMismatch=true;eventsPollInterval=60;executeTimeout=30;serverTimezone=US/Pacific",
      },
    ],
    ["mysqlTarget", mysqlTarget(), { engine_name: "mysql", extra_connection_attributes: NO_CHECKS }],
    ["mariadbTarget", mariadbTarget(), { engine_name: "mariadb", extra_connection_attributes: NO_CHECKS }],
    [
      "mysqlTarget with all settings",
      mysqlTarget({
        afterConnectScript: "SET x = 1",
        foreignKeyChecks: true,
        maxFileSizeKb: 512,
        parallelLoadThreads: 5,
      }),
      { extra_connection_attributes: "afterConnectScript=SET x = 1;maxFileSize=512;parallelLoadThreads=5" },
    ],
    [
      "postgresSource",
      postgresSource(ORDERS),
      {
        engine_name: "postgres",
        database_name: "orders",
        postgres_settings: {
          capture_ddls: true,
          ddl_artifacts_schema: "public",
          execute_timeout: 60,
          fail_tasks_on_lob_truncation: true,
          heartbeat_enable: false,
          heartbeat_frequency: 5,
          heartbeat_schema: "public",
          map_boolean_as_boolean: false,
          map_jsonb_as_clob: false,
          max_file_size: 32_768,
        },
      },
    ],
    [
      "auroraPostgresSource with all settings",
      auroraPostgresSource({
        afterConnectScript: "SET search_path TO public",
        captureDdls: false,
        databaseName: "orders",
        ddlArtifactsSchema: "dms",
        executeTimeoutSeconds: 100,
        heartbeat: true,
        heartbeatMinutes: 1,
        heartbeatSchema: "dms",
        mapBooleanAsBoolean: true,
        mapJsonbAsClob: true,
        mapLongVarcharAs: "clob",
        pluginName: "pglogical",
        slotName: "dms_orders",
        truncateLobs: true,
      }),
      {
        engine_name: "aurora-postgresql",
        postgres_settings: {
          after_connect_script: "SET search_path TO public",
          capture_ddls: false,
          ddl_artifacts_schema: "dms",
          execute_timeout: 100,
          fail_tasks_on_lob_truncation: false,
          heartbeat_enable: true,
          heartbeat_frequency: 1,
          heartbeat_schema: "dms",
          map_boolean_as_boolean: true,
          map_jsonb_as_clob: true,
          map_long_varchar_as: "clob",
          max_file_size: 32_768,
          plugin_name: "pglogical",
          slot_name: "dms_orders",
        },
      },
    ],
    [
      "postgresTarget",
      postgresTarget(ORDERS),
      {
        engine_name: "postgres",
        endpoint_type: "target",
        postgres_settings: { execute_timeout: 60, map_boolean_as_boolean: false, max_file_size: 32_768 },
      },
    ],
    [
      "auroraPostgresTarget with all settings",
      auroraPostgresTarget({
        databaseName: "orders",
        executeTimeoutSeconds: 100,
        foreignKeyChecks: false,
        mapBooleanAsBoolean: true,
        maxFileSizeKb: 512,
      }),
      {
        engine_name: "aurora-postgresql",
        postgres_settings: {
          after_connect_script: "SET session_replication_role='replica'",
          execute_timeout: 100,
          map_boolean_as_boolean: true,
          max_file_size: 512,
        },
      },
    ],
    [
      "oracleSource",
      oracleSource({ databaseName: "ORCL" }),
      { engine_name: "oracle", database_name: "ORCL", extra_connection_attributes: "failTasksOnLobTruncation=true" },
    ],
    [
      "oracleSource with all settings",
      oracleSource({
        addSupplementalLogging: true,
        additionalArchivedLogDestId: 2,
        archivedLogDestId: 1,
        binaryReader: true,
        databaseName: "ORCL",
        numberScale: 12,
        openTransactionWindowMinutes: 10,
        parallelAsmReadThreads: 6,
        readAheadBlocks: 150_000,
        standbyDelayMinutes: 1,
        truncateLobs: true,
      }),
      {
        extra_connection_attributes:
          "addSupplementalLogging=Y;additionalArchivedLogDestId=2;archivedLogDestId=1;numberDataTypeScale=12;openTransactionWindow=10;parallelASMReadThreads=6;readAheadBlocks=150000;standbyDelayTime=1;useBfile=Y;useLogMinerReader=N",
      },
    ],
    ["oracleTarget", oracleTarget({ databaseName: "ORCL" }), { engine_name: "oracle", endpoint_type: "target" }],
    [
      "oracleTarget with all settings",
      oracleTarget({
        charLengthSemantics: "CHAR",
        databaseName: "ORCL",
        directPathFullLoad: false,
        homogenousTablespaces: true,
      }),
      {
        extra_connection_attributes: "charLengthSemantics=CHAR;enableHomogenousTablespace=true;useDirectPathFullLoad=N",
      },
    ],
    ["sqlServerSource", sqlServerSource(ORDERS), { engine_name: "sqlserver", database_name: "orders" }],
    [
      "sqlServerSource with all settings",
      sqlServerSource({
        controlTablesFileGroup: "dms",
        databaseName: "orders",
        readBackupOnly: true,
        safeguardPolicy: "EXCLUSIVE_AUTOMATIC_TRUNCATION",
        thirdPartyBackupDevice: true,
      }),
      {
        extra_connection_attributes:
          "controlTablesFileGroup=dms;readBackupOnly=Y;safeguardPolicy=EXCLUSIVE_AUTOMATIC_TRUNCATION;use3rdPartyBackupDevice=Y",
      },
    ],
    ["sqlServerTarget", sqlServerTarget(ORDERS), { engine_name: "sqlserver", endpoint_type: "target" }],
    [
      "sqlServerTarget with all settings",
      sqlServerTarget({
        bcpPacketSizeBytes: 16_384,
        bulkCopy: false,
        controlTablesFileGroup: "dms",
        databaseName: "orders",
      }),
      { extra_connection_attributes: "bcpPacketSize=16384;controlTablesFileGroup=dms;useBcpFullLoad=N" },
    ],
  ])("%s", (_, engine, attributes) => {
    const tls = engine.engine === "oracle" ? "verify-ca" : "verify-full";
    expect(endpointOf(engine)).toEqual(expect.objectContaining({ ssl_mode: tls, ...attributes }));
  });

  test("endpoints of MySQL name no database, and targets keep DMS's default of many", () => {
    for (const engine of [mysqlSource(), mysqlTarget(), mariadbTarget(), auroraMysqlTarget()]) {
      const endpoint = endpointOf(engine);
      expect(endpoint).not.toHaveProperty("database_name");
      expect(JSON.stringify(endpoint)).not.toContain("targetDbType");
    }
  });

  test.each([
    ["mysqlTarget", mysqlTarget],
    ["mariadbTarget", mariadbTarget],
    ["auroraMysqlTarget", auroraMysqlTarget],
  ])("fails when %s names a database, which the provider would not send", (path, target) => {
    expectRefusal(
      () => target({ databaseName: "orders" }),
      "NotSentByProvider",
      "the AWS provider sends no 'databaseName' of MySQL, MariaDB and Aurora MySQL targets, got 'orders'",
      path,
    );
  });

  test.each<[string, () => unknown, RefusalCode, string, string]>([
    [
      "a poll interval of 61 s",
      () => mysqlSource({ eventsPollIntervalSeconds: 61 }),
      "SettingOutOfRange",
      "'eventsPollIntervalSeconds' must be a whole number from 1 to 60, got 61",
      "mysqlSource",
    ],
    [
      "a timeout of 0 s",
      () => mariadbSource({ executeTimeoutSeconds: 0 }),
      "SettingOutOfRange",
      "'executeTimeoutSeconds' must be a whole number from 1 to 2147483647, got 0",
      "mariadbSource",
    ],
    [
      "six load threads",
      () => auroraMysqlTarget({ parallelLoadThreads: 6 }),
      "SettingOutOfRange",
      "'parallelLoadThreads' must be a whole number from 1 to 5, got 6",
      "auroraMysqlTarget",
    ],
    [
      "files over 1 GiB",
      () => mysqlTarget({ maxFileSizeKb: 1_048_577 }),
      "SettingOutOfRange",
      "'maxFileSizeKb' must be a whole number from 1 to 1048576, got 1048577",
      "mysqlTarget",
    ],
    [
      "a script with a semicolon",
      () => mysqlSource({ afterConnectScript: "SET x=1; SET y=2" }),
      "UnsafeText",
      "'afterConnectScript' holds a semicolon, got 'SET x=1; SET y=2'",
      "mysqlSource",
    ],
    [
      "a bad slot",
      () => postgresSource({ ...ORDERS, slotName: "DMS-1" }),
      "InvalidName",
      "'slotName' is not a valid replication slot name, got 'DMS-1', allowed: 1 to 63 lower-case letters, digits and underscores",
      "postgresSource",
    ],
    [
      "a database that Terraform replaces",
      () => postgresTarget({ databaseName: "${x}" }),
      "UnsafeText",
      "'databaseName' holds text that Terraform would replace, got '${x}'",
      "postgresTarget",
    ],
    [
      "a heartbeat of 0 min",
      () => auroraPostgresSource({ ...ORDERS, heartbeatMinutes: 0 }),
      "SettingOutOfRange",
      "'heartbeatMinutes' must be a whole number from 1 to 2147483647, got 0",
      "auroraPostgresSource",
    ],
    [
      "nine ASM threads",
      () => oracleSource({ ...ORDERS, binaryReader: true, parallelAsmReadThreads: 9 }),
      "SettingOutOfRange",
      "'parallelAsmReadThreads' must be a whole number from 2 to 8, got 9",
      "oracleSource",
    ],
    [
      "ASM threads without Binary Reader",
      () => oracleSource({ ...ORDERS, parallelAsmReadThreads: 4 }),
      "ConflictingSettings",
      "'parallelAsmReadThreads' is given without 'binaryReader', and would be ignored",
      "oracleSource",
    ],
    [
      "a further log destination without the first",
      () => oracleSource({ ...ORDERS, additionalArchivedLogDestId: 2 }),
      "ConflictingSettings",
      "'additionalArchivedLogDestId' is given without 'archivedLogDestId', and would be ignored",
      "oracleSource",
    ],
    [
      "a window of 241 min",
      () => oracleSource({ ...ORDERS, openTransactionWindowMinutes: 241 }),
      "SettingOutOfRange",
      "'openTransactionWindowMinutes' must be a whole number from 0 to 240, got 241",
      "oracleSource",
    ],
    [
      "packets of 100001 bytes",
      () => sqlServerTarget({ ...ORDERS, bcpPacketSizeBytes: 100_001 }),
      "SettingOutOfRange",
      "'bcpPacketSizeBytes' must be a whole number from 1 to 100000, got 100001",
      "sqlServerTarget",
    ],
  ])("fails with %s", (_, action, code, problem, path) => {
    expectRefusal(action, code, problem, path);
  });
});

describe("sourceRequirements", () => {
  test("parameters of an RDS source", () => {
    expect(sourceParameters("mysql")).toEqual({
      binlog_format: "ROW",
      binlog_row_image: "FULL",
      binlog_checksum: "NONE",
    });
    expect(sourceParameters("aurora-postgresql")).toEqual({
      "rds.logical_replication": "1",
      wal_sender_timeout: "60000",
    });
    expect(sourceParameters("oracle")).toEqual({});
  });

  test.each(["mysql", "mariadb", "aurora", "postgres", "aurora-postgresql", "oracle", "sqlserver", "s3"] as const)(
    "of %s each say why and where AWS says so",
    (engine) => {
      for (const { kind, name, value, why, source } of sourceRequirements(engine)) {
        expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/dms\/latest\/userguide\/CHAP_Source\.\w+\.html$/);
        expect(why).not.toBe("");
        expect(name).not.toBe("");
        expect(value !== undefined || kind === "condition" || kind === "privilege").toBe(true);
      }
      expect(sourceRequirements(engine).length).toBeGreaterThan(1);
    },
  );
});
