import { DocdbCluster } from "@cdktf/provider-aws/lib/docdb-cluster";
import { DocdbClusterInstance } from "@cdktf/provider-aws/lib/docdb-cluster-instance";
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
import { createDocumentDbCluster, createDocumentDbInstances } from "./cluster";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { documentDbEngine } from "./joined-engine";
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
 * A cluster that joins a global cluster in another region. It has its own key, groups, log groups and backups, because AWS
 * transfers none of them at a failover.
 *
 * Site: one of the global cluster's secondary regions, in the account of the home.
 * While the other site is dark: works as far as it had received; it can be failed over to, planned and applied.
 * On failover: the operator calls `docdb:FailoverGlobalCluster` here; it takes the writes and no plan shows it. A planned
 *   `docdb:SwitchoverGlobalCluster`, without loss, is called where the writes are taken.
 * Cost: its storage, replicated writes and their transfer, backups, and its instances unless it is headless.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters-disaster-recovery.html
 */
export class SecondaryCluster extends MemberCluster<DocdbCluster, DocdbClusterInstance> {
  /** The cluster of an identifier, without creating it. */
  static refOf(props: ClusterRefProps): ClusterRef {
    return clusterRef("SecondaryCluster.refOf", props);
  }

  protected readonly member: JoinedMember<DocdbCluster, DocdbClusterInstance>;

  constructor(scope: Construct, id: string, props: SecondaryClusterProps) {
    super(scope, id);
    checkProps(this, "SecondaryClusterProps", props);
    checkSecondary(this, props);
    const engine = documentDbEngine(this, props.global);
    const settled = checkMember(this, engine, props);

    const groups = createGroups(this, { engine, props, settled });
    const parts = { engine, props, settled, groups };
    const resource = createDocumentDbCluster(this, parts);
    const instances = createDocumentDbInstances(this, parts, resource);
    this.member = joinMember(this, parts, { resource, instances, active: props.active ?? false });
  }
}
