/**
 * Proves what is synthesised for file systems, and what a replica says of its recovery. Does not prove that EFS accepts a policy; that a
 * failover leaves plans empty the emulator's tests show.
 */
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import "cdktf/lib/testing/adapters/jest";
import { Duration, protectionsBelow, RefusalCode } from "../../modules/core";
import { FileSystem, FileSystemProps } from "../../modules/efs-replication";
import { MEDIA, REPLICA, SOURCE } from "../support/efs";
import { KEY } from "../support/rds";
import { Block, expectRefusalInSite, SEOUL, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const media = (props: Partial<FileSystemProps> = {}) =>
  synthInSite((site) => new FileSystem(site, "Media", { ...MEDIA, ...props }));

const attribute = (type: string, name: string) =>
  expect.stringMatching(new RegExp(String.raw`^\$\{${type}\.\w+\.${name}\}$`)) as string;
const FILE_SYSTEM_ID = attribute("aws_efs_file_system", "id");
const FILE_SYSTEM_ARN = attribute("aws_efs_file_system", "arn");

const DENY_UNENCRYPTED = {
  Sid: "DenyUnencryptedConnections",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: "*",
  Resource: FILE_SYSTEM_ARN,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const DENY_ROOT = {
  Sid: "DenyRootAccess",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: "elasticfilesystem:ClientRootAccess",
  Resource: FILE_SYSTEM_ARN,
};
const ALLOW_CLIENTS = {
  Sid: "AllowClientsOfMountTargets",
  Effect: "Allow",
  Principal: { AWS: "*" },
  Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
  Resource: FILE_SYSTEM_ARN,
  Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
};

describe("FileSystem", () => {
  test("defaults", () => {
    const tf = media();

    expect(tf.types()).toEqual([
      "aws_efs_backup_policy", // EFS's own backups: a replica copies mistakes too
      "aws_efs_file_system", // the file system
      "aws_efs_file_system_policy", // TLS only, no root access
      "aws_efs_mount_target", // one for each Availability Zone
      "aws_efs_mount_target",
      "aws_security_group", // only named clients connect
    ]);
    expect(tf.only("aws_efs_file_system")).toEqual({
      provider: "aws",
      creation_token: "media-seoul",
      encrypted: true,
      kms_key_id: KEY.seoul,
      performance_mode: "generalPurpose",
      protection: { replication_overwrite: "ENABLED" },
      throughput_mode: "elastic",
      tags: { Name: "media-seoul" },
      lifecycle: { prevent_destroy: true, ignore_changes: ["protection"] },
    });
    expect(tf.only("aws_efs_backup_policy")).toEqual({
      provider: "aws",
      file_system_id: FILE_SYSTEM_ID,
      backup_policy: { status: "ENABLED" },
    });
    expect(tf.at("Site/Media/MountTarget-a")).toEqual({
      provider: "aws",
      file_system_id: FILE_SYSTEM_ID,
      security_groups: [attribute("aws_security_group", "id")],
      subnet_id: "subnet-a",
    });
    expect(tf.only("aws_security_group")).toEqual({
      provider: "aws",
      name: "efs-media-seoul",
      description: "Clients of efs-media-seoul",
      vpc_id: "vpc-1",
    });
    const { policy, ...rest } = tf.only("aws_efs_file_system_policy");
    expect(rest).toEqual({
      provider: "aws",
      file_system_id: FILE_SYSTEM_ID,
      bypass_policy_lockout_safety_check: false,
    });
    expect(JSON.parse(policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [DENY_UNENCRYPTED, DENY_ROOT, ALLOW_CLIENTS],
    });
    expect(tf.text).toHaveResourceWithProperties(EfsFileSystem, { encrypted: true });
  });

  test.each<[string, Partial<FileSystemProps>, Block]>([
    ["destroyable", { destroyable: true }, { lifecycle: { prevent_destroy: false, ignore_changes: ["protection"] } }],
    [
      "performanceMode",
      { throughput: { performanceMode: "maxIO", mode: "bursting" } },
      { performance_mode: "maxIO", throughput_mode: "bursting" },
    ],
    [
      "throughputMode",
      { throughput: { mode: "provisioned", provisionedMibps: 128 } },
      { throughput_mode: "provisioned", provisioned_throughput_in_mibps: 128 },
    ],
    [
      "lifecycle",
      { lifecycle: { infrequentAccessAfterDays: 1, archiveAfterDays: 90, standardAfterAccess: true } },
      {
        lifecycle_policy: [
          { transition_to_ia: "AFTER_1_DAY" },
          { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
          { transition_to_archive: "AFTER_90_DAYS" },
        ],
      },
    ],
    [
      "lifecycle, Archive alone",
      { lifecycle: { archiveAfterDays: 7 } },
      { lifecycle_policy: [{ transition_to_archive: "AFTER_7_DAYS" }] },
    ],
  ])("%s", (_, props, expected) => {
    expect(media(props).only("aws_efs_file_system")).toMatchObject(expected);
  });

  test("automaticBackups", () => {
    expect(media({ automaticBackups: false }).only("aws_efs_backup_policy").backup_policy).toEqual({
      status: "DISABLED",
    });
  });

  test("clients by name", () => {
    const tf = media({ clientCidrBlocks: { office: "10.0.0.0/8" }, clientSecurityGroups: { web: "sg-1" } });

    const nfs = { provider: "aws", ip_protocol: "tcp", from_port: 2049, to_port: 2049 };
    const security_group_id = attribute("aws_security_group", "id");
    expect(tf.at("Site/Media/Client-office")).toEqual({
      ...nfs,
      security_group_id,
      description: "office",
      cidr_ipv4: "10.0.0.0/8",
    });
    expect(tf.at("Site/Media/Client-web")).toEqual({
      ...nfs,
      security_group_id,
      description: "web",
      referenced_security_group_id: "sg-1",
    });
  });

  test("accessPoints", () => {
    const tf = synthInSite((site) => {
      const accessPoints = {
        web: { path: "/web", uid: 1000, gid: 1001 },
        jobs: { path: "/jobs/in", uid: 0, gid: 0, permissions: "0770", secondaryGids: [7] },
      };
      const { accessPointArns, accessPointIds } = new FileSystem(site, "Media", { ...MEDIA, accessPoints });
      expect(Object.keys(accessPointArns)).toEqual(["web", "jobs"]);
      expect(Object.keys(accessPointIds)).toEqual(["web", "jobs"]);
    });

    expect(tf.at("Site/Media/AccessPoint-web")).toEqual({
      provider: "aws",
      file_system_id: FILE_SYSTEM_ID,
      posix_user: { uid: 1000, gid: 1001 },
      root_directory: { path: "/web", creation_info: { owner_uid: 1000, owner_gid: 1001, permissions: "0750" } },
      tags: { Name: "web" },
    });
    expect(tf.at("Site/Media/AccessPoint-jobs")).toMatchObject({
      posix_user: { uid: 0, gid: 0, secondary_gids: [7] },
      root_directory: { path: "/jobs/in", creation_info: { owner_uid: 0, owner_gid: 0, permissions: "0770" } },
    });
  });

  test.each<[string, Partial<FileSystemProps>, object[]]>([
    ["unencryptedConnections", { access: { unencryptedConnections: true } }, [DENY_ROOT, ALLOW_CLIENTS]],
    ["iamOnly", { access: { iamOnly: true } }, [DENY_UNENCRYPTED, DENY_ROOT]],
    [
      "rootAccess",
      { access: { root: true } },
      [DENY_UNENCRYPTED, { ...ALLOW_CLIENTS, Action: [...ALLOW_CLIENTS.Action, "elasticfilesystem:ClientRootAccess"] }],
    ],
    [
      "statements",
      {
        access: {
          statements: [{ sid: "Own", principal: "*", actions: ["elasticfilesystem:ClientMount"], resources: ["*"] }],
        },
      },
      [
        DENY_UNENCRYPTED,
        DENY_ROOT,
        ALLOW_CLIENTS,
        { Sid: "Own", Effect: "Allow", Principal: "*", Action: "elasticfilesystem:ClientMount", Resource: "*" },
      ],
    ],
  ])("the policy with %s", (_, props, Statement) => {
    const { policy } = media(props).only("aws_efs_file_system_policy");
    expect(JSON.parse(policy as string)).toEqual({ Version: "2012-10-17", Statement });
  });

  test("adoptExisting imports it", () => {
    const { import: blocks } = media({ adoptExisting: "fs-0123456789abcdef0" }).json as { import: Block[] };
    expect(blocks).toEqual([
      { provider: "aws", id: "fs-0123456789abcdef0", to: expect.stringMatching(/^aws_efs_file_system\./) as string },
    ]);
  });

  test("replicaOf lets it be overwritten, and says how it becomes the one in use", () => {
    const tf = synthInSite(
      (site) => {
        const replica = new FileSystem(site, "Media", REPLICA);
        const { fileSystemId } = replica;
        expect(protectionsBelow(site)).toEqual([
          {
            path: replica.node.path,
            model: {
              protection: {
                mechanism: "Amazon EFS replication",
                copiesFrom: "ap-northeast-2",
                copiesIn: ["tokyo"],
                loss: {
                  value: Duration.minutes(15),
                  basis: "typical",
                  source: "https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html",
                  note: "of most file systems; more with files over 100 GB or more than 100 million that change often, and the files are of no one point in time",
                },
              },
              recovery: [
                {
                  title: "find the file system that media-tokyo is a replica of",
                  call: "efs:DescribeReplicationConfigurations",
                  parameters: { FileSystemId: fileSystemId },
                  duration: {
                    basis: "unknown",
                    source: "https://docs.aws.amazon.com/efs/latest/ug/API_DescribeReplicationConfigurations.html",
                    note: "one call; its SourceFileSystemId is of the next step",
                  },
                  undo: "nothing to undo",
                },
                {
                  title: "end the replication into media-tokyo",
                  call: "efs:DeleteReplicationConfiguration",
                  parameters: { DeletionMode: "LOCAL_CONFIGURATION_ONLY" },
                  duration: {
                    basis: "unknown",
                    source: "https://docs.aws.amazon.com/efs/latest/ug/delete-replications.html",
                    note: "AWS says 'several minutes'; then the replica can be written",
                  },
                  undo: "replicate again, in either direction: what only the destination holds is lost",
                },
              ],
              evidence: [
                {
                  title: "time since the last sync into media-tokyo",
                  namespace: "AWS/EFS",
                  metric: "TimeSinceLastSync",
                  dimensions: { DestinationFileSystemId: fileSystemId },
                  statistic: "Maximum",
                  unit: "Seconds",
                  region: "ap-northeast-1",
                },
              ],
            },
          },
        ]);
      },
      { ...TOKYO, name: "tokyo" },
    );

    expect(tf.only("aws_efs_file_system").protection).toEqual({ replication_overwrite: "DISABLED" });
  });

  test("without replicaOf it says nothing of a protection", () => {
    synthInSite((site) => {
      new FileSystem(site, "Media", MEDIA);
      expect(protectionsBelow(site)).toEqual([]);
    });
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      expect(new FileSystem(site, "Media", MEDIA).ref).toEqual(SOURCE);
    });
    expect(SOURCE).toEqual({ name: "media-seoul", region: "ap-northeast-2", account: "111122223333" });
    expect(tf.only("aws_efs_file_system").creation_token).toBe(SOURCE.name);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new FileSystem(site, "One", MEDIA);
      new FileSystem(site, "Two", { ...MEDIA, name: "other" });
    });
    expect(tf.all("aws_efs_file_system")).toHaveLength(2);
  });

  const webWith = (change: object) => ({ accessPoints: { web: { path: "/web", uid: 1, gid: 1, ...change } } });
  test.each<[RefusalCode, string, Partial<FileSystemProps>]>([
    [
      "InvalidName",
      "'name' is not a valid creation token of a file system, got 'a b', allowed: letters, digits, '.', '_' and '-', beginning with a letter or digit",
      { name: "a b" },
    ],
    ["KeyInOtherRegion", "'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'", { kmsKeyArn: KEY.tokyo }],
    ["MissingSetting", "'mountTargets' is empty", { mountTargets: {} }],
    [
      "OpenToTheWorld",
      "'clientCidrBlocks' opens the file system to every address, got '0.0.0.0/0'",
      { clientCidrBlocks: { all: "0.0.0.0/0" } },
    ],
    [
      "ConflictingSettings",
      "'access.iamOnly' and 'access.unencryptedConnections' are both given",
      { access: { iamOnly: true, unencryptedConnections: true } },
    ],
    [
      "ConflictingSettings",
      "'throughput.performanceMode' is 'maxIO', and 'throughput.mode' is 'elastic'",
      { throughput: { performanceMode: "maxIO" } },
    ],
    [
      "MissingSetting",
      "'throughput.mode' is 'provisioned' without 'throughput.provisionedMibps'",
      { throughput: { mode: "provisioned" } },
    ],
    [
      "ConflictingSettings",
      "'throughput.provisionedMibps' is given, and 'throughput.mode' is 'elastic'",
      { throughput: { provisionedMibps: 10 } },
    ],
    [
      "SettingOutOfRange",
      "'throughput.provisionedMibps' must be 1 or more, got 0.5",
      { throughput: { mode: "provisioned", provisionedMibps: 0.5 } },
    ],
    [
      "ConflictingSettings",
      "'archiveAfterDays' is given, and 'throughput.mode' is 'bursting'",
      { throughput: { mode: "bursting" }, lifecycle: { archiveAfterDays: 90 } },
    ],
    [
      "SettingOutOfRange",
      "'archiveAfterDays' must be more than 'infrequentAccessAfterDays', got 30 and 30",
      { lifecycle: { infrequentAccessAfterDays: 30, archiveAfterDays: 30 } },
    ],
    [
      "SettingOutOfRange",
      "'accessPoints.web.path' must be a directory at most four levels deep, like '/media', got 'web'",
      webWith({ path: "web" }),
    ],
    [
      "SettingOutOfRange",
      "'accessPoints.web.path' must be a directory at most four levels deep, like '/media', got '/a/b/c/d/e'",
      webWith({ path: "/a/b/c/d/e" }),
    ],
    [
      "SettingOutOfRange",
      "'accessPoints.web.uid' must be a whole number from 0 to 4294967295, got -1",
      webWith({ uid: -1 }),
    ],
    [
      "SettingOutOfRange",
      "'accessPoints.web.gid' must be a whole number from 0 to 4294967295, got 4294967296",
      webWith({ gid: 4_294_967_296 }),
    ],
    [
      "SettingOutOfRange",
      "'accessPoints.web.secondaryGids' must be a whole number from 0 to 4294967295, got 0.5",
      webWith({ secondaryGids: [0.5] }),
    ],
    [
      "SettingOutOfRange",
      "'accessPoints.web.secondaryGids' must name 16 groups at most, got 17",
      webWith({ secondaryGids: Array.from({ length: 17 }, (_, gid) => gid) }),
    ],
    [
      "SettingOutOfRange",
      "'accessPoints.web.permissions' must be 3 or 4 octal digits, got '9'",
      webWith({ permissions: "9" }),
    ],
    [
      "ReplicaInSourceRegion",
      "'other' and its copy are both in 'ap-northeast-2'",
      { replicaOf: { ...SOURCE, name: "other" } },
    ],
    [
      "ReplicaInOtherAccount",
      "'media-tokyo' is in account '444455556666', its copy in '111122223333'",
      { replicaOf: FileSystem.refOf({ ...TOKYO_ABROAD, name: "media-tokyo" }) },
    ],
    [
      "ForeignPartition",
      "'cn-north-1' lies in partition aws-cn, 'ap-northeast-2' in aws",
      { replicaOf: FileSystem.refOf({ ...SEOUL, region: "cn-north-1", name: "media" }) },
    ],
  ])("fails with %s: %s", (code, problem, props) => {
    expectRefusalInSite(
      (site) => new FileSystem(site, "Media", { ...MEDIA, ...props }),
      code,
      problem,
      "stack/Site/Media",
    );
  });

  test("fails when the creation token is taken", () => {
    expectRefusalInSite(
      (site) => {
        new FileSystem(site, "One", MEDIA);
        new FileSystem(site, "Two", MEDIA);
      },
      "NameTaken",
      "the creation token of a file system 'media-seoul' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});
