import { Construct } from "constructs";
import { refuse, refuseBoth } from "../core";
import { literal } from "./checks";
import { ENGINES, EngineFamily, Source } from "./engines";
import { MigrationType } from "./task-settings";

export interface CdcStart {
  /**
   * Place in the source's log at which a task of type `cdc` begins. It is a binary log file and position, an LSN, an SCN, or a checkpoint
   * of another task.
   *
   * @default - where the log is when the task starts first
   */
  readonly cdcStartPosition?: string;
  /**
   * Time at which a task of type `cdc` begins, in UTC: `2027-03-02T12:00:00Z`. PostgreSQL cannot look a time up.
   *
   * @default - when the task starts first
   */
  readonly cdcStartTime?: string;
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const CHECKPOINT = /^checkpoint:V\d+#.+$/;

/**
 * Places in the log, per engine.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Task.CDC.html#CHAP_Task.CDC.StartPoint
 */
const POSITIONS: Readonly<Record<EngineFamily, { readonly pattern: RegExp; readonly example: string } | undefined>> = {
  mysql: { pattern: /^[^:\s]+:\d+$/, example: "mysql-bin-changelog.000024:373" },
  postgres: { pattern: /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i, example: "4AF/B00000D0" },
  oracle: { pattern: /^\d+$/, example: "3186273" },
  sqlserver: { pattern: /^[0-9a-f]{8}:[0-9a-f]{8}:[0-9a-f]{4}$/i, example: "00000014:00000061:0001" },
  s3: undefined,
};

export function refuseStart(
  scope: Construct,
  type: MigrationType,
  props: CdcStart & { readonly source: Source },
): void {
  const { cdcStartPosition: position, cdcStartTime: time, source } = props;
  if (position === undefined && time === undefined) return;
  if (type !== "cdc") {
    const given = position === undefined ? "cdcStartTime" : "cdcStartPosition";
    refuse(scope, "StartPositionWithoutCdc", `'${given}' is given, got migration type '${type}', allowed: 'cdc'`);
  }
  refuseBoth(scope, { cdcStartPosition: position, cdcStartTime: time });
  if (time !== undefined) refuseTime(scope, time, source);
  if (position !== undefined) refusePosition(scope, position, source);
}

function refuseTime(scope: Construct, time: string, { engine }: Source): void {
  if (!TIME.test(time) || Number.isNaN(Date.parse(time))) {
    refuse(
      scope,
      "InvalidDate",
      `'cdcStartTime' is not a time in UTC, got '${time}'`,
      "write it as '2027-03-02T12:00:00Z'",
    );
  }
  if (ENGINES[engine].family === "postgres") {
    refuse(
      scope,
      "InvalidStartPosition",
      `'cdcStartTime' is given, got ${ENGINES[engine].title}, which cannot look a time up in its log`,
      "give 'cdcStartPosition' instead",
    );
  }
}

function refusePosition(scope: Construct, position: string, { engine, slotName }: Source): void {
  const { family, title } = ENGINES[engine];
  literal(scope, "cdcStartPosition", position);
  const native = POSITIONS[family];
  if (!CHECKPOINT.test(position) && !native?.pattern.test(position)) {
    const allowed = [native && `'${native.example}'`, "'checkpoint:V1#…'"].filter(Boolean).join(" or ");
    refuse(
      scope,
      "InvalidStartPosition",
      `'cdcStartPosition' is not a position of ${title}, got '${position}', allowed: like ${allowed}`,
    );
  }
  if (family === "postgres" && slotName === undefined) {
    refuse(
      scope,
      "MissingSetting",
      "'slotName' of the source endpoint is needed for 'cdcStartPosition'",
      "create a logical replication slot and name it in postgresSource: only a slot keeps the log from that position on",
    );
  }
}
