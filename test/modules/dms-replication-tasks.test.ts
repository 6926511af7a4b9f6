/**
 * Proves what is synthesised for tasks, and what they say of protection and recovery. Does not
 * prove that a row is copied, nor how late.
 */
import { DmsReplicationTask } from "@cdktf/provider-aws/lib/dms-replication-task";
import "cdktf/lib/testing/adapters/jest";
import { protectionsBelow, RefusalCode } from "../../modules/core";
import {
  byPartitionList,
  byPartitions,
  byRanges,
  ReplicationTask,
  ReplicationTaskProps,
  tableMappings,
  taskSettings,
} from "../../modules/dms-replication";
import {
  anInstance,
  aSource,
  aTarget,
  expectTaskRefusal,
  MAPPINGS,
  sourceOf,
  synthTask,
  targetOf,
  TASK,
} from "../support/dms";
import { expectRefusalInSite, SEOUL, synthInSite } from "../support/synth";

const NOTE = { by: "DMS Schema Conversion", note: "2026-11: all of shop but procedures" } as const;
const DEFAULT_SETTINGS = taskSettings("test", {}, { migrationType: "cdc", source: "mysql", target: "aurora" });
const VIEWS = tableMappings({ selections: { shop: { schema: "shop", table: "%", tableType: "all" } } });

describe("ReplicationTask", () => {
  test("defaults", () => {
    const tf = synthTask();
    expect(tf.types()).toEqual(["aws_dms_replication_task"]); // copies
    expect(tf.only("aws_dms_replication_task")).toEqual({
      provider: "aws",
      replication_task_id: "orders",
      resource_identifier: "orders",
      migration_type: "full-load-and-cdc",
      replication_instance_arn: TASK.instance.instanceArn,
      source_endpoint_arn: TASK.source.endpointArn,
      target_endpoint_arn: TASK.target.endpointArn,
      table_mappings: MAPPINGS.json,
      replication_task_settings: DEFAULT_SETTINGS,
      start_replication_task: false,
    });
    expect(tf.text).toHaveResourceWithProperties(DmsReplicationTask, { start_replication_task: false });
  });

  test.each<[string, Partial<ReplicationTaskProps>, object]>([
    [
      "cdcStartPosition",
      { migrationType: "cdc", cdcStartPosition: "mysql-bin-changelog.000024:373" },
      { migration_type: "cdc", cdc_start_position: "mysql-bin-changelog.000024:373" },
    ],
    [
      "cdcStartTime",
      { migrationType: "cdc", cdcStartTime: "2027-03-02T12:00:00Z" },
      { cdc_start_time: "2027-03-02T12:00:00Z" },
    ],
    ["migrationType", { migrationType: "full-load" }, { migration_type: "full-load" }],
    ["resourceIdentifier", { resourceIdentifier: "Orders-1" }, { resource_identifier: "Orders-1" }],
    [
      "settings",
      { settings: { unlogged: true } },
      { replication_task_settings: DEFAULT_SETTINGS.replace('"EnableLogging":true', '"EnableLogging":false') },
    ],
    ["started", { started: true }, { start_replication_task: true }],
  ])("%s", (_, props, attributes) => {
    expect(synthTask(props).only("aws_dms_replication_task")).toEqual(expect.objectContaining(attributes));
  });

  test("a long name is shortened at the end of the ARN, without two hyphens in a row", () => {
    const name = "orders-from-mysql-5-7-to-aurora-mysql-3"; // cut at 22, behind a hyphen
    expect(synthTask({ name }).only("aws_dms_replication_task").resource_identifier).toMatch(
      /^orders-from-mysql-5-7-[0-9a-f]{8}$/,
    );
  });

  test("is in one site with its endpoints and its instance", () => {
    const tf = synthInSite((site) => {
      const task = new ReplicationTask(site, "Task", {
        ...TASK,
        instance: anInstance(site),
        source: aSource(site),
        target: aTarget(site),
      });
      expect(task.metricDimensions).toEqual({
        ReplicationInstanceIdentifier: "orders",
        ReplicationTaskIdentifier: "orders",
      });
    });
    const { replication_instance_arn, source_endpoint_arn, target_endpoint_arn } = tf.only("aws_dms_replication_task");
    expect(replication_instance_arn).toMatch(/^\$\{aws_dms_replication_instance\.\w+\.replication_instance_arn\}$/);
    expect(source_endpoint_arn).toMatch(/^\$\{aws_dms_endpoint\.\w+_Source_\w+\.endpoint_arn\}$/);
    expect(target_endpoint_arn).toMatch(/^\$\{aws_dms_endpoint\.\w+_Target_\w+\.endpoint_arn\}$/);
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const { ref } = new ReplicationTask(site, "Task", TASK);
      expect(ref).toEqual(ReplicationTask.refOf({ ...SEOUL, name: "orders" }));
      expect(ref).toEqual({
        name: "orders",
        arn: "arn:aws:dms:ap-northeast-2:111122223333:task:orders",
        region: "ap-northeast-2",
        account: "111122223333",
        resourceIdentifier: "orders",
      });
      expect(ReplicationTask.refOf({ ...SEOUL, name: "orders", resourceIdentifier: "X" }).arn).toBe(
        "arn:aws:dms:ap-northeast-2:111122223333:task:X",
      );
    });
    expect(tf.only("aws_dms_replication_task").resource_identifier).toBe("orders");
  });

  test("says how it protects and how it is ended", () => {
    synthInSite((site) => {
      new ReplicationTask(site, "Task", { ...TASK, schemaConversion: NOTE });
      const dimensions = { ReplicationInstanceIdentifier: "orders", ReplicationTaskIdentifier: "orders" };
      const evidence = {
        namespace: "AWS/DMS",
        dimensions,
        statistic: "Maximum",
        unit: "Seconds",
        region: "ap-northeast-2",
      };
      expect(protectionsBelow(site)).toEqual([
        {
          path: "stack/Site/Task",
          model: {
            protection: {
              mechanism: "AWS DMS ongoing replication",
              copiesFrom: "ap-northeast-1",
              copiesIn: ["ap-northeast-2"],
              loss: {
                basis: "unknown",
                source: "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html",
                note: "the lag is CDCLatencySource plus CDCLatencyTarget; it grows while a transaction of the source stays open; rows that could not be applied, sequences and identity values are not in it; schema: DMS Schema Conversion, 2026-11: all of shop but procedures",
              },
              remedy:
                "use the engine's own replication where it has one: an RDS read replica or an Aurora global database",
            },
            recovery: [
              {
                title: "stop the replication before anybody else writes to the target",
                call: "dms:StopReplicationTask",
                parameters: { ReplicationTaskArn: "arn:aws:dms:ap-northeast-2:111122223333:task:orders" },
                duration: {
                  basis: "unknown",
                  source: "https://docs.aws.amazon.com/dms/latest/APIReference/API_StopReplicationTask.html",
                },
                undo: "start it with resume-processing, as long as the source keeps its log and nobody has written to the target",
              },
            ],
            evidence: [
              { title: "lag behind the source", metric: "CDCLatencySource", ...evidence },
              { title: "lag of the target behind what was read", metric: "CDCLatencyTarget", ...evidence },
            ],
          },
        },
      ]);
    });
  });

  test("a task that copies once protects nothing", () => {
    synthInSite((site) => {
      new ReplicationTask(site, "Task", { ...TASK, migrationType: "full-load" });
      expect(protectionsBelow(site)).toEqual([]);
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new ReplicationTask(site, "One", { ...TASK, name: "one" });
      new ReplicationTask(site, "Two", { ...TASK, name: "two" });
    });
    expect(tf.all("aws_dms_replication_task")).toHaveLength(2);
  });

  test.each([
    ["mysql", "postgres", "from MySQL to PostgreSQL"],
    ["oracle", "aurora-postgresql", "from Oracle to Aurora PostgreSQL"],
    ["sqlserver", "aurora", "from SQL Server to Aurora MySQL"],
    ["aurora-postgresql", "mariadb", "from Aurora PostgreSQL to MariaDB"],
  ] as const)("fails silently from %s to %s", (source, target, pair) => {
    const engines = { source: sourceOf(source), target: targetOf(target) };
    expectTaskRefusal(engines, "SchemaConversionMissing", `'schemaConversion' is needed ${pair}`);
    expect(() => synthTask({ ...engines, schemaConversion: NOTE })).not.toThrow();
  });

  test.each([
    ["mysql", "aurora"],
    ["mariadb", "mysql"],
    ["postgres", "aurora-postgresql"],
    ["oracle", "oracle"],
  ] as const)("from %s to %s no schema is converted", (source, target) => {
    expect(() => synthTask({ source: sourceOf(source), target: targetOf(target) })).not.toThrow();
  });

  test("into files no schema is converted", () => {
    expect(() => synthTask({ target: targetOf("s3"), settings: { target: { lobMode: "none" } } })).not.toThrow();
  });

  const changes = { migrationType: "cdc" } as const;
  test.each<[string, Partial<ReplicationTaskProps>, RefusalCode, string | RegExp]>([
    [
      "a bad name",
      { name: "Orders" },
      "InvalidName",
      /^'name' is not a valid DMS replication task identifier, got 'Orders'/,
    ],
    ["a name of 256", { name: "a".repeat(256) }, "InvalidName", /1 to 255 characters \(it has 256\)/],
    [
      "a long resource identifier",
      { resourceIdentifier: "a".repeat(32) },
      "InvalidName",
      /^'resourceIdentifier' is not a valid DMS resource identifier, got 'a+', allowed: 1 to 31 characters/,
    ],
    [
      "an empty note on the schema",
      { schemaConversion: { ...NOTE, note: " " } },
      "SchemaConversionMissing",
      "'schemaConversion.note' is empty",
    ],
    [
      "changes of files without a folder for them",
      { source: sourceOf("s3", { capturesChanges: false }) },
      "SourceWithoutChanges",
      "'migrationType' is 'full-load-and-cdc', and the source has no changes to read, got Amazon S3 without 'cdcPath'",
    ],
    [
      "changes of views",
      { mappings: VIEWS },
      "SourceWithoutChanges",
      "'migrationType' is 'full-load-and-cdc', and views are selected, got shop",
    ],
    [
      "a position and a full load",
      { cdcStartPosition: "mysql-bin-changelog.000024:373" },
      "StartPositionWithoutCdc",
      "'cdcStartPosition' is given, got migration type 'full-load-and-cdc', allowed: 'cdc'",
    ],
    [
      "a time and only a full load",
      { migrationType: "full-load", cdcStartTime: "2027-03-02T12:00:00Z" },
      "StartPositionWithoutCdc",
      "'cdcStartTime' is given, got migration type 'full-load', allowed: 'cdc'",
    ],
    [
      "a position and a time",
      { ...changes, cdcStartPosition: "a:1", cdcStartTime: "2027-03-02T12:00:00Z" },
      "ConflictingSettings",
      "'cdcStartPosition' and 'cdcStartTime' are both given",
    ],
    [
      "an invalid time",
      { ...changes, cdcStartTime: "2027-13-02T12:00:00Z" },
      "InvalidDate",
      "'cdcStartTime' is not a time in UTC, got '2027-13-02T12:00:00Z'",
    ],
    [
      "a time of PostgreSQL",
      { ...changes, source: sourceOf("postgres"), target: targetOf("postgres"), cdcStartTime: "2027-03-02T12:00:00Z" },
      "InvalidStartPosition",
      "'cdcStartTime' is given, got PostgreSQL, which cannot look a time up in its log",
    ],
    [
      "a position without slot",
      { ...changes, source: sourceOf("postgres"), target: targetOf("postgres"), cdcStartPosition: "4AF/B00000D0" },
      "MissingSetting",
      "'slotName' of the source endpoint is needed for 'cdcStartPosition'",
    ],
    [
      "an unsafe position",
      { ...changes, cdcStartPosition: "checkpoint:V1#${x}" },
      "UnsafeText",
      /^'cdcStartPosition' holds text that Terraform would replace/,
    ],
  ])("fails with %s", (_, props, code, problem) => {
    expectTaskRefusal(props, code, problem);
  });

  test.each([
    ["mysql", "mysql", "mysql-bin-changelog.000024:373", "000024"],
    ["aurora-postgresql", "postgres", "4AF/B00000D0", "4AF"],
    ["oracle", "oracle", "3186273", "SCN1"],
    ["sqlserver", "sqlserver", "00000014:00000061:0001", "14:61:1"],
  ] as const)("positions of %s", (source, target, position, odd) => {
    const engines = { source: sourceOf(source, { slotName: "dms" }), target: targetOf(target), ...changes };
    expect(() => synthTask({ ...engines, cdcStartPosition: position })).not.toThrow();
    expect(() =>
      synthTask({ ...engines, cdcStartPosition: "checkpoint:V1#1#000004AF/B00000D0#0#0#*#0#0" }),
    ).not.toThrow();
    expectTaskRefusal(
      { ...engines, cdcStartPosition: odd },
      "InvalidStartPosition",
      new RegExp(
        `^'cdcStartPosition' is not a position of .*, got '${odd}', allowed: like '${position}' or 'checkpoint:V1#…'$`,
      ),
    );
  });

  test("positions of files are checkpoints only", () => {
    expectTaskRefusal(
      { ...changes, source: sourceOf("s3"), cdcStartPosition: "1" },
      "InvalidStartPosition",
      "'cdcStartPosition' is not a position of Amazon S3, got '1', allowed: like 'checkpoint:V1#…'",
    );
  });

  const loadedBy = (parallelLoad: ReturnType<typeof byPartitions>) =>
    tableMappings({
      selections: { shop: { schema: "shop", table: "%" } },
      tableSettings: { big: { schema: "shop", table: "orders", parallelLoad } },
    });
  test.each([
    ["postgres", byPartitions(), "PostgreSQL can be loaded by ranges, got 'partitions-auto'"],
    ["s3", byRanges(["id"], [["1"]]), "Amazon S3 can be loaded by one thread only, got 'ranges'"],
    ["sqlserver", byPartitionList(["A"], ["1"]), "SQL Server has no subpartitions to load by"],
    [
      "mysql",
      { type: "subpartitions-auto" },
      "MySQL can be loaded by partitions-auto, partitions-list, ranges, got 'subpartitions-auto'",
    ],
  ] as const)("fails when %s cannot be loaded so", (engine, load, fault) => {
    expectTaskRefusal(
      { source: sourceOf(engine), mappings: loadedBy(load), schemaConversion: NOTE },
      "InvalidMappingRule",
      `the table settings 'big' do not fit the source: ${fault}`,
    );
  });

  test("Oracle can be loaded by subpartitions", () => {
    const mappings = loadedBy({ type: "subpartitions-auto" });
    expect(() => synthTask({ source: sourceOf("oracle"), target: targetOf("oracle"), mappings })).not.toThrow();
  });

  test("fails when two would have one ARN", () => {
    expectRefusalInSite(
      (site) => [
        new ReplicationTask(site, "One", { ...TASK, name: "one", resourceIdentifier: "same" }),
        new ReplicationTask(site, "Two", { ...TASK, name: "two", resourceIdentifier: "same" }),
      ],
      "NameTaken",
      "the DMS resource identifier 'same' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});
