/**
 * Proves where a function of a workload exists, in each site, pattern and step of a history. Proves its permissions, the events that are
 * switched on, and the API calls of a failover. The provider tests prove that the AWS provider accepts it. The emulator's tests prove
 * that a second plan is empty.
 */
import { Testing } from "cdktf";
import {
  busEvents,
  bucket,
  Compute,
  dns,
  evacuated,
  failedOver,
  forgotten,
  HistoryEvent,
  imageCode,
  lambda,
  LambdaOptions,
  MultiSite,
  Pattern,
  postgres,
  queueMessages,
  rebuilt,
  rejoined,
  secret,
  siteImage,
  SiteContract,
  streamRecords,
  table,
  tableChanges,
  timer,
  WarmStandby,
  zipCode,
} from "../../stacks";
import { difference } from "../support/difference";
import { DENY_SWITCHES } from "../support/switches";
import { Block, expectRefusal, Json, synthApp, Synthesised } from "../support/synth";
import { defineShop, OSAKA_SITE, shop, ShopChange, SITES, synthPattern } from "../support/workloads";

const ZIP = {
  key: "orders/1.zip",
  runtime: "nodejs22.x",
  handler: "index.handler",
} as const;
const CODE: LambdaOptions["code"] = ({ name }) => zipCode({ ...ZIP, bucket: { name: `acme-builds-${name}` } });

const CARTS = table({ partitionKey: { name: "id", type: "S" } });
const EVENTS: LambdaOptions["events"] = {
  bus: busEvents(() => ({ eventPattern: { source: ["orders"] } })),
  carts: tableChanges("carts"),
  clicks: streamRecords(({ region }) => ({ streamArn: `arn:aws:kinesis:${region}:111122223333:stream/clicks` })),
  nightly: timer("cron(0 18 * * ? *)"),
  orders: queueMessages(({ region }) => ({ queueArn: `arn:aws:sqs:${region}:111122223333:orders` })),
};

type Stacks = ReadonlyMap<string, Synthesised>;

/** A workload of a table, and a function that works on all there is. */
function synth(
  pattern: Exclude<Pattern, "warm-standby">,
  change: ShopChange = {},
  options: Partial<LambdaOptions> = {},
) {
  const worker = lambda({ code: CODE, events: EVENTS, ...options });
  return synthPattern(pattern, { data: { carts: CARTS }, frontDoor: undefined, compute: { worker }, ...change });
}

function synthWarm(options: Partial<LambdaOptions<number>> = {}): Stacks {
  const worker = lambda({ code: CODE, events: EVENTS, ...options });
  const { sites, objectives } = shop();
  return synthApp((app) => {
    return new WarmStandby(app, "orders", { sites, objectives, data: { carts: CARTS }, compute: { worker } });
  }).stacks;
}

/** Which events are on in a site, and which switches an apply leaves alone. */
function switches(stacks: Stacks, site: string): { on: string[]; left: string[] } {
  const found = [stacks.get(`orders-${site}`)!, stacks.get(`orders-${site}-replication`)!].flatMap((stack) => [
    ...stack.all("aws_lambda_event_source_mapping").map((it) => ({ ...it, name: serviceOf(it), on: it.enabled })),
    ...stack.all("aws_cloudwatch_event_rule").map((it) => ({ ...it, on: it.state === "ENABLED" })),
  ]) as (Block & { name: string; on: boolean })[];
  const names = (some: typeof found) => some.map(({ name }) => name.split("-").at(-1)!).sort();
  return { on: names(found.filter(({ on }) => on)), left: names(found.filter(({ lifecycle }) => lifecycle)) };
}

/** `dynamodb` for the stream of a table. */
function serviceOf({ event_source_arn }: Block): string {
  const arn = event_source_arn as string;
  return arn.startsWith("arn:") ? arn.split(":")[2]! : "dynamodb";
}

const OWN = ["bus", "kinesis", "sqs"];
const SHARED = ["dynamodb", "nightly"];
const ALL = [...OWN, ...SHARED].sort();
const THERE = failedOver("tokyo", { on: "2027-03-02" });
const REBUILT = rebuilt("seoul", { on: "2027-03-09" });

const light = synth("pilot-light");

describe("a function", () => {
  const [seoul, tokyo] = [light.get("orders-seoul")!, light.get("orders-tokyo")!];

  test.each([
    ["seoul", seoul, "ap-northeast-2"],
    ["tokyo", tokyo, "ap-northeast-1"],
  ])("exists in %s with code and name of its own", (site, stack, region) => {
    expect(stack.only("aws_lambda_function")).toMatchObject({
      function_name: `orders-worker-${site}`,
      s3_bucket: `acme-builds-${site}`,
      s3_key: "orders/1.zip",
    });
    expect(stack.only("aws_iam_role").name).toBe(`orders-worker-${site}-${region}`);
    expect(stack.only("aws_lambda_function").vpc_config).toBeUndefined();
  });

  test("starts from an image of its own site's registry", () => {
    const stacks = synth("pilot-light", {}, { code: () => imageCode(siteImage({ name: "orders/worker" }, "1.4.2")) });
    expect(stacks.get("orders-tokyo")!.only("aws_lambda_function").image_uri).toBe(
      "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/orders/worker:1.4.2",
    );
  });

  test("accepts other settings that differ between sites", () => {
    const stacks = synth(
      "pilot-light",
      {},
      {
        asynchronous: () => ({ maximumRetries: 1 }),
        invokers: ({ name }) => ({ uploads: { service: "s3", sourceArn: `arn:aws:s3:::acme-uploads-${name}` } }),
        statements: ({ region }) => [{ sid: "Own", actions: ["sns:Publish"], resources: [`arn:aws:sns:${region}:*`] }],
      },
    );
    const stack = stacks.get("orders-tokyo")!;
    expect(stack.only("aws_lambda_function_event_invoke_config").maximum_retry_attempts).toBe(1);
    const invoker = stack.all("aws_lambda_permission").find(({ statement_id }) => statement_id === "uploads");
    expect(invoker!.source_arn).toBe("arn:aws:s3:::acme-uploads-tokyo");
    expect(statement(stack, "Own")).toMatchObject({ Resource: "arn:aws:sns:ap-northeast-1:*" });
  });

  test("encrypts its log with the site's key", () => {
    const { Statement } = JSON.parse(tokyo.only("aws_kms_key").policy as string) as { Statement: { Sid: string }[] };
    expect(Statement.map(({ Sid }) => Sid)).toContain("AllowLambdaLogs");
  });

  test("reads the stream of a table from the stack of the table, with the role of the site's stack", () => {
    for (const [site, region] of [
      ["seoul", "ap-northeast-2"],
      ["tokyo", "ap-northeast-1"],
    ]) {
      const stack = light.get(`orders-${site}-replication`)!;
      expect(stack.only("aws_iam_role_policy").role).toBe(`orders-worker-${site}-${region}`);
      expect(stack.only("aws_lambda_event_source_mapping").function_name).toBe(
        `arn:aws:lambda:${region}:111122223333:function:orders-worker-${site}:live`,
      );
    }
    const lookUp = light.get("orders-tokyo-replication")!.only("data.aws_dynamodb_table");
    expect(lookUp.depends_on).toEqual([expect.stringMatching(/^aws_dynamodb_table_replica\.carts_Table_/)]);
    expect(light.get("orders-seoul-replication")!.types()).not.toContain("data.aws_dynamodb_table");
  });

  test("may decrypt the stream of a table, but not read the table", () => {
    expect(statement(tokyo, "DecryptStreams")).toEqual({
      Sid: "DecryptStreams",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: "arn:aws:kms:ap-northeast-1:111122223333:key/*",
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders-tokyo" },
        StringEquals: { "kms:ViaService": "dynamodb.ap-northeast-1.amazonaws.com" },
      },
    });
    expect(statement(tokyo, "UseTable")).toBeUndefined();
  });
});

function statement(stack: Synthesised, sid: string): Json | undefined {
  const policies = stack.all("aws_iam_role_policy").map(({ policy }) => JSON.parse(policy as string) as Policy);
  return policies.flatMap(({ Statement }) => Statement).find(({ Sid }) => Sid === sid);
}

interface Policy {
  readonly Statement: (Block & { Sid: string })[];
}

describe("stores that a function uses", () => {
  const data = {
    carts: CARTS,
    ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 20 }),
    payment: secret(),
    receipts: bucket(),
  };
  const uses = { uses: [...Object.keys(data), "carts"], events: { carts: tableChanges("carts") } };
  const tokyo = synth("pilot-light", { data }, uses).get("orders-tokyo")!;
  const own = JSON.parse(
    tokyo.all("aws_iam_role_policy").find(({ name }) => name === "function")!.policy as string,
  ) as Policy;
  const key = (service: string) => ({
    "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders-tokyo" },
    StringEquals: { "kms:ViaService": `${service}.ap-northeast-1.amazonaws.com` },
  });
  const place = "ap-northeast-1:111122223333";
  const allow = (Sid: string, Action: Json, Resource: Json, Condition?: Json) => {
    return { Sid, Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
  };

  test("it may use in its own site, with the site's key, and trip no switch", () => {
    const stores = own.Statement.filter(({ Sid }) => !/Logs|Interfaces/.test(Sid));
    expect(stores.filter(({ Sid }) => !Sid.includes("Table"))).toEqual([
      allow(
        "ReadPublished",
        ["ssm:GetParameter", "ssm:GetParameters"],
        Object.keys(data).map((store) => `arn:aws:ssm:${place}:parameter/orders/${store}/*`),
      ),
      allow(
        "ReadSecret",
        ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        `arn:aws:secretsmanager:${place}:secret:orders/payment-??????`,
      ),
      allow("DecryptSecret", "kms:Decrypt", `arn:aws:kms:${place}:key/*`, key("secretsmanager")),
      allow("ListObjects", "s3:ListBucket", "arn:aws:s3:::orders-receipts-tokyo-111122223333"),
      allow(
        "UseObjects",
        ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
        "arn:aws:s3:::orders-receipts-tokyo-111122223333/*",
      ),
      allow("UseObjectsKey", ["kms:Decrypt", "kms:GenerateDataKey"], `arn:aws:kms:${place}:key/*`, key("s3")),
      DENY_SWITCHES,
    ]);
    expect(stores.filter(({ Sid }) => Sid.includes("Table")).map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
      ["UseTable", ["", "/index/*"].map((end) => `arn:aws:dynamodb:${place}:table/orders-carts${end}`)],
      ["UseTableKey", `arn:aws:kms:${place}:key/*`],
    ]);
  });

  test("puts it in the network where that is a database, which lets it in", () => {
    const { vpc_config: network } = tokyo.only("aws_lambda_function") as {
      vpc_config: { security_group_ids: string[] };
    };
    expect(network.security_group_ids).toHaveLength(1);
    const ingress = tokyo.all("aws_vpc_security_group_ingress_rule").find(({ from_port }) => from_port === 5432)!;
    expect(ingress.referenced_security_group_id).toBe(network.security_group_ids[0]);
    const endpoints = tokyo
      .all("aws_vpc_endpoint")
      .map(({ service_name }) => (service_name as string).split(".").at(-1));
    expect(endpoints.sort()).toEqual(["dynamodb", "s3", "secretsmanager", "ssm"]);
  });

  test("or where it is asked to", () => {
    const inNetwork = (value: boolean, change?: ShopChange, more?: Partial<LambdaOptions>) =>
      synth("pilot-light", change, { ...more, inNetwork: value })
        .get("orders-seoul")!
        .only("aws_lambda_function").vpc_config !== undefined;
    expect([inNetwork(true), inNetwork(false, { data }, uses)]).toEqual([true, false]);
  });

  test.each([
    ["'uses' of compute 'worker' names 'cart', the workload has 'carts', 'old', 'receipts'", { uses: ["cart"] }],
    [
      "'events.cart' of compute 'worker' names 'receipts', the workload has 'carts'",
      { events: { cart: tableChanges("receipts") } },
    ],
    [
      "'events.cart' of compute 'worker' names 'gone', which the workload has given up",
      { events: { cart: tableChanges("gone") } },
    ],
  ])("is refused when %s", (problem, options) => {
    const stores = { carts: CARTS, old: secret(), receipts: bucket(), gone: forgotten(CARTS) };
    const compute = { worker: lambda({ code: CODE, ...options }) };
    expectRefusal(defineShop({ data: stores, compute, frontDoor: undefined }), "MissingSetting", problem, "orders");
  });

  test("is refused when the workload keeps nothing", () => {
    const compute = { worker: lambda({ code: CODE, uses: ["carts"] }) };
    const problem = "'uses' of compute 'worker' names 'carts', the workload has none";
    expectRefusal(defineShop({ data: {}, compute, frontDoor: undefined }), "MissingSetting", problem);
  });
});

describe("events", () => {
  const at = (history: readonly HistoryEvent[]) => synth("pilot-light", { history });
  const [before, failed, again] = [at([]), at([THERE]), at([THERE, REBUILT])];

  test("are on in the active site, and in a standby their switches belong to the operator", () => {
    expect(switches(before, "seoul")).toEqual({ on: ALL, left: [] });
    expect(switches(before, "tokyo")).toEqual({ on: [], left: ALL });
  });

  test("are switched between the sites by a failover, in place", () => {
    expect(switches(failed, "seoul")).toEqual({ on: [], left: [] });
    expect(switches(failed, "tokyo")).toEqual({ on: ALL, left: [] });
    for (const [name, stack] of before) {
      const changed = difference(stack, failed.get(name)!).filter((line) => line.includes(".worker_"));
      const expected = name.endsWith("replication")
        ? ["aws_lambda_event_source_mapping.worker_Events-carts enabled"]
        : [
            "aws_cloudwatch_event_rule.worker_Events-bus state",
            "aws_cloudwatch_event_rule.worker_Events-nightly state",
            "aws_lambda_event_source_mapping.worker_Events-clicks enabled",
            "aws_lambda_event_source_mapping.worker_Events-orders enabled",
          ];
      expect(changed.filter((line) => !line.endsWith(" lifecycle"))).toEqual(expected);
    }
  });

  test("stay off in a site that is rebuilt, whose switches are then a standby's", () => {
    expect(switches(again, "seoul")).toEqual({ on: [], left: ALL });
    expect(switches(again, "tokyo")).toEqual({ on: ALL, left: [] });
  });

  test("have a step each in a standby, and none elsewhere", () => {
    expect(steps(before, "seoul")).toEqual([]);
    expect(steps(failed, "seoul")).toEqual([]);
    expect(steps(before, "tokyo")).toEqual([
      "events:EnableRule",
      "events:EnableRule",
      "lambda:UpdateEventSourceMapping",
      "lambda:UpdateEventSourceMapping",
      "lambda:UpdateEventSourceMapping",
    ]);
  });

  test("shared by all sites are handled in one site; each site handles its own, if every site is active", () => {
    const multi = (history: readonly HistoryEvent[], writes: "global" | "local" = "global") => {
      const { objectives } = shop();
      const sites = { ...SITES, osaka: OSAKA_SITE };
      const compute = { worker: lambda({ code: CODE, events: EVENTS }) };
      const props = { sites, objectives, data: { carts: CARTS }, compute, history, writes };
      const { stacks } = synthApp((app) => new MultiSite(app, "orders", props));
      return stacks;
    };
    const on = (history: readonly HistoryEvent[], writes?: "global" | "local") =>
      ["seoul", "osaka", "tokyo"].map((site) => switches(multi(history, writes), site).on);
    const out = evacuated("seoul", { on: "2027-03-02" });
    expect(on([])).toEqual([ALL, OWN, OWN]);
    expect(on([], "local")).toEqual([ALL, OWN, OWN]);
    expect(on([THERE])).toEqual([[], [], ALL]);
    expect(on([THERE, REBUILT])).toEqual([OWN, [], ALL]);
    expect(on([out])).toEqual([[], ALL, OWN]); // writes stay there, work does not
    expect(switches(multi([out]), "seoul").left).toEqual([]); // an apply switches them off
    expect(on([out, rejoined("seoul", { on: "2027-03-03" })])).toEqual([ALL, OWN, OWN]);
  });
});

function steps(stacks: Stacks, site: string): string[] {
  return [stacks.get(`orders-${site}`)!, stacks.get(`orders-${site}-replication`)!]
    .flatMap(
      ({ json }) =>
        (json["//"] as { dr: { protections: { path: string; recovery: { call: string }[] }[] } }).dr.protections,
    )
    .filter(({ path }) => path.includes("/worker/"))
    .flatMap(({ recovery }) => recovery.map(({ call }) => call))
    .sort();
}

describe("the capacity of a function", () => {
  const initialised = (stacks: Stacks, site: string) => {
    const stack = stacks.get(`orders-${site}`)!;
    if (!stack.types().includes("aws_lambda_provisioned_concurrency_config")) return undefined;
    const { min_capacity, max_capacity } = stack.only("aws_appautoscaling_target");
    const { provisioned_concurrent_executions: asked } = stack.only("aws_lambda_provisioned_concurrency_config");
    return [asked, min_capacity, max_capacity];
  };
  const capacity = { active: 6 };

  test("is not set by default, in any pattern", () => {
    expect(["seoul", "tokyo"].map((site) => initialised(light, site))).toEqual([undefined, undefined]);
    expect(initialised(synthWarm(), "tokyo")).toBeUndefined();
  });

  test.each<[Pattern, Json | undefined]>([
    ["backup-restore", undefined],
    ["pilot-light", undefined],
    ["warm-standby", [2, 2, 12]],
    ["multi-site", [6, 6, 12]],
  ])("with %s is %j in a standby", (pattern, expected) => {
    const stacks =
      pattern === "warm-standby"
        ? synthWarm({ capacity: { ...capacity, standby: 2 } })
        : synth(pattern, {}, { capacity });
    expect(initialised(stacks, "seoul")).toEqual([6, 6, 12]);
    expect(initialised(stacks, "tokyo")).toEqual(expected);
  });

  test("is raised by a failover: asked for where there was none, a floor where there were some", () => {
    expect(steps(synth("pilot-light", {}, { capacity, events: {} }), "tokyo")).toEqual([
      "lambda:PutProvisionedConcurrencyConfig",
    ]);
    expect(steps(synthWarm({ capacity: { ...capacity, standby: 2 }, events: {} }), "tokyo")).toEqual([
      "application-autoscaling:RegisterScalableTarget",
    ]);
    expect(steps(synthWarm({ capacity: { ...capacity, standby: 6 }, events: {} }), "tokyo")).toEqual([]);
  });

  test("follows its use up to the ceiling", () => {
    const stacks = synth("pilot-light", {}, { capacity: { active: 6, max: 8 }, utilizationPercent: 50 });
    expect(initialised(stacks, "seoul")).toEqual([6, 6, 8]);
    expect(stacks.get("orders-seoul")!.only("aws_appautoscaling_policy")).toMatchObject({
      target_tracking_scaling_policy_configuration: { target_value: 0.5 },
    });
  });

  test("does not compile if the pattern does not support it", () => {
    const warm: Compute<number> = lambda<number>({ code: CODE, capacity: { active: 6, standby: 2 } });
    // @ts-expect-error a pilot light runs none in a standby
    const cold: Compute<undefined> = warm;
    const ofSeoul = ({ name }: SiteContract) => (name === "seoul" ? zipCode({ ...ZIP, bucket: { name } }) : undefined);
    // @ts-expect-error a site without code cannot be written
    const some: LambdaOptions["code"] = ofSeoul;
    expect([cold, some]).toHaveLength(2);
  });
});

describe("on the ladder", () => {
  const ladder = (["backup-restore", "pilot-light", "multi-site"] as const).map((pattern) => synth(pattern));

  test("a function exists in a standby of every pattern, and no change of the pattern changes it", () => {
    for (const site of ["orders-seoul", "orders-tokyo", "orders-seoul-replication"]) {
      const [down, up] = [ladder[0]!.get(site)!, ladder[1]!.get(site)!];
      expect(difference(down, up).filter((line) => line.includes(".worker_"))).toEqual([]);
    }
    expect(ladder[0]!.get("orders-tokyo")!.types()).toContain("aws_lambda_function");
  });

  test("reaches further services over the network it is in, and is refused them outside of it", () => {
    const more = { interfaceEndpoints: ["sqs"], events: {} };
    const services = synth("pilot-light", {}, { ...more, inNetwork: true })
      .get("orders-tokyo")!
      .all("aws_vpc_endpoint")
      .map(({ service_name }) => (service_name as string).split(".").at(-1));
    expect(services.sort()).toEqual(["dynamodb", "s3", "secretsmanager", "sqs", "ssm"]);
    expectRefusal(
      () => synth("pilot-light", {}, more),
      "MissingSetting",
      "'interfaceEndpoints' of compute 'worker' is set, and the function is not in the network",
      "orders",
    );
  });

  test("without addresses of its own in the network of a site that runs nothing", () => {
    const data = { ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 20 }) };
    const stacks = synth("backup-restore", { data }, { uses: ["ledger"], events: {} });
    const endpoints = (site: string) => stacks.get(site)!.all("aws_vpc_endpoint").length;
    expect([endpoints("orders-seoul"), endpoints("orders-tokyo")]).toEqual([4, 2]);
  });
});

describe("a front door", () => {
  const frontDoor = (compute?: string) => dns({ zone: "example.com", record: "orders", compute });
  const worker = lambda({ code: CODE });

  test.each([
    ["the only one", undefined, { worker }],
    ["the one named", "worker", { ...shop().compute, worker }],
  ])("is refused when a function is %s", (_, named, compute) => {
    expectRefusal(
      defineShop({ compute, frontDoor: frontDoor(named) }),
      "NoLoadBalancer",
      "compute 'worker' (lambda-function) answers the front door and has no load balancer",
      "orders",
    );
  });

  test("is answered by a compute with a load balancer, even if the workload also has a function", () => {
    const compute = { aworker: worker, ...shop().compute };
    const stacks = synthPattern("pilot-light", { compute, frontDoor: frontDoor() });
    const record = stacks
      .get("orders-tokyo")!
      .all("aws_route53_record")
      .find(({ alias }) => alias !== undefined)!;
    expect((record.alias as { name: string }).name).toMatch(/^\$\{aws_lb\.api_LoadBalancer_/);
  });
});

test("two of them live in one workload", () => {
  const compute = { one: lambda({ code: CODE, events: EVENTS }), two: lambda({ code: CODE, events: EVENTS }) };
  const stacks = synth("pilot-light", { compute });
  expect(
    stacks
      .get("orders-tokyo")!
      .all("aws_lambda_function")
      .map(({ function_name }) => function_name),
  ).toEqual(["orders-one-tokyo", "orders-two-tokyo"]);
  expect(stacks.get("orders-tokyo-replication")!.all("aws_lambda_event_source_mapping")).toHaveLength(2);
});

test("a capacity of zero is refused", () => {
  expectRefusal(
    () => {
      const { sites, objectives } = shop();
      const compute = { worker: lambda({ code: CODE, capacity: { active: 0 } }) };
      return new MultiSite(Testing.app(), "orders", { sites, objectives, data: {}, compute, writes: "global" });
    },
    "NoCapacity",
    "compute 'worker' runs 0 in the active site",
  );
});
