/**
 * Proves what is synthesised for a replication between two file systems and for its alarm. Does not prove that EFS copies a file, nor in
 * which region it publishes the metric.
 */
import { EfsReplicationConfiguration } from "@cdktf/provider-aws/lib/efs-replication-configuration";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration, RefusalCode } from "../../modules/core";
import {
  FileSystem,
  FileSystemReplication,
  FileSystemReplicationProps,
  SyncAlarm,
  SyncAlarmProps,
} from "../../modules/efs-replication";
import { Site } from "../../modules/site";
import { DESTINATION, MEDIA, REPLICA, SOURCE } from "../support/efs";
import {
  expectRefusal,
  expectRefusalInSite,
  SEOUL,
  synth,
  synthApp,
  synthInSite,
  TOKYO,
  TOKYO_ABROAD,
} from "../support/synth";

const lookedUp = (id: string) =>
  expect.stringMatching(new RegExp(String.raw`^\$\{data\.aws_efs_file_system\.${id}_\w+\.file_system_id\}$`)) as string;
const OWN_ID = expect.stringMatching(/^\$\{aws_efs_file_system\.\w+\.id\}$/) as string;

/** A replication in a stack that holds both sites. */
function replicate(scope: TerraformStack, change: Partial<FileSystemReplicationProps> = {}): FileSystemReplication {
  const [seoul, tokyo] = [new Site(scope, "Seoul", SEOUL), new Site(scope, "Tokyo", TOKYO)];
  return new FileSystemReplication(seoul, "Media", {
    source: FileSystem.lookup(seoul, "Source", SOURCE),
    destination: FileSystem.lookup(tokyo, "Destination", DESTINATION),
    ...change,
  });
}

describe("FileSystemReplication", () => {
  test("looks both ends up, each in its region", () => {
    const tf = synth((scope) => replicate(TerraformStack.of(scope)));

    expect(tf.types()).toEqual([
      "aws_efs_replication_configuration", // the replication
      "data.aws_efs_file_system", // AWS makes up the ids
      "data.aws_efs_file_system",
    ]);
    expect(tf.at("Seoul/Source")).toEqual({ provider: "aws.seoul", creation_token: "media-seoul" });
    expect(tf.at("Tokyo/Destination")).toEqual({ provider: "aws.tokyo", creation_token: "media-tokyo" });
    expect(tf.only("aws_efs_replication_configuration")).toEqual({
      provider: "aws.seoul",
      source_file_system_id: lookedUp("Seoul_Source"),
      destination: {
        file_system_id: lookedUp("Tokyo_Destination"),
        region: "ap-northeast-1",
      },
      timeouts: { create: "1h", delete: "1h" },
      lifecycle: { prevent_destroy: true },
    });
  });

  test("destroyable", () => {
    const tf = synth((scope) => replicate(TerraformStack.of(scope), { destroyable: true }));
    expect(tf.text).toHaveResourceWithProperties(EfsReplicationConfiguration, {
      lifecycle: { prevent_destroy: false },
    });
  });

  test("takes file systems of its own stack", () => {
    const tf = synth((scope) => {
      const [seoul, tokyo] = [new Site(scope, "Seoul", SEOUL), new Site(scope, "Tokyo", TOKYO)];
      const source = new FileSystem(seoul, "Media", MEDIA);
      new FileSystemReplication(seoul, "Replication", { source, destination: new FileSystem(tokyo, "Media", REPLICA) });
    });
    expect(tf.only("aws_efs_replication_configuration")).toMatchObject({
      source_file_system_id: OWN_ID,
      destination: { file_system_id: OWN_ID, region: "ap-northeast-1" },
    });
  });

  test("the file systems' own stacks name no other region", () => {
    const { stacks } = synthApp((app) => {
      new FileSystem(
        new Site(new TerraformStack(app, "seoul"), "Default", { ...SEOUL, name: "seoul" }),
        "Media",
        MEDIA,
      );
      new FileSystem(
        new Site(new TerraformStack(app, "tokyo"), "Default", { ...TOKYO, name: "tokyo" }),
        "Media",
        REPLICA,
      );
    });
    expect(stacks.get("seoul")!.text).not.toContain("ap-northeast-1");
    expect(stacks.get("tokyo")!.text).not.toContain("ap-northeast-2");
  });

  const inStack = (change: (seoul: Site) => Partial<FileSystemReplicationProps>) => () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const known = { ref: SOURCE, fileSystemId: "fs-1" };
    const seoul = new Site(stack, "Seoul", SEOUL);
    const destination = { ref: DESTINATION, fileSystemId: "fs-2" };
    return new FileSystemReplication(seoul, "Media", { source: known, destination, ...change(seoul) });
  };

  test.each<[RefusalCode, string, Partial<FileSystemReplicationProps>]>([
    [
      "WrongSite",
      "the source 'media-tokyo' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
      { source: { ref: DESTINATION, fileSystemId: "fs-2" } },
    ],
    [
      "ReplicaInSourceRegion",
      "'media-seoul' and its copy are both in 'ap-northeast-2'",
      { destination: { ref: FileSystem.refOf({ ...SEOUL, name: "other" }), fileSystemId: "fs-3" } },
    ],
    [
      "ReplicaInOtherAccount",
      "'media-seoul' is in account '111122223333', its copy in '444455556666'",
      { destination: { ref: FileSystem.refOf({ ...TOKYO_ABROAD, name: "media" }), fileSystemId: "fs-3" } },
    ],
  ])("fails with %s", (code, problem, change) => {
    expectRefusal(
      inStack(() => change),
      code,
      problem,
      "stack/Seoul/Media",
    );
  });

  test("fails when a file system is an end of two", () => {
    expectRefusal(
      inStack((seoul) => {
        const destination = { ref: FileSystem.refOf({ ...TOKYO, name: "other" }), fileSystemId: "fs-3" };
        new FileSystemReplication(seoul, "Other", { source: { ref: SOURCE, fileSystemId: "fs-1" }, destination });
        return {};
      }),
      "NameTaken",
      "the end of a replication 'media-seoul' is already taken by stack/Seoul/Other",
      "stack/Seoul/Media",
    );
  });

  test("fails when a file system is looked up in another region", () => {
    expectRefusalInSite(
      (site) => FileSystem.lookup(site, "Destination", DESTINATION),
      "WrongSite",
      "the file system 'media-tokyo' is in 'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'",
      "stack/Site",
    );
  });
});

describe("SyncAlarm", () => {
  const HALF_AN_HOUR = Duration.minutes(30);
  const KNOWN = { ref: SOURCE, fileSystemId: "fs-1" };
  const alarm = (props: Partial<SyncAlarmProps>) =>
    synthInSite((site) => new SyncAlarm(site, "Lag", { threshold: HALF_AN_HOUR, ...props })).only(
      "aws_cloudwatch_metric_alarm",
    );
  const query = (dimension: string) =>
    `SELECT MAX(TimeSinceLastSync) FROM SCHEMA("AWS/EFS", DestinationFileSystemId, FileSystemId) WHERE ${dimension} = 'fs-1'`;

  test("defaults", () => {
    expect(alarm({ replica: KNOWN })).toEqual({
      provider: "aws",
      alarm_name: "media-seoul-time-since-last-sync",
      alarm_description: "Replication of media-seoul is more than 30 minutes behind, or does not run",
      comparison_operator: "GreaterThanThreshold",
      threshold: 1800,
      evaluation_periods: 2,
      datapoints_to_alarm: 2,
      treat_missing_data: "breaching",
      metric_query: [
        {
          id: "sync",
          expression: query("DestinationFileSystemId"),
          label: "Time since last sync in seconds",
          period: 300,
          return_data: true,
        },
      ],
      alarm_actions: [],
      ok_actions: [],
    });
  });

  test("every setting", () => {
    const got = alarm({ source: KNOWN, notify: ["arn:topic"], paused: true, periods: 12 });
    expect(got).toMatchObject({
      alarm_actions: ["arn:topic"],
      ok_actions: ["arn:topic"],
      treat_missing_data: "notBreaching",
      evaluation_periods: 12,
      datapoints_to_alarm: 12,
      metric_query: [{ expression: query("FileSystemId") }],
    });
  });

  test.each<[RefusalCode, string, Partial<SyncAlarmProps>]>([
    ["ConflictingSettings", "'replica' and 'source' are both given", { replica: KNOWN, source: KNOWN }],
    ["MissingSetting", "neither 'replica' nor 'source' is given", {}],
    [
      "WrongSite",
      "the file system 'media-tokyo' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
      { replica: { ref: DESTINATION, fileSystemId: "fs-2" } },
    ],
    ["SettingOutOfRange", "'periods' must be a whole number from 1 to 12, got 0", { replica: KNOWN, periods: 0 }],
  ])("fails with %s", (code, problem, props) => {
    expectRefusalInSite(
      (site) => new SyncAlarm(site, "Lag", { threshold: HALF_AN_HOUR, ...props }),
      code,
      problem,
      "stack/Site/Lag",
    );
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new SyncAlarm(site, "One", { threshold: HALF_AN_HOUR, replica: KNOWN });
      new SyncAlarm(site, "Two", {
        threshold: HALF_AN_HOUR,
        replica: { ref: FileSystem.refOf({ ...SEOUL, name: "other" }), fileSystemId: "fs-9" },
      });
    });
    expect(tf.all("aws_cloudwatch_metric_alarm")).toHaveLength(2);
  });
});
