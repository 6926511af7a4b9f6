/**
 * Proves what is synthesised for serverless replications, and what of them is refused. Does not prove that AWS has the
 * capacity, nor how long it takes to provide it.
 */
import { protectionsBelow, RefusalCode } from "../../modules/core";
import {
  AccountRoles,
  CapacityUnits,
  ReplicationTask,
  ServerlessReplication,
  ServerlessReplicationProps,
  taskSettings,
} from "../../modules/dms-replication";
import { Site } from "../../modules/site";
import { anInstance, INSTANCE, KEY, MAPPINGS, ROLES, targetOf, TASK } from "../support/dms";
import { expectRefusalInSite, SEOUL, synthInSite, TOKYO_ABROAD } from "../support/synth";

const DEFAULT_SETTINGS = taskSettings("test", {}, { migrationType: "cdc", source: "mysql", target: "aurora" });

describe("ServerlessReplication", () => {
  const { accountRoles, kmsKeyArn, securityGroupIds, subnetIds } = INSTANCE;
  const { mappings, migrationType, name, source, target } = TASK;
  const PROPS: ServerlessReplicationProps = {
    ...{ accountRoles, kmsKeyArn, securityGroupIds, subnetIds, mappings, migrationType, name, source, target },
    maxCapacityUnits: 16,
  };
  const build =
    (props: Partial<ServerlessReplicationProps> = {}) =>
    (site: Site) =>
      new ServerlessReplication(site, "Replication", { ...PROPS, ...props });
  const COMPUTE = {
    kms_key_id: KEY,
    max_capacity_units: 16,
    min_capacity_units: 1,
    multi_az: true,
    replication_subnet_group_id: expect.stringMatching(/^\$\{aws_dms_replication_subnet_group\./) as string,
    vpc_security_group_ids: ["sg-1"],
  };

  test("defaults", () => {
    const tf = synthInSite(build());
    expect(tf.types()).toEqual([
      "aws_dms_replication_config", // copies, on capacity AWS provides
      "aws_dms_replication_subnet_group", // where its network interfaces are
    ]);
    expect(tf.only("aws_dms_replication_config")).toEqual({
      provider: "aws",
      replication_config_identifier: "orders",
      resource_identifier: "orders",
      replication_type: "full-load-and-cdc",
      source_endpoint_arn: TASK.source.endpointArn,
      target_endpoint_arn: TASK.target.endpointArn,
      table_mappings: MAPPINGS.json,
      replication_settings: DEFAULT_SETTINGS,
      compute_config: COMPUTE,
      start_replication: false,
    });
  });

  test.each<[string, Partial<ServerlessReplicationProps>, object]>([
    ["minCapacityUnits", { minCapacityUnits: 16 }, { min_capacity_units: 16 }],
    ["maxCapacityUnits", { maxCapacityUnits: 384 }, { max_capacity_units: 384 }],
    ["singleAz", { singleAz: true }, { multi_az: false }],
    [
      "maintenanceWindow",
      { maintenanceWindow: "sun:03:00-sun:04:00" },
      { preferred_maintenance_window: "sun:03:00-sun:04:00" },
    ],
  ])("%s", (_, props, compute) => {
    expect(synthInSite(build(props)).only("aws_dms_replication_config").compute_config).toEqual({
      ...COMPUTE,
      ...compute,
    });
  });

  test("started, resourceIdentifier and settings", () => {
    const tf = synthInSite(build({ started: true, resourceIdentifier: "X", settings: { unlogged: true } }));
    expect(tf.only("aws_dms_replication_config")).toEqual(
      expect.objectContaining({
        start_replication: true,
        resource_identifier: "X",
        replication_settings: DEFAULT_SETTINGS.replace('"EnableLogging":true', '"EnableLogging":false'),
      }),
    );
  });

  test("refOf names what is created", () => {
    synthInSite((site) => {
      const replication = build()(site);
      expect(replication.ref).toEqual(ServerlessReplication.refOf({ ...SEOUL, name: "orders" }));
      expect(replication.ref.arn).toBe("arn:aws:dms:ap-northeast-2:111122223333:replication-config:orders");
      expect(replication.metricDimensions).toEqual({ ReplicationConfigId: "orders" });
    });
  });

  test("says how it is ended", () => {
    synthInSite((site) => {
      build()(site);
      expect(protectionsBelow(site)[0]!.model.recovery[0]).toMatchObject({
        call: "dms:StopReplication",
        parameters: { ReplicationConfigArn: "arn:aws:dms:ap-northeast-2:111122223333:replication-config:orders" },
      });
    });
  });

  test("two of them live in one stack, next to a task of the same name", () => {
    const tf = synthInSite((site) => {
      new ServerlessReplication(site, "One", { ...PROPS, name: "one" });
      new ServerlessReplication(site, "Two", { ...PROPS, name: "two" });
      new ReplicationTask(site, "Task", { ...TASK, name: "one", resourceIdentifier: "task-one" });
    });
    expect(tf.all("aws_dms_replication_config")).toHaveLength(2);
  });

  test.each<[string, Partial<ServerlessReplicationProps>, RefusalCode, string | RegExp]>([
    [
      "3 units",
      { maxCapacityUnits: 3 as CapacityUnits },
      "SettingOutOfRange",
      "'maxCapacityUnits' must be one of 1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384, got 3",
    ],
    [
      "0 units at least",
      { minCapacityUnits: 0 as CapacityUnits },
      "SettingOutOfRange",
      "'minCapacityUnits' must be one of 1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384, got 0",
    ],
    [
      "more at least than at most",
      { minCapacityUnits: 32 },
      "SettingOutOfRange",
      "'minCapacityUnits' must be at most 'maxCapacityUnits', got 32 and 16",
    ],
    ["no security group", { securityGroupIds: [] }, "MissingSetting", "'securityGroupIds' is empty"],
    [
      "one subnet",
      { subnetIds: ["subnet-1"] },
      "SettingOutOfRange",
      "'subnetIds' must name subnets of two Availability Zones or more, got 1",
    ],
    ["a bad name", { name: "a--b" }, "InvalidName", /^'name' is not a valid DMS replication config identifier/],
    ["a bad window", { maintenanceWindow: "sun" }, "SettingOutOfRange", /^'maintenanceWindow' must be/],
    [
      "a key of another region",
      { kmsKeyArn: KEY.replace("ap-northeast-2", "us-east-1") },
      "ArnOfOtherRegion",
      /^'kmsKeyArn' is in/,
    ],
    [
      "a foreign account's roles",
      { accountRoles: AccountRoles.refOf(TOKYO_ABROAD) },
      "WrongSite",
      "'accountRoles' is of account '444455556666', the site is of '111122223333'",
    ],
    [
      "silence on the schema",
      { target: targetOf("postgres") },
      "SchemaConversionMissing",
      "'schemaConversion' is needed from MySQL to PostgreSQL",
    ],
    [
      "a bad setting",
      { settings: { fullLoad: { maxFullLoadSubTasks: 50 } } },
      "SettingOutOfRange",
      "'settings.fullLoad.maxFullLoadSubTasks' must be a whole number from 1 to 49, got 50",
    ],
  ])("fails with %s", (_, props, code, problem) => {
    expectRefusalInSite(build(props), code, problem, "stack/Site/Replication");
  });

  test("fails when an instance has its subnet group's name", () => {
    expectRefusalInSite(
      (site) => [anInstance(site), build({ accountRoles: ROLES })(site)],
      "NameTaken",
      "the DMS replication subnet group 'orders' is already taken by stack/Site/Instance",
    );
  });
});
