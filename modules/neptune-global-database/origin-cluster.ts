import { NeptuneCluster } from "@cdktf/provider-aws/lib/neptune-cluster";
import { NeptuneClusterInstance } from "@cdktf/provider-aws/lib/neptune-cluster-instance";
import { Construct } from "constructs";
import { madeBy, refuse } from "../core";
import {
  checkHome,
  checkMember,
  ClusterRef,
  clusterRef,
  ClusterRefProps,
  createGroups,
  INSTANCES,
  JoinedMember,
  joinMember,
  MemberCluster,
} from "../joined-clusters";
import { checkStorage, createNeptuneCluster, createNeptuneInstances, dataArn } from "./cluster";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { GlobalClusterRef } from "./global-cluster-ref";
import { neptuneEngine } from "./joined-engine";
import { checkProps } from "./shapes";

export interface OriginClusterProps extends ClusterProps {
  /**
   * The cluster has no instance while another cluster takes the writes. AWS charges only for its storage and keeps it up to
   * date. It needs `active: false`. A recovery then begins by creating the instance `<identifier>-writer`.
   *
   * @default false
   */
  readonly headless?: boolean;
  /**
   * Instances by a key of their own: one writes, the others read; at most 16, and one less for each secondary region. Their
   * identifiers are `<identifier>-<key>`.
   *
   * @default - none, with `headless`
   */
  readonly instances?: Readonly<Record<string, ClusterInstance>>;
}

/**
 * The first cluster of a global database. It is encrypted with the site's key, accepts only signed requests and is not reachable
 * from the internet. Its Terraform resources stay the same when another cluster takes the writes.
 *
 * Site: the home of the global database.
 * While the other site is dark: works; its writes wait for no other region.
 * On failover: it becomes a secondary; no plan shows it.
 * Cost: its instances, storage, I/O, backups beyond the size of the storage.
 *
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-setup.html
 */
export class OriginCluster extends MemberCluster<NeptuneCluster, NeptuneClusterInstance> {
  /** The cluster of an identifier, without creating it. */
  static refOf(props: ClusterRefProps): ClusterRef {
    return clusterRef("OriginCluster.refOf", props);
  }

  /** The global database once it has this cluster and its instances. Give it to a secondary of the same stack. */
  readonly global: GlobalClusterRef;
  protected readonly member: JoinedMember<NeptuneCluster, NeptuneClusterInstance>;

  constructor(scope: Construct, id: string, props: OriginClusterProps) {
    super(scope, id);
    checkProps(this, "OriginClusterProps", props);
    checkHome(this, props);
    const engine = neptuneEngine(this, props.global);
    checkStorage(this, props);
    const settled = checkMember(this, engine, props);
    checkReaders(this, props);

    const groups = createGroups(this, { engine, props, settled });
    const parts = { engine, props, settled, groups };
    const resource = createNeptuneCluster(this, parts);
    const instances = createNeptuneInstances(this, parts, resource);
    this.global = madeBy({ ...props.global }, resource, ...Object.values(instances));
    this.member = joinMember(this, parts, { resource, instances, active: props.active ?? true });
  }

  /** ARN of the graph's data in this site. A policy names it, with actions of `neptune-db`, to allow queries. */
  get dataArn(): string {
    return dataArn(this.resource);
  }
}

/** @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-setup.html */
function checkReaders(origin: OriginCluster, { global, instances = {} }: OriginClusterProps): void {
  const [most, count] = [INSTANCES - global.secondaryRegions.length, Object.keys(instances).length];
  if (count > most) {
    const problem = `'instances' must name ${most} at most, ${INSTANCES} less one for each secondary region, got ${count}`;
    refuse(origin, "SettingOutOfRange", problem, "name fewer: each secondary region takes a reader's place");
  }
}
