import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Construct } from "constructs";
import { refuse } from "../core";
import {
  checkSecondary,
  ClusterRef,
  clusterRef,
  ClusterRefProps,
  createGroups,
  JoinedMember,
  joinMember,
  MemberCluster,
} from "../joined-clusters";
import { Site } from "../site";
import { createAuroraCluster, createAuroraInstances } from "./cluster";
import { checkCluster } from "./cluster-checks";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { auroraEngine } from "./joined-engine";
import { checkProps } from "./shapes";

export interface SecondaryClusterProps extends ClusterProps {
  /**
   * The cluster has no instance. AWS charges only for its storage and keeps it up to date. A recovery then begins by creating
   * the instance `<identifier>-writer` of class `instanceClass`. Afterwards set `instances: { writer: { adoptExisting: true }
   * }`.
   *
   * @default false
   */
  readonly headless?: boolean;
  /**
   * Instances by a key of their own, at most 16: they read while the cluster is a secondary. Their identifiers are
   * `<identifier>-<key>`.
   *
   * @default - none, with `headless`
   */
  readonly instances?: Readonly<Record<string, ClusterInstance>>;
  /**
   * Region of the cluster that takes the writes when this one is created. AWS ignores it afterwards.
   *
   * @default - the home of the global database
   */
  readonly sourceRegion?: string;
}

/**
 * A cluster that joins a global database in another region. It has its own key, groups, log groups and backups, because AWS
 * transfers none of them at a failover.
 *
 * Site: one of the global database's secondary regions, in the account of the home.
 * While the other site is dark: works as far as it had received; it can be failed over to, planned and applied.
 * On failover: the operator calls `rds:FailoverGlobalCluster` here; it takes the writes and no plan shows it. A planned
 *   `rds:SwitchoverGlobalCluster`, without loss, is called where the writes are taken.
 * Cost: its storage, replicated writes and their transfer, backups, and its instances unless it is headless.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-attaching.html
 */
export class SecondaryCluster extends MemberCluster<RdsCluster, RdsClusterInstance> {
  /** The cluster of an identifier, without creating it. */
  static refOf(props: ClusterRefProps): ClusterRef {
    return clusterRef("SecondaryCluster.refOf", props);
  }

  protected readonly member: JoinedMember<RdsCluster, RdsClusterInstance>;

  constructor(scope: Construct, id: string, props: SecondaryClusterProps) {
    super(scope, id);
    checkProps(this, "SecondaryClusterProps", props);
    checkSecondary(this, props);
    checkSource(this, props);
    const engine = auroraEngine(this, props.global);
    const settled = checkCluster(this, engine, props);

    const groups = createGroups(this, { engine, props, settled });
    const parts = { engine, props, settled, groups };
    const sourceRegion = props.sourceRegion ?? props.global.region; // AWS encrypts the copy with the key of this site
    const resource = createAuroraCluster(this, parts, { sourceRegion });
    const instances = createAuroraInstances(this, parts, resource);
    this.member = joinMember(this, parts, { resource, instances, active: props.active ?? false });
  }
}

function checkSource(secondary: SecondaryCluster, { sourceRegion }: SecondaryClusterProps): void {
  const { region } = Site.of(secondary);
  if (sourceRegion === region) {
    const problem = `'sourceRegion' must be another region, got the cluster's own '${region}'`;
    refuse(secondary, "ReplicaInSourceRegion", problem);
  }
}
