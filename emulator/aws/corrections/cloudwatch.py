"""Amazon CloudWatch: composite alarms."""

from __future__ import annotations

from typing import Any

from aws.patching import adds


@adds("moto.cloudwatch.responses:CloudWatchResponse.put_composite_alarm")
def put_composite_alarm(response: Any) -> Any:
    """PutCompositeAlarm is missing. On AWS DescribeAlarms answers the rule and the suppressor it was put with."""
    result = response.put_metric_alarm()
    alarm = response.cloudwatch_backend.alarms[response._get_param("AlarmName")]
    alarm.alarm_rule = alarm.rule
    alarm.actions_suppressor = response._get_param("ActionsSuppressor")
    alarm.actions_suppressor_wait_period = response._get_param("ActionsSuppressorWaitPeriod")
    alarm.actions_suppressor_extension_period = response._get_param("ActionsSuppressorExtensionPeriod")
    return result
