import { IConstruct } from "constructs";
import { plain, refuse } from "../core";

/** A kind of log that a cluster can publish to CloudWatch Logs. */
export type ClusterLogType = "audit" | "profiler";

/**
 * Major versions with global clusters; 3.6 has none.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html
 */
const VERSION = /^([458])\.0\.\d+$/;

/** Family of the parameter groups of a full version. */
export function familyOf(scope: IConstruct | string, engineVersion: string): string {
  const [, major] = VERSION.exec(plain(scope, "engineVersion", engineVersion)) ?? [];
  if (major === undefined) {
    refuse(
      scope,
      "UnknownEngineVersion",
      `'engineVersion' must be a full version of DocumentDB 4.0, 5.0, 8.0, such as '5.0.0', got '${engineVersion}'`,
    );
  }
  return `docdb${major}.0`;
}
