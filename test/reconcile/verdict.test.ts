/**
 * Proves what is decided of each kind of change in a plan, on plans as Terraform 1.11 prints them. Does not prove that Terraform plans so:
 * test/emulator/reconcile.test.ts does.
 */
import { importIdOf } from "../../terraform";
import { judge } from "../../reconcile/judge";
import { BUCKET, change, planOf, TABLE } from "../support/plans";

describe("a resource that would be destroyed", () => {
  test("and holds data is forgotten, with what it depends on and what guards it; the rest is destroyed", () => {
    const verdict = judge(
      planOf(
        [
          change("aws_s3_bucket.Media", ["delete"], BUCKET),
          change("aws_s3_bucket_versioning.Media", ["delete"], BUCKET),
          change("aws_db_instance.Ledger", ["delete"], { identifier: "ledger" }),
          change("aws_security_group.Ledger", ["delete"], { id: "sg-1" }),
          change("aws_cloudwatch_metric_alarm.Lag", ["delete"], { alarm_name: "lag" }),
        ],
        {
          needs: {
            "aws_s3_bucket_versioning.Media": ["aws_s3_bucket.Media"],
            "aws_db_instance.Ledger": ["aws_security_group.Ledger"],
          },
        },
      ),
      {},
    );
    expect(verdict.removed.map(({ from, id, why }) => [from, id, why])).toEqual([
      ["aws_s3_bucket.Media", "receipts", "holds data"],
      ["aws_s3_bucket_versioning.Media", "receipts", "guards aws_s3_bucket.Media"],
      ["aws_db_instance.Ledger", "ledger", "holds data"],
      ["aws_security_group.Ledger", "sg-1", "aws_db_instance.Ledger depends on it"],
    ]);
    expect(verdict.destroyed.map(({ from }) => from)).toEqual(["aws_cloudwatch_metric_alarm.Lag"]);
    expect(verdict.left).toEqual([]);
  });

  test("and guards what stays is destroyed, as the program says", () => {
    const policy = change("aws_s3_bucket_policy.Media", ["delete"], BUCKET);
    const verdict = judge(planOf([policy], { needs: { [policy.address]: ["aws_s3_bucket.Media"] } }), {});
    expect(verdict).toMatchObject({ removed: [], destroyed: [{ from: "aws_s3_bucket_policy.Media" }] });
  });

  test("as every instance of a resource is forgotten once", () => {
    const instances = ["a", "b"].map((index) =>
      change(`aws_s3_bucket.Media["${index}"]`, ["delete"], BUCKET, { index }),
    );
    const { removed } = judge(planOf(instances.map((one) => ({ ...one, type: "aws_s3_bucket" }))), {});
    expect(removed.map(({ from }) => from)).toEqual(["aws_s3_bucket.Media"]);
  });

  test("as one instance of several is left for a human, with the command", () => {
    const rest = { index: "a", action_reason: "delete_because_each_key", type: "aws_s3_bucket" };
    const verdict = judge(planOf([change('aws_s3_bucket.Media["a"]', ["delete"], BUCKET, rest)]), {});
    expect(verdict.removed).toEqual([]);
    expect(verdict.left).toMatchObject([{ remedy: `terraform state rm 'aws_s3_bucket.Media["a"]'` }]);
  });

  test("as what a replacement left behind is left for a human", () => {
    const verdict = judge(planOf([change("aws_s3_bucket.Media", ["delete"], BUCKET, { deposed: "0123abcd" })]), {});
    expect(verdict.removed).toEqual([]);
    expect(verdict.left).toMatchObject([{ problem: expect.stringContaining("left behind (0123abcd)") as string }]);
  });
});

describe("a resource that would be replaced", () => {
  test("and holds data is left for a human, with what forces it", () => {
    const ledger = change(
      "aws_db_instance.Ledger",
      ["delete", "create"],
      { identifier: "ledger" },
      { replacing: ["kms_key_id"] },
    );
    expect(judge(planOf([ledger]), {})).toMatchObject({
      removed: [],
      moved: [],
      imports: [],
      left: [
        {
          address: "aws_db_instance.Ledger",
          problem: "would be destroyed and created again, and holds data; forced by: kms_key_id",
        },
      ],
    });
  });

  test("and holds none is Terraform's matter", () => {
    const template = change("aws_launch_template.Api", ["create", "delete"], {}, { replacing: ["name"] });
    expect(judge(planOf([template]), {}).left).toEqual([]);
  });
});

describe("a resource that would be created", () => {
  test("under a new address, and destroyed under the old one, is moved", () => {
    const verdict = judge(
      planOf([
        change("aws_dynamodb_table.Carts", ["delete"], TABLE),
        change("aws_dynamodb_table.Baskets", ["create"], { name: "carts" }),
      ]),
      {},
    );
    expect(verdict).toMatchObject({
      moved: [{ from: "aws_dynamodb_table.Carts", to: "aws_dynamodb_table.Baskets" }],
      removed: [],
      offers: [],
    });
  });

  test("in another region is another thing", () => {
    const seoul = { ...TABLE, arn: TABLE.arn.replace("ap-northeast-1", "ap-northeast-2") };
    const verdict = judge(
      planOf([
        change("aws_dynamodb_table.Carts", ["delete"], seoul),
        change("aws_dynamodb_table.Baskets", ["create"], { name: "carts" }),
      ]),
      {},
    );
    expect(verdict).toMatchObject({ moved: [], removed: [{ from: "aws_dynamodb_table.Carts" }] });
    expect(verdict.offers).toMatchObject([{ to: "aws_dynamodb_table.Baskets", id: "carts" }]);
  });

  test("twice under one id is left for a human", () => {
    const verdict = judge(
      planOf([
        change("aws_dynamodb_table.Carts", ["delete"], TABLE),
        change("aws_dynamodb_table.A", ["create"], { name: "carts" }),
        change("aws_dynamodb_table.B", ["create"], { name: "carts" }),
      ]),
      {},
    );
    expect(verdict.moved).toEqual([]);
    expect(verdict.removed.map(({ from }) => from)).toEqual(["aws_dynamodb_table.Carts"]);
    expect(verdict.left.map(({ address }) => address)).toEqual(["aws_dynamodb_table.A", "aws_dynamodb_table.B"]);
  });

  test("though the state holds it is left for a human: its region may be dark", () => {
    const verdict = judge(
      planOf([change("aws_s3_bucket.Media", ["create"], { bucket: "receipts" })], {
        drift: [change("aws_s3_bucket.Media", ["delete"], BUCKET)],
      }),
      {},
    );
    expect(verdict.offers).toEqual([]);
    expect(verdict.left).toMatchObject([
      { address: "aws_s3_bucket.Media", problem: expect.stringContaining("AWS did not show it") as string },
    ]);
  });
});

describe("a block of an earlier run that the plan includes", () => {
  const heard = planOf([
    change("aws_s3_bucket.Media", ["forget"], BUCKET),
    { ...change("aws_dynamodb_table.Baskets", ["no-op"], TABLE), previous_address: "aws_dynamodb_table.Carts" },
    {
      ...change("aws_kms_alias.Key", ["no-op"], { name: "alias/orders" }),
      change: { actions: ["no-op"], before: null, after: null, importing: { id: "alias/orders" } },
    },
  ]);

  test("is in the verdict again, because a verdict is complete", () => {
    expect(judge(heard, {})).toMatchObject({
      removed: [{ from: "aws_s3_bucket.Media" }],
      moved: [{ from: "aws_dynamodb_table.Carts", to: "aws_dynamodb_table.Baskets" }],
      imports: [{ to: "aws_kms_alias.Key", id: "alias/orders" }],
    });
  });

  test("by the program itself is not said twice", () => {
    const declared = {
      removed: [{ from: "aws_s3_bucket.Media" }],
      moved: [{ from: "aws_dynamodb_table.Carts", to: "aws_dynamodb_table.Baskets" }],
      import: [{ to: "aws_kms_alias.Key", id: "alias/orders" }],
    };
    expect(judge(heard, declared)).toMatchObject({ removed: [], moved: [], imports: [] });
  });
});

test.each([
  ["aws_db_instance", { identifier: "ledger" }, "ledger"],
  ["aws_db_instance", {}, undefined],
  ["aws_efs_file_system", { creation_token: "media" }, undefined],
  ["aws_dynamodb_table_replica", { global_table_arn: TABLE.arn }, "carts:ap-northeast-1"],
  ["aws_cloudwatch_event_rule", { name: "restored" }, "default/restored"],
  ["aws_cloudwatch_event_target", { event_bus_name: "dr", rule: "r", target_id: "t" }, "dr/r/t"],
  ["aws_ecs_service", { cluster: "arn:aws:ecs:ap-northeast-1:111122223333:cluster/orders", name: "api" }, "orders/api"],
  ["aws_iam_role_policy", { role: "copy", name: "s3" }, "copy:s3"],
  ["aws_route53_record", { zone_id: "Z1", name: "a.example.com", type: "A" }, "Z1_a.example.com_A"],
  ["aws_route53_record", { zone_id: "Z1", name: "a", type: "A", set_identifier: "tokyo" }, "Z1_a_A_tokyo"],
])("%s %j is imported by %s", (type, values, id) => {
  expect(importIdOf(type, values)).toBe(id);
});
