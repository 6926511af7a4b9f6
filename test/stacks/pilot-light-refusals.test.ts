/** Proves which workloads are refused, and what sites in different accounts can and cannot have. */
import { Token } from "cdktf";
import { Duration, RefusalCode } from "../../modules/core";
import {
  auroraPostgres,
  autoScaling,
  bucket,
  dns,
  mysql,
  PilotLightProps,
  postgres,
  ssmImage,
  table,
} from "../../stacks";
import { Block, expectRefusal } from "../support/synth";
import { ABROAD_SITE, defineShop, OBJECTIVES, shop, SITES, synthShop } from "../support/workloads";

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
    ["it has no site", { sites: {} }, "TooFewSites", "a workload needs two sites or more, got none"],
    [
      "it has one site",
      { sites: { seoul: home } },
      "TooFewSites",
      "a workload needs two sites or more, got only 'seoul'",
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
      /this library does not know the region 'ap-northeast-9'/,
    ],
    [
      "a region lies in another partition",
      { sites: { seoul: home, tokyo: { ...standby, region: "cn-north-1" } } },
      "ForeignPartition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
    ],
    [
      "an account id is not valid",
      { sites: { seoul: home, tokyo: { ...standby, account: "1234" } } },
      "InvalidAccount",
      "an AWS account id has 12 digits, got '1234' of site 'tokyo'",
    ],
    [
      "networks overlap",
      { sites: { seoul: home, tokyo: { ...standby, cidr: "10.68.128.0/17" } } },
      "OverlappingCidrs",
      /seoul.*tokyo|tokyo.*seoul/,
    ],
    [
      "a site keeps no state",
      { sites: { seoul: home, tokyo: { ...standby, state: undefined as unknown as { bucket: string } } } },
      "MissingSetting",
      "'sites.tokyo.state' is not given",
    ],
    [
      "two sites keep their state in one place",
      { sites: { seoul: home, tokyo: { ...standby, state: home.state } } },
      "SharedStateBucket",
      "sites 'seoul' and 'tokyo' keep their state in one bucket, 'acme-tf-seoul'",
    ],
    [
      "an objective has no unit",
      { objectives: { rto: Duration.hours(1), rpo: 15 as unknown as Duration } },
      "InvalidDuration",
      "'objectives.rpo' must be a Duration, got 15",
    ],
    [
      "a standby is given a capacity",
      {
        compute: {
          api: autoScaling({
            image: ssmImage("/acme/api"),
            instanceType: "m7g.large",
            capacity: { active: 6, standby: 2 as unknown as undefined },
          }),
        },
      },
      "ConflictingSettings",
      "'capacity.standby' of compute 'api' is 2; what a standby runs follows from the pattern",
    ],
    [
      "the front door's record holds the zone",
      { frontDoor: dns({ zone: "example.com", record: "orders.example.com" }) },
      "InvalidName",
      "'frontDoor.record' is the name below the zone 'example.com', got 'orders.example.com'",
    ],
    [
      "the front door's record is the zone",
      { frontDoor: dns({ zone: "example.com", record: "example.com" }) },
      "InvalidName",
      "'frontDoor.record' is the name below the zone 'example.com', got 'example.com'",
    ],
    [
      "there is no RPO",
      { objectives: { rto: Duration.hours(1) } as unknown as typeof OBJECTIVES },
      "MissingObjective",
      "'objectives.rpo' is not given",
    ],
    ["there is no objective", { objectives: undefined }, "MissingObjective", "'objectives.rto' is not given"],
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
      "the front door's state is in no standby",
      { frontDoor: dns({ zone: "example.com", record: "orders", stateIn: "seoul" }) },
      "MissingSetting",
      "'frontDoor.stateIn' is 'seoul', the sites other than the home are 'tokyo'",
    ],
    [
      "the zone is not a domain",
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

  test.each(["aws", "awslimits", "aws-shop", "ssm", "ssmshop"])("fails when the workload is called '%s'", (name) => {
    expectRefusal(
      defineShop({}, name),
      "InvalidName",
      `'id' is not a valid workload name, got '${name}', allowed: lower-case letters, digits and single hyphens, beginning with a letter, but not with 'aws' or 'ssm', and not 'constructor'`,
      name,
    );
  });

  test.each(["shop-aws", "awx", "sms"])("a workload may be called '%s'", (name) => {
    expect(defineShop({}, name)).not.toThrow();
  });

  test("fails when the active site would run nothing", () => {
    const idle = autoScaling({ image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity: { active: 0 } });
    expectRefusal(defineShop({ compute: { api: idle } }), "NoCapacity", "compute 'api' runs 0 in the active site");
  });

  test.each<[string, { active: number; max?: number }]>([
    ["active", { active: 1.5 }],
    ["max", { active: 2, max: 2.5 }],
  ])("fails when 'capacity.%s' is not a whole number", (property, capacity) => {
    const half = autoScaling({ image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity });
    const got = capacity[property as "active"];
    const problem = `'capacity.${property}' of compute 'api' must be a whole number, got ${got}`;
    expectRefusal(defineShop({ compute: { api: half } }), "SettingOutOfRange", problem, "orders");
  });

  test("fails when only an apply knows what the active site runs", () => {
    const [active, max] = [Token.asNumber({ resolve: () => 2 }), Token.asNumber({ resolve: () => 4 })];
    const running = (capacity: { active: number; max?: number }) =>
      autoScaling({ image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity });
    for (const [property, capacity] of Object.entries({ active: { active }, max: { active: 2, max } })) {
      expectRefusal(
        defineShop({ compute: { api: running(capacity) } }),
        "TokenForPlainString",
        `'compute.api.capacity.${property}' must be known at synth, got a token`,
      );
    }
  });

  test.each<[string, number, RefusalCode, string]>([
    [
      "are only known to an apply",
      Token.asNumber({ resolve: () => 2 }),
      "TokenForPlainString",
      "'readers' must be known at synth, got a token",
    ],
    ["are no whole number", 1.5, "SettingOutOfRange", "'readers' must be a whole number from 0 to 15, got 1.5"],
    ["are a word", "two" as never, "WrongType", "'readers' must be a number, got \"two\""],
    ["are no number", NaN, "WrongType", "'readers' must be a number, got NaN"],
  ])("fails when the readers of a cluster %s", (_, readers, code, problem) => {
    const define = () => defineShop({ data: { ledger: auroraPostgres({ instanceClass: "db.r7g.large", readers }) } })();
    expectRefusal(define, code, problem);
  });
});
