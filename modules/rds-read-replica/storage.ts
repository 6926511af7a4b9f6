import { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { IConstruct } from "constructs";
import { inRange, isKnown, refuse } from "../core";
import { Site } from "../site";

/** Storage types of RDS; `gp2` and `io1` are the previous generation. */
export type StorageType = "gp2" | "gp3" | "io1" | "io2";

/** GiB from which gp3 volumes are striped, and IOPS and throughput can be provisioned. */
const STRIPED_FROM_GIB = 400;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
const LIMITS = {
  gp2: { gib: { min: 20, max: 65_536 } },
  gp3: { gib: { min: 20, max: 65_536 }, iops: { min: 12_000, max: 64_000 }, perGib: { min: 0, max: 500 } },
  io1: { gib: { min: 100, max: 65_536 }, iops: { min: 1_000, max: 256_000 }, perGib: { min: 0.5, max: 50 } },
  io2: { gib: { min: 100, max: 65_536 }, iops: { min: 1_000, max: 256_000 }, perGib: { min: 0.5, max: 1_000 } },
};
const THROUGHPUT = { min: 500, max: 4_000, perIops: 0.25 };

/**
 * By how many per cent the largest size of autoscaling must exceed the first one.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
 */
const GROWTH_PERCENT = 10;

export interface StorageSettings {
  /**
   * Largest size storage may grow to by itself, in GiB: at least a tenth more than the first size.
   *
   * @default - storage does not grow by itself; that of a replica as AWS made it
   */
  readonly maxStorageGiB?: number;
  /**
   * Provisioned IOPS: 1,000 to 256,000 for io1 and io2, 12,000 to 64,000 for gp3 of 400 GiB and more.
   *
   * @default - gp3's baseline; io1 and io2 need it
   */
  readonly storageIops?: number;
  /**
   * Throughput of gp3 of 400 GiB and more in MiB/s, 500 to 4,000.
   *
   * @default - gp3's baseline
   */
  readonly storageThroughputMiBps?: number;
  /** @default "gp3" */
  readonly storageType?: StorageType;
}

/**
 * The storage arguments, when they lie within AWS's limits.
 *
 * @param storageGiB the size, or `undefined` for a replica, which takes its source's
 */
export function storageConfig(
  scope: IConstruct,
  settings: StorageSettings,
  storageGiB: number | undefined,
): Partial<DbInstanceConfig> {
  const { storageType = "gp3", storageIops, storageThroughputMiBps, maxStorageGiB } = settings;
  const { gib } = LIMITS[storageType];
  if (storageGiB !== undefined) inRange(scope, "storageGiB", storageGiB, gib.min, gib.max);
  checkMaximum(scope, maxStorageGiB, storageGiB);
  checkType(scope, storageType);
  checkIops(scope, settings, storageGiB);
  checkThroughput(scope, settings, storageGiB);
  return {
    allocatedStorage: storageGiB,
    iops: storageIops,
    maxAllocatedStorage: maxStorageGiB,
    storageThroughput: storageThroughputMiBps,
    storageType,
  };
}

function checkMaximum(scope: IConstruct, maximum: number | undefined, storageGiB: number | undefined): void {
  if (maximum === undefined) return;
  const first = storageGiB !== undefined && isKnown(storageGiB) ? storageGiB : LIMITS.gp3.gib.min;
  const least = Math.ceil((first * (100 + GROWTH_PERCENT)) / 100);
  inRange(scope, "maxStorageGiB", maximum, least, LIMITS.gp3.gib.max);
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#USER_PIOPS.io2 */
function checkType(scope: IConstruct, storageType: StorageType): void {
  if (storageType === "io2" && Site.of(scope).partition === "aws-cn") {
    refuse(scope, "SettingOutOfRange", "AWS has no 'io2' in the China regions, use 'io1'");
  }
}

function checkIops(scope: IConstruct, settings: StorageSettings, storageGiB: number | undefined): void {
  const { storageType = "gp3", storageIops } = settings;
  if (storageIops === undefined) {
    if (storageType === "io1" || storageType === "io2")
      refuse(scope, "MissingSetting", `'${storageType}' needs 'storageIops'`);
    return;
  }
  if (storageType === "gp2") refuse(scope, "ConflictingSettings", "'storageIops' cannot be chosen for 'gp2'");
  refuseUnstriped(scope, "storageIops", storageType, storageGiB);
  const { iops, perGib } = LIMITS[storageType];
  inRange(scope, "storageIops", storageIops, iops.min, iops.max);
  if (storageGiB === undefined || !isKnown(storageGiB) || !isKnown(storageIops)) return;
  const ratio = storageIops / storageGiB;
  if (ratio < perGib.min || ratio > perGib.max) {
    const allowed = `${Math.ceil(storageGiB * perGib.min)} to ${Math.floor(storageGiB * perGib.max)}`;
    refuse(
      scope,
      "SettingOutOfRange",
      `'storageIops' of ${storageGiB} GiB ${storageType} must be ${allowed}, got ${storageIops}`,
    );
  }
}

function checkThroughput(scope: IConstruct, settings: StorageSettings, storageGiB: number | undefined): void {
  const { storageType = "gp3", storageThroughputMiBps: throughput, storageIops = LIMITS.gp3.iops.min } = settings;
  if (throughput === undefined) return;
  if (storageType !== "gp3") {
    refuse(scope, "ConflictingSettings", `'storageThroughputMiBps' belongs to 'gp3', got '${storageType}'`);
  }
  refuseUnstriped(scope, "storageThroughputMiBps", storageType, storageGiB);
  const most = isKnown(storageIops)
    ? Math.min(THROUGHPUT.max, Math.floor(storageIops * THROUGHPUT.perIops))
    : THROUGHPUT.max;
  inRange(scope, "storageThroughputMiBps", throughput, THROUGHPUT.min, most);
}

function refuseUnstriped(
  scope: IConstruct,
  property: string,
  storageType: StorageType,
  storageGiB: number | undefined,
): void {
  if (storageType !== "gp3" || storageGiB === undefined || !isKnown(storageGiB)) return;
  if (storageGiB < STRIPED_FROM_GIB) {
    refuse(
      scope,
      "ConflictingSettings",
      `'${property}' of gp3 can be chosen from ${STRIPED_FROM_GIB} GiB on, got ${storageGiB} GiB`,
      `leave it out, or make 'storageGiB' ${STRIPED_FROM_GIB} or more`,
    );
  }
}
