/**
 * Proves the synthesised sources of a function's events, who may switch them in which role, and the calls of a failover. Does not
 * prove that Lambda polls: the emulator runs no function.
 */
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration, ProtectionModel, protectionsBelow } from "../../modules/core";
import { GlobalTable } from "../../modules/dynamodb-global-table";
import {
  EventRule,
  EventRuleProps,
  failureTopic,
  KinesisEventSource,
  LambdaFunction,
  QueueEventSource,
  QueueEventSourceProps,
  TableStreamEventSource,
} from "../../modules/lambda-function";
import { Site } from "../../modules/site";
import { FUNCTION, KEY_ARN, PROPS } from "../support/lambda";
import { expectRefusalInSite, SEOUL, Synthesised, synthInSite } from "../support/synth";

const QUEUE = "arn:aws:sqs:ap-northeast-2:111122223333:orders";
const STREAM = "arn:aws:kinesis:ap-northeast-2:111122223333:stream/orders";
const TABLE = GlobalTable.refOf({ ...SEOUL, name: "carts" });
const ALIAS = "arn:aws:lambda:ap-northeast-2:111122223333:function:orders-worker:live";
const on = { function: FUNCTION, active: true };
const topic = "arn:aws:sns:ap-northeast-2:111122223333:failed";

const queue = (change: Partial<QueueEventSourceProps> = {}) =>
  synthInSite((site) => new QueueEventSource(site, "Orders", { ...on, queueArn: QUEUE, ...change }));
const rule = (change: Partial<EventRuleProps> = {}) =>
  synthInSite((site) => new EventRule(site, "Nightly", { ...on, name: "nightly", schedule: "rate(1 day)", ...change }));
const statements = (tf: Synthesised) =>
  (JSON.parse(tf.only("aws_iam_role_policy").policy as string) as { Statement: unknown[] }).Statement;

const ROLES = [
  ["is active", { active: true }, true, undefined, 0],
  ["is a standby", { active: false }, false, ["enabled"], 1],
  ["was active", { active: false, detached: true }, false, undefined, 0],
] as const;

function modelOf(define: (site: Site) => void): ProtectionModel {
  const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
  define(site);
  return protectionsBelow(site)[0]!.model;
}

describe("QueueEventSource", () => {
  test("defaults", () => {
    const tf = queue();
    expect(tf.types()).toEqual([
      "aws_iam_role_policy", // lets the function's role read the queue
      "aws_lambda_event_source_mapping", // the source
    ]);
    expect(tf.only("aws_lambda_event_source_mapping")).toEqual({
      provider: "aws",
      event_source_arn: QUEUE,
      function_name: ALIAS,
      enabled: true,
      batch_size: 10,
      maximum_batching_window_in_seconds: 0,
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
    });
    expect(tf.only("aws_iam_role_policy")).toMatchObject({
      role: "orders-worker-ap-northeast-2",
      name_prefix: "source-",
    });
    expect(statements(tf)).toEqual([
      {
        Sid: "ReadQueue",
        Effect: "Allow",
        Action: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
        Resource: QUEUE,
      },
    ]);
    expect(tf.text).toHaveResourceWithProperties(LambdaEventSourceMapping, { event_source_arn: QUEUE });
  });

  test("every setting", () => {
    const tf = queue({
      batchSize: 100,
      batchingWindow: Duration.seconds(5),
      filters: [{ body: { kind: ["order"] } }],
      kmsKeyArn: KEY_ARN,
      maximumConcurrency: 20,
      reportBatchItemFailures: true,
    });
    expect(tf.only("aws_lambda_event_source_mapping")).toMatchObject({
      batch_size: 100,
      maximum_batching_window_in_seconds: 5,
      filter_criteria: { filter: [{ pattern: '{"body":{"kind":["order"]}}' }] },
      scaling_config: { maximum_concurrency: 20 },
      function_response_types: ["ReportBatchItemFailures"],
    });
    expect(statements(tf)[1]).toEqual({
      Sid: "DecryptQueue",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: KEY_ARN,
    });
  });

  test("waits for a function of the same stack", () => {
    const tf = synthInSite((site) => {
      const { ref } = new LambdaFunction(site, "Worker", PROPS);
      new QueueEventSource(site, "One", { ...on, function: ref, queueArn: QUEUE });
      new QueueEventSource(site, "Two", { ...on, function: ref, queueArn: `${QUEUE}-two` });
    });
    for (const mapping of tf.all("aws_lambda_event_source_mapping")) {
      expect(mapping.depends_on).toEqual([
        expect.stringMatching(/^aws_lambda_function\./),
        expect.stringMatching(/^aws_lambda_alias\./),
        expect.stringMatching(/^aws_iam_role\./),
        expect.stringMatching(/^aws_iam_role_policy\./),
      ]);
    }
  });

  test.each(ROLES)("where the site %s, its switch is whose it is", (_, role, enabled, ignored, steps) => {
    const mapping = queue(role).only("aws_lambda_event_source_mapping");
    expect(mapping.enabled).toBe(enabled);
    expect(mapping.lifecycle).toEqual(ignored && { ignore_changes: ignored });
    const { recovery } = modelOf((site) => new QueueEventSource(site, "Orders", { ...on, queueArn: QUEUE, ...role }));
    expect(recovery).toHaveLength(steps);
  });

  test("a failover switches it on by the id AWS gave it", () => {
    const source = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html";
    expect(modelOf((site) => new QueueEventSource(site, "Orders", { ...on, queueArn: QUEUE, active: false }))).toEqual({
      protection: {
        mechanism: "Lambda event source mapping of each site's own SQS queue",
        copiesIn: ["seoul"],
        loss: {
          value: Duration.seconds(0),
          basis: "configured",
          source,
          note: "messages that wait in the other site's queue are not copied",
        },
      },
      recovery: [
        {
          title: "let orders-worker read its events",
          call: "lambda:UpdateEventSourceMapping",
          parameters: { UUID: expect.stringMatching(/^\$\{TfToken\[/) as string, Enabled: true },
          duration: { basis: "unknown", source, note: "AWS publishes no time" },
          undo: "UpdateEventSourceMapping with Enabled false",
        },
      ],
      evidence: [],
    });
  });
});

describe("sources in order", () => {
  const DEFAULTS = {
    provider: "aws",
    function_name: ALIAS,
    enabled: true,
    batch_size: 100,
    bisect_batch_on_function_error: true,
    maximum_batching_window_in_seconds: 0,
    maximum_record_age_in_seconds: -1,
    maximum_retry_attempts: -1,
    parallelization_factor: 1,
    starting_position: "TRIM_HORIZON",
    depends_on: [expect.stringMatching(/^aws_iam_role_policy\./) as string],
  };
  const AGE = {
    title: "age of what orders-worker reads from streams",
    namespace: "AWS/Lambda",
    metric: "IteratorAge",
    dimensions: { FunctionName: "orders-worker", Resource: "orders-worker:live" },
    statistic: "Maximum",
    unit: "Milliseconds",
    region: "ap-northeast-2",
  };

  test("a table's stream is looked up in the site", () => {
    const tf = synthInSite((site) => new TableStreamEventSource(site, "Carts", { ...on, table: TABLE }));
    const streamArn = expect.stringMatching(/^\$\{data\.aws_dynamodb_table\.\w+\.stream_arn\}$/) as string;
    expect(tf.types()).toEqual([
      "aws_iam_role_policy", // lets the function's role read the stream
      "aws_lambda_event_source_mapping", // the source
      "data.aws_dynamodb_table", // a stream's ARN ends in the time it was made
    ]);
    expect(tf.only("data.aws_dynamodb_table").name).toBe("carts");
    expect(tf.only("aws_lambda_event_source_mapping")).toEqual({ ...DEFAULTS, event_source_arn: streamArn });
    expect(statements(tf)).toEqual([
      {
        Sid: "ReadStream",
        Effect: "Allow",
        Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        Resource: streamArn,
      },
      { Sid: "ListStreams", Effect: "Allow", Action: "dynamodb:ListStreams", Resource: "*" },
    ]);
  });

  test("a table's stream that is known is not looked up", () => {
    const streamArn = `${TABLE.arn}/stream/2026-01-01T00:00:00.000`;
    const tf = synthInSite((site) => new TableStreamEventSource(site, "Carts", { ...on, table: TABLE, streamArn }));
    expect(tf.types()).not.toContain("data.aws_dynamodb_table");
    expect(tf.only("aws_lambda_event_source_mapping").event_source_arn).toBe(streamArn);
  });

  test("every setting of a stream", () => {
    const tf = synthInSite(
      (site) =>
        new TableStreamEventSource(site, "Carts", {
          ...on,
          table: TABLE,
          batchSize: 10,
          bisectBatchOnError: false,
          maximumRecordAge: Duration.hours(1),
          maximumRetries: 3,
          onFailure: failureTopic(topic),
          parallelizationFactor: 2,
          startingPosition: "LATEST",
        }),
    );
    expect(tf.only("aws_lambda_event_source_mapping")).toMatchObject({
      batch_size: 10,
      bisect_batch_on_function_error: false,
      maximum_record_age_in_seconds: 3_600,
      maximum_retry_attempts: 3,
      destination_config: { on_failure: { destination_arn: topic } },
      parallelization_factor: 2,
      starting_position: "LATEST",
    });
    expect(statements(tf)[2]).toEqual({ Sid: "SendFailures", Effect: "Allow", Action: "sns:Publish", Resource: topic });
  });

  test("a Kinesis data stream, read by itself or through a consumer", () => {
    const plain = synthInSite((site) => new KinesisEventSource(site, "Orders", { ...on, streamArn: STREAM }));
    expect(plain.only("aws_lambda_event_source_mapping")).toEqual({ ...DEFAULTS, event_source_arn: STREAM });
    const read = {
      Sid: "ReadStream",
      Effect: "Allow",
      Action: ["DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"].map(
        (action) => `kinesis:${action}`,
      ),
      Resource: STREAM,
    };
    expect(statements(plain)).toEqual([read]);

    const consumerArn = `${STREAM}/consumer/orders:1`;
    const props = { ...on, streamArn: STREAM, consumerArn, kmsKeyArn: KEY_ARN, onFailure: failureTopic(topic) };
    const tf = synthInSite((site) => new KinesisEventSource(site, "Orders", props));
    expect(tf.only("aws_lambda_event_source_mapping").event_source_arn).toBe(consumerArn);
    expect(statements(tf)).toEqual([
      read,
      { Sid: "Subscribe", Effect: "Allow", Action: "kinesis:SubscribeToShard", Resource: consumerArn },
      { Sid: "DecryptStream", Effect: "Allow", Action: "kms:Decrypt", Resource: KEY_ARN },
      { Sid: "SendFailures", Effect: "Allow", Action: "sns:Publish", Resource: topic },
    ]);
  });

  test("say what is not copied, and how old records are when they are read", () => {
    const carts = modelOf((site) => new TableStreamEventSource(site, "Carts", { ...on, table: TABLE, active: false }));
    expect(carts.protection).toMatchObject({
      mechanism: "Lambda event source mapping of the table's stream in each site",
      loss: { note: "how far a site has read is not copied" },
    });
    expect(carts.recovery).toMatchObject([{ call: "lambda:UpdateEventSourceMapping" }]);
    expect(carts.evidence).toEqual([AGE]);
    const orders = modelOf((site) => new KinesisEventSource(site, "Orders", { ...on, streamArn: STREAM }));
    expect(orders.protection.loss.note).toBe("records of the other site's stream are not copied");
    expect([orders.recovery, orders.evidence]).toEqual([[], [AGE]]);
  });
});

describe("EventRule", () => {
  test("defaults", () => {
    const tf = rule();
    expect(tf.types()).toEqual([
      "aws_cloudwatch_event_rule", // when
      "aws_cloudwatch_event_target", // what
      "aws_lambda_permission", // lets the rule invoke it
    ]);
    expect(tf.only("aws_cloudwatch_event_rule")).toEqual({
      provider: "aws",
      name: "nightly",
      description: "Invokes orders-worker",
      event_bus_name: "default",
      schedule_expression: "rate(1 day)",
      state: "ENABLED",
    });
    expect(tf.only("aws_cloudwatch_event_target")).toMatchObject({
      target_id: "function",
      arn: ALIAS,
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      depends_on: [expect.stringMatching(/^aws_lambda_permission\./)],
    });
    expect(tf.only("aws_lambda_permission")).toEqual({
      provider: "aws",
      statement_id: "rule-nightly",
      action: "lambda:InvokeFunction",
      function_name: "orders-worker",
      qualifier: "live",
      principal: "events.amazonaws.com",
      source_arn: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.\w+\.arn\}$/) as string,
    });
  });

  test("gives the function a list as it is", () => {
    expect(rule({ input: ["a", 1] }).only("aws_cloudwatch_event_target").input).toBe('["a",1]');
  });

  test("every setting", () => {
    const tf = rule({
      name: "orders.paid",
      schedule: undefined,
      deadLetterQueueArn: QUEUE,
      eventBusName: "orders",
      eventPattern: { source: ["orders"] },
      input: { a: 1 },
      maximumAge: Duration.minutes(5),
      maximumRetries: 0,
    });
    expect(tf.only("aws_cloudwatch_event_rule")).toMatchObject({
      event_bus_name: "orders",
      event_pattern: '{"source":["orders"]}',
    });
    expect(tf.only("aws_cloudwatch_event_target")).toMatchObject({
      input: '{"a":1}',
      retry_policy: { maximum_event_age_in_seconds: 300, maximum_retry_attempts: 0 },
      dead_letter_config: { arn: QUEUE },
    });
    expect(tf.only("aws_lambda_permission").statement_id).toBe("rule-orders-orders-paid");
  });

  test.each(ROLES)("where the site %s, its switch is whose it is", (_, role, enabled, ignored, steps) => {
    const made = rule(role).only("aws_cloudwatch_event_rule");
    expect(made.state).toBe(enabled ? "ENABLED" : "DISABLED");
    expect(made.lifecycle).toEqual(ignored && { ignore_changes: ["state"] });
    const props = { ...on, name: "nightly", schedule: "rate(1 day)", ...role };
    expect(modelOf((site) => new EventRule(site, "Nightly", props)).recovery).toHaveLength(steps);
  });

  test("a failover switches it on by its name", () => {
    const model = modelOf(
      (site) =>
        new EventRule(site, "Paid", { ...on, active: false, name: "paid", eventBusName: "orders", eventPattern: {} }),
    );
    expect(model.recovery).toEqual([
      {
        title: "let orders-worker get the events of paid",
        call: "events:EnableRule",
        parameters: { Name: "paid", EventBusName: "orders" },
        duration: {
          basis: "unknown",
          source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html",
          note: "AWS allows a short time for changes to take effect, and gives no figure",
        },
        undo: "DisableRule",
      },
    ]);
    expect(model.evidence).toMatchObject([
      { metric: "FailedInvocations", dimensions: { EventBusName: "orders", RuleName: "paid" } },
    ]);
    const plain = modelOf(
      (site) => new EventRule(site, "Nightly", { ...on, name: "nightly", schedule: "rate(1 day)" }),
    );
    expect(plain.evidence).toMatchObject([{ dimensions: { RuleName: "nightly" } }]);
    expect(plain.protection.mechanism).toBe("EventBridge rule of its own in each site");
  });

  test("two of one name live on two buses", () => {
    const tf = synthInSite((site) => {
      new EventRule(site, "One", { ...on, name: "paid", eventPattern: {} });
      new EventRule(site, "Two", { ...on, name: "paid", eventPattern: {}, eventBusName: "orders" });
    });
    expect(tf.all("aws_lambda_permission").map(({ statement_id }) => statement_id)).toEqual([
      "rule-paid",
      "rule-orders-paid",
    ]);
  });
});

test("fails when the sources of a function need longer inline policies than its role may have", () => {
  expectRefusalInSite(
    (site) => {
      for (let number = 1; number <= 60; number += 1) {
        new QueueEventSource(site, `Orders${number}`, { ...on, queueArn: `${QUEUE}-${number}` });
      }
    },
    "PolicyTooLong",
    /^the inline policies of one role may have 10240 characters, got 10\d{3}$/,
    "stack/Site/Orders48",
  );
});
