/**
 * Proves what every alarm of the library has in common, and who is notified. Does not prove when an alarm is raised: each module tests its
 * own.
 */
import { createAlarm, notifierOf } from "../../modules/signals";
import { Site } from "../../modules/site";
import { synthInSite } from "../support/synth";

const TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:orders-alarms";

const alarm = (site: Site, notify: readonly string[] | undefined, comparisonOperator?: string) =>
  createAlarm(site, "Failures", {
    alarmName: "orders-import-failures",
    namespace: "Orders",
    metricName: "ImportFailures",
    statistic: "Sum",
    period: 60,
    evaluationPeriods: 5,
    threshold: 0,
    notify,
    ...(comparisonOperator === undefined ? {} : { comparisonOperator }),
  });
const made = (...given: [readonly string[] | undefined, string?]) =>
  synthInSite((site) => void alarm(site, ...given)).at("Site/Failures");

describe("createAlarm", () => {
  test("notifies when the alarm is raised and when it ends", () => {
    expect(made([TOPIC])).toEqual({
      provider: "aws",
      alarm_name: "orders-import-failures",
      namespace: "Orders",
      metric_name: "ImportFailures",
      statistic: "Sum",
      period: 60,
      evaluation_periods: 5,
      threshold: 0,
      comparison_operator: "GreaterThanThreshold",
      alarm_actions: [TOPIC],
      ok_actions: [TOPIC],
    });
  });

  test("compares as it is set", () => {
    expect(made([TOPIC], "LessThanThreshold").comparison_operator).toBe("LessThanThreshold");
  });

  test("writes no actions if none are set, and an empty list if the list is empty", () => {
    expect(made(undefined)).not.toHaveProperty("alarm_actions");
    expect(made([])).toMatchObject({ alarm_actions: [], ok_actions: [] });
  });
});

test("the notifier answers with the topic that the user gives", () => {
  synthInSite((site) => {
    alarm(site, undefined);
    expect(notifierOf(site).eventTopic(TOPIC)).toBe(TOPIC);
  });
});
