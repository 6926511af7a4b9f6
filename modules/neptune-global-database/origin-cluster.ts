import { NeptuneCluster } from "@cdktf/provider-aws/lib/neptune-cluster";
import { NeptuneClusterInstance } from "@cdktf/provider-aws/lib/neptune-cluster-instance";
import { Construct } from "constructs";
import { Duration, madeBy, RecoveryStep, refuse } from "../core";
import {
  checkHome,
  ClusterRef,
  clusterRef,
  ClusterRefProps,
  failoverStep,
  INSTANCES,
  switchoverStep,
} from "../joined-clusters";
import { Site } from "../site";
import { checkCluster, createCluster, createInstances, dataArn } from "./cluster";
import { ClusterGroups } from "./cluster-groups";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { declareCluster, NEPTUNE_GLOBAL, missingInstance } from "./cluster-recovery";
import { GlobalClusterRef } from "./global-cluster-ref";
import { checkProps } from "./shapes";

export interface OriginClusterProps extends ClusterProps {
  /**
   * Says that the cluster has no instance while another takes the writes: only its storage is paid for and kept up to date. It needs
   * `active: false`. A recovery then begins with making the instance `<identifier>-writer`.
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
 * The cluster that a global database begins with: encrypted with the site's key, open to signed requests alone, not reachable from
 * the internet. It stays what it is in Terraform when another cluster takes the writes.
 *
 * Site: the home of the global database.
 * While the other site is dark: works; its writes wait for nobody.
 * On failover: it becomes a secondary; no plan shows it.
 * Cost: its instances, storage, I/O, backups beyond the size of the storage.
 *
 * @throws OutsideSite, InvalidName, NameTaken, WrongSite, ReplicaInOtherAccount, UnknownEngineVersion, InstanceClassUnsuitable,
 *   NotInEngineVersion, BackupsOff, SettingOutOfRange, ConflictingSettings, MissingSetting, InvalidWindow, WindowsOverlap, InvalidArn,
 *   KeyInOtherRegion, OpenToTheWorld
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-setup.html
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
  readonly instances: Readonly<Record<string, NeptuneClusterInstance>>;
  readonly resource: NeptuneCluster;

  constructor(scope: Construct, id: string, props: OriginClusterProps) {
    super(scope, id);
    checkProps(this, "OriginClusterProps", props);
    const { region, account } = Site.of(this);
    const { global, instances = {} } = props;
    const ref = clusterRef(this, { identifier: props.identifier, region, account });
    checkHome(this, global, props);
    const checked = checkCluster(this, props, instances);
    checkReaders(this, props);

    const groups = new ClusterGroups(this, "Groups", props, checked);
    this.resource = createCluster(this, props, { checked, groups });
    this.instances = createInstances(this, props, { cluster: this.resource, groups, instances });
    this.identifier = props.identifier;
    this.port = groups.port;
    this.securityGroupId = groups.securityGroup.id;
    this.ref = madeBy(ref, this.resource, ...Object.values(this.instances));
    this.global = madeBy({ ...global }, this.resource, ...Object.values(this.instances));
    const member = { cluster: this.ref, global };
    this.failover = failoverStep(NEPTUNE_GLOBAL, member);
    this.switchover = switchoverStep(NEPTUNE_GLOBAL, member);
    declareCluster(this, member, {
      active: props.active ?? true,
      retention: Duration.days(checked.backupRetentionDays),
      missingInstance: missingInstance(props, checked.version),
    });
  }

  get clusterArn(): string {
    return this.resource.arn;
  }

  /** What a policy names to let somebody query the graph here: ARN of its data, with the actions of `neptune-db`. */
  get dataArn(): string {
    return dataArn(this.resource);
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

/** @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-gdb-setup.html */
function checkReaders(origin: OriginCluster, { global, instances = {} }: OriginClusterProps): void {
  const [most, count] = [INSTANCES - global.secondaryRegions.length, Object.keys(instances).length];
  if (count > most) {
    const problem = `'instances' must name ${most} at most, ${INSTANCES} less one for each secondary region, got ${count}`;
    refuse(origin, "SettingOutOfRange", problem, "name fewer: each secondary region takes a reader's place");
  }
}
