/**
 * Proves what schedules are written as, and which are refused. Does not prove that AWS Backup starts its jobs then.
 */
import { CronOptions, Schedule } from "../../modules/aws-backup";
import { Duration } from "../../modules/core";
import { expectRefusal } from "../support/synth";

describe("Schedule", () => {
  test.each<[string, Schedule, string, number]>([
    ["every hour", Schedule.every(Duration.hours(1)), "cron(0 * ? * * *)", 1],
    ["every hour at ten past", Schedule.every(Duration.hours(1), { minute: 10 }), "cron(10 * ? * * *)", 1],
    ["every 2 hours", Schedule.every(Duration.hours(2)), "cron(0 0/2 ? * * *)", 2],
    ["every 3 hours", Schedule.every(Duration.minutes(180)), "cron(0 0/3 ? * * *)", 3],
    ["every 4 hours", Schedule.every(Duration.hours(4)), "cron(0 0/4 ? * * *)", 4],
    [
      "every 6 hours from half past two",
      Schedule.every(Duration.hours(6), { hour: 2, minute: 30 }),
      "cron(30 2/6 ? * * *)",
      6,
    ],
    ["every 8 hours", Schedule.every(Duration.hours(8)), "cron(0 0/8 ? * * *)", 8],
    ["every 12 hours", Schedule.every(Duration.hours(12)), "cron(0 0/12 ? * * *)", 12],
    ["every day", Schedule.every(Duration.days(1)), "cron(0 0 ? * * *)", 24],
    ["daily", Schedule.daily({ hour: 23, minute: 59 }), "cron(59 23 ? * * *)", 24],
    ["weekly", Schedule.weekly("SUN", { hour: 5 }), "cron(0 5 ? * SUN *)", 168],
    ["monthly", Schedule.monthly(28), "cron(0 0 28 * ? *)", 744],
  ])("%s", (_, schedule, expression, hours) => {
    expect(schedule.expression).toBe(expression);
    expect(schedule.longestGap).toEqual(Duration.hours(hours));
    expect(schedule.timezone).toBe("Etc/UTC");
    expect(Schedule.cron(expression).expression).toBe(expression);
  });

  test.each([
    "cron(0 5 ? * * *)",
    "cron(59 0/4 * * ? *)",
    "cron(0 1,13-20/2 1-15/7,L JAN-MAR,12 ? 2027-2199)",
    "cron(0 9 ? * MON-FRI *)",
    "cron(0 9 ? * 6L *)",
    "cron(0 9 ? * FRI#2 *)",
    "cron(0 9 15W * ? *)",
    "cron(0 9 LW */2 ? *)",
  ])("takes %s", (expression) => {
    expect(Schedule.cron(expression).expression).toBe(expression);
  });

  test("knows the given facts of a cron expression", () => {
    const told: CronOptions = { longestGap: Duration.days(3), timezone: "Asia/Seoul" };
    expect(Schedule.cron("cron(0 5 ? * MON-FRI *)", told)).toMatchObject(told);
    expect(Schedule.cron("cron(0 5 ? * MON-FRI *)").longestGap).toBeUndefined();
  });

  test.each([
    "",
    "0 5 ? * * *",
    "rate(1 hour)",
    "cron(0 5 * * *)", // five fields
    "cron(0 5 ? * * * *)", // seven
    "cron(* 5 ? * * *)", // every minute
    "cron(0,30 5 ? * * *)", // twice an hour
    "cron(0/30 5 ? * * *)",
    "cron(60 5 ? * * *)",
    "cron(0 24 ? * * *)",
    "cron(0 5 * * * *)", // no '?'
    "cron(0 5 ? * ? *)", // two
    "cron(0 5 32 * ? *)",
    "cron(0 5 0 * ? *)",
    "cron(0 5 ? 13 * *)",
    "cron(0 5 ? FOO * *)",
    "cron(0 5 ? * 8 *)",
    "cron(0 5 ? * MON#6 *)",
    "cron(0 5 ? * * 1969)",
    "cron(0 1-2-3 ? * * *)",
    "cron(0 1/2/3 ? * * *)",
    "cron(0 1/x ? * * *)",
    "cron(0 L ? * * *)",
  ])("fails when the expression is '%s'", (expression) => {
    expectRefusal(
      () => Schedule.cron(expression),
      "InvalidSchedule",
      `the schedule is not a cron expression of AWS Backup, got '${expression}'`,
      "Schedule.cron",
    );
  });

  test.each([Duration.minutes(30), Duration.hours(5), Duration.days(2), Duration.minutes(90)])(
    "fails when the interval is %s",
    (interval) => {
      expectRefusal(
        () => Schedule.every(interval),
        "InvalidSchedule",
        `the interval must be one of 1, 2, 3, 4, 6, 8, 12, 24 hours, got ${interval.toString()}`,
        "Schedule.every",
      );
    },
  );

  test.each<[string, () => Schedule, string]>([
    [
      "the first hour is after the interval",
      () => Schedule.every(Duration.hours(6), { hour: 6 }),
      "'hour' must be a whole number from 0 to 5, got 6",
    ],
    [
      "an hour is invalid",
      () => Schedule.weekly("MON", { hour: 24 }),
      "'hour' must be a whole number from 0 to 23, got 24",
    ],
    [
      "a minute is invalid",
      () => Schedule.daily({ minute: 60 }),
      "'minute' must be a whole number from 0 to 59, got 60",
    ],
    ["a month lacks the day", () => Schedule.monthly(29), "'day' must be a whole number from 1 to 28, got 29"],
  ])("fails when %s", (_, schedule, problem) => {
    expectRefusal(schedule, "InvalidSchedule", problem);
  });

  test.each([
    [60, "cron(0 * ? * * *)"],
    [359, "cron(0 0/4 ? * * *)"],
    [360, "cron(0 0/6 ? * * *)"],
    [10_000, "cron(0 0 ? * * *)"],
    [59, undefined],
  ])("of %d minutes the longest within is %s", (minutes, expression) => {
    expect(Schedule.longestWithin(Duration.minutes(minutes))?.expression).toBe(expression);
  });
});
