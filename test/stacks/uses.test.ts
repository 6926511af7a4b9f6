/**
 * Proves what instances and containers of a workload may do, in each site, and what they reach. The stores' own statements are proven
 * with functions, in `lambda.test.ts`. Does not prove that IAM lets the calls pass.
 */
import {
  autoScaling,
  bucket,
  Compute,
  ComputePermissions,
  fargate,
  secret,
  siteImage,
  ssmImage,
  table,
} from "../../stacks";
import { expectRefusal, Synthesised } from "../support/synth";
import { defineShop, shop, synthShop } from "../support/workloads";

const KINDS: readonly (readonly [
  string,
  (options: ComputePermissions & { interfaceEndpoints?: string[] }) => Compute<undefined>,
])[] = [
  [
    "instances",
    (options) =>
      autoScaling({ image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity: { active: 6 }, ...options }),
  ],
  [
    "containers",
    (options) =>
      fargate({
        cpu: 512,
        memoryMiB: 1024,
        containers: { api: { image: siteImage({ name: "orders/api" }, "1"), ports: [8080] } },
        capacity: { active: 6 },
        ...options,
      }),
  ],
];
const data = { carts: table({ partitionKey: { name: "id", type: "S" } }), payment: secret(), receipts: bucket() };

interface Policy {
  readonly Statement: readonly { readonly Sid: string; readonly Resource: unknown }[];
}

/** What the compute's own role may do, by statement. */
function allowed(stack: Synthesised): Record<string, unknown> {
  const policies = stack
    .all("aws_iam_role_policy")
    .filter(({ role }) => /api_(Group_Role|Service_TaskRole)_/.test(role as string));
  const statements = policies.flatMap(({ policy }) => (JSON.parse(policy as string) as Policy).Statement);
  return Object.fromEntries(statements.map(({ Sid, Resource }) => [Sid, Resource]));
}

describe.each(KINDS)("%s", (_kind, api) => {
  const withOptions = (options: Parameters<typeof api>[0]) => synthShop({ data, compute: { api: api(options) } });

  test("may use the stores they name, in their own site", () => {
    const stacks = withOptions({ uses: ["carts", "receipts"] });
    for (const [site, region] of [
      ["seoul", "ap-northeast-2"],
      ["tokyo", "ap-northeast-1"],
    ] as const) {
      const place = `${region}:111122223333`;
      expect(allowed(stacks.get(`orders-${site}`)!)).toEqual({
        ReadPublished: ["carts", "receipts"].map((store) => `arn:aws:ssm:${place}:parameter/orders/${store}/*`),
        UseTableCarts: ["", "/index/*"].map((end) => `arn:aws:dynamodb:${place}:table/orders-carts${end}`),
        UseTableKeyCarts: `arn:aws:kms:${place}:key/*`,
        ListObjectsReceipts: `arn:aws:s3:::orders-receipts-${site}-111122223333`,
        UseObjectsReceipts: `arn:aws:s3:::orders-receipts-${site}-111122223333/*`,
        UseObjectsKeyReceipts: `arn:aws:kms:${place}:key/*`,
      });
    }
  });

  test("may do what is theirs alone, said once for each site", () => {
    const stacks = withOptions({
      statements: ({ region, account }) => [
        { sid: "SendJobs", actions: ["sqs:SendMessage"], resources: [`arn:aws:sqs:${region}:${account}:jobs`] },
      ],
    });
    expect(allowed(stacks.get("orders-seoul")!)).toEqual({ SendJobs: "arn:aws:sqs:ap-northeast-2:111122223333:jobs" });
    expect(allowed(stacks.get("orders-tokyo")!)).toEqual({ SendJobs: "arn:aws:sqs:ap-northeast-1:111122223333:jobs" });
  });

  test("may do nothing where nothing is said", () => {
    expect(allowed(withOptions({}).get("orders-seoul")!)).toEqual({});
  });

  test("reach further services over the network", () => {
    const services = (options: Parameters<typeof api>[0]) =>
      withOptions(options)
        .get("orders-tokyo")!
        .all("aws_vpc_endpoint")
        .map(({ service_name }) => (service_name as string).split(".").slice(3).join("."));
    const more = services({ interfaceEndpoints: ["sqs"] });
    expect(more.filter((service) => !services({}).includes(service))).toEqual(["sqs"]);
  });

  test("are refused when they name a store there is not", () => {
    expectRefusal(
      defineShop({ data, compute: { api: api({ uses: ["cart"] }) } }),
      "MissingSetting",
      "'uses' of compute 'api' names 'cart', the workload has 'carts', 'payment', 'receipts'",
      "orders",
    );
  });
});

test("a way out to the internet stands in every site, where it is asked for", () => {
  const gateways = (change: object) =>
    ["seoul", "tokyo"].map((site) => synthShop(change).get(`orders-${site}`)!.all("aws_nat_gateway").length);
  expect(gateways({})).toEqual([0, 0]);
  expect(gateways({ ...shop(), natGateways: "one" })).toEqual([1, 1]);
});
