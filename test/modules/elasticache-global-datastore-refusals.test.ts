/**
 * Proves what a global datastore and its clusters refuse. Does not prove that AWS accepts the rest.
 */
import { Duration, RefusalCode } from "../../modules/core";
import {
  GlobalReplicationGroup,
  GlobalReplicationGroupProps,
  ReplicationLagAlarm,
  ReplicationLagAlarmProps,
  SecondaryReplicationGroup,
  SecondaryReplicationGroupProps,
} from "../../modules/elasticache-global-datastore";
import { FACTS, globalRef, HOME, SECONDARY } from "../support/elasticache";
import { KEY } from "../support/rds";
import { expectRefusal, expectRefusalInSite, OSAKA, SEOUL, TOKYO, TOKYO_ABROAD } from "../support/synth";

describe("GlobalReplicationGroup", () => {
  const repeated = ["ap-northeast-1", "ap-northeast-1"];

  test.each<[RefusalCode, string, Partial<GlobalReplicationGroupProps>]>([
    ["InstanceClassUnsuitable", nodeType("cache.t4g.medium"), { nodeType: "cache.t4g.medium" }],
    ["InstanceClassUnsuitable", nodeType("cache.m5.medium"), { nodeType: "cache.m5.medium" }],
    ["InstanceClassUnsuitable", nodeType("cache.r4.large"), { nodeType: "cache.r4.large" }],
    [
      "UnknownEngineVersion",
      "'engineVersion' must be one of Valkey's 7.2, 8.x, 9.x, got '7.1'",
      { engineVersion: "7.1" },
    ],
    [
      "UnknownEngineVersion",
      "'engineVersion' must be one of Redis OSS's 6.2, 7.0, 7.1, got '5.0.6'",
      { engine: "redis", engineVersion: "5.0.6" },
    ],
    [
      "TooManyReplicas",
      "'secondaryRegions' must name 2 regions at most, got 3",
      { secondaryRegions: [TOKYO.region, OSAKA.region, "us-east-1"] },
    ],
    ["RepeatedItem", "'secondaryRegions' names 'ap-northeast-1' twice", { secondaryRegions: repeated }],
    [
      "ReplicaInSourceRegion",
      "'secondaryRegions' must name other regions, got the source's own 'ap-northeast-2'",
      { secondaryRegions: [SEOUL.region] },
    ],
    [
      "ForeignPartition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
      { secondaryRegions: ["cn-north-1"] },
    ],
    ["SettingOutOfRange", "'shards' must be a whole number from 1 to 500, got 501", { shards: 501 }],
    [
      "InvalidName",
      "'idPrefix' is not a valid prefix of global datastores, got 'abc', allowed: 5 to 5 characters (it has 3)",
      { idPrefix: "abc" },
    ],
    ["InvalidName", /^'name' is not a valid name of a global datastore, got 'Sessions'/.source, { name: "Sessions" }],
    [
      "InvalidName",
      /^'replicationGroupId' is not a valid replication group id, got 'a--b'/.source,
      { replicationGroupId: "a--b" },
    ],
    [
      "ConflictingSettings",
      "'cluster-enabled' is what this module sets itself",
      { parameters: { "cluster-enabled": "yes" } },
    ],
    ["KeyInOtherRegion", "'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'", { kmsKeyArn: KEY.tokyo }],
    [
      "KeyInOtherRegion",
      "'logs.kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
      { logs: { kmsKeyArn: KEY.tokyo } },
    ],
    [
      "SettingOutOfRange",
      "'subnetIds' must name subnets of two Availability Zones or more, got 1",
      { subnetIds: ["subnet-a"] },
    ],
    [
      "OpenToTheWorld",
      "'clientCidrBlocks' opens the cache to every address, got '::/0'",
      { clientCidrBlocks: { all: "::/0" } },
    ],
    [
      "MissingSetting",
      "'users' is not given: every client that reaches the cluster could read and write",
      { users: undefined },
    ],
    ["MissingSetting", "'users' is empty", { users: {} }],
    ["ConflictingSettings", "'users' and 'anonymousAccess' are both given", { anonymousAccess: true }],
    [
      "NotInEngineVersion",
      "users authenticate by IAM from Redis OSS 7.0 and Valkey 7.2 on",
      { engine: "redis", engineVersion: "6.2" },
    ],
    [
      "InvalidName",
      /^'users.default' is not a valid user id, got 'default'/.source,
      { users: { default: "on ~* +@all" } },
    ],
    ["InvalidWindow", "'backupWindow' 17:00-17:30 lasts 30 minutes, 60 at least", { backupWindow: "17:00-17:30" }],
    [
      "WindowsOverlap",
      "'backupWindow' 17:00-18:00 meets 'maintenanceWindow' sun:17:30-sun:18:30",
      { backupWindow: "17:00-18:00", maintenanceWindow: "sun:17:30-sun:18:30" },
    ],
    [
      "BackupsOff",
      "'backups.retentionDays' must be 1 to 35, got 0, which switches automated backups off",
      { backups: { retentionDays: 0 } },
    ],
    ["SettingOutOfRange", "'port' must be a whole number from 1150 to 65535, got 80", { port: 80 }],
    ["SettingOutOfRange", "'replicas' must be a whole number from 1 to 5, got 0", { replicas: 0 }],
    ["SettingOutOfRange", /^'logs.retentionDays' must be one of .*, got 2$/.source, { logs: { retentionDays: 2 } }],
  ])("fails with %s: %s", (code, problem, props) => {
    expectRefusalInSite(
      (site) => new GlobalReplicationGroup(site, "Sessions", { ...HOME, ...props }),
      code,
      problem.startsWith("^") ? new RegExp(problem) : problem,
      "stack/Site/Sessions",
    );
  });

  test("fails when a name is taken", () => {
    const twice = (second: Partial<GlobalReplicationGroupProps>, problem: string) => {
      expectRefusalInSite(
        (site) => {
          new GlobalReplicationGroup(site, "One", HOME);
          new GlobalReplicationGroup(site, "Two", { ...HOME, ...second });
        },
        "NameTaken",
        problem,
        "stack/Site/Two",
      );
    };
    const taken = (what: string) => `the ${what} is already taken by stack/Site/One`;
    twice({}, taken("place of a cluster in the global datastore 'lfqnh-sessions'"));
    twice({ name: "carts" }, taken("replication group id 'sessions-seoul'"));
    twice({ name: "carts", replicationGroupId: "carts-seoul" }, taken("user id 'api'"));
  });

  test("fails when AWS lists no prefix for the home", () => {
    expectRefusal(
      () => GlobalReplicationGroup.refOf({ ...SEOUL, ...FACTS, region: "af-south-1" }),
      "MissingSetting",
      "AWS lists no prefix for global datastores of 'af-south-1', and 'idPrefix' is not given",
      "GlobalReplicationGroup.refOf",
    );
  });
});

function nodeType(got: string): string {
  return `'nodeType' must be of M5, M6g, M7g, R5, R6g, R6gd, R7g or C7gn, 'large' or larger, got '${got}'`;
}

describe("SecondaryReplicationGroup", () => {
  test.each<[RefusalCode, string, Partial<SecondaryReplicationGroupProps>]>([
    [
      "WrongSite",
      "'ap-northeast-2' is not one of the secondary regions of 'quwsw-sessions', got ap-northeast-3",
      { global: GlobalReplicationGroup.refOf({ ...TOKYO, ...FACTS, secondaryRegions: [OSAKA.region] }) },
    ],
    [
      "WrongSite",
      "'ap-northeast-2' is not one of the secondary regions of 'quwsw-sessions', got none",
      { global: GlobalReplicationGroup.refOf({ ...TOKYO, ...FACTS, secondaryRegions: [] }) },
    ],
    [
      "ReplicaInOtherAccount",
      "'quwsw-sessions' is in account '444455556666', its copy in '111122223333'",
      { global: GlobalReplicationGroup.refOf({ ...TOKYO_ABROAD, ...FACTS, secondaryRegions: [SEOUL.region] }) },
    ],
  ])("fails with %s: %s", (code, problem, props) => {
    expectRefusalInSite(
      (site) => new SecondaryReplicationGroup(site, "Sessions", { ...SECONDARY, kmsKeyArn: KEY.seoul, ...props }),
      code,
      problem,
      "stack/Site/Sessions",
    );
  });
});

describe("ReplicationLagAlarm", () => {
  const group = SecondaryReplicationGroup.refOf({ ...SEOUL, replicationGroupId: "sessions" });

  test.each<[RefusalCode, string, Partial<ReplicationLagAlarmProps>]>([
    [
      "WrongSite",
      "the lag metric of 'sessions' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
      { group: SecondaryReplicationGroup.refOf({ ...TOKYO, replicationGroupId: "sessions" }) },
    ],
    ["SettingOutOfRange", "'minutes' must be a whole number from 1 to 60, got 61", { minutes: 61 }],
    ["SettingOutOfRange", "'replicas' must be a whole number from 1 to 5, got 6", { replicas: 6 }],
  ])("fails with %s: %s", (code, problem, props) => {
    const threshold = Duration.seconds(10);
    expectRefusalInSite(
      (site) => new ReplicationLagAlarm(site, "Lag", { group, global: globalRef(), threshold, ...props }),
      code,
      problem,
      "stack/Site/Lag",
    );
  });
});
