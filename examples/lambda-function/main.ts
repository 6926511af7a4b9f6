/**
 * A function that works on a queue, and on a schedule, in Seoul and in Tokyo. Both sites have all of it, with the code
 * in a bucket of their own region. The active site alone reads its queue, runs its schedule and keeps instances
 * initialised.
 */
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, AssetType, TerraformAsset, TerraformStack } from "cdktf";
import { join } from "node:path";
import { Duration } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import {
  EventRule,
  failureQueue,
  FunctionErrorsAlarm,
  LambdaFunction,
  lambdaKeyStatements,
  QueueEventSource,
  zipCode,
} from "../../modules/lambda-function";
import { ReplicaBucket } from "../../modules/s3-replication";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333", active: true },
  tokyo: { region: "ap-northeast-1", account: "111122223333", active: false },
};
const app = new App();

for (const [name, { active, ...place }] of Object.entries(SITES)) {
  const stack = new TerraformStack(app, `orders-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: place.region });
  const site = new Site(stack, "Default", { ...place, name });
  const { kmsKeyArn } = new SiteKey(site, "Key", { alias: `orders-${name}`, statements: lambdaKeyStatements(site) });
  const queue = { kmsMasterKeyId: kmsKeyArn, visibilityTimeoutSeconds: 180 };
  const orders = new SqsQueue(site, "Queue-orders", { ...queue, name: "orders" });
  const failed = new SqsQueue(site, "Queue-orders-failed", { ...queue, name: "orders-failed" });

  const code = new TerraformAsset(site, "Code", { path: join(__dirname, "handler"), type: AssetType.ARCHIVE });
  const bucket = new ReplicaBucket(site, "Builds", { name: `acme-builds-${name}` });
  const { key } = new S3Object(site, "Build", {
    bucket: bucket.resource.bucket,
    key: `orders/${code.assetHash}.zip`,
    source: code.path,
  });
  const { ref } = new LambdaFunction(site, "Worker", {
    name: "orders-worker",
    code: zipCode({ bucket: bucket.ref, key, runtime: "nodejs22.x", handler: "index.handler" }),
    kmsKeyArn,
    environment: { PLACE: name },
    timeout: Duration.seconds(30),
    asynchronous: { onFailure: failureQueue(failed.arn, kmsKeyArn) },
    provisionedConcurrency: { active, activeConcurrency: 5 },
  });
  new QueueEventSource(site, "Orders", { function: ref, queueArn: orders.arn, kmsKeyArn, active });
  new EventRule(site, "Nightly", { function: ref, name: "orders-nightly", schedule: "cron(0 18 * * ? *)", active });
  new FunctionErrorsAlarm(site, "Errors", { function: ref });
}

app.synth();
