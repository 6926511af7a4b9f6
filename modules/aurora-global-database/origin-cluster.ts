import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Construct } from "constructs";
import { madeBy, refuse } from "../core";
import {
  checkHome,
  checkMasterUser,
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
import { createAuroraCluster, createAuroraInstances } from "./cluster";
import { checkCluster } from "./cluster-checks";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { GlobalClusterRef } from "./global-cluster-ref";
import { auroraEngine } from "./joined-engine";
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
 * The first cluster of a global database. It is encrypted with the site's key, accepts TLS only and is not reachable from the
 * internet. Its password is in no JSON, plan or state. Its Terraform resources stay the same when another cluster takes the
 * writes.
 *
 * AWS manages no master password in a global database. Terraform generates it in this stack and copies its secret to the other
 * regions.
 *
 * Site: the home of the global database.
 * While the other site is dark: works; its commits wait for no other region unless the global database has an `rpo`.
 * On failover: when its region is back, AWS snapshots the data that was not copied and makes it a secondary. No plan shows it.
 * Cost: its instances, storage, I/O, backups beyond the size of the storage, a secret for each region.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html
 */
export class OriginCluster extends MemberCluster<RdsCluster, RdsClusterInstance> {
  /** The cluster of an identifier, without creating it. */
  static refOf(props: ClusterRefProps): ClusterRef {
    return clusterRef("OriginCluster.refOf", props);
  }

  /** The global database once it has this cluster and its instances. Give it to a secondary of the same stack. */
  readonly global: GlobalClusterRef;
  /** `undefined` for an imported cluster that was given none. */
  readonly masterUserSecret: MasterUserSecret | undefined;
  protected readonly member: JoinedMember<RdsCluster, RdsClusterInstance>;

  constructor(scope: Construct, id: string, props: OriginClusterProps) {
    super(scope, id);
    checkProps(this, "OriginClusterProps", props);
    checkHome(this, props);
    checkWriter(this, props);
    const engine = auroraEngine(this, props.global);
    checkMasterUser(this, props, engine);
    const settled = checkCluster(this, engine, props);

    const groups = createGroups(this, { engine, props, settled });
    const parts = { engine, props, settled, groups };
    this.masterUserSecret = masterUserSecretOf(this, parts);
    const databaseName = props.adoptExisting ? undefined : props.global.databaseName;
    const own = { databaseName, ...masterCredentials(this.masterUserSecret) };
    const resource = createAuroraCluster(this, parts, own);
    const instances = createAuroraInstances(this, parts, resource);
    this.global = madeBy({ ...props.global }, resource, ...Object.values(instances));
    this.member = joinMember(this, parts, { resource, instances, active: props.active ?? true });
  }
}

function checkWriter(origin: OriginCluster, { serverlessV2Scaling }: OriginClusterProps): void {
  if (serverlessV2Scaling?.minAcu === 0) {
    refuse(
      origin,
      "SettingOutOfRange",
      "'minAcu' must be 0.5 or more, got 0: the cluster that takes the writes of a global database never pauses",
      "give 8 or more, as AWS advises",
    );
  }
}
