import { refuse } from "./errors";
import { plain } from "./plain";

const SECONDS_PER = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof SECONDS_PER;

/** A length of time in whole seconds. */
export class Duration {
  static seconds(amount: number): Duration {
    return Duration.of(amount, "seconds");
  }

  static minutes(amount: number): Duration {
    return Duration.of(amount, "minutes");
  }

  static hours(amount: number): Duration {
    return Duration.of(amount, "hours");
  }

  static days(amount: number): Duration {
    return Duration.of(amount, "days");
  }

  private static of(amount: number, unit: Unit): Duration {
    plain(`Duration.${unit}`, "amount", amount);
    if (!Number.isInteger(amount) || amount < 0) {
      refuse(`Duration.${unit}`, "InvalidDuration", `a duration must be a whole number of ${unit}, got ${amount}`);
    }
    return new Duration(amount * SECONDS_PER[unit]);
  }

  private constructor(
    /** The length in seconds. */
    readonly inSeconds: number,
  ) {}

  /** The length in minutes, rounded up: a limit in minutes never promises less than was asked. */
  get inMinutes(): number {
    return Math.ceil(this.inSeconds / SECONDS_PER.minutes);
  }

  /** The length in hours, rounded up. */
  get inHours(): number {
    return Math.ceil(this.inSeconds / SECONDS_PER.hours);
  }

  /** The length in days, rounded up. */
  get inDays(): number {
    return Math.ceil(this.inSeconds / SECONDS_PER.days);
  }

  isLongerThan(other: Duration): boolean {
    return this.inSeconds > other.inSeconds;
  }

  plus(other: Duration): Duration {
    return new Duration(this.inSeconds + other.inSeconds);
  }

  minus(other: Duration): Duration {
    return Duration.of(this.inSeconds - other.inSeconds, "seconds");
  }

  /** For people: `"1 day 2 hours"`, `"15 minutes"`, `"0 seconds"`. */
  toString(): string {
    let rest = this.inSeconds;
    const parts: string[] = [];
    for (const unit of ["days", "hours", "minutes", "seconds"] as const) {
      const amount = Math.floor(rest / SECONDS_PER[unit]);
      rest -= amount * SECONDS_PER[unit];
      if (amount > 0) parts.push(`${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`);
    }
    return parts.length > 0 ? parts.join(" ") : "0 seconds";
  }

  /** In seconds, so that a model holding durations is plain JSON. */
  toJSON(): number {
    return this.inSeconds;
  }
}
