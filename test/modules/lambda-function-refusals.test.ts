/**
 * Proves everything that is refused of a function, its sources and its alarms, where it was written. Does not prove that AWS refuses nothing
 * else.
 */
import { Duration, RefusalCode } from "../../modules/core";
import { GlobalTable } from "../../modules/dynamodb-global-table";
import { registryImage } from "../../modules/ecr-replication";
import {
  EventRule,
  EventRuleProps,
  failureQueue,
  failureTopic,
  FunctionErrorsAlarm,
  imageCode,
  IteratorAgeAlarm,
  KinesisEventSource,
  KinesisEventSourceProps,
  LambdaFunction,
  LambdaFunctionProps,
  QueueEventSource,
  QueueEventSourceProps,
  TableStreamEventSource,
  TableStreamEventSourceProps,
  ZipCode,
  zipCode,
} from "../../modules/lambda-function";
import { ReplicaBucket } from "../../modules/s3-replication";
import { CODE, FUNCTION, KEY_ARN, PROPS } from "../support/lambda";
import { expectRefusalInSite, SEOUL, TOKYO, TOKYO_ABROAD } from "../support/synth";

type Refused<Change> = readonly [Change, RefusalCode, string | RegExp];
const foreign = (arn: string) => arn.replace("northeast-2", "northeast-1");
const zip = (change: Partial<ZipCode>) => ({ code: zipCode({ ...CODE.zip!, ...change }) });
const layer = "arn:aws:lambda:ap-northeast-2:111122223333:layer:tools:3";
const QUEUE = "arn:aws:sqs:ap-northeast-2:111122223333:orders";
const STREAM = "arn:aws:kinesis:ap-northeast-2:111122223333:stream/orders";
const PLACE = "'ap-northeast-1' of '111122223333', the site is 'ap-northeast-2' of '111122223333'";
const inTokyo = LambdaFunction.refOf({ ...TOKYO, name: "orders-worker" });

describe("LambdaFunction", () => {
  test.each<Refused<Partial<LambdaFunctionProps>>>([
    [{ name: "orders worker" }, "InvalidName", /^'name' is not a valid Lambda function name, got 'orders worker'/],
    [{ kmsKeyArn: foreign(KEY_ARN) }, "ArnOfOtherRegion", /^'kmsKeyArn' is in 'ap-northeast-1'/],
    [{ kmsKeyArn: "alias/orders" }, "InvalidArn", "'kmsKeyArn' must be an ARN, got 'alias/orders'"],
    [
      zip({ bucket: ReplicaBucket.refOf({ ...TOKYO, name: "acme-builds" }) }),
      "CodeInOtherRegion",
      "the bucket 'acme-builds' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
    ],
    [zip({ bucket: { name: "Builds" } }), "InvalidName", /^'code\.bucket\.name' is not a valid S3 bucket name/],
    [zip({ handler: "index handler" }), "InvalidName", /^'code\.handler' is not a valid handler/],
    [zip({ layers: [foreign(layer)] }), "ArnOfOtherRegion", /^'code\.layers' is in 'ap-northeast-1'/],
    [zip({ layers: [layer, layer] }), "RepeatedItem", `'code.layers' names '${layer}' twice`],
    [
      zip({ layers: ["1", "2", "3", "4", "5", "6"].map((version) => layer + version) }),
      "SettingOutOfRange",
      "'code.layers.length' must be a whole number from 0 to 5, got 6",
    ],
    [
      zip({ snapStart: true }),
      "SnapStartNotOffered",
      /^'code\.snapStart' is set for 'nodejs22\.x', Lambda has it for the runtimes python3\.12,/,
    ],
    [
      {
        ...zip({ runtime: "java21", snapStart: true }),
        provisionedConcurrency: { active: true, activeConcurrency: 1 },
      },
      "ConflictingSettings",
      "'code.snapStart' and 'provisionedConcurrency' are both given",
    ],
    [
      { ...zip({ runtime: "java21", snapStart: true }), ephemeralStorageMiB: 513 },
      "ConflictingSettings",
      "'code.snapStart' is set and 'ephemeralStorageMiB' is 513, Lambda snapshots 512 at most",
    ],
    [
      { code: imageCode(registryImage("public.ecr.aws/docker/library/node:22")) },
      "ImageOutsideEcr",
      "'code' is the image 'public.ecr.aws/docker/library/node:22'",
    ],
    [
      { code: imageCode(registryImage("111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/orders/api:1")) },
      "ImageInOtherRegion",
      /is in 'ap-northeast-1', the site is 'ap-northeast-2'$/,
    ],
    [{ environment: { AWS_REGION: "x" } }, "InvalidName", /none that Lambda reserves$/],
    [{ environment: { "a-b": "x" } }, "InvalidName", /^'environment' is not a valid environment variable, got 'a-b'/],
    [
      { environment: { AA: "x".repeat(4_095) } },
      "SettingOutOfRange",
      "'environment' holds 4097 bytes, Lambda takes 4096",
    ],
    [{ memoryMiB: 127 }, "SettingOutOfRange", "'memoryMiB' must be a whole number from 128 to 10240, got 127"],
    [{ memoryMiB: 10_241 }, "SettingOutOfRange", /got 10241$/],
    [
      { timeout: Duration.seconds(901) },
      "SettingOutOfRange",
      "'timeout in seconds' must be a whole number from 1 to 900, got 901",
    ],
    [{ timeout: Duration.seconds(0) }, "SettingOutOfRange", /got 0$/],
    [
      { ephemeralStorageMiB: 511 },
      "SettingOutOfRange",
      "'ephemeralStorageMiB' must be a whole number from 512 to 10240, got 511",
    ],
    [{ reservedConcurrency: -1 }, "SettingOutOfRange", /^'reservedConcurrency' must be/],
    [{ logRetentionDays: 8 }, "SettingOutOfRange", /^'logRetentionDays' must be one of 1, 3, .*, got 8$/],
    [
      { asynchronous: { maximumAge: Duration.seconds(59) } },
      "SettingOutOfRange",
      "'asynchronous.maximumAge in seconds' must be a whole number from 60 to 21600, got 59",
    ],
    [
      { asynchronous: { maximumRetries: 3 } },
      "SettingOutOfRange",
      "'asynchronous.maximumRetries' must be a whole number from 0 to 2, got 3",
    ],
    [
      { asynchronous: { onFailure: failureQueue(foreign(QUEUE)) } },
      "ArnOfOtherRegion",
      /^'asynchronous\.onFailure' is in/,
    ],
    [
      { asynchronous: { onFailure: failureTopic(QUEUE) } },
      "InvalidArn",
      `'asynchronous.onFailure' must be an ARN of sns, got '${QUEUE}'`,
    ],
    [
      { asynchronous: { onFailure: failureQueue(QUEUE, foreign(KEY_ARN)) } },
      "ArnOfOtherRegion",
      /^'asynchronous\.onFailure\.kmsKeyArn' is in/,
    ],
    [
      { network: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } },
      "SettingOutOfRange",
      "'subnetIds' must name subnets of two Availability Zones or more, got 1",
    ],
    [
      { network: { vpcId: "v", subnetIds: ["a", "b"], outboundCidrs: ["x"] } },
      "InvalidCidr",
      /^'network\.outboundCidrs'/,
    ],
    [
      { network: { vpcId: "v", subnetIds: ["a", "b"], outboundCidrs: ["10.0.0.0/8", "10.0.0.0/8"] } },
      "RepeatedItem",
      "'network.outboundCidrs' names '10.0.0.0/8' twice",
    ],
    [
      { provisionedConcurrency: { active: false, activeConcurrency: 0 } },
      "SettingOutOfRange",
      "'provisionedConcurrency.activeConcurrency' must be a whole number from 1 to 1000000, got 0",
    ],
    [
      { provisionedConcurrency: { active: false, activeConcurrency: 5, standbyConcurrency: 6 } },
      "SettingOutOfRange",
      "'provisionedConcurrency.standbyConcurrency' must be a whole number from 0 to 5, got 6",
    ],
    [
      { provisionedConcurrency: { active: true, activeConcurrency: 5, scaling: { max: 4 } } },
      "SettingOutOfRange",
      "'provisionedConcurrency.scaling.max' must be a whole number from 5 to 1000000, got 4",
    ],
    [
      { provisionedConcurrency: { active: true, activeConcurrency: 5, scaling: { max: 9, utilizationPercent: 91 } } },
      "SettingOutOfRange",
      "'provisionedConcurrency.scaling.utilizationPercent' must be a whole number from 10 to 90, got 91",
    ],
    [
      { provisionedConcurrency: { active: false, activeConcurrency: 5 }, reservedConcurrency: 4 },
      "ConflictingSettings",
      "'provisionedConcurrency' goes up to 5, and 'reservedConcurrency' is 4",
    ],
    [
      { functionUrl: { cors: { allowOrigins: ["https://a.b"], maxAge: Duration.days(2) } } },
      "SettingOutOfRange",
      "'functionUrl.cors.maxAge in seconds' must be a whole number from 0 to 86400, got 172800",
    ],
    [
      { functionUrl: { cors: { allowOrigins: ["*"], allowCredentials: true } } },
      "ConflictingSettings",
      "'functionUrl.cors.allowCredentials' is set and 'allowOrigins' holds '*'",
    ],
    [
      { invokers: { "a b": { service: "s3", sourceArn: "arn:aws:s3:::a" } } },
      "InvalidName",
      /^'invokers' is not a valid statement id/,
    ],
    [
      { invokers: { a: { service: "s3", sourceArn: "a" } } },
      "InvalidArn",
      "'invokers.a.sourceArn' must be an ARN, got 'a'",
    ],
    [{ managedPolicyArns: { a: "arn", b: "arn" } }, "RepeatedItem", "'managedPolicyArns' names 'arn' twice"],
  ])("fails with %j", (change, code, problem) => {
    const make = () => ({ ...PROPS, ...change });
    expectRefusalInSite((site) => new LambdaFunction(site, "Worker", make()), code, problem, "stack/Site/Worker");
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => [new LambdaFunction(site, "One", PROPS), new LambdaFunction(site, "Two", PROPS)],
      "NameTaken",
      "the Lambda function name 'orders-worker' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});

const on = { function: FUNCTION, active: true };

describe("QueueEventSource", () => {
  test.each<Refused<Partial<QueueEventSourceProps>>>([
    [{ function: inTokyo }, "WrongSite", `'function' is in ${PLACE}`],
    [{ detached: true }, "ConflictingSettings", "'active' and 'detached' are both given"],
    [{ queueArn: foreign(QUEUE) }, "ArnOfOtherRegion", /^'queueArn' is in 'ap-northeast-1'/],
    [{ queueArn: STREAM }, "InvalidArn", `'queueArn' must be an ARN of sqs, got '${STREAM}'`],
    [{ kmsKeyArn: foreign(KEY_ARN) }, "ArnOfOtherRegion", /^'kmsKeyArn' is in 'ap-northeast-1'/],
    [{ batchSize: 0 }, "SettingOutOfRange", "'batchSize' must be a whole number from 1 to 10000, got 0"],
    [
      { batchSize: 11, queueArn: `${QUEUE}.fifo` },
      "SettingOutOfRange",
      "'batchSize' must be a whole number from 1 to 10, got 11",
    ],
    [{ batchSize: 11 }, "ConflictingSettings", "'batchSize' is 11 and 'batchingWindow' is 0"],
    [
      { batchingWindow: Duration.seconds(301) },
      "SettingOutOfRange",
      "'batchingWindow in seconds' must be a whole number from 0 to 300, got 301",
    ],
    [
      { filters: [{}, {}, {}, {}, {}, {}] },
      "SettingOutOfRange",
      "'filters.length' must be a whole number from 0 to 5, got 6",
    ],
    [
      { maximumConcurrency: 1 },
      "SettingOutOfRange",
      "'maximumConcurrency' must be a whole number from 2 to 1000, got 1",
    ],
  ])("fails with %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => new QueueEventSource(site, "Orders", { ...on, queueArn: QUEUE, ...change }),
      code,
      problem,
      "stack/Site/Orders",
    );
  });
});

describe("sources in order", () => {
  const table = GlobalTable.refOf({ ...SEOUL, name: "carts" });

  test.each<Refused<Partial<TableStreamEventSourceProps>>>([
    [{ table: GlobalTable.refOf({ ...TOKYO, name: "carts" }) }, "WrongSite", `'table' is in ${PLACE}`],
    [
      { table: GlobalTable.refOf({ ...TOKYO_ABROAD, region: "ap-northeast-2", name: "carts" }) },
      "WrongSite",
      /of '444455556666', the site/,
    ],
    [{ function: inTokyo }, "WrongSite", `'function' is in ${PLACE}`],
    [{ streamArn: foreign(`${table.arn}/stream/1`) }, "ArnOfOtherRegion", /^'streamArn' is in 'ap-northeast-1'/],
    [{ batchSize: 10_001 }, "SettingOutOfRange", "'batchSize' must be a whole number from 1 to 10000, got 10001"],
    [
      { maximumRecordAge: Duration.seconds(59) },
      "SettingOutOfRange",
      "'maximumRecordAge in seconds' must be a whole number from 60 to 604800, got 59",
    ],
    [
      { maximumRetries: 10_001 },
      "SettingOutOfRange",
      "'maximumRetries' must be a whole number from 0 to 10000, got 10001",
    ],
    [
      { parallelizationFactor: 11 },
      "SettingOutOfRange",
      "'parallelizationFactor' must be a whole number from 1 to 10, got 11",
    ],
    [{ onFailure: failureQueue(foreign(QUEUE)) }, "ArnOfOtherRegion", /^'onFailure' is in 'ap-northeast-1'/],
  ])("a table's stream fails with %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => new TableStreamEventSource(site, "Carts", { ...on, table, ...change }),
      code,
      problem,
      "stack/Site/Carts",
    );
  });

  test.each<Refused<Partial<KinesisEventSourceProps>>>([
    [{ streamArn: foreign(STREAM) }, "ArnOfOtherRegion", /^'streamArn' is in 'ap-northeast-1'/],
    [{ consumerArn: foreign(STREAM) }, "ArnOfOtherRegion", /^'consumerArn' is in 'ap-northeast-1'/],
    [{ kmsKeyArn: STREAM }, "InvalidArn", `'kmsKeyArn' must be an ARN of kms, got '${STREAM}'`],
    [{ batchSize: 0 }, "SettingOutOfRange", /^'batchSize' must be/],
    [{ detached: true }, "ConflictingSettings", "'active' and 'detached' are both given"],
  ])("a Kinesis stream fails with %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => new KinesisEventSource(site, "Orders", { ...on, streamArn: STREAM, ...change }),
      code,
      problem,
      "stack/Site/Orders",
    );
  });
});

describe("EventRule", () => {
  const props: EventRuleProps = { ...on, name: "nightly", schedule: "rate(1 day)" };

  test.each<Refused<Partial<EventRuleProps>>>([
    [{ name: "a b" }, "InvalidName", /^'name' is not a valid EventBridge rule name, got 'a b'/],
    [{ function: inTokyo }, "WrongSite", `'function' is in ${PLACE}`],
    [{ detached: true }, "ConflictingSettings", "'active' and 'detached' are both given"],
    [{ schedule: undefined }, "MissingSetting", "neither 'eventPattern' nor 'schedule' is given"],
    [{ schedule: "daily" }, "InvalidSchedule", "'schedule' is neither a rate nor six fields of cron, got 'daily'"],
    [{ schedule: "cron(0 5 * * ?)" }, "InvalidSchedule", /got 'cron\(0 5 \* \* \?\)'$/],
    [{ eventBusName: "orders" }, "ConflictingSettings", "'schedule' is set and 'eventBusName' is 'orders'"],
    [{ deadLetterQueueArn: foreign(QUEUE) }, "ArnOfOtherRegion", /^'deadLetterQueueArn' is in 'ap-northeast-1'/],
    [
      { maximumAge: Duration.seconds(59) },
      "SettingOutOfRange",
      "'maximumAge in seconds' must be a whole number from 60 to 86400, got 59",
    ],
    [{ maximumRetries: 186 }, "SettingOutOfRange", "'maximumRetries' must be a whole number from 0 to 185, got 186"],
  ])("fails with %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => new EventRule(site, "Nightly", { ...props, ...change }),
      code,
      problem,
      "stack/Site/Nightly",
    );
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => [new EventRule(site, "One", props), new EventRule(site, "Two", props)],
      "NameTaken",
      "the EventBridge rule name 'nightly' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});

describe("alarms", () => {
  test.each<Refused<object>>([
    [{ function: inTokyo }, "WrongSite", `'function' is in ${PLACE}`],
    [{ minutes: 0 }, "SettingOutOfRange", "'minutes' must be a whole number from 1 to 1440, got 0"],
    [{ threshold: -1 }, "SettingOutOfRange", "'threshold' must be a whole number from 0 to 1000000000, got -1"],
  ])("fail with %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => new FunctionErrorsAlarm(site, "Alarm", { function: FUNCTION, ...change }),
      code,
      problem,
      "stack/Site/Alarm",
    );
  });

  test("the age of records is seen in the function's site", () => {
    expectRefusalInSite(
      (site) => new IteratorAgeAlarm(site, "Alarm", { function: inTokyo, threshold: Duration.minutes(1) }),
      "WrongSite",
      `'function' is in ${PLACE}`,
      "stack/Site/Alarm",
    );
  });
});
