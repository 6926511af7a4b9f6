import { NeptuneCluster } from "@cdktf/provider-aws/lib/neptune-cluster";
import { NeptuneClusterInstance } from "@cdktf/provider-aws/lib/neptune-cluster-instance";
import { Construct } from "constructs";
import {
  checkMember,
  checkSecondary,
  ClusterRef,
  clusterRef,
  ClusterRefProps,
  createGroups,
  JoinedMember,
  joinMember,
  MemberCluster,
} from "../joined-clusters";
import { checkStorage, createNeptuneCluster, createNeptuneInstances, dataArn } from "./cluster";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { neptuneEngine } from "./joined-engine";
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
}

/**
 * A cluster that joins a global database in another region. It has its own key, groups, log groups and backups, because AWS
 * transfers none of them at a failover.
 *
 * Site: one of the global database's secondary regions, in the account of the home.
 * While the other site is dark: works as far as it had received; it can be failed over to, planned and applied.
 * On failover: the operator calls `neptune:FailoverGlobalCluster` here; it takes the writes and no plan shows it. A planned
 *   `neptune:SwitchoverGlobalCluster`, without loss, is called where the writes are taken.
 * Cost: its storage, replicated writes and their transfer, backups, and its instances unless it is headless.
 *
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-disaster-recovery.html
 */
export class SecondaryCluster extends MemberCluster<NeptuneCluster, NeptuneClusterInstance> {
  /** The cluster of an identifier, without creating it. */
  static refOf(props: ClusterRefProps): ClusterRef {
    return clusterRef("SecondaryCluster.refOf", props);
  }

  protected readonly member: JoinedMember<NeptuneCluster, NeptuneClusterInstance>;

  constructor(scope: Construct, id: string, props: SecondaryClusterProps) {
    super(scope, id);
    checkProps(this, "SecondaryClusterProps", props);
    checkSecondary(this, props);
    const engine = neptuneEngine(this, props.global);
    checkStorage(this, props);
    const settled = checkMember(this, engine, props);

    const groups = createGroups(this, { engine, props, settled });
    const parts = { engine, props, settled, groups };
    const resource = createNeptuneCluster(this, parts);
    const instances = createNeptuneInstances(this, parts, resource);
    this.member = joinMember(this, parts, { resource, instances, active: props.active ?? false });
  }

  /** ARN of the graph's data in this site. A policy names it, with actions of `neptune-db`, to allow queries. */
  get dataArn(): string {
    return dataArn(this.resource);
  }
}
