import { DocdbCluster } from "@cdktf/provider-aws/lib/docdb-cluster";
import { DocdbClusterInstance } from "@cdktf/provider-aws/lib/docdb-cluster-instance";
import { Construct } from "constructs";
import { madeBy } from "../core";
import {
  checkHome,
  checkMasterUser,
  checkMember,
  ClusterRef,
  clusterRef,
  ClusterRefProps,
  createGroups,
  JoinedMember,
  joinMember,
  masterCredentials,
  MasterPasswordSettings,
  masterUserSecretOf,
  MemberCluster,
} from "../joined-clusters";
import { MasterUserSecret } from "../rds-read-replica";
import { createDocumentDbCluster, createDocumentDbInstances } from "./cluster";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { GlobalClusterRef } from "./global-cluster-ref";
import { documentDbEngine } from "./joined-engine";
import { checkProps } from "./shapes";

export interface OriginClusterProps extends ClusterProps, MasterPasswordSettings {
  /**
   * The cluster has no instance while another cluster takes the writes. AWS charges only for its storage and keeps it up to
   * date. It needs `active: false`. A recovery then begins by creating the instance `<identifier>-writer`.
   *
   * @default false
   */
  readonly headless?: boolean;
  /**
   * Instances by a key of their own, 1 to 16: one writes, the others read. Their identifiers are `<identifier>-<key>`.
   *
   * @default - none, with `headless`
   */
  readonly instances?: Readonly<Record<string, ClusterInstance>>;
}

/**
 * The first cluster of a global cluster. It is encrypted with the site's key, accepts TLS only and is not reachable from the
 * internet. Its password is in no JSON, plan or state. Its Terraform resources stay the same when another cluster takes the
 * writes.
 *
 * AWS manages no master password in a global cluster. Terraform generates it in this stack and copies its secret to the other
 * regions.
 *
 * Site: the home of the global cluster.
 * While the other site is dark: works; its writes wait for no other region.
 * On failover: when its region is back, AWS snapshots the data that was not copied and makes it a secondary. No plan shows it.
 * Cost: its instances, storage, I/O, backups beyond the size of the storage, a secret for each region.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.get-started.html
 */
export class OriginCluster extends MemberCluster<DocdbCluster, DocdbClusterInstance> {
  /** The cluster of an identifier, without creating it. */
  static refOf(props: ClusterRefProps): ClusterRef {
    return clusterRef("OriginCluster.refOf", props);
  }

  /** The global cluster once it has this cluster and its instances. Give it to a secondary of the same stack. */
  readonly global: GlobalClusterRef;
  /** `undefined` for an imported cluster that was given none. */
  readonly masterUserSecret: MasterUserSecret | undefined;
  protected readonly member: JoinedMember<DocdbCluster, DocdbClusterInstance>;

  constructor(scope: Construct, id: string, props: OriginClusterProps) {
    super(scope, id);
    checkProps(this, "OriginClusterProps", props);
    checkHome(this, props);
    const engine = documentDbEngine(this, props.global);
    checkMasterUser(this, props, engine);
    const settled = checkMember(this, engine, props);

    const groups = createGroups(this, { engine, props, settled });
    const parts = { engine, props, settled, groups };
    this.masterUserSecret = masterUserSecretOf(this, parts);
    const resource = createDocumentDbCluster(this, parts, masterCredentials(this.masterUserSecret));
    const instances = createDocumentDbInstances(this, parts, resource);
    this.global = madeBy({ ...props.global }, resource, ...Object.values(instances));
    this.member = joinMember(this, parts, { resource, instances, active: props.active ?? true });
  }
}
