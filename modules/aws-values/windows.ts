import { IConstruct } from "constructs";
import { refuse } from "../core";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;
const WEEK = DAYS.length * DAY;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const SHORTEST = 30;

const TIME = String.raw`([01]\d|2[0-3]):([0-5]\d)`;
const BACKUP = new RegExp(`^${TIME}-${TIME}$`);
const MAINTENANCE = new RegExp(`^(${DAYS.join("|")}):${TIME}-(${DAYS.join("|")}):${TIME}$`);

/** The two windows of an instance, both in UTC. */
export interface Windows {
  /**
   * Daily time range of automated backups in UTC, at least 30 minutes: `"17:00-17:30"`. A replica cannot be promoted while it is
   * backed up.
   *
   * @default - AWS chooses one
   */
  readonly backupWindow?: string;
  /**
   * Weekly time range of maintenance in UTC, at least 30 minutes: `"sun:18:00-sun:19:00"`. It must not meet the backups'.
   *
   * @default - AWS chooses one
   */
  readonly maintenanceWindow?: string;
}

/**
 * Length of a weekly maintenance window in minutes; undefined if the text is not a window.
 *
 * @param window `"sun:18:00-sun:19:00"`, in UTC
 */
export function maintenanceMinutes(window: string): number | undefined {
  return maintenanceSpan(window)?.length;
}

/** A range of minutes. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/**
 * Refuses windows that AWS would.
 *
 * @param shortest fewest minutes of a window
 */
export function checkWindows(
  scope: IConstruct,
  { backupWindow, maintenanceWindow }: Windows,
  shortest: number = SHORTEST,
): void {
  const backup = backupWindow === undefined ? undefined : readBackup(scope, backupWindow);
  const maintenance = maintenanceWindow === undefined ? undefined : readMaintenance(scope, maintenanceWindow);
  if (backup !== undefined) refuseShorter(scope, `'backupWindow' ${String(backupWindow)}`, backup, shortest);
  if (maintenance !== undefined) {
    refuseShorter(scope, `'maintenanceWindow' ${String(maintenanceWindow)}`, maintenance, shortest);
  }
  if (backup === undefined || maintenance === undefined) return;
  const backups = DAYS.map((_, day) => ({ start: day * DAY + backup.start, length: backup.length }));
  if (backups.some((span) => meet(span, maintenance))) {
    refuse(
      scope,
      "WindowsOverlap",
      `'backupWindow' ${String(backupWindow)} meets 'maintenanceWindow' ${String(maintenanceWindow)}`,
    );
  }
}

function readBackup(scope: IConstruct, text: string): Span {
  const match = BACKUP.exec(text);
  if (match === null) refuse(scope, "InvalidWindow", `'backupWindow' must read like '17:00-17:30', got '${text}'`);
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number) as [number, number, number, number];
  return span({ from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute, cycle: DAY });
}

function readMaintenance(scope: IConstruct, text: string): Span {
  return (
    maintenanceSpan(text) ??
    refuse(scope, "InvalidWindow", `'maintenanceWindow' must read like 'sun:18:00-sun:19:00', got '${text}'`)
  );
}

function maintenanceSpan(text: string): Span | undefined {
  const match = MAINTENANCE.exec(text);
  if (match === null) return undefined;
  const minute = (at: number) => DAYS.indexOf(match[at]!) * DAY + Number(match[at + 1]) * 60 + Number(match[at + 2]);
  return span({ from: minute(1), to: minute(4), cycle: WEEK });
}

function span({ from, to, cycle }: { from: number; to: number; cycle: number }): Span {
  return { start: from, length: (to - from + cycle) % cycle };
}

function refuseShorter(scope: IConstruct, what: string, { length }: Span, shortest: number): void {
  if (length < shortest) refuse(scope, "InvalidWindow", `${what} lasts ${length} minutes, ${shortest} at least`);
}

/** Two ranges of a week that goes round. */
function meet(one: Span, other: Span): boolean {
  const gap = (other.start - one.start + WEEK) % WEEK;
  return gap < one.length || WEEK - gap < other.length;
}
