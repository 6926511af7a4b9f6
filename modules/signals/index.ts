export { AlarmNotification, AlarmSettings, createAlarm } from "./alarm";
export { ALARM, EVENT_RULE } from "./names";
export { Notifier, notifierOf } from "./notifier";
