import { IConstruct } from "constructs";
import { refuse } from "../core";
import { literal, MAX_INT, whole } from "./checks";
import { Engine } from "./engines";

/** The handling of LOBs, and the way of applying changes. */
export interface TargetMetadata {
  /**
   * Applies changes in batches rather than transaction by transaction. Needs a `lobMode` other than `full`.
   *
   * @default false
   */
  readonly batchApply?: boolean;
  /**
   * LOBs up to this size in KB, 1 to 102400, go inline; the others are looked up. With `lobMode` `full`.
   *
   * @default 0: all are looked up
   */
  readonly inlineLobMaxSizeKb?: number;
  /**
   * Largest file in KB a load is cut into, 0 to 100000. 0 leaves it to the endpoint.
   *
   * @default 0
   */
  readonly loadMaxFileSizeKb?: number;
  /**
   * KB of a LOB copied at a time; above 64 a task can fail. With `lobMode` `full`.
   *
   * @default 64
   */
  readonly lobChunkSizeKb?: number;
  /**
   * Size in KB at which LOBs are cut off. Needed with `lobMode` `limited`.
   *
   * @default - none
   */
  readonly lobMaxSizeKb?: number;
  /**
   * `full` copies LOBs of any size, slowly; `limited` cuts off what is longer than `lobMaxSizeKb`; `none` leaves columns
   * with LOBs out. DMS's own default is to cut off at 32 KB, which loses data in silence. Files on S3 take no `full`.
   *
   * @default "full"
   */
  readonly lobMode?: "full" | "limited" | "none";
  /**
   * Schema that all tables go to. For MySQL leave it out.
   *
   * @default - as on the source
   */
  readonly targetSchema?: string;
  /**
   * Keeps checkpoints in a table of the target, `awsdms_txn_state`, from which another task can go on.
   *
   * @default false
   */
  readonly taskRecoveryTable?: boolean;
}

const LIMITS = { inlineLobKb: 102_400, loadFileKb: 100_000 };
const DEFAULTS = { lobChunkSizeKb: 64 };

/**
 * The group as DMS reads it, its defaults written out.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.TargetMetadata.html
 */
export function targetMetadataOf(scope: IConstruct | string, given: TargetMetadata, target: Engine) {
  refuseFullLobs(scope, given, target);
  refuseLobs(scope, given);
  const { loadMaxFileSizeKb = 0, targetSchema = "" } = given;
  return {
    TargetSchema: literal(scope, "settings.target.targetSchema", targetSchema),
    ...lobsOf(scope, given),
    LoadMaxFileSize: whole(scope, "settings.target.loadMaxFileSizeKb", loadMaxFileSizeKb, 0, LIMITS.loadFileKb),
    BatchApplyEnabled: given.batchApply ?? false,
    TaskRecoveryTableEnabled: given.taskRecoveryTable ?? false,
  };
}

function lobsOf(scope: IConstruct | string, given: TargetMetadata) {
  const { inlineLobMaxSizeKb, lobChunkSizeKb = DEFAULTS.lobChunkSizeKb, lobMaxSizeKb = 0, lobMode = "full" } = given;
  if (lobMode === "none") return { SupportLobs: false, FullLobMode: false, LimitedSizeLobMode: false };
  if (lobMode === "limited") {
    return {
      SupportLobs: true,
      FullLobMode: false,
      LimitedSizeLobMode: true,
      LobMaxSize: whole(scope, "settings.target.lobMaxSizeKb", lobMaxSizeKb, 1, MAX_INT),
    };
  }
  return {
    SupportLobs: true,
    FullLobMode: true,
    LimitedSizeLobMode: false,
    LobChunkSize: whole(scope, "settings.target.lobChunkSizeKb", lobChunkSizeKb, 1, MAX_INT),
    InlineLobMaxSize:
      inlineLobMaxSizeKb === undefined
        ? 0
        : whole(scope, "settings.target.inlineLobMaxSizeKb", inlineLobMaxSizeKb, 1, LIMITS.inlineLobKb),
  };
}

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.S3.html#CHAP_Target.S3.Limitations */
function refuseFullLobs(scope: IConstruct | string, { lobMode = "full" }: TargetMetadata, target: Engine): void {
  if (target === "s3" && lobMode === "full") {
    refuse(
      scope,
      "ConflictingSettings",
      "'settings.target.lobMode' must be 'limited' or 'none' for Amazon S3, got 'full'",
      "set 'lobMode' to 'limited' with the size of the longest LOB, or to 'none': files do not hold LOBs of unlimited size",
    );
  }
}

function refuseLobs(scope: IConstruct | string, given: TargetMetadata): void {
  const { batchApply, lobMode = "full" } = given;
  const idle = (["inlineLobMaxSizeKb", "lobChunkSizeKb", "lobMaxSizeKb"] as const).find(
    (property) => given[property] !== undefined && lobMode !== (property === "lobMaxSizeKb" ? "limited" : "full"),
  );
  if (idle !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `'settings.target.${idle}' is given, got ${given[idle]!}, and would be ignored in LOB mode '${lobMode}'`,
      `leave '${idle}' out, or choose the LOB mode it belongs to`,
    );
  }
  if (lobMode === "limited" && given.lobMaxSizeKb === undefined) {
    refuse(
      scope,
      "MissingSetting",
      "'settings.target.lobMaxSizeKb' is needed in LOB mode 'limited'",
      "give the size of the longest LOB: what is longer is cut off",
    );
  }
  if (batchApply && lobMode === "full") {
    refuse(
      scope,
      "ConflictingSettings",
      "'settings.target.batchApply' is set, and the LOB mode is 'full'",
      "set 'lobMode' to 'limited', or to 'none' if no table has LOBs: DMS cannot look LOBs up in a batch",
    );
  }
}
