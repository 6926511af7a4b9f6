import { refuse } from "../core";
import { MAX_INT, whole } from "./checks";
import { Engine, ENGINES, EngineFamily } from "./engines";
import { isExact } from "./wildcards";

/** How one table is loaded by several threads, from a factory such as `byPartitions()`. */
export interface ParallelLoad {
  readonly type: "partitions-auto" | "subpartitions-auto" | "partitions-list" | "ranges";
  /** Upper ends of ranges. @default - none */
  readonly boundaries?: readonly (readonly string[])[];
  /** Columns of ranges. @default - none */
  readonly columns?: readonly string[];
  /** Names of partitions. @default - none */
  readonly partitions?: readonly string[];
  /** Names of subpartitions. @default - none */
  readonly subpartitions?: readonly string[];
}

/** How the LOBs of one table are copied, from a factory such as `limitedLobs(100)`. */
export interface TableLobs {
  readonly mode: "limited" | "unlimited";
  readonly maxSizeKb: number;
}

/** Settings of one table. */
export interface TableSettingsRule {
  /** Schema, exactly. */
  readonly schema: string;
  /** Table, exactly. */
  readonly table: string;
  /** Pins the rule's number. @default - derived from the rule's name */
  readonly id?: number;
  /** @default - as the task's settings say */
  readonly lobs?: TableLobs;
  /** @default - loaded by one thread */
  readonly parallelLoad?: ParallelLoad;
}

/** A thread for each partition of the table. */
export function byPartitions(): ParallelLoad {
  return { type: "partitions-auto" };
}

/** A thread for each subpartition of the table; Oracle only. */
export function bySubpartitions(): ParallelLoad {
  return { type: "subpartitions-auto" };
}

/** A thread for each of these partitions; subpartitions are Oracle's only. */
export function byPartitionList(partitions: readonly string[], subpartitions: readonly string[] = []): ParallelLoad {
  return { type: "partitions-list", partitions, ...(subpartitions.length > 0 && { subpartitions }) };
}

/**
 * A thread for each range of values.
 *
 * @param columns columns that part the table, most significant first, up to 10
 * @param boundaries upper ends of all ranges but the last, a value for each column
 */
export function byRanges(columns: readonly string[], boundaries: readonly (readonly string[])[]): ParallelLoad {
  return { type: "ranges", columns, boundaries };
}

/** LOBs up to a size in KB, inline and fast; longer ones are cut off. DMS counts three bytes for one. */
export function limitedLobs(maxSizeKb: number): TableLobs {
  return { mode: "limited", maxSizeKb };
}

/** LOBs of any size, each looked up on its own. */
export function unlimitedLobs(): TableLobs {
  return { mode: "unlimited", maxSizeKb: 0 };
}

const MOST_COLUMNS = 10;

/** Table settings as DMS reads them, without id and name. */
export function tableSettingsOf(path: string, name: string, rule: TableSettingsRule) {
  const { schema, table, lobs, parallelLoad } = rule;
  if (!(isExact(schema) && isExact(table))) {
    refuse(
      path,
      "InvalidMappingRule",
      `the table settings '${name}' must name one table exactly, got '${schema}.${table}'`,
    );
  }
  if (lobs === undefined && parallelLoad === undefined) {
    refuse(path, "InvalidMappingRule", `the table settings '${name}' set nothing`, "set 'lobs' or 'parallelLoad'");
  }
  return {
    "rule-type": "table-settings" as const,
    "object-locator": { "schema-name": schema, "table-name": table },
    ...(parallelLoad && { "parallel-load": parallelLoadOf(path, name, parallelLoad) }),
    ...(lobs && {
      "lob-settings": {
        mode: lobs.mode,
        "bulk-max-size": String(whole(path, `${name}.lobs`, lobs.maxSizeKb, lobs.mode === "limited" ? 1 : 0, MAX_INT)),
      },
    }),
  };
}

function parallelLoadOf(path: string, name: string, load: ParallelLoad) {
  const { boundaries = [], columns = [], partitions = [] } = load;
  const odd = boundaries.find((boundary) => boundary.length !== columns.length);
  const fault =
    load.type === "partitions-list" && partitions.length === 0
      ? "names no partition"
      : load.type !== "ranges"
        ? undefined
        : columns.length < 1 || columns.length > MOST_COLUMNS
          ? `must name 1 to ${MOST_COLUMNS} columns, got ${columns.length}`
          : boundaries.length === 0
            ? "has no boundaries"
            : odd && `must give a value for each of ${columns.length} columns in each boundary, got ${odd.length}`;
  if (fault) refuse(path, "InvalidMappingRule", `the parallel load of the table settings '${name}' ${fault}`);
  return load;
}

/**
 * Units by which each engine can be loaded.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Tablesettings.html
 */
const PARALLEL_LOADS: Readonly<Record<EngineFamily, readonly ParallelLoad["type"][]>> = {
  oracle: ["partitions-auto", "subpartitions-auto", "partitions-list", "ranges"],
  sqlserver: ["partitions-auto", "partitions-list", "ranges"],
  mysql: ["partitions-auto", "partitions-list", "ranges"],
  postgres: ["ranges"],
  s3: [],
};

/** Why a source cannot be loaded so, if it cannot. */
export function parallelLoadFault(source: Engine, { type, subpartitions }: ParallelLoad): string | undefined {
  const { family, title } = ENGINES[source];
  const allowed = PARALLEL_LOADS[family];
  if (!allowed.includes(type))
    return `${title} can be loaded by ${allowed.join(", ") || "one thread only"}, got '${type}'`;
  if (subpartitions !== undefined && family !== "oracle") return `${title} has no subpartitions to load by`;
  return undefined;
}
