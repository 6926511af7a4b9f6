/**
 * Proves what is synthesised for strongly consistent tables. Does not prove that the provider accepts it: it needs version 6.22,
 * newer than the one the provider tests run with.
 */
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { Duration, protectionsBelow } from "../../modules/core";
import {
  GlobalTable,
  StronglyConsistentTable,
  StronglyConsistentTableProps,
  StrongReplica,
  StrongReplicaProps,
} from "../../modules/dynamodb-global-table";
import { SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { expectRefusal, OSAKA, SEOUL, synth, TOKYO, TOKYO_ABROAD } from "../support/synth";

const ID = { name: "id", type: "S" } as const;
const seoul = StronglyConsistentTable.refOf({ ...SEOUL, name: "carts" });
const WITNESS = { witnessRegion: OSAKA.region };

interface Given {
  readonly table?: Partial<StronglyConsistentTableProps>;
  readonly replica?: Partial<StrongReplicaProps>;
}

/** A table in Seoul with a replica in Tokyo and, unless said otherwise, a witness in Osaka. */
function build(scope: Construct, { table = WITNESS, replica = {} }: Given): StronglyConsistentTable {
  const there = new StrongReplica(new Site(scope, "Tokyo", TOKYO), "Carts", { table: seoul, ...replica });
  return new StronglyConsistentTable(new Site(scope, "Seoul", SEOUL), "Carts", {
    name: "carts",
    partitionKey: ID,
    replicas: [there],
    ...table,
  });
}
const built = (given: Given = {}) => synth((scope) => build(scope, given));
const only = (given: Given = {}) => built(given).only("aws_dynamodb_table");

describe("StronglyConsistentTable", () => {
  test("defaults", () => {
    const tf = built();

    expect(tf.types()).toEqual([
      "aws_dynamodb_table", // the table with all its replicas: AWS adds none later
      "aws_kms_alias",
      "aws_kms_alias",
      "aws_kms_key", // a key of the table's site
      "aws_kms_key", // a key of the replica's
    ]);
    expect(tf.only("aws_dynamodb_table")).toEqual({
      provider: "aws.seoul",
      name: "carts",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "id",
      attribute: [{ name: "id", type: "S" }],
      deletion_protection_enabled: true,
      global_table_witness: { region_name: "ap-northeast-3" },
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      replica: [
        {
          region_name: "ap-northeast-1",
          consistency_mode: "STRONG",
          deletion_protection_enabled: true,
          kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.Tokyo_Carts_\w+\.arn\}$/) as string,
          point_in_time_recovery: true,
          propagate_tags: true,
        },
      ],
      server_side_encryption: {
        enabled: true,
        kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.Seoul_Carts_\w+\.arn\}$/) as string,
      },
      stream_enabled: false,
      table_class: "STANDARD",
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.all("aws_kms_key").map(({ provider }) => provider)).toEqual(["aws.seoul", "aws.tokyo"]);
  });

  test("asks for a provider that knows it, whatever a Site made later asks for", () => {
    const tf = synth((scope) => {
      build(scope, {});
      new SiteKey(new Site(scope, "Osaka", OSAKA), "Key", { alias: "later" });
    });
    expect(tf.json.terraform).toMatchObject({
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 6.22.0, < 7.0.0" } },
    });
  });

  test("three replicas and no witness", () => {
    const tf = synth((scope) => {
      const replicas = Object.entries({ Tokyo: TOKYO, Osaka: OSAKA }).map(
        ([name, site]) => new StrongReplica(new Site(scope, name, site), "Carts", { table: seoul }),
      );
      const home = new Site(scope, "Seoul", SEOUL);
      new StronglyConsistentTable(home, "Carts", { name: "carts", partitionKey: ID, replicas });
    });
    const { replica, global_table_witness } = tf.only("aws_dynamodb_table");
    expect((replica as { region_name: string }[]).map(({ region_name }) => region_name)).toEqual([
      "ap-northeast-1",
      "ap-northeast-3",
    ]);
    expect(global_table_witness).toBeUndefined();
  });

  test.each<[string, Partial<StronglyConsistentTableProps>, object]>([
    ["stream", { stream: "KEYS_ONLY" }, { stream_enabled: true, stream_view_type: "KEYS_ONLY" }],
    ["tags", { tags: { team: "shop" } }, { tags: { team: "shop" } }],
    ["destroyable", { destroyable: true }, { lifecycle: { prevent_destroy: false } }],
    [
      "recoveryPeriodDays",
      { recoveryPeriodDays: 1 },
      { point_in_time_recovery: { enabled: true, recovery_period_in_days: 1 } },
    ],
    [
      "withoutPointInTimeRecovery",
      { withoutPointInTimeRecovery: true },
      { point_in_time_recovery: { enabled: false } },
    ],
    ["withoutDeletionProtection", { withoutDeletionProtection: true }, { deletion_protection_enabled: false }],
    ["onDemand", { onDemand: { maxReadRequestUnits: 5 } }, { on_demand_throughput: { max_read_request_units: 5 } }],
  ])("%s", (_setting, props, expected) => {
    expect(only({ table: { ...WITNESS, ...props } })).toEqual(expect.objectContaining(expected));
  });

  test("has global indexes", () => {
    const globalIndexes = { byUser: { partitionKey: { name: "user", type: "S" } } } as const;
    expect(only({ table: { ...WITNESS, globalIndexes } }).global_secondary_index).toEqual([
      { name: "byUser", hash_key: "user", projection_type: "ALL" },
    ]);
  });

  test("the home's replica has the settings that AWS keeps for each replica separately", () => {
    const tf = built({ table: { ...WITNESS, contributorInsights: {} } });
    expect(tf.only("aws_dynamodb_contributor_insights")).toMatchObject({ provider: "aws.seoul", table_name: "carts" });
  });

  test("adoptExisting imports it by its name", () => {
    expect(built({ table: { ...WITNESS, adoptExisting: true } }).json.import).toMatchObject([{ id: "carts" }]);
  });

  test("a replica's settings", () => {
    const replica = {
      keyRef: SiteKey.refOf({ ...TOKYO, alias: "shared" }),
      withoutDeletionProtection: true,
      withoutPointInTimeRecovery: true,
    };
    const tf = built({ replica });
    expect(tf.only("aws_dynamodb_table").replica).toEqual([
      expect.objectContaining({
        deletion_protection_enabled: false,
        kms_key_arn: expect.stringMatching(/^\$\{data\.aws_kms_key\./) as string,
        point_in_time_recovery: false,
      }),
    ]);
    expect(tf.only("data.aws_kms_key").provider).toBe("aws.tokyo");
  });

  test.each([
    ["AWS_OWNED_KEY", undefined],
    ["AWS_MANAGED_KEY", { enabled: true }],
  ] as const)("%s makes no key", (withoutCustomerKey, encryption) => {
    const table = StronglyConsistentTable.refOf({ ...SEOUL, name: "carts", customerKey: false });
    const tf = built({ table: { ...WITNESS, withoutCustomerKey }, replica: { table } });
    expect(tf.types()).toEqual(["aws_dynamodb_table"]);
    expect(tf.only("aws_dynamodb_table").server_side_encryption).toEqual(encryption);
  });

  test("refOf names what is created, also the replica", () => {
    const tf = synth((scope) => {
      const { ref } = build(scope, {});
      const replica = scope.node.findAll().find((node): node is StrongReplica => node instanceof StrongReplica);
      expect(replica?.ref).toEqual(StronglyConsistentTable.refOf({ ...TOKYO, name: "carts" }));
      expect(ref).toEqual(seoul);
      expect(ref.stronglyConsistent).toBe(true);
    });
    expect(tf.only("aws_dynamodb_table").name).toBe(seoul.name);
  });

  test("two of them live in one stack", () => {
    const tf = synth((scope) => {
      const [home, there] = [new Site(scope, "Seoul", SEOUL), new Site(scope, "Tokyo", TOKYO)];
      for (const name of ["one", "two"]) {
        const table = StronglyConsistentTable.refOf({ ...SEOUL, name });
        const replicas = [new StrongReplica(there, name, { table })];
        new StronglyConsistentTable(home, name, { name, partitionKey: ID, replicas, ...WITNESS });
      }
    });
    expect(tf.all("aws_dynamodb_table")).toHaveLength(2);
  });

  test("every region copies to the other replica, loses nothing, and has no lag to show", () => {
    synth((scope) => {
      build(scope, {});
      const models = protectionsBelow(scope).map(({ model }) => model);
      const model = (from: string, to: string) => ({
        protection: {
          mechanism: "DynamoDB global table, multi-Region strong consistency",
          copiesFrom: from,
          copiesIn: [to],
          loss: {
            value: Duration.seconds(0),
            basis: "configured",
            source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html",
            note: expect.any(String) as string,
          },
        },
        recovery: [],
        evidence: [],
      });
      expect(models).toEqual([model(SEOUL.region, TOKYO.region), model(TOKYO.region, SEOUL.region)]);
    });
  });
});

describe("refusals", () => {
  const refused = (given: Given, ...expected: Tail<Parameters<typeof expectRefusal>>) => {
    expectRefusal(() => build(new TerraformStack(Testing.app(), "stack"), given), ...expected);
  };
  type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

  test.each<[string, Partial<StronglyConsistentTableProps>]>([
    ["timeToLive", { timeToLive: "expires" }],
    ["localIndexes", { localIndexes: {} }],
    ["importFrom", { importFrom: { bucket: "acme-export", format: "ION" } }],
    ["restoreFrom", { restoreFrom: { table: seoul } }],
    ["provisioned", { provisioned: { read: { min: 1, max: 2 }, write: { min: 1, max: 2 } } }],
  ])("fails with %s", (setting, props) => {
    refused(
      { table: { ...WITNESS, ...props } },
      "NotWithStrongConsistency",
      `'${setting}' is given for the strongly consistent table 'carts'`,
      "stack/Seoul/Carts",
    );
  });

  const SETS =
    "allowed: us-east-1, us-east-2, us-west-2; eu-central-1, eu-west-1, eu-west-2, eu-west-3; ap-northeast-1, ap-northeast-2, ap-northeast-3";
  test.each<[string, Partial<StronglyConsistentTableProps>, string]>([
    ["two regions", {}, "ap-northeast-2, ap-northeast-1"],
    ["a witness next to a replica", { witnessRegion: TOKYO.region }, "ap-northeast-2, ap-northeast-1, ap-northeast-1"],
    ["a witness of another set", { witnessRegion: "us-east-1" }, "ap-northeast-2, ap-northeast-1, us-east-1"],
    ["no replica", { replicas: [], ...WITNESS }, "ap-northeast-2, ap-northeast-3"],
  ])("fails with %s", (_case, table, got) => {
    refused(
      { table },
      "StrongConsistencyRegions",
      `a strongly consistent table needs three regions of one set, got ${got}, ${SETS}`,
      "stack/Seoul/Carts",
    );
  });

  test("fails with three replicas and a witness", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const osaka = new StrongReplica(new Site(stack, "Osaka", OSAKA), "Carts", { table: seoul });
    const tokyo = new StrongReplica(new Site(stack, "Tokyo", TOKYO), "Carts", { table: seoul });
    expectRefusal(
      () =>
        new StronglyConsistentTable(new Site(stack, "Seoul", SEOUL), "Carts", {
          name: "carts",
          partitionKey: ID,
          replicas: [osaka, tokyo],
          witnessRegion: "ap-northeast-3",
        }),
      "StrongConsistencyRegions",
      /got ap-northeast-2, ap-northeast-3, ap-northeast-1, ap-northeast-3/,
    );
  });

  test.each<[string, Partial<StrongReplicaProps>]>([
    ["another table", { table: StronglyConsistentTable.refOf({ ...SEOUL, name: "other" }) }],
    ["one that is encrypted otherwise", { table: { ...seoul, customerKey: false } }],
    ["one that is copied otherwise", { table: { ...seoul, stronglyConsistent: false } }],
  ])("fails with a replica of %s", (_case, replica) => {
    refused(
      { replica },
      "ConflictingSettings",
      "stack/Tokyo/Carts is a replica of another table, or of one that is encrypted or copied otherwise",
      "stack/Seoul/Carts",
    );
  });

  test("fails when its name is not valid", () => {
    refused({ table: { ...WITNESS, name: "a" } }, "InvalidName", /\(it has 1\)$/, "stack/Seoul/Carts");
  });

  test("fails when recoveryPeriodDays is 36", () => {
    refused({ table: { ...WITNESS, recoveryPeriodDays: 36 } }, "SettingOutOfRange", /from 1 to 35, got 36$/);
  });

  test("fails when a replica is in the table's region, or in another account", () => {
    const at = (props: typeof SEOUL) => {
      const site = new Site(new TerraformStack(Testing.app(), "stack"), "There", props);
      return () => new StrongReplica(site, "Carts", { table: seoul });
    };
    expectRefusal(
      at(SEOUL),
      "ReplicaInSourceRegion",
      "'carts' and its copy are both in 'ap-northeast-2'",
      "stack/There/Carts",
    );
    expectRefusal(
      at(TOKYO_ABROAD),
      "ReplicaInOtherAccount",
      /^'carts' is in account '111122223333', its copy in '444455556666'$/,
      "stack/There/Carts",
    );
  });

  test("fails when a replica has a key and its table none", () => {
    refused(
      { replica: { table: { ...seoul, customerKey: false }, keyRef: SiteKey.refOf({ ...TOKYO, alias: "shared" }) } },
      "ConflictingSettings",
      "a key is given and 'carts' is encrypted without customer managed keys",
      "stack/Tokyo/Carts",
    );
  });

  test("fails when a region has a table of that name", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const [home, there] = [new Site(stack, "Seoul", SEOUL), new Site(stack, "Tokyo", TOKYO)];
    new GlobalTable(there, "Mine", { name: "carts", partitionKey: ID });
    const keyRef = SiteKey.refOf({ ...TOKYO, alias: "shared" });
    const replicas = [new StrongReplica(there, "Carts", { table: seoul, keyRef })];
    expectRefusal(
      () => new StronglyConsistentTable(home, "Carts", { name: "carts", partitionKey: ID, replicas, ...WITNESS }),
      "NameTaken",
      "the DynamoDB table name 'carts' is already taken by stack/Tokyo/Mine",
      "stack/Seoul/Carts",
    );
  });
});
