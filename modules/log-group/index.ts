export {
  createLogGroup,
  createServiceLogGroups,
  LOG_GROUP,
  LogGroupSettings,
  logGroupsStatement,
  logStreamsArn,
} from "./log-group";
