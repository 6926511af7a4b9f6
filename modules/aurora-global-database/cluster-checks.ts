import { Construct } from "constructs";
import { refuse } from "../core";
import { checkMember, namedClasses, Settled } from "../joined-clusters";
import { checkInsightsRetention, checkMonitoring } from "../rds-read-replica/internal";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { AuroraJoined } from "./joined-engine";
import { checkScaling } from "./serverless-scaling";

/** Settings that a first and a secondary cluster have in addition. */
export interface WithInstances {
  readonly headless?: boolean;
  readonly instances?: Readonly<Record<string, ClusterInstance>>;
}

/**
 * Refuses what AWS would refuse for every cluster of an Aurora global database, and claims the names of the cluster.
 */
export function checkCluster(scope: Construct, engine: AuroraJoined, props: ClusterProps & WithInstances): Settled {
  checkServerless(scope, engine, props);
  checkForwarding(scope, engine, props);
  checkMonitoring(scope, props.monitoring?.intervalSeconds);
  checkInsights(scope, props);
  return checkMember(scope, engine, props);
}

function checkServerless(scope: Construct, { version }: AuroraJoined, props: ClusterProps & WithInstances): void {
  const { serverlessV2Scaling } = props;
  if (serverlessV2Scaling !== undefined) checkScaling(scope, serverlessV2Scaling, version);
  const [property] = namedClasses(props).find(([, instanceClass]) => instanceClass === "db.serverless") ?? [];
  if (property !== undefined && serverlessV2Scaling === undefined) {
    refuse(scope, "MissingSetting", `'${property}' is 'db.serverless' without 'serverlessV2Scaling'`);
  }
}

function checkForwarding(scope: Construct, { name, version }: AuroraJoined, props: ClusterProps & WithInstances): void {
  const { global, headless, writeForwarding } = props;
  if (!writeForwarding) return;
  if (headless) {
    refuse(
      scope,
      "ConflictingSettings",
      "'writeForwarding' is on, and a headless cluster has no instance that could forward",
    );
  }
  if (!version.has("writeForwarding")) {
    refuse(scope, "NotInEngineVersion", `${name} ${global.engineVersion} forwards no writes from a secondary`);
  }
}

function checkInsights(scope: Construct, props: ClusterProps): void {
  const { performanceInsights = true, performanceInsightsRetentionDays: days } = props.monitoring ?? {};
  if (days === undefined) return;
  if (!performanceInsights) {
    refuse(
      scope,
      "ConflictingSettings",
      "'monitoring.performanceInsightsRetentionDays' is given, and Performance Insights is off",
    );
  }
  checkInsightsRetention(scope, days);
}
