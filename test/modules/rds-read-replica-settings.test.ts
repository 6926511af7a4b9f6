/**
 * Proves which settings of an instance are refused, on sources; replicas share the code. Does not prove AWS's limits beyond what
 * its pages say: limits of a class or a region show when it is created.
 */
import { RefusalCode } from "../../modules/core";
import { DatabaseGroups, SourceDatabase, SourceDatabaseProps } from "../../modules/rds-read-replica";
import { KEY, NETWORK, SOURCE } from "../support/rds";
import { expectRefusal, expectRefusalInSite, refusal, synthInSite } from "../support/synth";

/** A setting, the code it is refused with, and the problem. */
type Case = [Partial<SourceDatabaseProps>, RefusalCode, string | RegExp];

function fails([props, code, problem]: Case): void {
  expectRefusalInSite(
    (site) => new SourceDatabase(site, "Ledger", { ...SOURCE, ...props }),
    code,
    problem,
    "stack/Site/Ledger",
  );
}

describe("fails when the identifier", () => {
  test.each<Case>([
    [{ identifier: "1st" }, "InvalidName", /^'identifier' is not a valid DB instance identifier, got '1st'/],
    [{ identifier: "a--b" }, "InvalidName", /no two hyphens in a row/],
    [{ identifier: "a-" }, "InvalidName", /none at the end$/],
    [{ identifier: "Ledger" }, "InvalidName", /allowed: lower-case letters, digits and hyphens/],
    [{ identifier: "a".repeat(64) }, "InvalidName", /1 to 63 characters \(it has 64\)$/],
  ])("is that of %j", (...given) => fails(given));
});

describe("fails when the version", () => {
  test.each<Case>([
    [
      { engine: "oracle-ee" as never },
      "SettingOutOfRange",
      "'engine' must be one of 'mariadb', 'mysql', 'postgres', got 'oracle-ee'",
    ],
    [
      { engineVersion: "12" },
      "UnknownEngineVersion",
      "this module knows no PostgreSQL '12', it knows '14', '15', '16', '17', '18'",
    ],
    [
      { engineVersion: "16.4" },
      "ConflictingSettings",
      "'engineVersion' names the minor version '16.4', and AWS installs others",
    ],
    [
      { engine: "mysql", engineVersion: "8.4.3" },
      "ConflictingSettings",
      "'engineVersion' names the minor version '8.4.3', and AWS installs others",
    ],
  ])("is that of %j", (...given) => fails(given));
});

describe("fails when the class", () => {
  test.each<Case>([
    [{ instanceClass: "db.serverless" as never }, "InvalidName", /^'instanceClass' is not a valid DB instance class/],
    [{ instanceClass: "db.r7g.huge" }, "InvalidName", /got 'db.r7g.huge', allowed: 'db', family and size/],
    [{ instanceClass: "db.t2.micro" }, "InstanceClassUnsuitable", "'db.t2.micro' cannot encrypt its storage"],
    [{ instanceClass: "db.m1.large" }, "InstanceClassUnsuitable", "'db.m1.large' cannot encrypt its storage"],
    [
      {
        engine: "mysql",
        engineVersion: "8.4",
        instanceClass: "db.t4g.micro",
        monitoring: { performanceInsights: true },
      },
      "InstanceClassUnsuitable",
      "'db.t4g.micro' has no Performance Insights for MySQL",
    ],
  ])("is that of %j", (...given) => fails(given));

  test.each(["db.m8g.48xlarge", "db.x2iedn.xlarge", "db.r6gd.metal", "db.t3.medium", "db.x2g.16xlarge"] as const)(
    "but '%s' is taken",
    (instanceClass) => {
      const tf = synthInSite((site) => new SourceDatabase(site, "Ledger", { ...SOURCE, instanceClass }));
      expect(tf.only("aws_db_instance").instance_class).toBe(instanceClass);
    },
  );
});

describe("fails when storage", () => {
  test.each<Case>([
    [{ storageGiB: 65_537 }, "SettingOutOfRange", "'storageGiB' must be a whole number from 20 to 65536, got 65537"],
    [
      { storageType: "io1", storageGiB: 99, storageIops: 1000 },
      "SettingOutOfRange",
      "'storageGiB' must be a whole number from 100 to 65536, got 99",
    ],
    [{ maxStorageGiB: 109 }, "SettingOutOfRange", "'maxStorageGiB' must be a whole number from 110 to 65536, got 109"],
    [{ storageType: "io2" }, "MissingSetting", "'io2' needs 'storageIops'"],
    [{ storageType: "io1" }, "MissingSetting", "'io1' needs 'storageIops'"],
    [{ storageType: "gp2", storageIops: 3000 }, "ConflictingSettings", "'storageIops' cannot be chosen for 'gp2'"],
    [{ storageIops: 12_000 }, "ConflictingSettings", "'storageIops' of gp3 can be chosen from 400 GiB on, got 100 GiB"],
    [
      { storageGiB: 400, storageIops: 3_000 },
      "SettingOutOfRange",
      "'storageIops' must be a whole number from 12000 to 64000, got 3000",
    ],
    [
      { storageType: "io1", storageIops: 5_001 },
      "SettingOutOfRange",
      "'storageIops' of 100 GiB io1 must be 50 to 5000, got 5001",
    ],
    [
      { storageType: "io2", storageGiB: 4_000, storageIops: 1_999 },
      "SettingOutOfRange",
      "'storageIops' of 4000 GiB io2 must be 2000 to 4000000, got 1999",
    ],
    [
      { storageThroughputMiBps: 500 },
      "ConflictingSettings",
      "'storageThroughputMiBps' of gp3 can be chosen from 400 GiB on, got 100 GiB",
    ],
    [
      { storageType: "io2", storageIops: 1000, storageThroughputMiBps: 500 },
      "ConflictingSettings",
      "'storageThroughputMiBps' belongs to 'gp3', got 'io2'",
    ],
    [
      { storageGiB: 400, storageIops: 12_000, storageThroughputMiBps: 3_001 },
      "SettingOutOfRange",
      "'storageThroughputMiBps' must be a whole number from 500 to 3000, got 3001",
    ],
    [
      { storageGiB: 400, storageThroughputMiBps: 499 },
      "SettingOutOfRange",
      "'storageThroughputMiBps' must be a whole number from 500 to 3000, got 499",
    ],
  ])("is that of %j", (...given) => fails(given));

  test("is io2 in China", () => {
    expectRefusal(
      () =>
        synthInSite(
          (site) => {
            const kmsKeyArn = "arn:aws-cn:kms:cn-north-1:111122223333:key/1";
            new SourceDatabase(site, "Ledger", { ...SOURCE, kmsKeyArn, storageType: "io2", storageIops: 1000 });
          },
          { region: "cn-north-1", account: "111122223333" },
        ),
      "SettingOutOfRange",
      "AWS has no 'io2' in the China regions, use 'io1'",
    );
  });
});

describe("fails when a window", () => {
  test.each<Case>([
    [{ backupWindow: "5pm" }, "InvalidWindow", "'backupWindow' must read like '17:00-17:30', got '5pm'"],
    [{ backupWindow: "24:00-24:30" }, "InvalidWindow", /^'backupWindow' must read like/],
    [{ backupWindow: "17:00-17:29" }, "InvalidWindow", "'backupWindow' 17:00-17:29 lasts 29 minutes, 30 at least"],
    [
      { maintenanceWindow: "Sun:18:00-Sun:19:00" },
      "InvalidWindow",
      "'maintenanceWindow' must read like 'sun:18:00-sun:19:00', got 'Sun:18:00-Sun:19:00'",
    ],
    [
      { maintenanceWindow: "sun:18:00-sun:18:10" },
      "InvalidWindow",
      "'maintenanceWindow' sun:18:00-sun:18:10 lasts 10 minutes, 30 at least",
    ],
    [
      { backupWindow: "17:00-18:30", maintenanceWindow: "sun:18:00-sun:19:00" },
      "WindowsOverlap",
      "'backupWindow' 17:00-18:30 meets 'maintenanceWindow' sun:18:00-sun:19:00",
    ],
    [{ backupWindow: "23:30-00:30", maintenanceWindow: "mon:00:00-mon:00:30" }, "WindowsOverlap", /meets/],
    [{ backupWindow: "00:00-00:30", maintenanceWindow: "sun:23:45-mon:00:15" }, "WindowsOverlap", /meets/],
    [{ backupWindow: "10:00-10:30", maintenanceWindow: "mon:09:00-tue:09:30" }, "WindowsOverlap", /meets/],
  ])("is that of %j", (...given) => fails(given));

  test.each([
    ["17:00-18:00", "sun:18:00-sun:19:00"],
    ["23:30-00:00", "mon:00:00-mon:00:30"],
    ["00:15-00:45", "sun:23:45-mon:00:15"],
  ])("but %s and %s only touch", (backupWindow, maintenanceWindow) => {
    const tf = synthInSite((site) => new SourceDatabase(site, "L", { ...SOURCE, backupWindow, maintenanceWindow }));
    expect(tf.only("aws_db_instance")).toMatchObject({
      backup_window: backupWindow,
      maintenance_window: maintenanceWindow,
    });
  });
});

describe("fails when", () => {
  test.each<Case>([
    [
      { backups: { retentionDays: 36 } },
      "SettingOutOfRange",
      "'backups.retentionDays' must be a whole number from 1 to 35, got 36",
    ],
    [
      { monitoring: { intervalSeconds: 20 as never } },
      "SettingOutOfRange",
      "'monitoring.intervalSeconds' must be one of 0, 1, 5, 10, 15, 30, 60, got 20",
    ],
    [
      { monitoring: { performanceInsightsRetentionDays: 94 } },
      "SettingOutOfRange",
      "'monitoring.performanceInsightsRetentionDays' must be 7, 731 or 31 times 1 to 23, got 94",
    ],
    [{ monitoring: { performanceInsightsRetentionDays: 744 } }, "SettingOutOfRange", /got 744$/],
    [
      { monitoring: { performanceInsights: false, performanceInsightsRetentionDays: 7 } },
      "ConflictingSettings",
      "'monitoring.performanceInsightsRetentionDays' is given, and Performance Insights is off",
    ],
    [
      { logs: { exports: ["slowquery"] } },
      "SettingOutOfRange",
      "PostgreSQL publishes no 'slowquery', it has iam-db-auth-error, postgresql, upgrade",
    ],
    [
      { logs: { retentionDays: 100 } },
      "SettingOutOfRange",
      /^'logs.retentionDays' must be one of 1, 3, 5, .*, got 100$/,
    ],
    [
      { logs: { kmsKeyArn: KEY.tokyo } },
      "KeyInOtherRegion",
      "'logs.kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
    ],
    [
      { availabilityZone: "ap-northeast-2a" },
      "ConflictingSettings",
      "'availabilityZone' is given for a Multi-AZ instance, which AWS places itself",
    ],
    [{ groupSettings: undefined }, "MissingSetting", "neither 'groups' nor 'groupSettings' is given"],
  ])("given %j", (...given) => fails(given));

  test("groups are given twice, or are another engine's", () => {
    const give = (props: Partial<SourceDatabaseProps>) =>
      refusal(() =>
        synthInSite((site) => {
          const groups = new DatabaseGroups(site, "Groups", {
            ...NETWORK,
            engine: "mysql",
            engineVersion: "8.4",
            name: "g",
          });
          new SourceDatabase(site, "Ledger", { ...SOURCE, groups, ...props });
        }),
      );
    expect(give({})).toMatchObject({
      code: "ConflictingSettings",
      problem: "'groups' and 'groupSettings' are both given",
    });
    expect(give({ groupSettings: undefined })).toMatchObject({
      code: "EngineMismatch",
      problem: "'groups' are for mysql8.4, the instance is postgres16",
    });
  });
});
