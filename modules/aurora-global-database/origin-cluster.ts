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
   * Says that the cluster has no instance while another takes the writes: only its storage is paid for and kept up to date. It needs
   * `active: false`. A recovery then begins with making the instance `<identifier>-writer`.
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
 * The cluster that a global database begins with: encrypted with the site's key, TLS only, not reachable from the internet, its
 * password in no JSON, plan or state. It stays what it is in Terraform when another cluster takes the writes.
 *
 * AWS keeps no master password itself in a global database, so it is made here and its secret copied to the other regions.
 *
 * Site: the home of the global database.
 * While the other site is dark: works; its commits wait for nobody unless the global database has an `rpo`.
 * On failover: it becomes a secondary by itself once its region is back, after a snapshot of what was not copied; no plan shows it.
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
