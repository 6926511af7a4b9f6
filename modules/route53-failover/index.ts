export { Accelerator } from "./accelerator";
export {
  AcceleratorEndpoint,
  AcceleratorHealthCheck,
  AcceleratorListener,
  AcceleratorProps,
  AcceleratorSite,
  PortRange,
} from "./accelerator-props";
export { ActiveAnswer } from "./active-records";
export { AlarmHealthCheck, AlarmHealthCheckProps, InsufficientDataStatus } from "./alarm-health-check";
export { AlarmRef, alarmRef, AlarmRefProps } from "./alarm-ref";
export { CalculatedHealthCheck, CalculatedHealthCheckProps } from "./calculated-health-check";
export { EndpointHealthCheck } from "./endpoint-health-check";
export {
  CHECKER_REGIONS,
  CheckerRegion,
  EndpointCheckers,
  EndpointHealthCheckProps,
} from "./endpoint-health-check-props";
export { EvacuatedSite, EvacuationSwitch, EvacuationSwitchProps, EvacuationSwitchRefProps } from "./evacuation-switch";
export { FailoverRecords, FailoverRecordsProps, PrimaryAnswer, SecondaryAnswer } from "./failover-records";
export { FailoverSwitch, FailoverSwitchProps, FailoverSwitchRefProps } from "./failover-switch";
export { HealthCheck, HealthInput } from "./health-check";
export {
  HostedZone,
  HostedZoneProps,
  isWithinZone,
  refuseOutsideZone,
  refuseZoneOfOtherAccount,
  ZoneRef,
} from "./hosted-zone";
export { LatencyRecords, LatencyRecordsProps } from "./latency-records";
export { DOMAIN, RECORD_SET } from "./names";
export { RecordSetProps, SiteAnswer } from "./record-set";
export { ALIAS_TTL, AliasOptions, AliasTarget, aliasTo, plainValues, RecordTarget } from "./record-target";
export { RoutingControl, RoutingControlProps } from "./routing-control";
export { RoutingControlCluster, RoutingControlClusterProps } from "./routing-control-cluster";
export { RoutingControlHealthCheck, RoutingControlHealthCheckProps } from "./routing-control-health-check";
export { RoutingControlPanel, RoutingControlPanelProps, RoutingControlPanelRef } from "./routing-control-panel";
export { AssertionRule, AssertionRuleProps, GatingRule, GatingRuleProps, SafetyRuleProps } from "./safety-rules";
export { SWITCH_PERIOD, SwitchMetric, SwitchRef, SwitchSettings } from "./switch-alarm";
export { WeightedAnswer, WeightedRecords, WeightedRecordsProps } from "./weighted-records";
