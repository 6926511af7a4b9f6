/**
 * Proves what the lifecycle and the numbers of compute are in each role of a site. That Terraform replaces what it should is proven by
 * test/long; what a sequence of deployments comes to, by deployments.test.ts.
 */
import {
  failedOver,
  fargate,
  HistoryEvent,
  lambda,
  Pattern,
  queueMessages,
  rebuilt,
  siteImage,
  timer,
  zipCode,
} from "../../stacks";
import { resources } from "../support/difference";
import { synthPattern } from "../support/workloads";

const OVER = failedOver("tokyo", { on: "2027-03-02" });
const REBUILT = rebuilt("seoul", { on: "2027-03-09" });

const compute = {
  api: fargate({
    cpu: 512,
    memoryMiB: 1024,
    containers: { api: { image: siteImage({ name: "shop/api" }, "1"), ports: [8080] } },
    capacity: { active: 6 },
    scaling: { cpuPercent: 60 },
  }),
  worker: lambda({
    code: ({ name }) =>
      zipCode({ bucket: { name: `acme-${name}` }, key: "1.zip", runtime: "nodejs22.x", handler: "index.handler" }),
    events: {
      nightly: timer("rate(1 day)"),
      orders: queueMessages(({ region }) => ({ queueArn: `arn:aws:sqs:${region}:111122223333:orders` })),
    },
  }),
};

/** Arguments that tell what runs in Seoul, and the lifecycle, of all resources that have one. */
function seoul(pattern: Pattern, history: readonly HistoryEvent[]): Record<string, unknown> {
  const stack = synthPattern(pattern, { compute, history, frontDoor: undefined }).get("orders-seoul")!;
  const running = [...resources(stack)].filter(([address]) => /\.(api_Service|worker_Events)/.test(address));
  return Object.fromEntries(
    running.flatMap(([address, { desired_count, enabled, lifecycle, min_capacity, state }]) => {
      const number = desired_count ?? enabled ?? min_capacity ?? state;
      return number === undefined && lifecycle === undefined ? [] : [[address, [number, lifecycle]]];
    }),
  );
}

const GENERATION = { replace_triggered_by: ["terraform_data.Generation"] };
const STANDBY = { replace_triggered_by: ["terraform_data.Standby"] };

test("in the active site Terraform ignores capacities, and switches are on", () => {
  expect(seoul("pilot-light", [])).toEqual({
    "aws_appautoscaling_target.api_Service_ScalableTarget": [6, undefined],
    "aws_cloudwatch_event_rule.worker_Events-nightly": ["ENABLED", undefined],
    "aws_ecs_service.api_Service": [6, { ignore_changes: ["desired_count"] }],
    "aws_lambda_event_source_mapping.worker_Events-orders": [true, undefined],
  });
});

test("in a site that was left behind an apply stops everything", () => {
  expect(seoul("pilot-light", [OVER])).toEqual({
    "aws_appautoscaling_target.api_Service_ScalableTarget": [0, undefined],
    "aws_cloudwatch_event_rule.worker_Events-nightly": ["DISABLED", undefined],
    "aws_ecs_service.api_Service": [0, undefined],
    "aws_lambda_event_source_mapping.worker_Events-orders": [false, undefined],
  });
});

test("in a rebuilt standby the earlier compute is replaced, and afterwards Terraform ignores its capacity", () => {
  expect(seoul("pilot-light", [OVER, REBUILT])).toEqual({
    "aws_appautoscaling_policy.api_Service_Scaling-cpu": [undefined, GENERATION],
    "aws_appautoscaling_target.api_Service_ScalableTarget": [0, GENERATION],
    "aws_cloudwatch_event_rule.worker_Events-nightly": ["DISABLED", { ignore_changes: ["state"], ...STANDBY }],
    "aws_cloudwatch_event_target.worker_Events-nightly_Target": [undefined, STANDBY],
    "aws_ecs_service.api_Service": [0, { ignore_changes: ["desired_count"], ...GENERATION }],
    "aws_lambda_event_source_mapping.worker_Events-orders": [false, { ignore_changes: ["enabled"], ...STANDBY }],
  });
});

test("where every site answers, a rebuilt site runs in full, and nothing is replaced", () => {
  expect(seoul("multi-site", [OVER, REBUILT])).toEqual({
    "aws_appautoscaling_target.api_Service_ScalableTarget": [6, undefined],
    "aws_cloudwatch_event_rule.worker_Events-nightly": ["DISABLED", { ignore_changes: ["state"] }],
    "aws_ecs_service.api_Service": [6, { ignore_changes: ["desired_count"] }],
    "aws_lambda_event_source_mapping.worker_Events-orders": [true, undefined],
  });
});
