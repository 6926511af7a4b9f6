/**
 * Proves what is synthesised for alarms and event subscriptions. Does not prove that CloudWatch calls silence silence, nor
 * that DMS sends an event.
 */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import "cdktf/lib/testing/adapters/jest";
import { Duration, policyDocument, RefusalCode } from "../../modules/core";
import {
  EventSubscription,
  EventSubscriptionProps,
  eventTopicStatement,
  ReplicationTask,
  TaskAlarms,
  TaskAlarmsProps,
} from "../../modules/dms-replication";
import { Site } from "../../modules/site";
import { TASK, TOPIC } from "../support/dms";
import { expectRefusalInSite, synthInSite } from "../support/synth";

describe("TaskAlarms", () => {
  const DIMENSIONS = { ReplicationInstanceIdentifier: "orders", ReplicationTaskIdentifier: "orders" };
  const ALARMED = { taskName: "orders", metricDimensions: DIMENSIONS };
  const build =
    (props: Partial<TaskAlarmsProps> = {}) =>
    (site: Site) =>
      new TaskAlarms(site, "Alarms", { task: ALARMED, maxLatency: Duration.minutes(10), ...props });
  const metric = (name: string) => ({
    namespace: "AWS/DMS",
    metric_name: name,
    dimensions: DIMENSIONS,
    period: 60,
    stat: "Maximum",
  });

  test("defaults", () => {
    const tf = synthInSite(build());
    expect(tf.types()).toEqual([
      "aws_cloudwatch_metric_alarm", // too late
      "aws_cloudwatch_metric_alarm", // does not run
    ]);
    expect(tf.at("Site/Alarms/Latency")).toEqual({
      provider: "aws",
      alarm_name: "orders-dms-latency",
      alarm_description: "DMS replication orders is more than 10 minutes late",
      comparison_operator: "GreaterThanThreshold",
      threshold: 600,
      evaluation_periods: 5,
      datapoints_to_alarm: 5,
      treat_missing_data: "missing",
      metric_query: [
        { id: "source", return_data: false, metric: metric("CDCLatencySource") },
        { id: "target", return_data: false, metric: metric("CDCLatencyTarget") },
        { id: "lag", expression: "source + target", label: "Lag in seconds", return_data: true },
      ],
    });
    expect(tf.at("Site/Alarms/Silence")).toEqual({
      provider: "aws",
      alarm_name: "orders-dms-silence",
      alarm_description: "DMS replication orders does not run",
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      evaluation_periods: 15,
      datapoints_to_alarm: 15,
      treat_missing_data: "breaching",
      namespace: "AWS/DMS",
      metric_name: "CDCLatencyTarget",
      dimensions: DIMENSIONS,
      period: 60,
      statistic: "SampleCount",
    });
    expect(tf.text).toHaveResourceWithProperties(CloudwatchMetricAlarm, { treat_missing_data: "breaching" });
  });

  test("every setting", () => {
    const tf = synthInSite(build({ latencyMinutes: 1, silenceMinutes: 30, topicArn: TOPIC }));
    const told = { alarm_actions: [TOPIC], ok_actions: [TOPIC] };
    expect(tf.at("Site/Alarms/Latency")).toEqual(
      expect.objectContaining({ evaluation_periods: 1, datapoints_to_alarm: 1, ...told }),
    );
    expect(tf.at("Site/Alarms/Silence")).toEqual(
      expect.objectContaining({ evaluation_periods: 30, datapoints_to_alarm: 30, ...told }),
    );
  });

  test("watches a task", () => {
    const tf = synthInSite((site) => build({ task: new ReplicationTask(site, "Task", TASK) })(site));
    expect(tf.at("Site/Alarms/Silence").dimensions).toEqual(DIMENSIONS);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      build()(site);
      new TaskAlarms(site, "Others", { task: { ...ALARMED, taskName: "b" }, maxLatency: Duration.hours(1) });
    });
    expect(tf.all("aws_cloudwatch_metric_alarm")).toHaveLength(4);
  });

  test.each<[string, Partial<TaskAlarmsProps>, RefusalCode, string | RegExp]>([
    [
      "no lag allowed",
      { maxLatency: Duration.seconds(0) },
      "SettingOutOfRange",
      "'maxLatency' must be a second or longer, got 0 seconds",
    ],
    [
      "more than a day of lag",
      { latencyMinutes: 1_441 },
      "SettingOutOfRange",
      "'latencyMinutes' must be a whole number from 1 to 1440, got 1441",
    ],
    [
      "no silence",
      { silenceMinutes: 0 },
      "SettingOutOfRange",
      "'silenceMinutes' must be a whole number from 1 to 1440, got 0",
    ],
    [
      "a topic of another region",
      { topicArn: TOPIC.replace("ap-northeast-2", "us-east-1") },
      "ArnOfOtherRegion",
      "'topicArn' is in 'us-east-1', the site is 'ap-northeast-2', got 'arn:aws:sns:us-east-1:111122223333:alarms'",
    ],
    [
      "a long name",
      { task: { ...ALARMED, taskName: "a".repeat(250) } },
      "InvalidName",
      /^'task.taskName' is not a valid CloudWatch alarm name/,
    ],
  ])("fails with %s", (_, props, code, problem) => {
    expectRefusalInSite(build(props), code, problem, "stack/Site/Alarms");
  });

  test("fails when a task has its alarms already", () => {
    expectRefusalInSite(
      (site) => [build()(site), new TaskAlarms(site, "Two", { task: ALARMED, maxLatency: Duration.hours(1) })],
      "NameTaken",
      "the CloudWatch alarm name 'orders-dms-latency' is already taken by stack/Site/Alarms",
      "stack/Site/Two",
    );
  });
});

describe("EventSubscription", () => {
  const PROPS: EventSubscriptionProps = { name: "tasks", sourceType: "replication-task", topicArn: TOPIC };
  const build =
    (props: Partial<EventSubscriptionProps> = {}) =>
    (site: Site) =>
      new EventSubscription(site, "Events", { ...PROPS, ...props });

  test("defaults", () => {
    const tf = synthInSite(build());
    expect(tf.types()).toEqual(["aws_dms_event_subscription"]); // tells the topic
    expect(tf.only("aws_dms_event_subscription")).toEqual({
      provider: "aws",
      name: "tasks",
      enabled: true,
      event_categories: ["deletion", "failure", "state change"],
      sns_topic_arn: TOPIC,
      source_type: "replication-task",
    });
  });

  test("of instances", () => {
    const { event_categories } = synthInSite(build({ sourceType: "replication-instance" })).only(
      "aws_dms_event_subscription",
    );
    expect(event_categories).toEqual(["deletion", "failover", "failure", "low storage", "maintenance"]);
  });

  test("categories and sourceIds", () => {
    const tf = synthInSite(build({ categories: ["failure"], sourceIds: ["orders"] }));
    expect(tf.only("aws_dms_event_subscription")).toEqual(
      expect.objectContaining({ event_categories: ["failure"], source_ids: ["orders"] }),
    );
  });

  test("eventTopicStatement lets this site's subscriptions publish", () => {
    synthInSite((site) => {
      build()(site);
      expect(JSON.parse(policyDocument([eventTopicStatement(site, TOPIC)]))).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AllowDmsEvents",
            Effect: "Allow",
            Principal: { Service: "dms.amazonaws.com" },
            Action: "sns:Publish",
            Resource: TOPIC,
            Condition: {
              StringEquals: { "aws:SourceAccount": "111122223333" },
              ArnLike: { "aws:SourceArn": "arn:aws:dms:ap-northeast-2:111122223333:es:*" },
            },
          },
        ],
      });
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new EventSubscription(site, "One", { ...PROPS, name: "one" });
      new EventSubscription(site, "Two", { ...PROPS, name: "two" });
    });
    expect(tf.all("aws_dms_event_subscription")).toHaveLength(2);
  });

  test.each<[string, Partial<EventSubscriptionProps>, RefusalCode, string | RegExp]>([
    ["a bad name", { name: "a b" }, "InvalidName", /^'name' is not a valid DMS event subscription name, got 'a b'/],
    ["a name of 255", { name: "a".repeat(255) }, "InvalidName", /1 to 254 characters/],
    [
      "events of the other source",
      { categories: ["low storage"] },
      "SettingOutOfRange",
      "'categories' of a replication-task must be some of configuration change, creation, deletion, failure, state change, got 'low storage'",
    ],
    [
      "events that do not exist",
      { sourceType: "replication-instance", categories: ["state change"] },
      "SettingOutOfRange",
      /got 'state change'$/,
    ],
    ["no events", { categories: [] }, "SettingOutOfRange", /got 'none'$/],
    ["no source", { sourceIds: [] }, "SettingOutOfRange", "'sourceIds' is empty"],
    [
      "an invalid topic",
      { topicArn: TOPIC.replace("sns", "sqs") },
      "InvalidArn",
      /^'topicArn' must be the ARN of an SNS topic/,
    ],
    [
      "a topic of another region",
      { topicArn: TOPIC.replace("ap-northeast-2", "us-east-1") },
      "ArnOfOtherRegion",
      /^'topicArn' is in/,
    ],
  ])("fails with %s", (_, props, code, problem) => {
    expectRefusalInSite(build(props), code, problem, "stack/Site/Events");
  });
});
