/**
 * A function that reads a Kinesis data stream, in the standby site. Stream, function and alarms exist in Tokyo as in Seoul. Only the
 * active site reads its stream. Kinesis copies no records between regions, so clients send to the site that is active.
 */
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import {
  failureQueue,
  FunctionThrottlesAlarm,
  IteratorAgeAlarm,
  KinesisEventSource,
  LambdaFunction,
  lambdaKeyStatements,
  zipCode,
} from "../../modules/lambda-function";
import { Site, StateBackend } from "../../modules/site";

const TOKYO = { region: "ap-northeast-1", account: "111122223333", name: "tokyo" };
const active = false; // true in Seoul's program; in this one after a failover

const app = new App();
const stack = new TerraformStack(app, "clicks-tokyo");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: TOKYO.region });
const tokyo = new Site(stack, "Default", TOKYO);

const { kmsKeyArn } = new SiteKey(tokyo, "Key", { alias: "clicks-tokyo", statements: lambdaKeyStatements(tokyo) });
const stream = new KinesisStream(tokyo, "Clicks", {
  name: "clicks",
  streamModeDetails: { streamMode: "ON_DEMAND" },
  encryptionType: "KMS",
  kmsKeyId: kmsKeyArn,
  retentionPeriod: 72, // hours: how long records wait for a function that fails
});
const failed = new SqsQueue(tokyo, "Failed", { name: "clicks-failed", kmsMasterKeyId: kmsKeyArn });

const { ref } = new LambdaFunction(tokyo, "Counter", {
  name: "click-counter",
  code: zipCode({
    bucket: { name: "acme-builds-tokyo" },
    key: "clicks/4f2a9c.zip",
    runtime: "nodejs22.x",
    handler: "index.handler",
  }),
  kmsKeyArn,
});
const onFailure = failureQueue(failed.arn, kmsKeyArn);
const source = { streamArn: stream.arn, kmsKeyArn, maximumRetries: 10, onFailure };
new KinesisEventSource(tokyo, "FromClicks", { ...source, function: ref, active });
new IteratorAgeAlarm(tokyo, "Late", { function: ref, threshold: Duration.minutes(5) });
new FunctionThrottlesAlarm(tokyo, "Throttled", { function: ref });

app.synth();
