/** For other modules and the patterns, not for users: no public sub-path of the package leads here. */
export { checkGroups, checkGroupSettings, createMonitoringRole, parameterList } from "./group-parts";
export { checkInsightsRetention, checkMonitoring } from "./setting-checks";
