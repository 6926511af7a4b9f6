/**
 * Proves what is synthesised for replicas, and what they say of themselves. Does not prove that DynamoDB accepts it, nor that an item
 * is ever copied.
 */
import { Duration, protectionsBelow } from "../../modules/core";
import {
  GlobalTable,
  StronglyConsistentTable,
  TableReplica,
  TableReplicaProps,
} from "../../modules/dynamodb-global-table";
import { SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import {
  expectRefusal,
  expectRefusalInSite,
  OSAKA,
  SEOUL,
  synth,
  synthApp,
  synthInSite,
  TOKYO,
  TOKYO_ABROAD,
} from "../support/synth";
import { TerraformStack, Testing } from "cdktf";

const ID = { name: "id", type: "S" } as const;
const seoul = GlobalTable.refOf({ ...SEOUL, name: "carts" });
const tokyo = TableReplica.refOf({ ...TOKYO, name: "carts" });
const osaka = TableReplica.refOf({ ...OSAKA, name: "carts" });
const strong = StronglyConsistentTable.refOf({ ...SEOUL, name: "carts" });
const IN_TOKYO = { ...TOKYO, name: "tokyo" };
const replica = (props: Partial<TableReplicaProps> = {}) =>
  synthInSite((site) => new TableReplica(site, "Carts", { table: seoul, ...props }), IN_TOKYO);

/** A refusal of a construct in Tokyo. */
const refusedInTokyo = (define: (site: Site) => unknown, ...expected: Tail<Parameters<typeof expectRefusal>>) => {
  const site = new Site(new TerraformStack(Testing.app(), "stack"), "Tokyo", TOKYO);
  expectRefusal(() => define(site), ...expected);
};
type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

describe("TableReplica", () => {
  test("defaults", () => {
    const tf = replica();

    expect(tf.types()).toEqual([
      "aws_dynamodb_table_replica", // the replica
      "aws_kms_alias", // other stacks point to the key by it
      "aws_kms_key", // a key of the replica's site
    ]);
    expect(tf.only("aws_dynamodb_table_replica")).toEqual({
      provider: "aws",
      global_table_arn: "arn:aws:dynamodb:ap-northeast-2:111122223333:table/carts",
      kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.\w+\.arn\}$/) as string,
      deletion_protection_enabled: true,
      point_in_time_recovery: true,
      timeouts: { create: "1440m", update: "1440m" },
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.only("aws_kms_alias").name).toBe("alias/dynamodb/carts");
  });

  test.each<[string, Partial<TableReplicaProps>, object]>([
    ["tags", { tags: { team: "shop" } }, { tags: { team: "shop" } }],
    [
      "tableClass",
      { tableClass: "STANDARD_INFREQUENT_ACCESS" },
      { table_class_override: "STANDARD_INFREQUENT_ACCESS" },
    ],
    ["timeout", { timeout: Duration.hours(2) }, { timeouts: { create: "120m", update: "120m" } }],
    ["withoutPointInTimeRecovery", { withoutPointInTimeRecovery: true }, { point_in_time_recovery: false }],
    ["withoutDeletionProtection", { withoutDeletionProtection: true }, { deletion_protection_enabled: false }],
    ["destroyable", { destroyable: true }, { lifecycle: { prevent_destroy: false } }],
  ])("%s", (_setting, props, expected) => {
    expect(replica(props).only("aws_dynamodb_table_replica")).toEqual(expect.objectContaining(expected));
  });

  test("its key is in its own site and is found by its alias", () => {
    const tf = replica({ keyRef: SiteKey.refOf({ ...TOKYO, alias: "shared" }) });
    expect(tf.types()).toEqual(["aws_dynamodb_table_replica", "data.aws_kms_key"]);
    expect(tf.only("data.aws_kms_key").key_id).toBe("arn:aws:kms:ap-northeast-1:111122223333:alias/shared");
    expect(tf.only("aws_dynamodb_table_replica").kms_key_arn).toMatch(/^\$\{data\.aws_kms_key\.\w+\.arn\}$/);
  });

  test("has no key where its table has none of the customer's", () => {
    const table = GlobalTable.refOf({ ...SEOUL, name: "carts", customerKey: false });
    const tf = replica({ table });
    expect(tf.types()).toEqual(["aws_dynamodb_table_replica"]);
    expect(tf.only("aws_dynamodb_table_replica").kms_key_arn).toBeUndefined();
  });

  test("adoptExisting imports it by the table's name and region", () => {
    expect(replica({ adoptExisting: true }).json.import).toEqual([
      {
        provider: "aws",
        id: "carts:ap-northeast-2",
        to: expect.stringMatching(/^aws_dynamodb_table_replica\./) as string,
      },
    ]);
  });

  test("this replica has the settings that AWS keeps for each replica separately", () => {
    const principal = { AWS: "arn:aws:iam::444455556666:root" };
    const tf = replica({
      contributorInsights: { indexes: ["byUser"] },
      kinesisStreamArn: "arn:aws:kinesis:ap-northeast-1:111122223333:stream/changes",
      policyStatements: [{ sid: "Read", principal, actions: ["dynamodb:GetItem"] }],
    });
    const after = { depends_on: [expect.stringMatching(/^aws_dynamodb_table_replica\./) as string] };
    expect(tf.all("aws_dynamodb_contributor_insights")).toEqual([
      expect.objectContaining(after),
      expect.objectContaining({ ...after, index_name: "byUser" }),
    ]);
    expect(tf.only("aws_dynamodb_kinesis_streaming_destination")).toMatchObject({ ...after, table_name: "carts" });
    const { policy, ...rest } = tf.only("aws_dynamodb_resource_policy");
    expect(rest).toEqual({ ...after, provider: "aws", resource_arn: tokyo.arn });
    expect(JSON.parse(policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Read", Effect: "Allow", Principal: principal, Action: "dynamodb:GetItem", Resource: tokyo.arn },
      ],
    });
  });

  test("in one stack waits for its table, and for the scaling AWS asks for", () => {
    const range = { min: 1, max: 10 };
    const tf = synth((scope) => {
      const table = new GlobalTable(new Site(scope, "Seoul", SEOUL), "Carts", {
        name: "carts",
        partitionKey: ID,
        provisioned: { read: range, write: range },
      });
      new TableReplica(new Site(scope, "Tokyo", TOKYO), "Carts", { table: table.ref });
    });
    expect(tf.only("aws_dynamodb_table_replica").depends_on).toEqual([
      expect.stringMatching(/^aws_dynamodb_table\./),
      expect.stringMatching(/^aws_appautoscaling_policy\..*ReadPolicy/),
      expect.stringMatching(/^aws_appautoscaling_policy\..*WritePolicy/),
    ]);
  });

  test("in a stack of its own waits for nothing, and reads no other state", () => {
    const { stacks } = synthApp((app) => {
      const [home, pair] = [new TerraformStack(app, "home"), new TerraformStack(app, "pair")];
      const table = new GlobalTable(new Site(home, "Seoul", SEOUL), "Carts", { name: "carts", partitionKey: ID });
      new TableReplica(new Site(pair, "Tokyo", TOKYO), "Carts", { table: table.ref });
    });
    const pair = stacks.get("pair")!;
    expect(pair.only("aws_dynamodb_table_replica").depends_on).toBeUndefined();
    expect(pair.types().filter((type) => type.startsWith("data."))).toEqual([]);
  });

  test("refOf names what is created", () => {
    synthInSite((site) => {
      const { ref } = new TableReplica(site, "Carts", { table: seoul });
      expect(ref).toEqual(tokyo);
      expect(ref.arn).toBe("arn:aws:dynamodb:ap-northeast-1:111122223333:table/carts");
    }, IN_TOKYO);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      for (const name of ["one", "two"]) {
        new TableReplica(site, name, { table: GlobalTable.refOf({ ...SEOUL, name }), contributorInsights: {} });
      }
    }, IN_TOKYO);
    expect(tf.all("aws_dynamodb_table_replica")).toHaveLength(2);
  });

  test("fails in its table's region", () => {
    expectRefusalInSite(
      (site) => new TableReplica(site, "Carts", { table: seoul }),
      "ReplicaInSourceRegion",
      "'carts' and its copy are both in 'ap-northeast-2'",
      "stack/Site/Carts",
    );
  });

  test("fails in another account", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Tokyo", TOKYO_ABROAD);
    expectRefusal(
      () => new TableReplica(site, "Carts", { table: seoul }),
      "ReplicaInOtherAccount",
      "'carts' is in account '111122223333', its copy in '444455556666'",
      "stack/Tokyo/Carts",
    );
  });

  test("fails in another partition", () => {
    refusedInTokyo(
      (site) =>
        new TableReplica(site, "Carts", {
          table: GlobalTable.refOf({ ...SEOUL, region: "cn-north-1", name: "carts" }),
        }),
      "ForeignPartition",
      "'cn-north-1' lies in partition aws-cn, 'ap-northeast-1' in aws",
    );
  });

  test("fails for a strongly consistent table", () => {
    refusedInTokyo(
      (site) => new TableReplica(site, "Carts", { table: strong }),
      "NotWithStrongConsistency",
      "'carts' is strongly consistent and has no replica of its own: all are made with it",
      "stack/Tokyo/Carts",
    );
  });

  test("fails when the region has a replica of that name, or a table", () => {
    const problem = "the DynamoDB table name 'carts' is already taken by stack/Tokyo/One";
    refusedInTokyo(
      (site) => ["One", "Two"].map((id) => new TableReplica(site, id, { table: seoul })),
      "NameTaken",
      problem,
    );
    refusedInTokyo(
      (site) => [
        new GlobalTable(site, "One", { name: "carts", partitionKey: ID }),
        new TableReplica(site, "Two", { table: seoul }),
      ],
      "NameTaken",
      problem,
    );
  });

  test("fails when it has a key and its table none of the customer's", () => {
    const table = GlobalTable.refOf({ ...SEOUL, name: "carts", customerKey: false });
    refusedInTokyo(
      (site) => new TableReplica(site, "Carts", { table, keyRef: SiteKey.refOf({ ...TOKYO, alias: "shared" }) }),
      "ConflictingSettings",
      "a key is given and 'carts' is encrypted without customer managed keys",
    );
  });

  test("fails when its key is in the table's site", () => {
    refusedInTokyo(
      (site) => new TableReplica(site, "Carts", { table: seoul, keyRef: SiteKey.refOf({ ...SEOUL, alias: "shared" }) }),
      "WrongSite",
      /^the key 'shared' is in 'ap-northeast-2'/,
    );
  });
});

describe("the protection of a replica", () => {
  const models = (props: Partial<TableReplicaProps> = {}) => {
    let found: ReturnType<typeof protectionsBelow> = [];
    synthInSite((site) => {
      new TableReplica(site, "Carts", { table: seoul, ...props });
      found = protectionsBelow(site);
    }, IN_TOKYO);
    return found.map(({ model }) => model);
  };
  const lag = (from: string, to: string) => ({
    title: `replication lag of carts in ${to}`,
    namespace: "AWS/DynamoDB",
    metric: "ReplicationLatency",
    dimensions: { TableName: "carts", ReceivingRegion: to },
    statistic: "Maximum",
    unit: "Milliseconds",
    region: from,
  });

  test("both directions copy within seconds that AWS calls usual, and nothing has to be called", () => {
    const [there, back, ...more] = models();
    expect(more).toEqual([]);
    expect(there).toEqual({
      protection: {
        mechanism: "DynamoDB global table, multi-Region eventual consistency",
        copiesFrom: "ap-northeast-2",
        copiesIn: ["ap-northeast-1"],
        loss: {
          value: Duration.seconds(3),
          basis: "typical",
          source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html",
          note: expect.stringMatching(/usually a few seconds/) as string,
        },
        retention: Duration.days(35),
        remedy: expect.stringMatching(/StronglyConsistentTable/) as string,
      },
      recovery: [],
      evidence: [lag("ap-northeast-2", "ap-northeast-1")],
    });
    expect(back!.protection).toMatchObject({ copiesFrom: "ap-northeast-1", copiesIn: ["ap-northeast-2"] });
    expect(back!.protection.retention).toBeUndefined();
    expect(back!.evidence).toEqual([lag("ap-northeast-1", "ap-northeast-2")]);
  });

  test("peers copy here as well", () => {
    const [, , peer] = models({ peers: [osaka] });
    expect(peer!.protection).toMatchObject({ copiesFrom: "ap-northeast-3", copiesIn: ["ap-northeast-1"] });
    expect(peer!.evidence).toEqual([lag("ap-northeast-3", "ap-northeast-1")]);
  });

  test("without point-in-time recovery it keeps no history", () => {
    expect(models({ withoutPointInTimeRecovery: true })[0]!.protection.retention).toBeUndefined();
  });
});
