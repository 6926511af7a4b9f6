export { API_CALLS, iamAction } from "./api-calls";
export { AwsCall } from "./aws-call";
export { AWS_CALLS, SDK_MEMBERS } from "./aws-calls";
export { callFaults, faultsOfCheck } from "./call-faults";
export { Condition, holds } from "./conditions";
export { Copy, Mechanism, MECHANISMS, Threat, titleOf } from "./copies";
export { Declaration } from "./declarations";
export { atOnce, Basis, Figure, floorOf, inSequence, Verdict, verdictOn } from "./figures";
export { faultsOf, inOrder, isOutput, lengthOf, outputsUsed } from "./graph";
export { Metric, MetricId, METRICS } from "./metrics";
export { Path, PathElement, Scalar, valuesAt, Where } from "./paths";
export {
  Call,
  CallStep,
  Check,
  ControlPlane,
  Dependence,
  KnownErrors,
  OutputOf,
  Permission,
  Polling,
  pollingOf,
  Procedure,
  Purpose,
  ReadStep,
  Step,
  Undo,
  Value,
  WaitStep,
} from "./procedures";
export { unmodelledError } from "./sdk-names";
export { Signal } from "./signals";
