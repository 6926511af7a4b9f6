import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Construct } from "constructs";
import { Duration, madeBy, RecoveryStep, refuse } from "../core";
import {
  checkHeadless,
  checkSecondaryRegion,
  ClusterRef,
  clusterRef,
  ClusterRefProps,
  failoverStep,
  switchoverStep,
} from "../joined-clusters";
import { Site } from "../site";
import { createCluster, createInstances } from "./cluster";
import { checkCluster, refuseForwarding } from "./cluster-checks";
import { ClusterGroups } from "./cluster-groups";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { AURORA_GLOBAL, declareCluster, missingInstance } from "./cluster-recovery";
import { checkProps } from "./shapes";

export interface SecondaryClusterProps extends ClusterProps {
  /**
   * Says that the cluster has no instance: only its storage is paid for and kept up to date. A recovery then begins with making the
   * instance `<identifier>-writer` of class `instanceClass`; afterwards write `instances: { writer: { adoptExisting: true } }`.
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
   * Region of the cluster that takes the writes when this one is created; afterwards it means nothing.
   *
   * @default - the home of the global database
   */
  readonly sourceRegion?: string;
}

/**
 * A cluster that joins a global database in another region: complete with key, groups, log groups and backups of its own, because
 * AWS takes none of them over when the cluster becomes the one that takes the writes.
 *
 * Site: one of the global database's secondary regions, in the account of the home.
 * While the other site is dark: works as far as it had received; it can be failed over to, planned and applied.
 * On failover: somebody calls `rds:FailoverGlobalCluster` here; it takes the writes and no plan shows it. A planned
 *   `rds:SwitchoverGlobalCluster`, without loss, is called where the writes are taken.
 * Cost: its storage, replicated writes and their transfer, backups, and its instances unless it is headless.
 *
 * @throws OutsideSite, InvalidName, NameTaken, WrongSite, ReplicaInSourceRegion, ReplicaInOtherAccount, UnknownEngineVersion,
 *   InstanceClassUnsuitable, NotInEngineVersion, BackupsOff, SettingOutOfRange, ConflictingSettings, MissingSetting, InvalidWindow, WindowsOverlap, InvalidArn,
 *   KeyInOtherRegion, OpenToTheWorld
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-attaching.html
 */
export class SecondaryCluster extends Construct {
  /** The cluster of an identifier, without creating it. */
  static refOf(props: ClusterRefProps): ClusterRef {
    return clusterRef("SecondaryCluster.refOf", props);
  }

  /** Points to this cluster from anywhere. */
  readonly ref: ClusterRef;
  /** Makes this cluster the one that takes the writes, without the other. */
  readonly failover: RecoveryStep;
  readonly identifier: string;
  readonly port: number;
  readonly securityGroupId: string;
  /** Makes this cluster the one that takes the writes, without loss. */
  readonly switchover: RecoveryStep;
  readonly instances: Readonly<Record<string, RdsClusterInstance>>;
  readonly resource: RdsCluster;

  constructor(scope: Construct, id: string, props: SecondaryClusterProps) {
    super(scope, id);
    checkProps(this, "SecondaryClusterProps", props);
    const { region, account } = Site.of(this);
    const { global, instances = {} } = props;
    const ref = clusterRef(this, { identifier: props.identifier, region, account });
    checkSecondary(this, props);
    const checked = checkCluster(this, props, instances);

    const groups = new ClusterGroups(this, "Groups", props, checked.version);
    const own = { sourceRegion: props.sourceRegion ?? global.region }; // AWS encrypts anew on the way
    this.resource = createCluster(this, props, { checked, groups, own });
    this.instances = createInstances(this, props, { cluster: this.resource, groups, instances });
    this.identifier = props.identifier;
    this.port = groups.port;
    this.securityGroupId = groups.securityGroup.id;
    this.ref = madeBy(ref, this.resource, ...Object.values(this.instances));
    const member = { cluster: this.ref, global };
    this.failover = failoverStep(AURORA_GLOBAL, member);
    this.switchover = switchoverStep(AURORA_GLOBAL, member);
    declareCluster(this, member, {
      active: props.active ?? false,
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

function checkSecondary(secondary: SecondaryCluster, props: SecondaryClusterProps): void {
  const { global, sourceRegion } = props;
  const { region } = Site.of(secondary);
  checkSecondaryRegion(secondary, global);
  if (sourceRegion === region) {
    refuse(
      secondary,
      "ReplicaInSourceRegion",
      `'sourceRegion' must be another region, got the cluster's own '${region}'`,
    );
  }
  checkHeadless(secondary, props);
  refuseForwarding(secondary, props);
}
