import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Duration, inRange, refuse, refuseBoth } from "../core";
import { AlarmNotification, createAlarm } from "../signals";
import { refuseForeignRegion } from "../site";
import { KnownFileSystem } from "./file-system-ref";
import { checkProps } from "./shapes";

const PERIOD = Duration.minutes(5);
const PERIODS = 2;

export interface SyncAlarmProps extends AlarmNotification {
  /** The time since the last sync that must not be passed: the workload's RPO, 15 minutes or more. */
  readonly threshold: Duration;
  /**
   * Says that nothing is replicated, as after a failover: the alarm falls silent instead of being removed.
   *
   * @default false
   */
  readonly paused?: boolean;
  /**
   * Periods of five minutes in a row the time has to be passed, 1 to 12.
   *
   * @default 2
   */
  readonly periods?: number;
  /** The destination, in this site; or `source`. @default - `source` */
  readonly replica?: KnownFileSystem;
  /** The source, in this site; or `replica`. @default - `replica` */
  readonly source?: KnownFileSystem;
}

/**
 * An alarm on the time since a replication last brought its destination up to its source, and on one that reports nothing.
 *
 * AWS publishes the metric by the ids of both ends, of which a site knows its own: a Metrics Insights query needs no more. AWS does not
 * say in which of the two regions it publishes it; `aws cloudwatch list-metrics --namespace AWS/EFS` tells, once data has been copied.
 *
 * Site: one with an end of the replication; best the destination's, where it can be seen when the source's is dark.
 * While the other site is dark: works, and is raised.
 * On failover: it stays raised, because nothing is replicated any more; `paused` silences it.
 * Cost: an alarm on a Metrics Insights query.
 *
 * @throws OutsideSite, WrongSite, MissingSetting, ConflictingSettings, SettingOutOfRange
 * @see https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html
 */
export class SyncAlarm extends Construct {
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: SyncAlarmProps) {
    super(scope, id);
    checkProps(this, "SyncAlarmProps", props);
    const { threshold, notify = [], paused = false } = props;
    const { dimension, fileSystem } = watchedEnd(this, props);
    const { name } = fileSystem.ref;
    const periods = inRange(this, "periods", props.periods ?? PERIODS, 1, 12);

    this.resource = createAlarm(this, "Resource", {
      alarmName: `${name}-time-since-last-sync`,
      alarmDescription: `Replication of ${name} is more than ${threshold.toString()} behind, or does not run`,
      threshold: threshold.inSeconds,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: paused ? "notBreaching" : "breaching",
      metricQuery: [
        {
          id: "sync",
          expression: `SELECT MAX(TimeSinceLastSync) FROM SCHEMA("AWS/EFS", DestinationFileSystemId, FileSystemId) WHERE ${dimension} = '${fileSystem.fileSystemId}'`,
          label: "Time since last sync in seconds",
          period: PERIOD.inSeconds,
          returnData: true,
        },
      ],
      notify,
    });
  }

  get alarmArn(): string {
    return this.resource.arn;
  }
}

/** The end the alarm knows, and the dimension AWS gives its id. */
function watchedEnd(
  alarm: SyncAlarm,
  { replica, source }: SyncAlarmProps,
): { readonly dimension: string; readonly fileSystem: KnownFileSystem } {
  refuseBoth(alarm, { replica, source });
  const fileSystem = replica ?? source;
  if (fileSystem === undefined) {
    refuse(alarm, "MissingSetting", "neither 'replica' nor 'source' is given", "name the end in this site");
  }
  refuseForeignRegion(alarm, `the file system '${fileSystem.ref.name}'`, fileSystem.ref.region);
  return { dimension: replica === undefined ? "FileSystemId" : "DestinationFileSystemId", fileSystem };
}
