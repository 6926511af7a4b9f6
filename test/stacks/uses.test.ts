/**
 * Proves what instances and containers of a workload may do, in each site, and what they reach. The stores' own statements are proven
 * with functions, in `lambda.test.ts`. Does not prove that IAM lets the calls pass.
 */
import {
  ami,
  autoScaling,
  AutoScalingOptions,
  bucket,
  Compute,
  ComputePermissions,
  DataStore,
  fargate,
  postgres,
  secret,
  siteImage,
  ssmImage,
  table,
} from "../../stacks";
import { expectRefusal, Synthesised } from "../support/synth";
import { defineShop, shop, SITES, synthShop } from "../support/workloads";

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

/** Services with an endpoint in a site's network, in order. */
function endpoints(stack: Synthesised): string[] {
  const names = stack.all("aws_vpc_endpoint").map(({ service_name }) => service_name as string);
  return names.map((name) => name.split(".").slice(3).join(".")).sort();
}

/** The statement that every compute is denied. */
const NO_SWITCHES = { DenySwitches: "*" };

/** The permissions of the compute's own role, by statement. */
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
        UseTable: ["", "/index/*"].map((end) => `arn:aws:dynamodb:${place}:table/orders-carts${end}`),
        UseTableKey: `arn:aws:kms:${place}:key/*`,
        ListObjects: `arn:aws:s3:::orders-receipts-${site}-111122223333`,
        UseObjects: `arn:aws:s3:::orders-receipts-${site}-111122223333/*`,
        UseObjectsKey: `arn:aws:kms:${place}:key/*`,
        ...NO_SWITCHES,
      });
    }
  });

  test("of many stores have one statement for each kind, within IAM's limits of a role", () => {
    const stores = (kind: string, count: number, make: () => DataStore) =>
      Array.from({ length: count }, (_, index): [string, DataStore] => [`${kind}${index}`, make()]);
    const many = Object.fromEntries([
      ...stores("table", 24, () => table({ partitionKey: { name: "id", type: "S" } })),
      ...stores("bucket", 10, bucket),
      ...stores("db", 4, () => postgres({ instanceClass: "db.r6g.large", storageGiB: 100 })),
    ]);
    const stack = synthShop({ data: many, compute: { api: api({ uses: Object.keys(many) }) } }).get("orders-tokyo")!;
    const documents = stack.all("aws_iam_policy").map(({ policy }) => policy as string);
    expect(allowed(stack)).toEqual({}); // nothing is inline
    expect(documents.map((document) => document.length <= 6_144)).toEqual([true, true]);
    const said = documents.flatMap((document) => (JSON.parse(document) as Policy).Statement);
    const resources = Object.fromEntries(said.map(({ Sid, Resource }) => [Sid, [Resource].flat().length]));
    expect(resources).toEqual({
      ReadPublished: 38,
      UseTable: 48,
      UseTableKey: 1,
      ListObjects: 10,
      UseObjects: 10,
      UseObjectsKey: 1,
      DenySwitches: 1,
    });
  });

  test("get their own statements, evaluated once for each site", () => {
    const stacks = withOptions({
      statements: ({ region, account }) => [
        { sid: "SendJobs", actions: ["sqs:SendMessage"], resources: [`arn:aws:sqs:${region}:${account}:jobs`] },
      ],
    });
    for (const [site, region] of [
      ["seoul", "ap-northeast-2"],
      ["tokyo", "ap-northeast-1"],
    ] as const) {
      const jobs = `arn:aws:sqs:${region}:111122223333:jobs`;
      expect(allowed(stacks.get(`orders-${site}`)!)).toEqual({ SendJobs: jobs, ...NO_SWITCHES });
    }
  });

  test("may do nothing if no permission is given", () => {
    expect(allowed(withOptions({}).get("orders-seoul")!)).toEqual(NO_SWITCHES);
  });

  test("reach further services over the network", () => {
    const services = (options: Parameters<typeof api>[0]) => endpoints(withOptions(options).get("orders-tokyo")!);
    const more = services({ interfaceEndpoints: ["sqs"] });
    expect(more.filter((service) => !services({}).includes(service))).toEqual(["sqs"]);
  });

  test("reach the parameters of their stores, and Secrets Manager if they use a secret", () => {
    const services = (uses?: string[]) =>
      ["seoul", "tokyo"].map((site) => endpoints(withOptions({ uses }).get(`orders-${site}`)!));
    for (const [seoul, tokyo] of [services(["carts"]), services(["payment"])]) expect(seoul).toEqual(tokyo);
    expect(services(["carts"])[0]).toEqual(expect.arrayContaining(["dynamodb", "s3", "ssm"]));
    expect(services(["payment"])[0]).toEqual(expect.arrayContaining(["dynamodb", "s3", "secretsmanager", "ssm"]));
  });

  test("are refused if they name a store that does not exist", () => {
    expectRefusal(
      defineShop({ data, compute: { api: api({ uses: ["cart"] }) } }),
      "MissingSetting",
      "'uses' of compute 'api' names 'cart', the workload has 'carts', 'payment', 'receipts'",
      "orders",
    );
  });
});

describe("instances", () => {
  const group = { image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity: { active: 6 } };
  const tokyo = (options: Partial<AutoScalingOptions>) =>
    synthShop({ data, compute: { api: autoScaling({ ...group, ...options }) } }).get("orders-tokyo")!;

  test("reach Systems Manager if they use a store or Session Manager, and Secrets Manager if they use a secret", () => {
    expect(endpoints(tokyo({}))).toEqual(["dynamodb", "s3"]);
    expect(endpoints(tokyo({ uses: ["carts"] }))).toEqual(["dynamodb", "s3", "ssm"]);
    expect(endpoints(tokyo({ uses: ["payment"] }))).toEqual(["dynamodb", "s3", "secretsmanager", "ssm"]);
    expect(endpoints(tokyo({ sessionManager: true }))).toEqual(["dynamodb", "s3", "ssm", "ssmmessages"]);
  });

  test("start from an image of their own site, which may have a warm pool", () => {
    const image: AutoScalingOptions["image"] = ({ name }) =>
      ami(name === "seoul" ? "ami-0123456789abcdef0" : "ami-0123456789abcdef1");
    const warmPool = { standby: { min: 2 } };
    const stacks = synthShop({ data, compute: { api: autoScaling({ ...group, image, warmPool }) } });
    const images = ["seoul", "tokyo"].map((site) => stacks.get(`orders-${site}`)!.only("aws_launch_template").image_id);
    expect(images).toEqual(["ami-0123456789abcdef0", "ami-0123456789abcdef1"]);
    expect(stacks.get("orders-tokyo")!.only("aws_autoscaling_group").warm_pool).toMatchObject({ min_size: 2 });
  });

  test("carry the site's tags, and their disks and addresses with them; a tag of the compute's own wins", () => {
    const sites = Object.fromEntries(
      Object.entries(SITES).map(([name, site]) => [name, { ...site, tags: { CostCenter: "42", Team: "site" } }]),
    );
    const stack = synthShop({
      sites,
      data,
      compute: { api: autoScaling({ ...group, instanceTags: { Team: "orders" } }) },
    }).get("orders-tokyo")!;
    const tags = { CostCenter: "42", Team: "orders", Site: "tokyo", Workload: "orders", Name: "orders-api-tokyo" };
    expect(stack.only("aws_autoscaling_group").tag).toEqual(
      expect.arrayContaining(Object.entries(tags).map(([key, value]) => ({ key, value, propagate_at_launch: true }))),
    );
    expect(stack.only("aws_launch_template").tag_specifications).toEqual([
      { resource_type: "volume", tags },
      { resource_type: "network-interface", tags },
    ]);
  });
});

describe("containers", () => {
  const service = {
    cpu: 512,
    memoryMiB: 1024,
    containers: { api: { image: siteImage({ name: "orders/api" }, "1"), ports: [8080] } },
    capacity: { active: 6 },
  };

  test("reach ECS over the network in a region that AWS opened after December 2023", () => {
    const tokyo = { region: "ca-west-1", account: SITES.tokyo.account, state: { bucket: "acme-tf-calgary" } };
    const seoul = { region: "ca-central-1", account: SITES.tokyo.account, state: { bucket: "acme-tf-montreal" } };
    const stacks = synthShop({ sites: { seoul, tokyo }, data, compute: { api: fargate(service) } });
    const common = ["dynamodb", "ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "ssm"];
    expect(endpoints(stacks.get("orders-seoul")!)).toEqual(common);
    expect(endpoints(stacks.get("orders-tokyo")!)).toEqual([...common, "ecs", "ecs-agent", "ecs-telemetry"].sort());
  });
});

test("every site has a NAT gateway if the workload asks for it", () => {
  const gateways = (change: object) =>
    ["seoul", "tokyo"].map((site) => synthShop(change).get(`orders-${site}`)!.all("aws_nat_gateway").length);
  expect(gateways({})).toEqual([0, 0]);
  expect(gateways({ ...shop(), natGateways: "one" })).toEqual([1, 1]);
});
