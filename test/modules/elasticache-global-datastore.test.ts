/**
 * Proves what is synthesised for a global datastore: its first cluster, a secondary, the alarm, and what they say of themselves. Does not
 * prove that AWS replicates, nor that a plan is empty after a failover: the embedded AWS has no global datastores.
 */
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { TerraformStack } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration, protectionsBelow } from "../../modules/core";
import {
  GlobalReplicationGroup,
  GlobalReplicationGroupProps,
  ReplicationLagAlarm,
  ReplicationLagAlarmProps,
  SecondaryReplicationGroup,
  SecondaryReplicationGroupProps,
} from "../../modules/elasticache-global-datastore";
import { Site } from "../../modules/site";
import { globalRef, HOME, SECONDARY } from "../support/elasticache";
import { KEY } from "../support/rds";
import { Block, SEOUL, synth, synthApp, synthInSite, TOKYO } from "../support/synth";

const TOKYO_SITE = { ...TOKYO, name: "tokyo" };
const home = (props: Partial<GlobalReplicationGroupProps> = {}) =>
  synthInSite((site) => new GlobalReplicationGroup(site, "Sessions", { ...HOME, ...props }));
const secondary = (props: Partial<SecondaryReplicationGroupProps> = {}) =>
  synthInSite((site) => new SecondaryReplicationGroup(site, "Sessions", { ...SECONDARY, ...props }), TOKYO_SITE);

const attribute = (type: string, name: string) =>
  expect.stringMatching(new RegExp(String.raw`^\$\{${type}\.[\w-]+\.${name}\}$`)) as string;
const log = (log_type: string) => ({
  destination: attribute("aws_cloudwatch_log_group", "name"),
  destination_type: "cloudwatch-logs",
  log_format: "json",
  log_type,
});

/** Arguments that the clusters of both sites have. */
const CLUSTER = {
  provider: "aws",
  apply_immediately: false,
  auto_minor_version_upgrade: "false",
  automatic_failover_enabled: true,
  lifecycle: {
    prevent_destroy: true,
    ignore_changes: [
      "automatic_failover_enabled",
      "engine",
      "engine_version",
      "global_replication_group_id",
      "multi_az_enabled",
      "node_type",
      "num_node_groups",
      "parameter_group_name",
    ],
  },
  log_delivery_configuration: [log("engine-log"), log("slow-log")],
  multi_az_enabled: true,
  num_cache_clusters: 2,
  port: 6379,
  security_group_ids: [attribute("aws_security_group", "id")],
  snapshot_retention_limit: 7,
  subnet_group_name: attribute("aws_elasticache_subnet_group", "name"),
  timeouts: { create: "3h", update: "3h", delete: "1h" },
  user_group_ids: [attribute("aws_elasticache_user_group", "user_group_id")],
};

const WORKSHOP = "https://disaster-recovery.workshop.aws/en/services/databases/elasticache/global-datastore.html";

describe("GlobalReplicationGroup", () => {
  test("defaults", () => {
    const tf = home();

    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group", // engine log
      "aws_cloudwatch_log_group", // slow log
      "aws_elasticache_global_replication_group", // joins the clusters
      "aws_elasticache_parameter_group", // AWS copies it to each cluster
      "aws_elasticache_replication_group", // the first cluster
      "aws_elasticache_subnet_group", // its nodes' subnets
      "aws_elasticache_user", // its users
      "aws_elasticache_user_group",
      "aws_security_group", // without ingress
    ]);
    expect(tf.only("aws_elasticache_replication_group")).toEqual({
      ...CLUSTER,
      replication_group_id: "sessions-seoul",
      description: "sessions-seoul of lfqnh-sessions",
      at_rest_encryption_enabled: "true",
      data_tiering_enabled: false,
      engine: "valkey",
      engine_version: "8.0",
      final_snapshot_identifier: "sessions-seoul-final",
      kms_key_id: KEY.seoul,
      node_type: "cache.r7g.large",
      parameter_group_name: attribute("aws_elasticache_parameter_group", "name"),
      transit_encryption_enabled: true,
      transit_encryption_mode: "required",
    });
    expect(tf.only("aws_elasticache_global_replication_group")).toEqual({
      provider: "aws",
      global_replication_group_id_suffix: "sessions",
      global_replication_group_description: "sessions",
      primary_replication_group_id: attribute("aws_elasticache_replication_group", "replication_group_id"),
      automatic_failover_enabled: true,
      cache_node_type: "cache.r7g.large",
      engine_version: "8.0",
      parameter_group_name: attribute("aws_elasticache_parameter_group", "name"),
      timeouts: { create: "2h", update: "12h", delete: "1h" },
      lifecycle: {
        prevent_destroy: true,
        ignore_changes: ["primary_replication_group_id"],
        postcondition: [
          {
            condition: '${self.global_replication_group_id == "lfqnh-sessions"}',
            error_message: "AWS gave another id than lfqnh-sessions, by which the other sites know it: set 'idPrefix'.",
          },
        ],
      },
    });
    expect(tf.only("aws_elasticache_parameter_group")).toEqual({
      provider: "aws",
      name: "sessions-seoul-valkey8",
      description: "Parameters of sessions",
      family: "valkey8",
      parameter: [],
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.only("aws_elasticache_subnet_group")).toEqual({
      provider: "aws",
      name: "sessions-seoul",
      description: "Subnets of sessions-seoul",
      subnet_ids: ["subnet-a", "subnet-c"],
    });
    expect(tf.only("aws_security_group")).toEqual({
      provider: "aws",
      name: "cache-sessions-seoul",
      description: "Clients of cache-sessions-seoul",
      vpc_id: "vpc-1",
    });
    expect(tf.at("Site/Sessions/Log-slow-log")).toEqual({
      provider: "aws",
      name: "/aws/elasticache/sessions-seoul/slow-log",
      retention_in_days: 90,
    });
    expect(tf.text).toHaveResourceWithProperties(ElasticacheReplicationGroup, { transit_encryption_enabled: true });
  });

  test("users authenticate by IAM", () => {
    const tf = home();
    expect(tf.only("aws_elasticache_user")).toEqual({
      provider: "aws",
      user_id: "api",
      user_name: "api",
      engine: "valkey",
      access_string: "on ~session:* +@read",
      authentication_mode: { type: "iam" },
    });
    expect(tf.only("aws_elasticache_user_group")).toEqual({
      provider: "aws",
      user_group_id: "sessions-seoul",
      engine: "valkey",
      user_ids: [attribute("aws_elasticache_user", "user_id")],
    });
  });

  test("Redis OSS's default user may do nothing", () => {
    const tf = home({ engine: "redis", engineVersion: "7.1" });
    expect(tf.at("Site/Sessions/DefaultUser")).toEqual({
      provider: "aws",
      user_id: "sessions-seoul-default",
      user_name: "default",
      engine: "redis",
      access_string: "off ~* -@all",
      authentication_mode: { type: "no-password-required" },
    });
    expect(tf.only("aws_elasticache_user_group").user_ids).toHaveLength(2);
    expect(tf.only("aws_elasticache_parameter_group")).toMatchObject({
      name: "sessions-seoul-redis7",
      family: "redis7",
    });
  });

  test.each(["9.0", "9.1"])("Valkey %s has a family of its own", (engineVersion) => {
    expect(home({ engineVersion }).only("aws_elasticache_parameter_group")).toMatchObject({
      name: "sessions-seoul-valkey9",
      family: "valkey9",
    });
  });

  test("without authentication", () => {
    const tf = home({ engine: "redis", engineVersion: "6.2", users: undefined, anonymousAccess: true });
    expect(tf.types().filter((type) => type.includes("_user"))).toEqual([]);
    expect(tf.only("aws_elasticache_replication_group")).not.toHaveProperty("user_group_ids");
    expect(tf.only("aws_elasticache_parameter_group")).toMatchObject({
      name: "sessions-seoul-redis6-x",
      family: "redis6.x",
    });
  });

  test("shards", () => {
    const tf = home({ shards: 3, replicas: 2 });
    const cluster = tf.only("aws_elasticache_replication_group");
    expect(cluster).toMatchObject({ num_node_groups: 3, replicas_per_node_group: 2 });
    expect(cluster).not.toHaveProperty("num_cache_clusters");
    expect(tf.only("aws_elasticache_global_replication_group").num_node_groups).toBe(3);
    expect(tf.only("aws_elasticache_parameter_group").parameter).toEqual([{ name: "cluster-enabled", value: "yes" }]);
  });

  test("parameters in the order of their names", () => {
    const { parameter } = home({ parameters: { timeout: 60, "maxmemory-policy": "volatile-lru" } }).only(
      "aws_elasticache_parameter_group",
    );
    expect(parameter).toEqual([
      { name: "maxmemory-policy", value: "volatile-lru" },
      { name: "timeout", value: "60" },
    ]);
  });

  test.each<[string, Partial<GlobalReplicationGroupProps>, Block]>([
    ["applyImmediately", { upgrades: { applyImmediately: true } }, { apply_immediately: true }],
    ["backupRetentionDays", { backups: { retentionDays: 35 } }, { snapshot_retention_limit: 35 }],
    [
      "windows",
      { backupWindow: "17:00-18:00", maintenanceWindow: "sun:19:00-sun:20:00" },
      { snapshot_window: "17:00-18:00", maintenance_window: "sun:19:00-sun:20:00" },
    ],
    ["nodeType with data tiering", { nodeType: "cache.r6gd.xlarge" }, { data_tiering_enabled: true }],
    ["notificationTopicArn", { notificationTopicArn: "arn:topic" }, { notification_topic_arn: "arn:topic" }],
    ["port", { port: 6380 }, { port: 6380 }],
    ["replicas", { replicas: 5 }, { num_cache_clusters: 6 }],
    ["logExports", { logs: { exports: [] } }, { log_delivery_configuration: [] }],
  ])("%s", (_, props, expected) => {
    expect(home(props).only("aws_elasticache_replication_group")).toMatchObject(expected);
  });

  test("finalSnapshot", () => {
    expect(home({ backups: { finalSnapshot: false } }).only("aws_elasticache_replication_group")).not.toHaveProperty(
      "final_snapshot_identifier",
    );
  });

  test("destroyable", () => {
    const tf = home({ destroyable: true });
    for (const type of ["aws_elasticache_replication_group", "aws_elasticache_global_replication_group"]) {
      expect(tf.only(type).lifecycle).toMatchObject({ prevent_destroy: false });
    }
  });

  test("log groups", () => {
    const tf = home({ logs: { exports: ["slow-log"], kmsKeyArn: KEY.seoul, retentionDays: 7 } });
    expect(tf.only("aws_cloudwatch_log_group")).toMatchObject({ kms_key_id: KEY.seoul, retention_in_days: 7 });
  });

  test("clients by name", () => {
    const tf = home({ port: 6380, clientCidrBlocks: { office: "10.0.0.0/8" }, clientSecurityGroups: { api: "sg-1" } });
    expect(tf.at("Site/Sessions/Client-office")).toMatchObject({ from_port: 6380, cidr_ipv4: "10.0.0.0/8" });
    expect(tf.at("Site/Sessions/Client-api")).toMatchObject({ to_port: 6380, referenced_security_group_id: "sg-1" });
  });

  test("adoptExisting and adoptExistingGlobal import them", () => {
    const { import: blocks } = home({ adoptExisting: true, adoptExistingGlobal: true }).json as { import: Block[] };
    expect(blocks.map(({ id }) => id)).toEqual(["sessions-seoul", "lfqnh-sessions"]);
  });

  test("says how it protects once it is a secondary", () => {
    synthInSite((site) => {
      new GlobalReplicationGroup(site, "Active", HOME);
      expect(protectionsBelow(site)).toEqual([]);
    });
    synthInSite((site) => {
      const { failover } = new GlobalReplicationGroup(site, "Standby", { ...HOME, active: false });
      expect(protectionsBelow(site).map(({ model }) => model.recovery)).toEqual([[failover]]);
      expect(failover.parameters).toMatchObject({ PrimaryReplicationGroupId: "sessions-seoul" });
    });
  });

  test("refOf and groupRefOf name what is created", () => {
    synthInSite((site) => {
      const { ref, groupRef } = new GlobalReplicationGroup(site, "Sessions", { ...HOME, shards: 2 });
      expect(ref).toEqual(globalRef({ shards: 2 }));
      expect(groupRef).toEqual(GlobalReplicationGroup.groupRefOf({ ...SEOUL, replicationGroupId: "sessions-seoul" }));
    });
    expect(globalRef()).toEqual({
      name: "lfqnh-sessions",
      arn: "arn:aws:elasticache::111122223333:globalreplicationgroup:lfqnh-sessions",
      region: "ap-northeast-2",
      account: "111122223333",
      engine: "valkey",
      engineVersion: "8.0",
      nodeType: "cache.r7g.large",
      secondaryRegions: ["ap-northeast-1"],
    });
  });

  test("idPrefix", () => {
    const at = { ...SEOUL, region: "af-south-1" };
    expect(GlobalReplicationGroup.refOf({ ...at, ...HOME, idPrefix: "abcde" }).name).toBe("abcde-sessions");
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new GlobalReplicationGroup(site, "One", HOME);
      new GlobalReplicationGroup(site, "Two", {
        ...HOME,
        name: "carts",
        replicationGroupId: "carts-seoul",
        users: { carts: "on ~* +@all" },
      });
    });
    expect(tf.all("aws_elasticache_global_replication_group")).toHaveLength(2);
  });
});

describe("SecondaryReplicationGroup", () => {
  test("defaults", () => {
    const tf = secondary();

    expect(tf.types()).toEqual([
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_log_group",
      "aws_elasticache_replication_group", // the cluster; parameters it has from the global datastore
      "aws_elasticache_subnet_group",
      "aws_elasticache_user",
      "aws_elasticache_user_group",
      "aws_security_group",
    ]);
    expect(tf.only("aws_elasticache_replication_group")).toEqual({
      ...CLUSTER,
      replication_group_id: "sessions-tokyo",
      description: "sessions-tokyo of lfqnh-sessions",
      final_snapshot_identifier: "sessions-tokyo-final",
      global_replication_group_id: "lfqnh-sessions",
      kms_key_id: KEY.tokyo,
    });
  });

  test("with shards it says how many replicas each has, and the global datastore the rest", () => {
    const cluster = secondary({ global: globalRef({ shards: 3 }), replicas: 4 }).only(
      "aws_elasticache_replication_group",
    );
    expect(cluster).toMatchObject({ replicas_per_node_group: 4 });
    expect(cluster).not.toHaveProperty("num_cache_clusters");
    expect(cluster).not.toHaveProperty("num_node_groups");
  });

  test("says what it protects from, and how it takes over", () => {
    synthInSite((site) => {
      const { detach, failover, node } = new SecondaryReplicationGroup(site, "Sessions", SECONDARY);
      expect(protectionsBelow(site)).toEqual([
        {
          path: node.path,
          model: {
            protection: {
              mechanism: "ElastiCache Global Datastore",
              copiesIn: ["tokyo"],
              loss: {
                value: Duration.seconds(1),
                basis: "typical",
                source: WORKSHOP,
                note: "AWS says 'generally less than 1 second'; replication is asynchronous",
              },
            },
            recovery: [failover],
            evidence: [
              {
                title: "lag of sessions-tokyo behind the cluster that takes the writes",
                namespace: "AWS/ElastiCache",
                metric: "GlobalDatastoreReplicationLag",
                dimensions: { CacheClusterId: "sessions-tokyo-001" },
                statistic: "Maximum",
                unit: "Seconds",
                region: "ap-northeast-1",
              },
            ],
          },
        },
      ]);
      expect(failover).toEqual({
        title: "fail lfqnh-sessions over to sessions-tokyo",
        call: "elasticache:FailoverGlobalReplicationGroup",
        parameters: {
          GlobalReplicationGroupId: "lfqnh-sessions",
          PrimaryRegion: "ap-northeast-1",
          PrimaryReplicationGroupId: "sessions-tokyo",
        },
        duration: { value: Duration.minutes(1), basis: "typical", source: WORKSHOP, note: "AWS says '1 minute'" },
        undo: "fail over to the cluster that took the writes before: it is filled again from this one first",
      });
      expect(detach).toMatchObject({
        call: "elasticache:DisassociateGlobalReplicationGroup",
        parameters: {
          GlobalReplicationGroupId: "lfqnh-sessions",
          ReplicationGroupId: "sessions-tokyo",
          ReplicationGroupRegion: "ap-northeast-1",
        },
        duration: { basis: "unknown" },
      });
    }, TOKYO_SITE);
  });

  test("says nothing of a protection while it takes the writes", () => {
    synthInSite((site) => {
      new SecondaryReplicationGroup(site, "Sessions", { ...SECONDARY, active: true });
      expect(protectionsBelow(site)).toEqual([]);
    }, TOKYO_SITE);
  });

  test("waits for the global datastore of its own stack, and names no other region in one of its own", () => {
    const together = synth((scope) => {
      const { ref: global } = new GlobalReplicationGroup(new Site(scope, "Seoul", SEOUL), "Sessions", HOME);
      new SecondaryReplicationGroup(new Site(scope, "Tokyo", TOKYO), "Sessions", { ...SECONDARY, global });
    });
    expect(together.at("Tokyo/Sessions/Resource").depends_on).toEqual([
      expect.stringMatching(/^aws_elasticache_global_replication_group\./),
    ]);
    const { stacks } = synthApp((app) => {
      const site = new Site(new TerraformStack(app, "tokyo"), "Default", TOKYO_SITE);
      new SecondaryReplicationGroup(site, "Sessions", SECONDARY);
    });
    expect(stacks.get("tokyo")!.text).not.toContain("ap-northeast-2");
  });

  test("refOf names what is created", () => {
    synthInSite((site) => {
      const { ref } = new SecondaryReplicationGroup(site, "Sessions", SECONDARY);
      expect(ref).toEqual(SecondaryReplicationGroup.refOf({ ...TOKYO, replicationGroupId: "sessions-tokyo" }));
      expect(ref).toEqual({
        name: "sessions-tokyo",
        arn: "arn:aws:elasticache:ap-northeast-1:111122223333:replicationgroup:sessions-tokyo",
        region: "ap-northeast-1",
        account: "111122223333",
      });
    }, TOKYO_SITE);
  });
});

describe("ReplicationLagAlarm", () => {
  const group = SecondaryReplicationGroup.refOf({ ...TOKYO, replicationGroupId: "sessions-tokyo" });
  const alarm = (props: Partial<ReplicationLagAlarmProps> = {}) =>
    synthInSite((site) => {
      const threshold = Duration.seconds(10);
      new ReplicationLagAlarm(site, "Lag", { group, global: globalRef(), threshold, ...props });
    }, TOKYO_SITE).only("aws_cloudwatch_metric_alarm");
  const node = (id: string, CacheClusterId: string) => ({
    id,
    metric: {
      namespace: "AWS/ElastiCache",
      metric_name: "GlobalDatastoreReplicationLag",
      dimensions: { CacheClusterId },
      period: 60,
      stat: "Maximum",
    },
    return_data: false,
  });
  const highest = { id: "lag", expression: "MAX(METRICS())", label: "Lag in seconds", return_data: true };

  test("defaults", () => {
    expect(alarm()).toEqual({
      provider: "aws",
      alarm_name: "sessions-tokyo-replication-lag",
      alarm_description: "sessions-tokyo lags in lfqnh-sessions more than 10 seconds, or does not replicate",
      comparison_operator: "GreaterThanThreshold",
      threshold: 10,
      evaluation_periods: 5,
      datapoints_to_alarm: 5,
      treat_missing_data: "breaching",
      metric_query: [
        highest,
        node("lag_sessions_tokyo_001", "sessions-tokyo-001"),
        node("lag_sessions_tokyo_002", "sessions-tokyo-002"),
      ],
      alarm_actions: [],
      ok_actions: [],
    });
  });

  test("every setting", () => {
    const got = alarm({
      active: true,
      minutes: 1,
      notify: ["arn:topic"],
      replicas: 2,
      global: globalRef({ shards: 3 }),
    });
    expect(got).toMatchObject({
      treat_missing_data: "notBreaching",
      evaluation_periods: 1,
      alarm_actions: ["arn:topic"],
      ok_actions: ["arn:topic"],
    });
    expect(got.metric_query).toEqual([
      highest,
      node("lag_sessions_tokyo_0001_001", "sessions-tokyo-0001-001"),
      node("lag_sessions_tokyo_0001_002", "sessions-tokyo-0001-002"),
      node("lag_sessions_tokyo_0001_003", "sessions-tokyo-0001-003"),
    ]);
  });
});
