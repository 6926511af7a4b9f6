export { SourceActivity } from "./activity";
export { EventRule, EventRuleProps } from "./event-rule";
export { EventSourceProps } from "./event-source";
export { FailureDestination, failureQueue, failureTopic } from "./failure-destination";
export {
  FunctionAlarmProps,
  FunctionCountAlarmProps,
  FunctionErrorsAlarm,
  FunctionThrottlesAlarm,
  IteratorAgeAlarm,
  IteratorAgeAlarmProps,
} from "./function-alarms";
export { CodeBucket, FunctionCode, imageCode, ImageOptions, ZipCode, zipCode } from "./function-code";
export { AsynchronousEvents, FunctionNetwork, LambdaFunctionProps } from "./function-props";
export { FunctionPlace, FunctionRef } from "./function-ref";
export { FunctionUrl, FunctionUrlCors } from "./function-url";
export { Invoker } from "./invokers";
export { KinesisEventSource, KinesisEventSourceProps } from "./kinesis-event-source";
export { lambdaImageStatement, lambdaKeyStatements } from "./key-policy";
export { LambdaFunction } from "./lambda-function";
export { ConcurrencyScaling, ProvisionedConcurrency } from "./provisioned-concurrency";
export { QueueEventSource, QueueEventSourceProps } from "./queue-event-source";
export { Runtime } from "./runtimes";
export { StreamSourceProps } from "./stream-source";
export { TableStreamEventSource, TableStreamEventSourceProps } from "./table-stream-event-source";
