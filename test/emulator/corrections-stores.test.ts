import {
  BillingMode,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  type ReplicaDescription,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { CreateKeyCommand, DescribeKeyCommand, KMSClient, ReplicateKeyCommand } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  type Destination,
  GetBucketLifecycleConfigurationCommand,
  GetBucketMetricsConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketReplicationCommand,
  GetObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketMetricsConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type ReplicationConfiguration,
  type ReplicationRule,
  S3Client,
  type SourceSelectionCriteria,
} from "@aws-sdk/client-s3";
import { ACCOUNT, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

describe("KMS", () => {
  test("a primary and its replica describe the same family, each as what it is", async () => {
    const seoul = new KMSClient(emulator.current.sdkConfig(SEOUL));
    const tokyo = new KMSClient(emulator.current.sdkConfig(TOKYO));
    const { KeyMetadata: primary } = await seoul.send(new CreateKeyCommand({ MultiRegion: true, Description: "home" }));
    const KeyId = primary?.KeyId;
    await seoul.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: TOKYO, Description: "standby" }));
    const family = {
      PrimaryKey: { Arn: `arn:aws:kms:${SEOUL}:${ACCOUNT}:key/${KeyId}`, Region: SEOUL },
      ReplicaKeys: [{ Arn: `arn:aws:kms:${TOKYO}:${ACCOUNT}:key/${KeyId}`, Region: TOKYO }],
    };
    // Twice, because describing the replica used to rewrite the primary.
    for (let round = 0; round < 2; round += 1) {
      const described = await Promise.all(
        [seoul, tokyo].map(async (kms) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata),
      );
      expect(described.map((key) => [key?.Description, key?.KeyState, key?.MultiRegionConfiguration])).toEqual([
        ["home", "Enabled", { MultiRegionKeyType: "PRIMARY", ...family }],
        ["standby", "Enabled", { MultiRegionKeyType: "REPLICA", ...family }],
      ]);
    }
  });
});

describe("S3", () => {
  async function versioned(s3: S3Client, region: typeof SEOUL | typeof TOKYO, Bucket: string): Promise<void> {
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  }

  test("replication rules come back as they were put", async () => {
    const s3 = new S3Client(emulator.current.sdkConfig(SEOUL));
    await versioned(s3, SEOUL, "acme-seoul");
    await versioned(new S3Client(emulator.current.sdkConfig(TOKYO)), TOKYO, "acme-tokyo");
    const put: ReplicationConfiguration = {
      Role: `arn:aws:iam::${ACCOUNT}:role/replication`,
      Rules: [
        {
          ID: "all",
          Priority: 1,
          Status: "Enabled",
          Filter: { Prefix: "" },
          DeleteMarkerReplication: { Status: "Enabled" },
          SourceSelectionCriteria: {
            SseKmsEncryptedObjects: { Status: "Enabled" },
            ReplicaModifications: { Status: "Enabled" },
          },
          Destination: {
            Bucket: "arn:aws:s3:::acme-tokyo",
            EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:${TOKYO}:${ACCOUNT}:alias/x` },
            ReplicationTime: { Status: "Enabled", Time: { Minutes: 15 } },
            Metrics: { Status: "Enabled", EventThreshold: { Minutes: 15 } },
          },
        },
        {
          ID: "tagged",
          Priority: 2,
          Status: "Disabled",
          Filter: { And: { Prefix: "logs/", Tags: [{ Key: "dr", Value: "yes" }] } },
          DeleteMarkerReplication: { Status: "Disabled" },
          Destination: { Bucket: "arn:aws:s3:::acme-tokyo" },
        },
      ],
    };
    await s3.send(new PutBucketReplicationCommand({ Bucket: "acme-seoul", ReplicationConfiguration: put }));
    const { ReplicationConfiguration: got } = await s3.send(new GetBucketReplicationCommand({ Bucket: "acme-seoul" }));
    expect(got).toEqual(put);
  });

  describe("replication rules that S3 refuses", () => {
    const TIME = { Minutes: 15 };
    const KMS = { SseKmsEncryptedObjects: { Status: "Enabled" as const } };
    const KEY = { ReplicaKmsKeyID: `arn:aws:kms:${TOKYO}:${ACCOUNT}:alias/x` };
    const METRICS = { Metrics: { Status: "Enabled" as const, EventThreshold: TIME } };

    async function put(destination: Partial<Destination>, criteria?: SourceSelectionCriteria): Promise<unknown> {
      const s3 = new S3Client(emulator.current.sdkConfig(SEOUL));
      await versioned(s3, SEOUL, "acme-seoul");
      const rule: ReplicationRule = {
        ID: "all",
        Priority: 1,
        Status: "Enabled",
        Filter: { Prefix: "" },
        DeleteMarkerReplication: { Status: "Enabled" },
        SourceSelectionCriteria: criteria,
        Destination: { Bucket: "arn:aws:s3:::acme-tokyo", ...destination },
      };
      const ReplicationConfiguration = { Role: `arn:aws:iam::${ACCOUNT}:role/replication`, Rules: [rule] };
      return s3.send(new PutBucketReplicationCommand({ Bucket: "acme-seoul", ReplicationConfiguration }));
    }

    test.each<[string, Partial<Destination>, SourceSelectionCriteria | undefined, object]>([
      [
        "a threshold of the metrics without replication time control",
        METRICS,
        undefined,
        {
          name: "InvalidArgument",
          message: "Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled",
        },
      ],
      [
        "a threshold of the metrics with replication time control turned off",
        { ...METRICS, ReplicationTime: { Status: "Disabled", Time: TIME } },
        undefined,
        {
          name: "InvalidArgument",
          message: "Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled",
        },
      ],
      [
        "objects under a KMS key without a key for the replicas",
        {},
        KMS,
        {
          name: "InvalidRequest",
          message: "ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.",
        },
      ],
      [
        "a key for replicas of objects that are not selected",
        { EncryptionConfiguration: KEY },
        { ReplicaModifications: { Status: "Enabled" } },
        {
          name: "InvalidRequest",
          message: "SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.",
        },
      ],
      [
        "criteria that select nothing",
        {},
        {},
        { name: "InvalidRequest", message: "SourceSelectionCriteria cannot be empty" },
      ],
    ])("%s", async (_, destination, criteria, refused) => {
      await expect(put(destination, criteria)).rejects.toMatchObject({
        ...refused,
        $metadata: { httpStatusCode: 400 },
      });
    });

    test.each<[string, Partial<Destination>, SourceSelectionCriteria | undefined]>([
      ["takes metrics without a threshold", { Metrics: { Status: "Enabled" } }, undefined],
      [
        "takes a threshold with replication time control",
        { ...METRICS, ReplicationTime: { Status: "Enabled", Time: TIME } },
        undefined,
      ],
      ["takes objects under a KMS key with a key for the replicas", { EncryptionConfiguration: KEY }, KMS],
      ["takes replica modifications alone", {}, { ReplicaModifications: { Status: "Enabled" } }],
    ])("%s", async (_, destination, criteria) => {
      await expect(put(destination, criteria)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
    });
  });

  test("lifecycle rules come back with the number of old versions they keep", async () => {
    const s3 = new S3Client(emulator.current.sdkConfig(SEOUL));
    await versioned(s3, SEOUL, "acme-seoul");
    const rule = { Status: "Enabled" as const, Filter: { Prefix: "" } };
    const Rules = [
      { ...rule, ID: "a", NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 20 } },
      { ...rule, ID: "b", NoncurrentVersionExpiration: { NoncurrentDays: 7 } },
    ];
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket: "acme-seoul", LifecycleConfiguration: { Rules } }),
    );
    const answer = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: "acme-seoul" }));
    expect(answer.Rules?.map((each) => each.NoncurrentVersionExpiration)).toEqual(
      Rules.map((each) => each.NoncurrentVersionExpiration),
    );
  });

  test("a bucket policy denies what it names, and is silent where its condition is not met", async () => {
    const s3 = new S3Client(emulator.current.sdkConfig(SEOUL));
    await versioned(s3, SEOUL, "acme-seoul");
    const [Bucket, deny] = ["acme-seoul", { Effect: "Deny", Principal: "*" }];
    const Statement = [
      {
        ...deny,
        Action: "s3:*",
        Resource: "arn:aws:s3:::acme-seoul/*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      { ...deny, Action: "s3:PutObject", NotResource: "arn:aws:s3:::acme-seoul/own/*" },
    ];
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "own/a", Body: "a" }));
    expect((await s3.send(new GetObjectCommand({ Bucket, Key: "own/a" }))).ContentLength).toBe(1);
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: "other/a", Body: "a" }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });

  test("events to EventBridge and request metrics come back as they were put", async () => {
    const s3 = new S3Client(emulator.current.sdkConfig(SEOUL));
    await versioned(s3, SEOUL, "acme-seoul");
    const Bucket = "acme-seoul";
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { EventBridgeConfiguration: {} },
      }),
    );
    await s3.send(
      new PutBucketMetricsConfigurationCommand({
        Bucket,
        Id: "all",
        MetricsConfiguration: { Id: "all", Filter: { Prefix: "a/" } },
      }),
    );
    expect((await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).EventBridgeConfiguration).toEqual(
      {},
    );
    expect(
      (await s3.send(new GetBucketMetricsConfigurationCommand({ Bucket, Id: "all" }))).MetricsConfiguration,
    ).toEqual({ Id: "all", Filter: { Prefix: "a/" } });
    await expect(s3.send(new GetBucketMetricsConfigurationCommand({ Bucket, Id: "other" }))).rejects.toThrow(
      "The specified configuration does not exist.",
    );
  });
});

describe("DynamoDB", () => {
  const TableName = "carts";
  let seoul: DynamoDBClient;
  let tokyo: DynamoDBClient;

  beforeEach(async () => {
    seoul = new DynamoDBClient(emulator.current.sdkConfig(SEOUL));
    tokyo = new DynamoDBClient(emulator.current.sdkConfig(TOKYO));
    await seoul.send(
      new CreateTableCommand({
        TableName,
        BillingMode: BillingMode.PAY_PER_REQUEST,
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        TableClass: "STANDARD_INFREQUENT_ACCESS",
      }),
    );
    const Create = { RegionName: TOKYO, KMSMasterKeyId: "alias/tokyo", TableClassOverride: "STANDARD" as const };
    await seoul.send(new UpdateTableCommand({ TableName, ReplicaUpdates: [{ Create }] }));
  });

  async function replicasOf(dynamodb: DynamoDBClient): Promise<ReplicaDescription[] | undefined> {
    return (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.Replicas;
  }

  test("each member of a global table lists the others, with their keys and classes", async () => {
    expect(await replicasOf(seoul)).toEqual([
      {
        RegionName: TOKYO,
        ReplicaStatus: "ACTIVE",
        KMSMasterKeyId: "alias/tokyo",
        ReplicaTableClassSummary: { TableClass: "STANDARD" },
      },
    ]);
    expect(await replicasOf(tokyo)).toEqual([{ RegionName: SEOUL, ReplicaStatus: "ACTIVE" }]);
    const { Table } = await tokyo.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableArn: `arn:aws:dynamodb:${TOKYO}:${ACCOUNT}:table/carts`,
      GlobalTableVersion: "2019.11.21",
      TableClassSummary: { TableClass: "STANDARD" },
      SSEDescription: { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: "alias/tokyo" },
    });
  });

  test("an item that is written in one Region is read in the other", async () => {
    await seoul.send(new PutItemCommand({ TableName, Item: { id: { S: "1" }, sku: { S: "seoul" } } }));
    await tokyo.send(new PutItemCommand({ TableName, Item: { id: { S: "2" }, sku: { S: "tokyo" } } }));
    const read = async (dynamodb: DynamoDBClient, id: string): Promise<unknown> =>
      (await dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))).Item;
    expect(await read(tokyo, "1")).toEqual({ id: { S: "1" }, sku: { S: "seoul" } });
    expect(await read(seoul, "2")).toEqual({ id: { S: "2" }, sku: { S: "tokyo" } });
  });

  test("a replica that is taken away leaves no trace in the other's list", async () => {
    await seoul.send(new UpdateTableCommand({ TableName, ReplicaUpdates: [{ Delete: { RegionName: TOKYO } }] }));
    expect(await replicasOf(seoul)).toBeUndefined();
    expect((await tokyo.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test("deleting one member's table leaves the other", async () => {
    await seoul.send(new DeleteTableCommand({ TableName }));
    expect(await replicasOf(tokyo)).toBeUndefined();
  });

  test("refuses to take away a replica that is not there, in the words Terraform knows", async () => {
    const Delete = { RegionName: "us-west-2" };
    await expect(seoul.send(new UpdateTableCommand({ TableName, ReplicaUpdates: [{ Delete }] }))).rejects.toThrow(
      "Replica specified in the Replica Update or Replica Delete action of the request was not found",
    );
  });
});

describe("the capacity mode of a DynamoDB table with indexes", () => {
  const TableName = "carts";
  const ProvisionedThroughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 6 };
  const PROVISIONED = { TableName, BillingMode: BillingMode.PROVISIONED };
  const update = (IndexName: string) => ({ Update: { IndexName, ProvisionedThroughput } });
  let dynamodb: DynamoDBClient;

  beforeEach(async () => {
    dynamodb = new DynamoDBClient(emulator.current.sdkConfig(SEOUL));
    const index = (IndexName: string, AttributeName: string) => ({
      IndexName,
      KeySchema: [{ AttributeName, KeyType: "HASH" as const }],
      Projection: { ProjectionType: "ALL" as const },
    });
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: BillingMode.PAY_PER_REQUEST,
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: ["id", "day", "user"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        GlobalSecondaryIndexes: [index("byDay", "day"), index("byUser", "user")],
      }),
    );
  });

  async function capacities(): Promise<unknown> {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    const units = (throughput?: { ReadCapacityUnits?: number; WriteCapacityUnits?: number }) => [
      throughput?.ReadCapacityUnits,
      throughput?.WriteCapacityUnits,
    ];
    return {
      mode: Table?.BillingModeSummary?.BillingMode,
      table: units(Table?.ProvisionedThroughput),
      indexes: Table?.GlobalSecondaryIndexes?.map((index) => units(index.ProvisionedThroughput)),
    };
  }

  test.each<[string, Partial<UpdateTableCommandInput>, string]>([
    [
      "without a capacity of the table",
      { GlobalSecondaryIndexUpdates: [update("byDay"), update("byUser")] },
      "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
    ],
    [
      "without a capacity of any index",
      { ProvisionedThroughput },
      "ProvisionedThroughput must be specified for index: byDay,byUser",
    ],
    [
      "without a capacity of one index",
      { ProvisionedThroughput, GlobalSecondaryIndexUpdates: [update("byDay")] },
      "ProvisionedThroughput must be specified for index: byUser",
    ],
  ])("cannot become provisioned %s", async (_, input, problem) => {
    await expect(dynamodb.send(new UpdateTableCommand({ ...PROVISIONED, ...input }))).rejects.toMatchObject({
      name: "ValidationException",
      message: `One or more parameter values were invalid: ${problem}`,
    });
    expect(await capacities()).toEqual({
      mode: "PAY_PER_REQUEST",
      table: [0, 0],
      indexes: [
        [0, 0],
        [0, 0],
      ],
    });
  });

  test("becomes provisioned with every capacity, and has none after the way back", async () => {
    await dynamodb.send(
      new UpdateTableCommand({
        ...PROVISIONED,
        ProvisionedThroughput,
        GlobalSecondaryIndexUpdates: [update("byDay"), update("byUser")],
      }),
    );
    expect(await capacities()).toEqual({
      mode: "PROVISIONED",
      table: [5, 6],
      indexes: [
        [5, 6],
        [5, 6],
      ],
    });

    await dynamodb.send(new UpdateTableCommand({ TableName, BillingMode: BillingMode.PAY_PER_REQUEST }));
    expect(await capacities()).toEqual({
      mode: "PAY_PER_REQUEST",
      table: [0, 0],
      indexes: [
        [0, 0],
        [0, 0],
      ],
    });
  });

  test("a provisioned table changes its capacity without its indexes", async () => {
    const input = {
      ...PROVISIONED,
      ProvisionedThroughput,
      GlobalSecondaryIndexUpdates: [update("byDay"), update("byUser")],
    };
    await dynamodb.send(new UpdateTableCommand(input));
    const more = { ReadCapacityUnits: 9, WriteCapacityUnits: 9 };
    await dynamodb.send(new UpdateTableCommand({ ...PROVISIONED, ProvisionedThroughput: more }));
    expect(await capacities()).toMatchObject({ table: [9, 9] });
  });
});
