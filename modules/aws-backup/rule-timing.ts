import { IConstruct } from "constructs";
import { Duration, refuse, refuseBoth, refuseNone } from "../core";
import { Schedule } from "./schedule";

const HOUR = Duration.hours(1);

/** AWS gives a job an hour at least to start, and 100 years at most. */
const SHORTEST_START = HOUR;
const LONGEST_WINDOW = Duration.minutes(52_560_000);

/** The shortest interval AWS Backup offers. */
const SHORTEST_INTERVAL = HOUR;

const DEFAULTS = {
  startWindow: SHORTEST_START, // AWS's default of 8 hours raises the loss
  completionWindow: Duration.days(7), // AWS's default: long enough for the first backup of a large store
};

/**
 * When the jobs of a rule run.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export interface RuleTimes {
  /**
   * How long a job that has started may run until AWS Backup cancels it; at least an hour longer than `startWindow`.
   *
   * @default - with `schedule` 7 days, as AWS has it; with `rpo` what is left of it
   */
  readonly completionWindow?: Duration;
  /**
   * The highest possible loss in the rule's own vault, 4 hours or longer. It decides the interval: interval, start window and completion
   * window together are no longer. The time of a copy comes on top, and AWS has no bound for it. If the start window of another rule
   * overlaps, that rule needs windows as short. Or set `schedule`.
   *
   * @default - `schedule`
   */
  readonly rpo?: Duration;
  /** When jobs start; or `rpo`. @default - `rpo` */
  readonly schedule?: Schedule;
  /** How long a job may take to start, an hour or longer. @default - an hour, the shortest */
  readonly startWindow?: Duration;
}

/** {@link RuleTimes} as decided. */
export interface RuleTiming {
  readonly completionWindow: Duration;
  readonly schedule: Schedule;
  readonly startWindow: Duration;
}

export function timingOf(scope: IConstruct, property: string, times: RuleTimes): RuleTiming {
  const { rpo, schedule, startWindow = DEFAULTS.startWindow } = times;
  checkWindow(scope, `${property}.startWindow`, startWindow, SHORTEST_START);
  refuseBoth(scope, { [`${property}.schedule`]: schedule, [`${property}.rpo`]: rpo });
  refuseNone(
    scope,
    { [`${property}.schedule`]: schedule, [`${property}.rpo`]: rpo },
    "say when to back up, or what may be lost",
  );
  const timing =
    schedule === undefined
      ? timingWithin(scope, property, rpo!, { ...times, startWindow })
      : { schedule, startWindow, completionWindow: times.completionWindow ?? DEFAULTS.completionWindow };
  checkWindow(scope, `${property}.completionWindow`, timing.completionWindow, startWindow.plus(HOUR));
  return timing;
}

/** The longest interval within the RPO. The job has the rest of the time. */
function timingWithin(
  scope: IConstruct,
  property: string,
  rpo: Duration,
  { startWindow, completionWindow: given }: RuleTimes & { readonly startWindow: Duration },
): RuleTiming {
  const windows = startWindow.plus(given ?? startWindow.plus(HOUR));
  const shortest = windows.plus(SHORTEST_INTERVAL);
  const schedule = shortest.isLongerThan(rpo) ? undefined : Schedule.longestWithin(rpo.minus(windows));
  if (schedule === undefined) {
    refuse(
      scope,
      "RpoNotMet",
      `'${property}.rpo' must be ${shortest.toString()} or longer: an interval of ${SHORTEST_INTERVAL.toString()} and both windows, got ${rpo.toString()}`,
      "raise the RPO, shorten the windows, or replicate the store: AWS Backup starts a job an hour at most",
    );
  }
  return { schedule, startWindow, completionWindow: given ?? rpo.minus(startWindow).minus(schedule.longestGap!) };
}

function checkWindow(scope: IConstruct, property: string, window: Duration, shortest: Duration): void {
  if (!shortest.isLongerThan(window) && !window.isLongerThan(LONGEST_WINDOW)) return;
  const allowed = `from ${shortest.toString()} to ${LONGEST_WINDOW.toString()}`;
  refuse(scope, "SettingOutOfRange", `'${property}' must be ${allowed}, got ${window.toString()}`);
}
