import { Duration, plain, refuse } from "../core";
import { isCron } from "./cron";

/** Intervals that divide a day, so that every gap is as long as the others. AWS backs up once an hour at most. */
const INTERVALS_HOURS = [1, 2, 3, 4, 6, 8, 12, 24];

/** AWS counts a day of the week from Sunday. */
export type Weekday = "SUN" | "MON" | "TUE" | "WED" | "THU" | "FRI" | "SAT";

/** A time of day in UTC. */
export interface TimeOfDay {
  /** Hour, 0 to 23. @default 0 */
  readonly hour?: number;
  /** Minute, 0 to 59. @default 0 */
  readonly minute?: number;
}

/** Facts about a cron expression that only its author knows. */
export interface CronOptions {
  /** The longest time between two starts. @default - unknown, and so is what may be lost */
  readonly longestGap?: Duration;
  /** Time zone of the expression, as IANA names it. @default "Etc/UTC" */
  readonly timezone?: string;
}

/**
 * When a rule of a backup plan starts its jobs.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export class Schedule {
  /** Every 1, 2, 3, 4, 6, 8, 12 or 24 hours, counted from `first` in every day. */
  static every(interval: Duration, first: TimeOfDay = {}): Schedule {
    const hours = interval.inSeconds / 3_600;
    if (!INTERVALS_HOURS.includes(hours)) {
      refuse(
        "Schedule.every",
        "InvalidSchedule",
        `the interval must be one of ${INTERVALS_HOURS.join(", ")} hours, got ${interval.toString()}`,
        "AWS Backup starts a job an hour at most; write what does not divide a day as Schedule.cron",
      );
    }
    const { hour, minute } = timeOfDay("Schedule.every", first, hours);
    const hourField = { 1: "*", 24: `${hour}` }[hours] ?? `${hour}/${hours}`;
    return new Schedule(`cron(${minute} ${hourField} ? * * *)`, interval);
  }

  /** Once a day. */
  static daily(at: TimeOfDay = {}): Schedule {
    return Schedule.every(Duration.hours(24), at);
  }

  /** Once a week. */
  static weekly(day: Weekday, at: TimeOfDay = {}): Schedule {
    const { hour, minute } = timeOfDay("Schedule.weekly", at);
    return new Schedule(`cron(${minute} ${hour} ? * ${day} *)`, Duration.days(7));
  }

  /**
   * Once a month.
   *
   * @param day day of the month, 1 to 28: the others are missing from some months
   */
  static monthly(day: number, at: TimeOfDay = {}): Schedule {
    const { hour, minute } = timeOfDay("Schedule.monthly", at);
    return new Schedule(
      `cron(${minute} ${hour} ${whole("Schedule.monthly", "day", day, 1, 28)} * ? *)`,
      Duration.days(31),
    );
  }

  /** As a cron expression of six fields: `"cron(0 5 ? * MON-FRI *)"`. */
  static cron(expression: string, options: CronOptions = {}): Schedule {
    if (!isCron(plain("Schedule.cron", "expression", expression))) {
      refuse(
        "Schedule.cron",
        "InvalidSchedule",
        `the schedule is not a cron expression of AWS Backup, got '${expression}'`,
      );
    }
    return new Schedule(expression, options.longestGap, options.timezone);
  }

  /**
   * The longest of the intervals of {@link every} that fits into a time.
   *
   * @returns `undefined` where not even the shortest fits
   */
  static longestWithin(time: Duration): Schedule | undefined {
    const hours = INTERVALS_HOURS.filter((interval) => !Duration.hours(interval).isLongerThan(time)).at(-1);
    return hours === undefined ? undefined : Schedule.every(Duration.hours(hours));
  }

  private constructor(
    /** As AWS Backup reads it. */
    readonly expression: string,
    /** The longest time between two starts. `undefined` if it is unknown. */
    readonly longestGap: Duration | undefined,
    /** Time zone of the expression. */
    readonly timezone = "Etc/UTC",
  ) {}
}

function timeOfDay(from: string, { hour = 0, minute = 0 }: TimeOfDay, hours = 24): Required<TimeOfDay> {
  return { hour: whole(from, "hour", hour, 0, hours - 1), minute: whole(from, "minute", minute, 0, 59) };
}

function whole(from: string, property: string, value: number, min: number, max: number): number {
  plain(from, property, value);
  if (!Number.isInteger(value) || value < min || value > max) {
    const problem = `'${property}' must be a whole number from ${min} to ${max}, got ${value}`;
    refuse(from, "InvalidSchedule", problem, "choose a time that every day, and every month, has");
  }
  return value;
}
