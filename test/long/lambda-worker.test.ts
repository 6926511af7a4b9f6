/**
 * Proves, with Terraform and the embedded AWS, that a workload of a function, a table and a secret can be applied. After a failover by API
 * calls alone, the next plan of every stack is empty. Recording the failover, and then rebuilding, switches events between the sites in
 * place and destroys nothing. Does not prove that the function runs, nor that anything is copied.
 */
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { App } from "cdktf";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callJson, callRest, Emulator, Terraform, TerraformStackRun } from "../../emulator";
import {
  Duration,
  failedOver,
  HistoryEvent,
  lambda,
  queueMessages,
  rebuilt,
  secret,
  table,
  tableChanges,
  timer,
  WarmStandby,
  zipCode,
} from "../../stacks";
import { ACCOUNT, hasTerraform, PATIENCE_MS, SEOUL, TOKYO } from "../emulator/support";

const MINUTE = 60_000;
const describeLive = hasTerraform() ? describe : describe.skip;

const REGIONS = { seoul: SEOUL, tokyo: TOKYO };
/** In the order they are deployed. */
const SITES = ["orders-seoul", "orders-tokyo"];
const REPLICATIONS = SITES.map((site) => `${site}-replication`);
const STACKS = [...SITES, ...REPLICATIONS];
const THERE = failedOver("tokyo", { on: "2027-03-02" });
const SEOUL_REBUILT = rebuilt("seoul", { on: "2027-03-09" });
const EMPTY_ARCHIVE = Buffer.concat([Buffer.from("PK\x05\x06"), Buffer.alloc(18)]);

function synth(outdir: string, history: readonly HistoryEvent[]): void {
  const app = new App({ outdir });
  const site = (region: string, bucket: string) => ({ region, account: ACCOUNT, state: { bucket } });
  new WarmStandby(app, "orders", {
    sites: { seoul: site(SEOUL, "acme-tf-seoul"), tokyo: site(TOKYO, "acme-tf-tokyo") },
    objectives: { rto: Duration.minutes(20), rpo: Duration.minutes(15) },
    data: {
      carts: table({ partitionKey: { name: "id", type: "S" } }),
      payment: secret({ promotable: true }),
    },
    compute: {
      worker: lambda({
        code: ({ name }) =>
          zipCode({
            bucket: { name: `acme-builds-${name}` },
            key: "orders/1.zip",
            runtime: "nodejs22.x",
            handler: "index.handler",
          }),
        uses: ["carts", "payment"],
        events: {
          carts: tableChanges("carts"),
          orders: queueMessages(({ region }) => ({ queueArn: `arn:aws:sqs:${region}:${ACCOUNT}:orders` })),
          nightly: timer("cron(0 18 * * ? *)"),
        },
        capacity: { active: 5, standby: 1 },
      }),
    },
    history,
  });
  app.synth();
}

describeLive("a function that works on a table", () => {
  let emulator: Emulator;
  let terraform: Terraform;
  const outdir = mkdtempSync(join(tmpdir(), "lambda-worker-"));
  const runs = new Map<string, TerraformStackRun>();

  beforeAll(async () => {
    emulator = await Emulator.start();
    terraform = new Terraform(emulator);
    for (const [site, region] of Object.entries(REGIONS)) await give(site, region);
    synth(outdir, []);
    for (const stack of STACKS) runs.set(stack, await terraform.stack(join(outdir, "stacks", stack)));
    await apply();
  }, 8 * MINUTE);

  afterAll(async () => {
    await emulator.stop();
    rmSync(outdir, { recursive: true, force: true });
  }, PATIENCE_MS);

  /** Creates the resources that a workload needs but does not create: the code of its function, and its queue. */
  async function give(site: string, region: string): Promise<void> {
    const s3 = new S3Client({ ...emulator.sdkConfig(region), forcePathStyle: true });
    const Bucket = `acme-builds-${site}`;
    const LocationConstraint = region as typeof SEOUL;
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "orders/1.zip", Body: EMPTY_ARCHIVE }));
    s3.destroy();
    await callJson(emulator, `${region}/sqs`, "AmazonSQS.CreateQueue", { QueueName: "orders" });
  }

  async function changes(): Promise<Record<string, string[]>> {
    const all: Record<string, string[]> = {};
    const plans = await Promise.all([...runs].map(async ([stack, run]) => [stack, await run.plan()] as const));
    for (const [stack, plan] of plans) {
      const lines = plan.changes.map(
        ({ actions, address }) => `${actions.join("+")} ${address.replace(/_[0-9A-F]{8}$/, "")}`,
      );
      if (lines.length > 0) all[stack] = lines.sort();
    }
    return all;
  }

  async function record(history: readonly HistoryEvent[]): Promise<void> {
    const next = mkdtempSync(join(tmpdir(), "lambda-worker-"));
    synth(next, history);
    for (const stack of STACKS) {
      const file = join("stacks", stack, "cdk.tf.json");
      cpSync(join(next, file), join(outdir, file));
      await terraform.prepare(join(outdir, "stacks", stack));
    }
    rmSync(next, { recursive: true, force: true });
  }

  async function apply(): Promise<void> {
    await Promise.all(SITES.map((stack) => runs.get(stack)!.apply()));
    for (const stack of REPLICATIONS) await runs.get(stack)!.apply();
  }

  /** State of each mapping in a region, by the service it reads. */
  async function mappings(region: string): Promise<Record<string, { State: string; UUID: string }>> {
    const path = "/2015-03-31/event-source-mappings/";
    const { EventSourceMappings: all } = (await callRest(emulator, `${region}/lambda`, "GET", path)) as {
      EventSourceMappings: { EventSourceArn: string; State: string; UUID: string }[];
    };
    return Object.fromEntries(all.map(({ EventSourceArn, ...it }) => [EventSourceArn.split(":")[2]!, it]));
  }

  async function states(region: string): Promise<Record<string, string>> {
    const found = Object.entries(await mappings(region)).map(([service, { State }]) => [service, State] as const);
    return Object.fromEntries(found.sort());
  }

  test(
    "is applied, and nothing is left to do",
    async () => {
      expect(await changes()).toEqual({});
      expect(await states(SEOUL)).toEqual({ dynamodb: "Enabled", sqs: "Enabled" });
      expect(await states(TOKYO)).toEqual({ dynamodb: "Disabled", sqs: "Disabled" });
    },
    3 * MINUTE,
  );

  test(
    "a failover by calls alone leaves every plan empty but for the floor that an apply would lower again",
    async () => {
      for (const { UUID } of Object.values(await mappings(TOKYO))) {
        await callRest(emulator, `${TOKYO}/lambda`, "PUT", `/2015-03-31/event-source-mappings/${UUID}`, {
          Enabled: true,
        });
      }
      await callJson(emulator, `${TOKYO}/events`, "AWSEvents.EnableRule", { Name: "orders-worker-tokyo-nightly" });
      await callJson(emulator, `${TOKYO}/application-autoscaling`, "AnyScaleFrontendService.RegisterScalableTarget", {
        ServiceNamespace: "lambda",
        ScalableDimension: "lambda:function:ProvisionedConcurrency",
        ResourceId: "function:orders-worker-tokyo:live",
        MinCapacity: 5,
        MaxCapacity: 10,
      });
      await callJson(emulator, `${TOKYO}/secretsmanager`, "secretsmanager.StopReplicationToReplica", {
        SecretId: "orders/payment",
      });
      expect(await changes()).toEqual({
        "orders-tokyo": ["update aws_appautoscaling_target.worker_Function_ScalableTarget"],
      });
    },
    3 * MINUTE,
  );

  test(
    "recorded, Seoul's events are switched off, and its initialised instances end",
    async () => {
      await record([THERE]);
      expect(await changes()).toEqual({
        "orders-seoul": [
          "delete aws_appautoscaling_policy.worker_Function_Scaling",
          "delete aws_appautoscaling_target.worker_Function_ScalableTarget",
          "delete aws_lambda_provisioned_concurrency_config.worker_Function_ProvisionedConcurrency",
          "update aws_cloudwatch_event_rule.worker_Events-nightly",
          "update aws_lambda_event_source_mapping.worker_Events-orders",
        ],
        "orders-seoul-replication": ["update aws_lambda_event_source_mapping.worker_Events-carts"],
      });
      await apply();
      expect(await changes()).toEqual({});
      expect(await states(SEOUL)).toEqual({ dynamodb: "Disabled", sqs: "Disabled" });
      expect(await states(TOKYO)).toEqual({ dynamodb: "Enabled", sqs: "Enabled" });
    },
    5 * MINUTE,
  );

  test(
    "rebuilt, Seoul's events are replaced by ones that are off, and a standby's instances are initialised again",
    async () => {
      await record([THERE, SEOUL_REBUILT]);
      expect(await changes()).toEqual({
        "orders-seoul": [
          "create aws_appautoscaling_policy.worker_Function_Scaling",
          "create aws_appautoscaling_target.worker_Function_ScalableTarget",
          "create aws_lambda_provisioned_concurrency_config.worker_Function_ProvisionedConcurrency",
          "delete+create aws_cloudwatch_event_rule.worker_Events-nightly",
          "delete+create aws_cloudwatch_event_target.worker_Events-nightly_Target",
          "delete+create aws_lambda_event_source_mapping.worker_Events-orders",
          "delete+create aws_lambda_permission.worker_Events-nightly_Permission",
          "update terraform_data.Generation",
          "update terraform_data.Standby",
        ],
        "orders-seoul-replication": [
          "delete+create aws_lambda_event_source_mapping.worker_Events-carts",
          "update terraform_data.Standby",
        ],
      });
      await apply();
      expect(await changes()).toEqual({});
      expect(await states(SEOUL)).toEqual({ dynamodb: "Disabled", sqs: "Disabled" });
      expect(await states(TOKYO)).toEqual({ dynamodb: "Enabled", sqs: "Enabled" });
    },
    6 * MINUTE,
  );
});
