import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Construct } from "constructs";
import { Duration, madeBy, RecoveryStep, refuse } from "../core";
import {
  checkHome,
  checkMasterUser,
  ClusterRef,
  clusterRef,
  ClusterRefProps,
  failoverStep,
  masterCredentials,
  MasterPasswordSettings,
  masterUserSecretOf,
  switchoverStep,
} from "../joined-clusters";
import { MasterUserSecret } from "../rds-read-replica";
import { Site } from "../site";
import { createCluster, createInstances } from "./cluster";
import { checkCluster, refuseForwarding } from "./cluster-checks";
import { ClusterGroups } from "./cluster-groups";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { AURORA_GLOBAL, declareCluster, missingInstance } from "./cluster-recovery";
import { AURORA } from "./engine";
import { GlobalClusterRef } from "./global-cluster-ref";
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
 * @throws OutsideSite, InvalidName, NameTaken, WrongSite, ReplicaInOtherAccount, UnknownEngineVersion, InstanceClassUnsuitable,
 *   NotInEngineVersion, BackupsOff, SettingOutOfRange, ConflictingSettings, MissingSetting, InvalidWindow, WindowsOverlap, InvalidArn,
 *   KeyInOtherRegion, OpenToTheWorld
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html
 */
export class OriginCluster extends Construct {
  /** The cluster of an identifier, without creating it. */
  static refOf(props: ClusterRefProps): ClusterRef {
    return clusterRef("OriginCluster.refOf", props);
  }

  /** Points to this cluster from anywhere. */
  readonly ref: ClusterRef;
  /** The global database once it has this cluster and its instances: what a secondary of the same stack is given. */
  readonly global: GlobalClusterRef;
  /** Makes this cluster the one that takes the writes, without the other. */
  readonly failover: RecoveryStep;
  readonly identifier: string;
  readonly port: number;
  readonly securityGroupId: string;
  /** Makes this cluster the one that takes the writes again, without loss. */
  readonly switchover: RecoveryStep;
  /** `undefined` for a cluster that was taken over without one. */
  readonly masterUserSecret: MasterUserSecret | undefined;
  readonly instances: Readonly<Record<string, RdsClusterInstance>>;
  readonly resource: RdsCluster;

  constructor(scope: Construct, id: string, props: OriginClusterProps) {
    super(scope, id);
    checkProps(this, "OriginClusterProps", props);
    const { region, account } = Site.of(this);
    const { global, instances = {} } = props;
    const ref = clusterRef(this, { identifier: props.identifier, region, account });
    checkOrigin(this, props);
    const checked = checkCluster(this, props, instances);

    const groups = new ClusterGroups(this, "Groups", props, checked.version);
    this.masterUserSecret = masterUserSecretOf(this, props, "rds");
    const databaseName = props.adoptExisting ? undefined : global.databaseName;
    const own = { databaseName, ...masterCredentials(this.masterUserSecret) };
    this.resource = createCluster(this, props, { checked, groups, own });
    this.instances = createInstances(this, props, { cluster: this.resource, groups, instances });
    this.identifier = props.identifier;
    this.port = groups.port;
    this.securityGroupId = groups.securityGroup.id;
    this.ref = madeBy(ref, this.resource, ...Object.values(this.instances));
    this.global = madeBy({ ...global }, this.resource, ...Object.values(this.instances));
    const member = { cluster: this.ref, global };
    this.failover = failoverStep(AURORA_GLOBAL, member);
    this.switchover = switchoverStep(AURORA_GLOBAL, member);
    declareCluster(this, member, {
      active: props.active ?? true,
      retention: Duration.days(checked.backupRetentionDays),
      missingInstance: missingInstance(props, checked.version),
    });
  }

  get clusterArn(): string {
    return this.resource.arn;
  }

  /** Name of this cluster's writer, which takes writes only while the cluster does. */
  get endpoint(): string {
    return this.resource.endpoint;
  }

  /** Name that leads to the instances that read. */
  get readerEndpoint(): string {
    return this.resource.readerEndpoint;
  }
}

function checkOrigin(origin: OriginCluster, props: OriginClusterProps): void {
  checkHome(origin, props.global, props);
  refuseForwarding(origin, props);
  if (props.serverlessV2Scaling?.minAcu === 0) {
    refuse(
      origin,
      "SettingOutOfRange",
      "'minAcu' must be 0.5 or more, got 0: the cluster that takes the writes of a global database never pauses",
      "give 8 or more, as AWS advises",
    );
  }
  checkMasterUser(origin, props, AURORA[props.global.engine]);
}
