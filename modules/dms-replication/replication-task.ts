import { DmsReplicationTask } from "@cdktf/provider-aws/lib/dms-replication-task";
import { Construct } from "constructs";
import { claimName, madeBy } from "../core";
import { Site } from "../site";
import { CdcStart, refuseStart } from "./cdc-start";
import { declareMigration, MigrationProps, refuseMigration } from "./migration";
import { RESOURCE_ID, TASK_ID } from "./names";
import { checkProps } from "./shapes";
import { ReplicationAt, ReplicationRef, taskRef } from "./task-ref";
import { taskSettings } from "./task-settings";

export interface ReplicationTaskProps extends MigrationProps, CdcStart {
  /** Instance that runs the task. */
  readonly instance: { readonly instanceArn: string; readonly instanceName: string };
  /** Identifier; unique in the region of the account. */
  readonly name: string;
}

/**
 * Copies tables from one database to another, once or for as long as changes come.
 *
 * Instance, endpoints and task are in the target's site. So you can stop the task and use the target while the source's region is dark. DMS
 * accepts a change of settings only for a stopped task, so Terraform stops and resumes it.
 *
 * Terraform has no argument for a stop position (`CdcStopPosition`), and the assessment before the first start
 * (`dms:StartReplicationTaskAssessmentRun`).
 *
 * Site: the one of the target database and the replication instance.
 * While the other site is dark: retries reading the dark source, ever more rarely, and then stops; what was read is written.
 * On failover: the recovery plan stops it (`dms:StopReplicationTask`); afterwards say `started: false`.
 * Cost: none beyond the instance; rows leaving the source's region are paid as transfer.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.html
 */
export class ReplicationTask extends Construct {
  /** Points to a task without creating it. */
  static refOf(at: ReplicationAt): ReplicationRef {
    return taskRef("ReplicationTask.refOf", at);
  }

  /** Points to this task from anywhere. */
  readonly ref: ReplicationRef;
  readonly taskName: string;
  /** Dimensions of its metrics in `AWS/DMS`. */
  readonly metricDimensions: Readonly<Record<string, string>>;
  readonly resource: DmsReplicationTask;

  constructor(scope: Construct, id: string, props: ReplicationTaskProps) {
    super(scope, id);
    checkProps(this, "ReplicationTaskProps", props);
    const site = Site.of(this);
    const { cdcStartPosition, cdcStartTime, instance, mappings, migrationType, name, source, target } = props;
    const ref = taskRef(this, { ...props, region: site.region, account: site.account });
    refuseMigration(this, props);
    refuseStart(this, migrationType, props);
    const context = { migrationType, source: source.engine, target: target.engine };
    const settings = taskSettings(this, props.settings ?? {}, context);
    claimName(this, TASK_ID, name, site);
    claimName(this, RESOURCE_ID, ref.resourceIdentifier, site);

    this.resource = new DmsReplicationTask(this, "Resource", {
      replicationTaskId: name,
      resourceIdentifier: ref.resourceIdentifier,
      migrationType,
      replicationInstanceArn: instance.instanceArn,
      sourceEndpointArn: source.endpointArn,
      targetEndpointArn: target.endpointArn,
      tableMappings: mappings.json,
      replicationTaskSettings: settings,
      cdcStartPosition,
      cdcStartTime,
      startReplicationTask: props.started ?? false,
    });
    this.ref = madeBy(ref, this.resource);
    this.taskName = name;
    this.metricDimensions = {
      ReplicationInstanceIdentifier: instance.instanceName,
      ReplicationTaskIdentifier: ref.resourceIdentifier,
    };
    declareMigration(this, props, {
      stop: { call: "dms:StopReplicationTask", parameters: { ReplicationTaskArn: ref.arn } },
      dimensions: this.metricDimensions,
    });
  }
}
