import { CreateTableCommand, DynamoDBClient, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import { CreateDBInstanceCommand, CreateDBInstanceReadReplicaCommand, RDSClient } from "@aws-sdk/client-rds";
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { assumeRole, globalInventory, inventory, renderInventory } from "../../emulator";
import { ACCOUNT, OTHER_ACCOUNT, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
const SITES = [
  { name: "seoul", region: SEOUL },
  { name: "tokyo", region: TOKYO },
];

describe("the inventory", () => {
  test("shows the resources of each site, including a dark one, and leaves no trace in the log", async () => {
    const seoul = emulator.current.sdkConfig(SEOUL);
    const tokyo = emulator.current.sdkConfig(TOKYO);
    const size = { DBInstanceClass: "db.r6g.large", AllocatedStorage: 20, Engine: "postgres", EngineVersion: "16.4" };
    await new RDSClient(seoul).send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: "ledger",
        ...size,
        MasterUsername: "dbadmin",
        MasterUserPassword: "secret123",
        MultiAZ: true,
      }),
    );
    await new RDSClient(tokyo).send(
      new CreateDBInstanceReadReplicaCommand({
        DBInstanceIdentifier: "replica",
        SourceDBInstanceIdentifier: `arn:aws:rds:${SEOUL}:${ACCOUNT}:db:ledger`,
      }),
    );
    const dynamodb = new DynamoDBClient(seoul);
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "carts",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      }),
    );
    await dynamodb.send(
      new UpdateTableCommand({ TableName: "carts", ReplicaUpdates: [{ Create: { RegionName: TOKYO } }] }),
    );
    const s3 = new S3Client(tokyo);
    await s3.send(
      new CreateBucketCommand({ Bucket: "acme-receipts", CreateBucketConfiguration: { LocationConstraint: TOKYO } }),
    );
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: "acme-receipts", VersioningConfiguration: { Status: "Enabled" } }),
    );
    emulator.current.clearRequests();
    emulator.current.darken(SEOUL);

    expect(renderInventory(await inventory(emulator.current, SITES))).toBe(
      [
        `seoul  ${SEOUL}  (dark)`,
        "  RDS instance    ledger  available, source of replica, Multi-AZ",
        `  DynamoDB table  carts   active, replicas in ${TOKYO}, 0 items`,
        "",
        `tokyo  ${TOKYO}`,
        "  RDS instance    replica        available, replica of ledger",
        `  DynamoDB table  carts          active, replicas in ${SEOUL}, 0 items`,
        "  S3 bucket       acme-receipts  versioned",
      ].join("\n"),
    );
    expect(emulator.current.requests()).toEqual([]);
  });

  test("looks into the account of a site", async () => {
    const credentials = await assumeRole(emulator.current, `arn:aws:iam::${OTHER_ACCOUNT}:role/x`, TOKYO);
    const s3 = new S3Client(emulator.current.sdkConfig(TOKYO, credentials));
    await s3.send(
      new CreateBucketCommand({ Bucket: "acme-theirs", CreateBucketConfiguration: { LocationConstraint: TOKYO } }),
    );
    const [ours, theirs] = await inventory(emulator.current, [
      SITES[1]!,
      { name: "theirs", region: TOKYO, account: OTHER_ACCOUNT },
    ]);
    expect([ours?.items, theirs?.items]).toEqual([[], [{ kind: "S3 bucket", name: "acme-theirs", facts: [] }]]);
  });

  test("shows records and health checks apart", async () => {
    const route53 = new Route53Client(emulator.current.sdkConfig("us-east-1"));
    const { HostedZone } = await route53.send(
      new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "1" }),
    );
    const ResourceRecordSet = {
      Name: "orders.example.com",
      Type: "CNAME" as const,
      SetIdentifier: "seoul",
      Failover: "PRIMARY" as const,
      TTL: 60,
      ResourceRecords: [{ Value: "x.example.com" }],
    };
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: HostedZone?.Id,
        ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet }] },
      }),
    );
    expect(renderInventory([], await globalInventory(emulator.current))).toBe(
      "global\n  CNAME record  orders.example.com.  primary seoul, x.example.com",
    );
  });
});

test("facts that do not fit 120 columns go into further lines", () => {
  const facts = ["a".repeat(60), "b".repeat(39), "c".repeat(20)];
  const items = [
    { kind: "S3 bucket", name: "acme", facts },
    { kind: "RDS", name: "ledger", facts: ["available"] },
  ];
  const [site] = SITES;
  expect(renderInventory([{ site: site!, dark: false, items }]).split("\n")).toEqual([
    `seoul  ${SEOUL}`,
    `  S3 bucket  acme    ${facts[0]},`,
    `                     ${facts[1]}, ${facts[2]}`,
    "  RDS        ledger  available",
  ]);
});
