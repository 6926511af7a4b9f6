/**
 * Proves what a pilot light consists of in each site, and what it refuses. That AWS's provider accepts it is proven by the provider
 * tests, that it deploys and recovers by the live tests.
 */
import { Duration } from "../../modules/core";
import { autoScaling, bucket, dns, mysql, PilotLight, PilotLightProps, postgres, ssmImage, table } from "../../stacks";
import { Block, expectRefusal, Json, synthApp, Synthesised } from "../support/synth";
import { ABROAD_SITE, defineShop, OBJECTIVES, OSAKA_SITE, shop, SITES, synthShop } from "../support/workloads";

const stacks = synthShop();
const seoul = stacks.get("orders-seoul")!;
const tokyo = stacks.get("orders-tokyo")!;

describe("stacks", () => {
  test("are a site's and its replication's, by name, and the front door's", () => {
    expect([...stacks.keys()].sort()).toEqual([
      "orders-front-door",
      "orders-seoul",
      "orders-seoul-replication",
      "orders-tokyo",
      "orders-tokyo-replication",
    ]);
  });

  test("deploy in order: home, the others, how the home is copied, how the others are", () => {
    const { sites, replication, frontDoor } = define().stacks;
    const needs = (stack: { dependencies: { node: { id: string } }[] }) =>
      stack.dependencies.map(({ node }) => node.id).sort();
    expect(needs(sites.get("seoul")!)).toEqual([]);
    expect(needs(sites.get("tokyo")!)).toEqual(["orders-seoul"]);
    expect(needs(replication.get("seoul")!)).toEqual(["orders-seoul", "orders-tokyo"]);
    expect(needs(replication.get("tokyo")!)).toEqual(["orders-seoul", "orders-seoul-replication", "orders-tokyo"]);
    expect(needs(frontDoor!)).toEqual(["orders-seoul", "orders-tokyo"]);
  });

  test("of data alone have no front door, and without a store that is copied no replication", () => {
    const { stacks } = define({ frontDoor: undefined, data: { ledger: shop().data.ledger! } });
    expect([stacks.frontDoor, stacks.replication.size, stacks.sites.size]).toEqual([undefined, 0, 2]);
  });

  test("are the same bytes for the same input, whatever the order of stores and of sites after home", () => {
    const three = { ...SITES, osaka: OSAKA_SITE };
    const { seoul, tokyo, osaka } = three;
    const frontDoor = dns({ zone: "example.com", record: "orders", stateIn: "tokyo" });
    const { ledger, carts, receipts } = shop().data;
    const one = synthShop({ sites: three, frontDoor });
    const other = synthShop({
      sites: { seoul, osaka, tokyo },
      frontDoor,
      data: { receipts: receipts!, carts: carts!, ledger: ledger! },
    });
    expect([...other].map(([name, { text }]) => [name, text]).sort()).toEqual(
      [...one].map(([name, { text }]) => [name, text]).sort(),
    );
  });

  test("of two workloads and a development environment share no name", () => {
    const { stacks } = synthApp((app) => {
      new PilotLight(app, "orders", shop());
      new PilotLight(app, "orders-dev", { ...shop(), frontDoor: dns({ zone: "example.com", record: "orders-dev" }) });
    });
    expect(stacks.size).toBe(10);
  });
});

describe("a site", () => {
  test("tags everything with workload and site, and works in its own account alone", () => {
    expect(tokyo.json.provider).toEqual({
      aws: [
        {
          region: "ap-northeast-1",
          allowed_account_ids: ["111122223333"],
          default_tags: [{ tags: { Site: "tokyo", Workload: "orders" } }],
        },
      ],
    });
  });

  test("has one key, by the alias other sites know", () => {
    expect(tokyo.only("aws_kms_alias").name).toBe("alias/orders-tokyo");
  });

  test("has a network of its region's own, or the one it is given", () => {
    expect([seoul, tokyo].map((stack) => stack.only("aws_vpc").cidr_block)).toEqual(["10.72.0.0/16", "10.71.0.0/16"]);
    const given = synthShop({ sites: { ...SITES, tokyo: { ...SITES.tokyo, cidr: "10.9.0.0/16" } } });
    expect(given.get("orders-tokyo")!.only("aws_vpc").cidr_block).toBe("10.9.0.0/16");
  });

  test.each([seoul, tokyo])("publishes what the application looks for, under names no failover changes", (stack) => {
    const parameters = stack.all("aws_ssm_parameter");
    expect(parameters.map(({ name }) => name).sort()).toEqual([
      "/orders/carts/table",
      "/orders/ledger/address",
      "/orders/ledger/port",
      "/orders/ledger/secret",
      "/orders/receipts/bucket",
    ]);
    const value = (name: string) => parameters.find((parameter) => parameter.name === name)!.value;
    expect(value("/orders/carts/table")).toBe("orders-carts");
    expect(value("/orders/ledger/address")).toMatch(/^\$\{aws_db_instance\.ledger_Instance_\w+\.address\}$/);
    expect(value("/orders/ledger/port")).toBe("5432");
    expect(value("/orders/ledger/secret")).toBe("orders/ledger/master-user");
  });
});

describe("the active site and the standby", () => {
  test("run six instances and none, with the same ceiling", () => {
    const capacity = (stack: Synthesised) =>
      pick(stack.only("aws_autoscaling_group"), "min_size", "desired_capacity", "max_size");
    expect(capacity(seoul)).toEqual({ min_size: 6, desired_capacity: 6, max_size: 12 });
    expect(capacity(tokyo)).toEqual({ min_size: 0, desired_capacity: 0, max_size: 12 });
  });

  test("hold a source in two zones, and its replica", () => {
    const database = (stack: Synthesised) =>
      pick(stack.only("aws_db_instance"), "identifier", "multi_az", "replicate_source_db", "engine");
    expect(database(seoul)).toEqual({ identifier: "orders-ledger-seoul", multi_az: true, engine: "postgres" });
    expect(database(tokyo)).toEqual({
      identifier: "orders-ledger-tokyo",
      multi_az: false,
      replicate_source_db: "arn:aws:rds:ap-northeast-2:111122223333:db:orders-ledger-seoul",
    });
    expect(tokyo.only("aws_db_instance_automated_backups_replication").source_db_instance_arn).toBe(
      "arn:aws:rds:ap-northeast-2:111122223333:db:orders-ledger-seoul",
    );
  });

  test("let only the compute into the database", () => {
    for (const stack of [seoul, tokyo]) {
      const rules = stack.all("aws_vpc_security_group_ingress_rule").filter(({ from_port }) => from_port === 5432);
      expect(rules.map((rule) => rule.referenced_security_group_id)).toEqual([
        expect.stringMatching(/^\$\{aws_security_group\.api_Group_/),
      ]);
    }
  });

  test("keep the master password in the home's secret, copied to the standby, and in no JSON", () => {
    expect(seoul.only("aws_secretsmanager_secret")).toMatchObject({
      name: "orders/ledger/master-user",
      replica: [{ region: "ap-northeast-1" }],
    });
    expect(tokyo.all("aws_secretsmanager_secret")).toEqual([]);
  });

  test("watch every lag at the RPO", () => {
    const alarms = (stack: Synthesised) =>
      stack.all("aws_cloudwatch_metric_alarm").map(({ alarm_name, threshold }) => [alarm_name, threshold]);
    expect(alarms(tokyo)).toEqual(
      expect.arrayContaining([
        ["orders-ledger-tokyo-replica-lag", 900],
        ["orders-receipts-seoul-111122223333-to-orders-receipts-tokyo-111122223333-replication-latency", 900],
      ]),
    );
    expect(alarms(seoul).map(([name]) => name)).not.toContain("orders-ledger-seoul-replica-lag");
  });
});

describe("replication", () => {
  test("copies the bucket both ways, with replication time control", () => {
    const rules = (site: string) =>
      stacks.get(`orders-${site}-replication`)!.only("aws_s3_bucket_replication_configuration").rule as {
        destination: Block;
      }[];
    expect(rules("seoul").map(({ destination }) => destination.bucket)).toEqual([
      "arn:aws:s3:::orders-receipts-tokyo-111122223333",
    ]);
    expect(rules("tokyo").map(({ destination }) => destination.bucket)).toEqual([
      "arn:aws:s3:::orders-receipts-seoul-111122223333",
    ]);
    expect(rules("seoul")[0]!.destination.replication_time).toEqual({ status: "Enabled", time: { minutes: 15 } });
  });

  test("names a bucket, and a key by its alias, as the site stack makes them", () => {
    const configuration = stacks.get("orders-seoul-replication")!.only("aws_s3_bucket_replication_configuration");
    expect(configuration.bucket).toBe(seoul.only("aws_s3_bucket").bucket);
    const { destination } = (configuration.rule as { destination: { encryption_configuration: Block } }[])[0]!;
    const alias = String(tokyo.only("aws_kms_alias").name);
    expect(destination.encryption_configuration.replica_kms_key_id).toBe(
      `arn:aws:kms:ap-northeast-1:111122223333:${alias}`,
    );
  });

  test("holds the table in the home, a replica of it in the standby", () => {
    expect(stacks.get("orders-seoul-replication")!.only("aws_dynamodb_table").name).toBe("orders-carts");
    expect(stacks.get("orders-tokyo-replication")!.only("aws_dynamodb_table_replica").global_table_arn).toBe(
      "arn:aws:dynamodb:ap-northeast-2:111122223333:table/orders-carts",
    );
  });

  test("with three sites copies every bucket to the two others", () => {
    const three = synthShop({
      sites: { ...SITES, osaka: OSAKA_SITE },
      frontDoor: dns({ zone: "example.com", record: "orders", stateIn: "tokyo" }),
    });
    const destinations = (site: string) =>
      (
        three.get(`orders-${site}-replication`)!.only("aws_s3_bucket_replication_configuration").rule as {
          id: string;
        }[]
      ).map(({ id }) => id);
    expect(destinations("seoul")).toEqual(["orders-receipts-osaka-111122223333", "orders-receipts-tokyo-111122223333"]);
    expect(destinations("osaka")).toEqual(["orders-receipts-seoul-111122223333", "orders-receipts-tokyo-111122223333"]);
  });
});

describe("the front door", () => {
  const frontDoor = stacks.get("orders-front-door")!;

  test("answers with the home until the standby's switch is tripped", () => {
    expect(frontDoor.all("aws_route53_record")).toEqual([
      {
        provider: "aws",
        zone_id: "${data.aws_route53_zone.Zone.zone_id}",
        name: "orders.example.com",
        type: "A",
        set_identifier: "seoul",
        failover_routing_policy: { type: "PRIMARY" },
        health_check_id: "${aws_route53_health_check.Switch-tokyo.id}",
        alias: {
          name: "seoul.orders.example.com",
          zone_id: "${data.aws_route53_zone.Zone.zone_id}",
          evaluate_target_health: false,
        },
      },
      {
        provider: "aws",
        zone_id: "${data.aws_route53_zone.Zone.zone_id}",
        name: "orders.example.com",
        type: "A",
        set_identifier: "tokyo",
        failover_routing_policy: { type: "SECONDARY" },
        alias: {
          name: "tokyo.orders.example.com",
          zone_id: "${data.aws_route53_zone.Zone.zone_id}",
          evaluate_target_health: false,
        },
      },
    ]);
    expect(frontDoor.only("aws_route53_health_check")).toEqual({
      provider: "aws",
      type: "CLOUDWATCH_METRIC",
      cloudwatch_alarm_name: "orders-tokyo-failover-switch",
      cloudwatch_alarm_region: "ap-northeast-1",
      insufficient_data_health_status: "LastKnownStatus",
      tags: { Name: "orders-tokyo-untripped" },
    });
  });

  test("watches a switch that stands in the standby, and keeps its last state without data", () => {
    const named = (stack: Synthesised) =>
      stack.all("aws_cloudwatch_metric_alarm").filter(({ alarm_name }) => /failover-switch$/.test(String(alarm_name)));
    expect(named(seoul)).toEqual([]);
    expect(named(tokyo)).toEqual([
      {
        provider: "aws",
        alarm_name: "orders-tokyo-failover-switch",
        alarm_description: "Tripped: orders is answered by tokyo",
        namespace: "DisasterRecovery",
        metric_name: "FailoverSwitch",
        dimensions: { Workload: "orders", Site: "tokyo" },
        statistic: "Maximum",
        period: 60,
        evaluation_periods: 1,
        comparison_operator: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        treat_missing_data: "missing",
      },
    ]);
  });

  test("gives each site a name and a certificate, and serves HTTPS", () => {
    for (const [stack, site] of [
      [seoul, "seoul"],
      [tokyo, "tokyo"],
    ] as const) {
      const records = stack.all("aws_route53_record");
      expect(records.map(({ name, type }) => [name, type])).toContainEqual([`${site}.orders.example.com`, "A"]);
      expect(stack.only("aws_acm_certificate")).toMatchObject({
        domain_name: "orders.example.com",
        validation_method: "DNS",
      });
      expect(stack.all("aws_lb_listener").map(({ port, protocol }) => [port, protocol])).toEqual(
        expect.arrayContaining([[443, "HTTPS"]]),
      );
      expect(stack.only("aws_lb").internal).toBe(false);
    }
  });

  test("with two standbys hands over from one to the next", () => {
    const three = synthShop({
      sites: { ...SITES, osaka: OSAKA_SITE },
      frontDoor: dns({ zone: "example.com", record: "orders", stateIn: "tokyo", zoneId: "Z123" }),
    }).get("orders-front-door")!;
    const answers = three
      .all("aws_route53_record")
      .map((record) => [
        record.name,
        (record.failover_routing_policy as Block).type,
        (record.alias as Block).name,
        record.health_check_id ?? null,
      ]);
    expect(answers.sort()).toEqual([
      [
        "or-osaka.orders.example.com",
        "PRIMARY",
        "osaka.orders.example.com",
        "${aws_route53_health_check.Switch-tokyo.id}",
      ],
      ["or-osaka.orders.example.com", "SECONDARY", "tokyo.orders.example.com", null],
      [
        "orders.example.com",
        "PRIMARY",
        "seoul.orders.example.com",
        "${aws_route53_health_check.NoneOf-osaka-tokyo.id}",
      ],
      ["orders.example.com", "SECONDARY", "or-osaka.orders.example.com", null],
    ]);
    expect(three.all("aws_route53_health_check").find(({ type }) => type === "CALCULATED")).toMatchObject({
      child_health_threshold: 2,
      child_healthchecks: [
        "${aws_route53_health_check.Switch-osaka.id}",
        "${aws_route53_health_check.Switch-tokyo.id}",
      ],
    });
  });

  test("without one, compute is reached from the site's network alone", () => {
    const internal = synthShop({ frontDoor: undefined }).get("orders-tokyo")!;
    expect(internal.only("aws_lb").internal).toBe(true);
    expect(internal.types()).not.toContain("aws_internet_gateway");
    const clients = internal.all("aws_vpc_security_group_ingress_rule").filter(({ from_port }) => from_port === 80);
    expect(clients.map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual(["10.71.0.0/16"]);
  });
});

describe("the model in the JSON", () => {
  const model = (tokyo.json["//"] as { dr: { [key: string]: Json } }).dr;

  test("is the contract", () => {
    expect(
      pick(model, "version", "workload", "pattern", "objectives", "history", "sites", "stores", "compute"),
    ).toEqual({
      version: 1,
      workload: "orders",
      pattern: "pilot-light",
      objectives: { rtoSeconds: 2700, rpoSeconds: 900 },
      history: [],
      sites: [
        { name: "seoul", region: "ap-northeast-2", account: "111122223333", home: true, role: "active", generation: 1 },
        {
          name: "tokyo",
          region: "ap-northeast-1",
          account: "111122223333",
          home: false,
          role: "standby",
          generation: 1,
        },
      ],
      stores: { ledger: "postgres", carts: "table", receipts: "bucket" },
      compute: { api: "auto-scaling" },
    });
  });

  test("tells what each store may lose, with the basis of the figure; unknown is not met", () => {
    const estimates = model.estimates as {
      store: string;
      standby: string;
      verdict: string;
      loss: { value?: number; basis: string };
    }[];
    expect(
      estimates.map(({ store, standby, verdict, loss }) => [store, standby, verdict, loss.basis, loss.value ?? null]),
    ).toEqual([
      ["carts", "tokyo", "met", "typical", 3],
      ["ledger", "tokyo", "unknown", "unknown", null],
      ["receipts", "tokyo", "met", "committed", 900],
    ]);
  });

  test("holds the recovery steps of the site's own constructs", () => {
    const steps = (model.protections as { path: string; recovery: { call: string }[] }[]).flatMap(
      ({ path, recovery }) => recovery.map(({ call }) => [path.split("/").slice(2, 4).join("/"), call]),
    );
    expect(steps).toEqual(
      expect.arrayContaining([
        ["ledger/Instance", "rds:PromoteReadReplica"],
        ["ledger/Backups", "rds:RestoreDBInstanceToPointInTime"],
        ["api/Group", "autoscaling:UpdateAutoScalingGroup"],
      ]),
    );
  });
});

describe("sites in different accounts", () => {
  const abroad: Partial<PilotLightProps> = {
    sites: { seoul: SITES.seoul, tokyo: ABROAD_SITE },
    data: { receipts: bucket() },
    frontDoor: undefined,
  };

  test("take a role in theirs, for resources and state, and let the other's replication in", () => {
    const tokyo = synthShop(abroad).get("orders-tokyo")!;
    const { provider, terraform } = tokyo.json as { provider: { aws: Block[] }; terraform: { backend: { s3: Block } } };
    expect(provider.aws[0]).toMatchObject({
      allowed_account_ids: ["444455556666"],
      assume_role: [{ role_arn: "arn:aws:iam::444455556666:role/terraform" }],
    });
    expect(terraform.backend.s3.assume_role).toEqual({ role_arn: "arn:aws:iam::444455556666:role/terraform" });
    for (const [type, statement] of [
      ["aws_s3_bucket_policy", 2],
      ["aws_kms_key", 1],
    ] as const) {
      const { Statement } = JSON.parse(tokyo.only(type).policy as string) as { Statement: { Condition: Block }[] };
      expect(Statement[statement]!.Condition.ArnEquals).toEqual({
        "aws:PrincipalArn": "arn:aws:iam::111122223333:role/s3-replication-orders-receipts-seoul-111122223333",
      });
    }
  });

  test.each([
    [
      "a database",
      { ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 20 }) },
      "store 'ledger' is a database, its sites 'seoul' and 'tokyo' lie in different accounts",
    ],
    [
      "a table",
      { carts: table({ partitionKey: { name: "id", type: "S" } }) },
      "store 'carts' is a table, its sites 'seoul' and 'tokyo' lie in different accounts",
    ],
  ] as const)("fails with %s, which AWS copies within an account only", (_, data, problem) => {
    expectRefusal(defineShop({ ...abroad, data }), "ReplicaInOtherAccount", problem, "orders");
  });

  test("fails with a front door: a health check sees alarms of its own account only", () => {
    expectRefusal(
      defineShop({ ...abroad, frontDoor: shop().frontDoor }),
      "FrontDoorAcrossAccounts",
      "'seoul' and 'tokyo' lie in different accounts, the zone 'example.com' in one",
    );
  });
});

describe("a pilot light is refused", () => {
  const { seoul: home, tokyo: standby } = SITES;

  test.each<[string, Partial<PilotLightProps>, Parameters<typeof expectRefusal>[1], string | RegExp]>([
    ["it has no site", { sites: {} }, "TooFewSites", "a workload stands in two sites or more, got none"],
    [
      "it has one site",
      { sites: { seoul: home } },
      "TooFewSites",
      "a workload stands in two sites or more, got only 'seoul'",
    ],
    [
      "two sites are one place",
      { sites: { seoul: home, tokyo: { ...standby, region: home.region } } },
      "SameSite",
      "sites 'seoul' and 'tokyo' are both ap-northeast-2 of 111122223333",
    ],
    [
      "a region does not exist",
      { sites: { seoul: home, tokyo: { ...standby, region: "ap-northeast-9" } } },
      "UnknownRegion",
      /there is no region 'ap-northeast-9'/,
    ],
    [
      "a region lies in another partition",
      { sites: { seoul: home, tokyo: { ...standby, region: "cn-north-1" } } },
      "ForeignPartition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
    ],
    [
      "an account is no account",
      { sites: { seoul: home, tokyo: { ...standby, account: "1234" } } },
      "InvalidAccount",
      "an AWS account id has 12 digits, got '1234'",
    ],
    [
      "networks overlap",
      { sites: { seoul: home, tokyo: { ...standby, cidr: "10.72.128.0/17" } } },
      "OverlappingCidrs",
      /seoul.*tokyo|tokyo.*seoul/,
    ],
    [
      "a site keeps no state",
      { sites: { seoul: home, tokyo: { ...standby, state: undefined as unknown as { bucket: string } } } },
      "MissingSetting",
      "site 'tokyo' has no 'state.bucket'",
    ],
    [
      "there is no RPO",
      { objectives: { rto: Duration.hours(1) } as unknown as typeof OBJECTIVES },
      "MissingObjective",
      "'objectives.rpo' is not given",
    ],
    [
      "there is no objective",
      { objectives: undefined as unknown as typeof OBJECTIVES },
      "MissingObjective",
      "'objectives.rto' is not given",
    ],
    [
      "a bucket without replication time control has an RPO of minutes",
      { data: { receipts: bucket({ replicationTimeControl: false }) } },
      "RpoNotMet",
      "store 'receipts' may lose 2 days in 'tokyo' (S3 Cross-Region Replication, typical), the RPO is 15 minutes",
    ],
    [
      "a bucket has an RPO below 15 minutes",
      { data: { receipts: bucket() }, objectives: { rto: Duration.hours(1), rpo: Duration.minutes(14) } },
      "RpoNotMet",
      "store 'receipts' may lose 15 minutes in 'tokyo' (S3 Cross-Region Replication, committed), the RPO is 14 minutes",
    ],
    [
      "the switch alone takes longer than the RTO",
      { objectives: { rto: Duration.minutes(1), rpo: Duration.minutes(15) } },
      "RtoNotMet",
      "the switch (1 minute) and the TTL of the name (1 minute) alone take 2 minutes, the RTO is 1 minute",
    ],
    [
      "a store is named beyond the rule",
      { data: { Ledger: bucket() } },
      "InvalidName",
      /named with 1 to 12 lower-case letters and digits, beginning with a letter, got 'Ledger'/,
    ],
    [
      "a store is named as a site",
      { data: { tokyo: bucket() } },
      "NameTaken",
      "'tokyo' names two of the workload's sites, stores and computes",
    ],
    [
      "the front door has no compute",
      { compute: {} },
      "MissingSetting",
      "'frontDoor.compute' is not given, the workload's computes are none",
    ],
    [
      "the front door names a compute there is not",
      { frontDoor: dns({ zone: "example.com", record: "orders", compute: "web" }) },
      "MissingSetting",
      "'frontDoor.compute' is 'web', the workload's computes are 'api'",
    ],
    [
      "the front door's state is with nobody",
      { frontDoor: dns({ zone: "example.com", record: "orders", stateIn: "seoul" }) },
      "MissingSetting",
      "'frontDoor.stateIn' is 'seoul', the sites beside the home are 'tokyo'",
    ],
    [
      "the zone is no domain",
      { frontDoor: dns({ zone: "example..com", record: "orders" }) },
      "InvalidName",
      /'frontDoor.zone' is not a valid domain name, got 'example..com'/,
    ],
    [
      "an engine version is unknown",
      { data: { ledger: mysql({ instanceClass: "db.r6g.large", storageGiB: 20, engineVersion: "4.1" }) } },
      "UnknownEngineVersion",
      /4\.1/,
    ],
  ])("fails when %s", (_, change, code, problem) => {
    expectRefusal(defineShop(change), code, problem);
  });

  test("fails when the workload's name is beyond the rule", () => {
    expectRefusal(defineShop({}, "Orders"), "InvalidName", /'id' is not a valid workload name, got 'Orders'/, "Orders");
    expectRefusal(defineShop({}, "o".repeat(20)), "InvalidName", /1 to 19 characters \(it has 20\)/);
  });

  test("fails when the active site would run nothing", () => {
    const idle = autoScaling({ image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity: { active: 0 } });
    expectRefusal(
      defineShop({ compute: { api: idle } }),
      "NoCapacity",
      "compute 'api' runs 0 instances in the active site",
    );
  });
});

function define(change: Partial<PilotLightProps> = {}): PilotLight {
  return defineShop(change)();
}

function pick(block: Block, ...names: readonly string[]): Block {
  return Object.fromEntries(Object.entries(block).filter(([name]) => names.includes(name)));
}
