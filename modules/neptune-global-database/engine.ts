import { IConstruct } from "constructs";
import { plain, refuse } from "../core";

/** A kind of log that a cluster can publish to CloudWatch Logs. */
export type ClusterLogType = "audit" | "slowquery";

/**
 * Versions with global databases and parameter groups of their own, 1.2.0.0 and later.
 *
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-setup.html
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/parameter-groups.html
 */
const VERSION = /^1\.([2-4])\.\d+\.\d+$/;

/** The first line with I/O-Optimized storage. */
const IO_OPTIMIZED = 3;

/** A full version. */
export interface NeptuneVersion {
  /** Family of its parameter groups: `"neptune1.4"`. */
  readonly family: string;
  readonly ioOptimized: boolean;
}

/** Reads a full version. */
export function neptuneVersion(scope: IConstruct | string, engineVersion: string): NeptuneVersion {
  const [, line] = VERSION.exec(plain(scope, "engineVersion", engineVersion)) ?? [];
  if (line === undefined) {
    refuse(
      scope,
      "UnknownEngineVersion",
      `'engineVersion' must be a full version of Neptune 1.2, 1.3, 1.4, such as '1.4.5.1', got '${engineVersion}'`,
    );
  }
  return { family: `neptune1.${line}`, ioOptimized: Number(line) >= IO_OPTIMIZED };
}
