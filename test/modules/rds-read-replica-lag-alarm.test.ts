/**
 * Proves what is synthesised for the alarm. Does not prove what RDS reports of a replica, nor that CloudWatch tells anybody.
 */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import "cdktf/lib/testing/adapters/jest";
import { Duration } from "../../modules/core";
import { ReadReplica, ReplicaLagAlarm, ReplicaLagAlarmProps } from "../../modules/rds-read-replica";
import { REPLICA } from "../support/rds";
import { expectRefusalInSite, Json, SEOUL, synthInSite, TOKYO } from "../support/synth";

const PROPS: ReplicaLagAlarmProps = {
  replica: ReadReplica.refOf({ ...SEOUL, identifier: "ledger-seoul-2" }),
  threshold: Duration.minutes(15),
};

describe("ReplicaLagAlarm", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => new ReplicaLagAlarm(site, "Lag", PROPS));

    expect(tf.types()).toEqual([
      "aws_cloudwatch_metric_alarm", // the lag
    ]);
    expect(tf.only("aws_cloudwatch_metric_alarm")).toEqual({
      provider: "aws",
      alarm_name: "ledger-seoul-2-replica-lag",
      alarm_description: "ledger-seoul-2 lags behind its source more than 15 minutes, or does not replicate",
      comparison_operator: "GreaterThanThreshold",
      threshold: 900,
      evaluation_periods: 5,
      datapoints_to_alarm: 5,
      treat_missing_data: "breaching",
      metric_query: [
        {
          id: "lag",
          metric: {
            namespace: "AWS/RDS",
            metric_name: "ReplicaLag",
            dimensions: { DBInstanceIdentifier: "ledger-seoul-2" },
            period: 60,
            stat: "Maximum",
          },
        },
        {
          id: "behind",
          expression: "IF(lag < 0, 901, lag)", // -1: nothing is replicated
          label: "Lag, or one second too many while nothing is replicated",
          return_data: true,
        },
      ],
      alarm_actions: [],
      ok_actions: [],
    });
    expect(tf.text).toHaveResourceWithProperties(CloudwatchMetricAlarm, { threshold: 900 });
  });

  test("every setting", () => {
    const topic = "arn:aws:sns:ap-northeast-2:111122223333:dr";
    const tf = synthInSite((site) => {
      new ReplicaLagAlarm(site, "Lag", { ...PROPS, threshold: Duration.seconds(30), minutes: 2, notify: [topic] });
    });
    expect(tf.only("aws_cloudwatch_metric_alarm")).toMatchObject({
      threshold: 30,
      evaluation_periods: 2,
      datapoints_to_alarm: 2,
      alarm_actions: [topic],
      ok_actions: [topic],
    });
  });

  test("falls silent when the replica is said to be promoted, and stays what it is otherwise", () => {
    const [before, after] = [false, true].map((promoted) =>
      synthInSite((site) => new ReplicaLagAlarm(site, "Lag", { ...PROPS, promoted })).only(
        "aws_cloudwatch_metric_alarm",
      ),
    );
    const [lag] = before!.metric_query as Json[];
    expect(after).toEqual({
      ...before,
      treat_missing_data: "notBreaching",
      metric_query: [
        lag,
        { id: "behind", expression: "IF(lag < 0, 0, lag)", label: "Lag, none after the promotion", return_data: true },
      ],
    });
  });

  test("waits for a replica of the same stack", () => {
    const tf = synthInSite((tokyo) => {
      const { ref } = new ReadReplica(tokyo, "Ledger", REPLICA);
      new ReplicaLagAlarm(tokyo, "Lag", { ...PROPS, replica: ref });
    }, TOKYO);
    expect(tf.only("aws_cloudwatch_metric_alarm").depends_on).toEqual([expect.stringMatching(/^aws_db_instance\./)]);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new ReplicaLagAlarm(site, "One", PROPS);
      new ReplicaLagAlarm(site, "Two", { ...PROPS, replica: ReadReplica.refOf({ ...SEOUL, identifier: "carts" }) });
    });
    expect(tf.all("aws_cloudwatch_metric_alarm")).toHaveLength(2);
  });

  test("fails away from the replica", () => {
    expectRefusalInSite(
      (site) =>
        new ReplicaLagAlarm(site, "Lag", { ...PROPS, replica: ReadReplica.refOf({ ...TOKYO, identifier: "r" }) }),
      "WrongSite",
      "the lag metric of 'r' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
      "stack/Site/Lag",
    );
  });

  test("fails with no minute", () => {
    expectRefusalInSite(
      (site) => new ReplicaLagAlarm(site, "Lag", { ...PROPS, minutes: 0 }),
      "SettingOutOfRange",
      "'minutes' must be a whole number from 1 to 1440, got 0",
    );
  });
});
