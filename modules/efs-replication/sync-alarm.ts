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
  /** Longest time since the last sync: the workload's RPO, 15 minutes or more. */
  readonly threshold: Duration;
  /**
   * Silences the alarm while nothing is replicated, for example after a failover. The alarm itself stays.
   *
   * @default false
   */
  readonly paused?: boolean;
  /**
   * Consecutive periods of five minutes above the threshold before the alarm is raised, 1 to 12.
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
 * An alarm on the time since the last sync of a replication. A replication that reports nothing raises it too.
 *
 * AWS publishes the metric by the ids of both file systems. A site knows only its own, which is enough for a Metrics Insights query. AWS does
 * not document in which of the two regions it publishes the metric. After the first copy, `aws cloudwatch list-metrics --namespace AWS/EFS`
 * shows it.
 *
 * Site: one with an end of the replication. Prefer the destination's: it is visible while the source's region is dark.
 * While the other site is dark: works, and is raised.
 * On failover: it stays raised, because nothing is replicated any more. `paused` silences it.
 * Cost: an alarm on a Metrics Insights query.
 *
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

/** The file system that the alarm watches, and the dimension in which AWS publishes its id. */
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
