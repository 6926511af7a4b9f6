import { DmsReplicationConfig } from "@cdktf/provider-aws/lib/dms-replication-config";
import { Construct } from "constructs";
import { claimName, isKnown, madeBy, refuse, refuseEmpty } from "../core";
import { Site } from "../site";
import { refuseForeignRoles } from "./account-roles";
import { KEY, localArn, maintenanceWindow } from "./checks";
import { declareMigration, MigrationProps, refuseMigration } from "./migration";
import { CONFIG_ID, RESOURCE_ID } from "./names";
import { ReplicationPlacement } from "./replication-placement";
import { checkProps } from "./shapes";
import { createSubnetGroup, refuseSubnets } from "./subnet-group";
import { replicationConfigRef, ReplicationAt, ReplicationRef } from "./task-ref";
import { taskSettings } from "./task-settings";

/** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_ComputeConfig.html */
const CAPACITY_UNITS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384];

/** DMS capacity units, of 2 GB of memory each. */
export type CapacityUnits = 1 | 2 | 4 | 8 | 16 | 32 | 64 | 128 | 192 | 256 | 384;

export interface ServerlessReplicationProps extends MigrationProps, ReplicationPlacement {
  /** Most capacity it scales to. */
  readonly maxCapacityUnits: CapacityUnits;
  /**
   * Least capacity it scales down to.
   *
   * @default 1
   */
  readonly minCapacityUnits?: CapacityUnits;
}

/**
 * Copies tables from one database to another on capacity that AWS provides and scales.
 *
 * DMS deprovisions a replication that is stopped for more than 48 hours. Then you can only start it again, not resume it. During a full
 * load it does not scale down. Start positions are an argument of `dms:StartReplication`, not of Terraform.
 *
 * Site: the one of the target database.
 * While the other site is dark: retries reading the dark source, ever more rarely, and then stops; what was read is written.
 * On failover: the recovery plan stops it (`dms:StopReplication`); afterwards say `started: false`.
 * Cost: the capacity in use by the hour, twice with its standby; nothing while it is not started.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Serverless.html
 */
export class ServerlessReplication extends Construct {
  /** Points to a replication without creating it. */
  static refOf(at: ReplicationAt): ReplicationRef {
    return replicationConfigRef("ServerlessReplication.refOf", at);
  }

  /** Points to this replication from anywhere. */
  readonly ref: ReplicationRef;
  readonly taskName: string;
  /** Dimensions of its metrics in `AWS/DMS`. */
  readonly metricDimensions: Readonly<Record<string, string>>;
  readonly resource: DmsReplicationConfig;

  constructor(scope: Construct, id: string, props: ServerlessReplicationProps) {
    super(scope, id);
    checkProps(this, "ServerlessReplicationProps", props);
    const site = Site.of(this);
    const { mappings, migrationType, name, source, target } = props;
    const ref = replicationConfigRef(this, { ...props, region: site.region, account: site.account });
    refuseForeignRoles(this, props.accountRoles);
    refuseMigration(this, props);
    const context = { migrationType, source: source.engine, target: target.engine };
    const settings = taskSettings(this, props.settings ?? {}, context);
    const compute = computeConfig(this, props);
    refuseSubnets(this, props);
    claimName(this, CONFIG_ID, name, site);
    claimName(this, RESOURCE_ID, ref.resourceIdentifier, site);

    const subnetGroup = createSubnetGroup(this, props);
    this.resource = new DmsReplicationConfig(this, "Resource", {
      replicationConfigIdentifier: name,
      resourceIdentifier: ref.resourceIdentifier,
      replicationType: migrationType,
      sourceEndpointArn: source.endpointArn,
      targetEndpointArn: target.endpointArn,
      tableMappings: mappings.json,
      replicationSettings: settings,
      computeConfig: { ...compute, replicationSubnetGroupId: subnetGroup.replicationSubnetGroupId },
      startReplication: props.started ?? false,
    });
    this.ref = madeBy(ref, this.resource);
    this.taskName = name;
    this.metricDimensions = { ReplicationConfigId: ref.resourceIdentifier };
    declareMigration(this, props, {
      stop: { call: "dms:StopReplication", parameters: { ReplicationConfigArn: ref.arn } },
      dimensions: this.metricDimensions,
    });
  }
}

function computeConfig(scope: ServerlessReplication, props: ServerlessReplicationProps) {
  const { maxCapacityUnits, minCapacityUnits = 1, securityGroupIds } = props;
  for (const [property, value] of Object.entries({ maxCapacityUnits, minCapacityUnits })) {
    if (isKnown(value) && !CAPACITY_UNITS.includes(value)) {
      refuse(scope, "SettingOutOfRange", `'${property}' must be one of ${CAPACITY_UNITS.join(", ")}, got ${value}`);
    }
  }
  if (isKnown(minCapacityUnits) && isKnown(maxCapacityUnits) && minCapacityUnits > maxCapacityUnits) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'minCapacityUnits' must be at most 'maxCapacityUnits', got ${minCapacityUnits} and ${maxCapacityUnits}`,
    );
  }
  refuseEmpty(scope, "securityGroupIds", securityGroupIds, "name a security group: AWS would take the VPC's default");
  return {
    kmsKeyId: localArn(scope, "kmsKeyArn", props.kmsKeyArn, KEY),
    maxCapacityUnits,
    minCapacityUnits,
    multiAz: !props.singleAz,
    preferredMaintenanceWindow: props.maintenanceWindow && maintenanceWindow(scope, props.maintenanceWindow),
    vpcSecurityGroupIds: [...securityGroupIds],
  };
}
