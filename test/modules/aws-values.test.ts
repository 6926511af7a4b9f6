/**
 * Proves which values the checks accept, and what they say of others. Does not prove that AWS still has these limits.
 */
import { TerraformStack, Testing, Token } from "cdktf";
import {
  checkActiveCapacity,
  checkBackupRetention,
  checkCapacity,
  checkDatabasePort,
  checkLogRetention,
  checkPort,
  checkWindows,
  isBelow,
  maintenanceMinutes,
} from "../../modules/aws-values";
import { expectRefusal } from "../support/synth";

const scope = new TerraformStack(Testing.app(), "stack");
const unknown = Token.asNumber({ resolve: () => 1 });

describe("the days of a log", () => {
  test("are those that CloudWatch Logs offers", () => {
    expect([1, 90, 3653].map((days) => checkLogRetention(scope, days))).toEqual([1, 90, 3653]);
    expect(checkLogRetention(scope, unknown)).toBe(unknown);
  });

  test("fail with the name of the property when CloudWatch Logs does not offer them", () => {
    expectRefusal(
      () => checkLogRetention(scope, 91),
      "SettingOutOfRange",
      /^'logRetentionDays' must be one of .*, got 91$/,
    );
    expectRefusal(
      () => checkLogRetention(scope, 0, "days"),
      "SettingOutOfRange",
      /^'days' must be one of 1, 3, .*, got 0$/,
    );
  });
});

describe("the days of automated backups", () => {
  test("are 1 to 35 and known", () => {
    expect([1, 35].map((days) => checkBackupRetention(scope, days))).toEqual([1, 35]);
  });

  test("fail when they switch the backups off, or only an apply knows them", () => {
    const refused = (days: number) => () => checkBackupRetention(scope, days);
    expectRefusal(
      refused(0),
      "BackupsOff",
      "'backups.retentionDays' must be 1 to 35, got 0, which switches automated backups off",
    );
    expectRefusal(
      refused(36),
      "SettingOutOfRange",
      "'backups.retentionDays' must be a whole number from 1 to 35, got 36",
    );
    expectRefusal(
      refused(unknown),
      "TokenForPlainString",
      "'backups.retentionDays' must be known at synth, got a token",
    );
  });
});

describe("a port", () => {
  test("is 1 to 65535, and of a database 1150 or more", () => {
    expect([checkPort(scope, "port", 1), checkPort(scope, "port", 65_535)]).toEqual([1, 65_535]);
    expect(checkDatabasePort(scope, 1150)).toBe(1150);
  });

  test("fails outside that range", () => {
    expectRefusal(
      () => checkPort(scope, "ports.from", 0),
      "SettingOutOfRange",
      "'ports.from' must be a whole number from 1 to 65535, got 0",
    );
    expectRefusal(
      () => checkDatabasePort(scope, 1149),
      "SettingOutOfRange",
      "'port' must be a whole number from 1150 to 65535, got 1149",
    );
  });
});

describe("a window", () => {
  test.each([
    ["sun:18:00-sun:19:00", 60],
    ["sat:23:45-sun:00:15", 30],
    ["sun:23:45-mon:00:15", 30],
    ["Sun:18:00-Sun:19:00", undefined],
  ])("of '%s' lasts %p minutes", (window, minutes) => {
    expect(maintenanceMinutes(window)).toBe(minutes);
  });

  test("of maintenance fails when it meets the one of backups", () => {
    checkWindows(scope, { backupWindow: "17:00-17:30", maintenanceWindow: "sun:18:00-sun:19:00" });
    expectRefusal(
      () => checkWindows(scope, { backupWindow: "18:30-19:30", maintenanceWindow: "sun:18:00-sun:19:00" }),
      "WindowsOverlap",
      "'backupWindow' 18:30-19:30 meets 'maintenanceWindow' sun:18:00-sun:19:00",
    );
  });

  test("fails when it is shorter than the service allows", () => {
    expectRefusal(
      () => checkWindows(scope, { backupWindow: "17:00-17:30" }, 60),
      "InvalidWindow",
      "'backupWindow' 17:00-17:30 lasts 30 minutes, 60 at least",
    );
  });
});

describe("a capacity", () => {
  const capacity = { min: 1, desired: 2, max: 3 };

  test("has its three numbers in order", () => {
    checkCapacity(scope, "capacity", capacity);
    checkCapacity(scope, "capacity", { ...capacity, desired: unknown });
    expectRefusal(
      () => checkCapacity(scope, "capacity", { ...capacity, desired: 4 }),
      "SettingOutOfRange",
      "'capacity' must have min <= desired <= max, got min 1, desired 4, max 3",
    );
  });

  test("has one ceiling in both roles", () => {
    expect(isBelow({ ...capacity, min: 0 }, capacity)).toBe(true);
    expect(isBelow(capacity, capacity)).toBe(false);
    expectRefusal(
      () => checkActiveCapacity(scope, capacity, { ...capacity, max: 5 }),
      "CeilingDiffers",
      "'capacity.max' is 3 and 'activeCapacity.max' is 5",
    );
  });
});
