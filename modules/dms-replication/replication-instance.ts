import { DmsReplicationInstance } from "@cdktf/provider-aws/lib/dms-replication-instance";
import { Construct } from "constructs";
import { UpgradeSettings } from "../aws-values";
import { checkName, claimName, refuse, refuseEmpty } from "../core";
import { Site } from "../site";
import { refuseForeignRoles } from "./account-roles";
import { KEY, localArn, maintenanceWindow, whole } from "./checks";
import { ENGINE_VERSION, INSTANCE_CLASS, INSTANCE_ID } from "./names";
import { ReplicationPlacement } from "./replication-placement";
import { checkProps } from "./shapes";
import { createSubnetGroup, refuseSubnets } from "./subnet-group";

const DEFAULTS = {
  allocatedStorageGib: 100, // for logs and for changes that wait while the target cannot be written
  networkType: "IPV4", // AWS's own, written out so that no plan drifts
} as const;

/** @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/dms_replication_instance.html.markdown */
const STORAGE_GIB = { min: 5, max: 6_144 };

/** How an instance is upgraded, and when changes are applied. */
export interface ReplicationInstanceUpgrades extends UpgradeSettings {
  /**
   * Lets a change of `engineVersion` go to another major version.
   *
   * @default false
   */
  readonly allowMajorVersion?: boolean;
  /**
   * Lets AWS install minor versions in the maintenance window.
   *
   * @default - true while 'engineVersion' is left out, else false
   */
  readonly autoMinorVersion?: boolean;
}

export interface ReplicationInstanceProps extends ReplicationPlacement {
  /** Class, for example `dms.r6i.large`. */
  readonly instanceClass: string;
  /**
   * Storage in GiB, 5 to 6144, for logs and for changes that wait.
   *
   * @default 100
   */
  readonly allocatedStorageGib?: number;
  /**
   * Zone of the instance. Only with `singleAz`.
   *
   * @default - chosen by AWS
   */
  readonly availabilityZone?: string;
  /**
   * Version of the replication engine, for example `3.5.4`.
   *
   * @default - AWS's newest when the instance is created
   */
  readonly engineVersion?: string;
  /**
   * Kind of addresses.
   *
   * @default "IPV4"
   */
  readonly networkType?: "IPV4" | "DUAL";
  /**
   * Gives the instance a public address. Cannot be changed later.
   *
   * @default false
   */
  readonly publiclyAccessible?: boolean;
  /**
   * Upgrades, and when changes are applied.
   *
   * @default - changes wait for the maintenance window
   */
  readonly upgrades?: ReplicationInstanceUpgrades;
}

/**
 * The machine that reads from one database and writes to another. It is encrypted with a key of the site, is in two zones, and has no
 * public address.
 *
 * It is in the site of the target, never in the source's. Otherwise the loss of the source's region would lose rows that it has read and
 * not yet written. A failover also has to stop the task from the target's site.
 *
 * Site: the one of the target database.
 * While the other site is dark: works; tasks retry reading from the dark source, ever more rarely, and then stop.
 * On failover: nothing happens to it; stop its tasks before the target is written by anybody else.
 * Cost: an instance by the hour, twice with its standby, and its storage, also while no task runs.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html
 */
export class ReplicationInstance extends Construct {
  readonly instanceName: string;
  readonly resource: DmsReplicationInstance;

  constructor(scope: Construct, id: string, props: ReplicationInstanceProps) {
    super(scope, id);
    checkProps(this, "ReplicationInstanceProps", props);
    const site = Site.of(this);
    refuseForeignRoles(this, props.accountRoles);
    refuseNetwork(this, props);
    refuseVersion(this, props);
    const config = toConfig(this, props);
    refuseSubnets(this, props);
    claimName(this, INSTANCE_ID, props.name, site);

    const subnetGroup = createSubnetGroup(this, props);
    this.resource = new DmsReplicationInstance(this, "Resource", {
      ...config,
      replicationSubnetGroupId: subnetGroup.replicationSubnetGroupId,
    });
    this.instanceName = props.name;
  }

  /** ARN; DMS invents its last part. */
  get instanceArn(): string {
    return this.resource.replicationInstanceArn;
  }
}

function refuseNetwork(instance: ReplicationInstance, props: ReplicationInstanceProps): void {
  refuseEmpty(
    instance,
    "securityGroupIds",
    props.securityGroupIds,
    "name a security group: AWS would take the VPC's default",
  );
  if (props.availabilityZone !== undefined && !props.singleAz) {
    refuse(
      instance,
      "ConflictingSettings",
      `'availabilityZone' is given, got '${props.availabilityZone}', but the instance has a standby in a second zone`,
      "leave 'availabilityZone' out, or set 'singleAz'",
    );
  }
}

/** With both, AWS would go past the version, and the next plan would try to go back. */
function refuseVersion(instance: ReplicationInstance, props: ReplicationInstanceProps): void {
  if (props.engineVersion === undefined) return;
  checkName(instance, "engineVersion", props.engineVersion, ENGINE_VERSION);
  if (props.upgrades?.autoMinorVersion) {
    refuse(
      instance,
      "ConflictingSettings",
      `'engineVersion' is given, got '${props.engineVersion}', and 'upgrades.autoMinorVersion' is on`,
      "leave one of the two out: AWS would go past the version, and the next plan would try to go back",
    );
  }
}

function toConfig(instance: ReplicationInstance, props: ReplicationInstanceProps) {
  const { allocatedStorageGib = DEFAULTS.allocatedStorageGib, upgrades = {} } = props;
  const { min, max } = STORAGE_GIB;
  return {
    replicationInstanceId: checkName(instance, "name", props.name, INSTANCE_ID),
    replicationInstanceClass: checkName(instance, "instanceClass", props.instanceClass, INSTANCE_CLASS),
    allocatedStorage: whole(instance, "allocatedStorageGib", allocatedStorageGib, min, max),
    allowMajorVersionUpgrade: upgrades.allowMajorVersion ?? false,
    applyImmediately: upgrades.applyImmediately ?? false,
    autoMinorVersionUpgrade: upgrades.autoMinorVersion ?? props.engineVersion === undefined,
    availabilityZone: props.availabilityZone,
    engineVersion: props.engineVersion,
    kmsKeyArn: localArn(instance, "kmsKeyArn", props.kmsKeyArn, KEY),
    multiAz: !props.singleAz,
    networkType: props.networkType ?? DEFAULTS.networkType,
    preferredMaintenanceWindow: props.maintenanceWindow && maintenanceWindow(instance, props.maintenanceWindow),
    publiclyAccessible: props.publiclyAccessible ?? false,
    vpcSecurityGroupIds: [...props.securityGroupIds],
  };
}
