import { RdsCluster, RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Construct } from "constructs";
import { Duration, madeBy, RecoveryStep, refuse } from "../core";
import { MasterUserSecret, SecretReplica } from "../rds-read-replica";
import { refuseForeignSecret } from "../rds-read-replica/foreign-secret";
import { Site } from "../site";
import { createCluster, createInstances } from "./cluster";
import { checkCluster } from "./cluster-checks";
import { ClusterGroups } from "./cluster-groups";
import { ClusterInstance, ClusterProps } from "./cluster-props";
import { declareCluster, failoverStep, switchoverStep } from "./cluster-recovery";
import { ClusterRef, clusterRef, ClusterRefProps } from "./cluster-ref";
import { AURORA } from "./engine";
import { GlobalClusterRef } from "./global-cluster-ref";

const DEFAULT_USERNAME = "dbadmin";

export interface OriginClusterProps extends ClusterProps {
  /** Instances by a key of their own, 1 to 16: one writes, the others read. Their identifiers are `<identifier>-<key>`. */
  readonly instances: Readonly<Record<string, ClusterInstance>>;
  /**
   * The master user's name and password.
   *
   * @default - an own secret, `rds/<global cluster identifier>`; none for a cluster that is taken over, whose password stays
   */
  readonly masterUserSecret?: MasterUserSecret;
  /**
   * Raise it to have the own secret's password changed, in the secret and on the cluster, which has to take the writes then.
   *
   * @default 1
   */
  readonly passwordVersion?: number;
  /**
   * Regions the own secret is copied to, for the application that runs there after a failover.
   *
   * @default - the secondary regions, each with its AWS managed key
   */
  readonly secretReplicas?: Readonly<Record<string, SecretReplica>>;
  /**
   * Name of the master user. It cannot be changed.
   *
   * @default "dbadmin"
   */
  readonly username?: string;
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
  readonly clusterArn: string;
  /** Name of this cluster's writer, which takes writes only while the cluster does. */
  readonly endpoint: string;
  /** Makes this cluster the one that takes the writes, without the other. */
  readonly failover: RecoveryStep;
  readonly identifier: string;
  readonly port: number;
  /** Name that leads to the instances that read. */
  readonly readerEndpoint: string;
  readonly securityGroupId: string;
  /** Makes this cluster the one that takes the writes again, without loss. */
  readonly switchover: RecoveryStep;
  /** `undefined` for a cluster that was taken over without one. */
  readonly masterUserSecret: MasterUserSecret | undefined;
  readonly instances: Readonly<Record<string, RdsClusterInstance>>;
  readonly resource: RdsCluster;

  constructor(scope: Construct, id: string, props: OriginClusterProps) {
    super(scope, id);
    const { region, account } = Site.of(this);
    const { global, instances } = props;
    const ref = clusterRef(this, { identifier: props.identifier, region, account });
    checkOrigin(this, props);
    const checked = checkCluster(this, props, instances);

    const groups = new ClusterGroups(this, "Groups", props, checked.version);
    this.masterUserSecret = secretOf(this, props);
    const own = { databaseName: props.adoptExisting ? undefined : global.databaseName, ...credentials(this) };
    this.resource = createCluster(this, props, { checked, groups, own });
    this.instances = createInstances(this, props, { cluster: this.resource, groups, instances });
    this.clusterArn = this.resource.arn;
    this.endpoint = this.resource.endpoint;
    this.identifier = props.identifier;
    this.port = groups.port;
    this.readerEndpoint = this.resource.readerEndpoint;
    this.securityGroupId = groups.securityGroup.id;
    this.ref = madeBy(ref, this.resource, ...Object.values(this.instances));
    this.global = madeBy({ ...global }, this.resource, ...Object.values(this.instances));
    const member = { cluster: this.ref, global };
    this.failover = failoverStep(member);
    this.switchover = switchoverStep(member);
    declareCluster(this, member, {
      active: props.active ?? true,
      retention: Duration.days(checked.backupRetentionDays),
    });
  }
}

function checkOrigin(origin: OriginCluster, props: OriginClusterProps): void {
  const { region } = Site.of(origin);
  if (props.global.region !== region) {
    refuse(origin, "WrongSite", `the home of '${props.global.name}' lies in '${props.global.region}', got '${region}'`);
  }
  if (Object.keys(props.instances).length === 0) {
    refuse(origin, "MissingSetting", "'instances' is empty, and nobody would take the writes", "name one or more");
  }
  if (props.serverlessV2Scaling?.minAcu === 0) {
    refuse(
      origin,
      "SettingOutOfRange",
      "'minAcu' must be 0.5 or more, got 0: the cluster that takes the writes of a global database never pauses",
      "give 8 or more, as AWS advises",
    );
  }
  checkUser(origin, props);
  refuseTwoPasswords(origin, props);
}

function checkUser(origin: OriginCluster, props: OriginClusterProps): void {
  const { reservedUsers, name } = AURORA[props.global.engine];
  const username = props.masterUserSecret?.username ?? props.username ?? DEFAULT_USERNAME;
  if (reservedUsers.includes(username.toLowerCase())) {
    refuse(origin, "InvalidName", `'username' is reserved by ${name}, got '${username}'`);
  }
}

function refuseTwoPasswords(origin: OriginCluster, props: OriginClusterProps): void {
  const { masterUserSecret, adoptExisting } = props;
  const without = masterUserSecret !== undefined ? "masterUserSecret" : adoptExisting && "adoptExisting";
  const idle = (["passwordVersion", "secretReplicas", "username"] as const).find((name) => props[name] !== undefined);
  if (without !== undefined && idle !== undefined) {
    refuse(
      origin,
      "ConflictingSettings",
      `'${idle}' belongs to an own secret, and '${without}' is given`,
      "leave it out, or set it on the MasterUserSecret",
    );
  }
  if (masterUserSecret !== undefined) refuseForeignSecret(origin, masterUserSecret);
}

function secretOf(origin: OriginCluster, props: OriginClusterProps): MasterUserSecret | undefined {
  if (props.masterUserSecret !== undefined || props.adoptExisting !== undefined) return props.masterUserSecret;
  const { name, secondaryRegions } = props.global;
  return new MasterUserSecret(origin, "MasterUser", {
    kmsKeyArn: props.kmsKeyArn,
    name: `rds/${name}`,
    username: props.username ?? DEFAULT_USERNAME,
    destroyable: props.destroyable,
    passwordVersion: props.passwordVersion,
    replicas: props.secretReplicas ?? Object.fromEntries(secondaryRegions.map((region) => [region, {}])),
  });
}

function credentials({ masterUserSecret }: OriginCluster): Partial<RdsClusterConfig> {
  if (masterUserSecret === undefined) return {};
  return {
    masterUsername: masterUserSecret.username,
    masterPasswordWo: masterUserSecret.password,
    masterPasswordWoVersion: masterUserSecret.passwordVersion,
  };
}
