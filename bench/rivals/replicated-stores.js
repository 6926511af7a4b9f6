/**
 * With aws-cdk-lib: a bucket pair, a key in each region and a global table over two regions, as many times as asked.
 * Protections are those that our modules switch on by default, as far as AWS CDK has a setting for them. CloudFormation's limit
 * of 500 resources is lifted, so that AWS CDK need not write more than one template for a region.
 */
const { App, Duration, RemovalPolicy, Stack } = require("aws-cdk-lib");
const { AttributeType, Billing, TableEncryptionV2, TableV2 } = require("aws-cdk-lib/aws-dynamodb");
const { Key } = require("aws-cdk-lib/aws-kms");
const { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } = require("aws-cdk-lib/aws-s3");

const count = Number(process.argv[2]);
const account = "111122223333";
const app = new App({ outdir: process.env.CDKTF_OUTDIR, context: { "@aws-cdk/core:stackResourceLimit": 0 } });
const seoul = new Stack(app, "seoul", { env: { account, region: "ap-northeast-2" } });
const tokyo = new Stack(app, "tokyo", { env: { account, region: "ap-northeast-1" } });

for (let index = 0; index < count; index++) {
  createKey(seoul, `Key${index}`, `orders-${index}-seoul`);
  createKey(tokyo, `Key${index}`, `orders-${index}-tokyo`);
  const replica = createBucket(tokyo, `Media${index}`, `acme-media-${index}-tokyo`, []);
  createBucket(seoul, `Media${index}`, `acme-media-${index}-seoul`, [
    {
      id: "to-tokyo",
      priority: 1,
      deleteMarkerReplication: true,
      sseKmsEncryptedObjects: true,
      kmsKey: Key.fromKeyArn(seoul, `Media${index}ReplicaKey`, keyArn("ap-northeast-1", index)),
      destination: Bucket.fromBucketAttributes(seoul, `Media${index}Replica`, {
        bucketName: replica,
        region: "ap-northeast-1",
      }),
    },
  ]);
  createTable(index);
}
app.synth();

function keyArn(region, index) {
  return `arn:aws:kms:${region}:${account}:key/00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
}

function createKey(stack, id, alias) {
  return new Key(stack, id, { alias, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
}

function createBucket(stack, id, bucketName, replicationRules) {
  new Bucket(stack, id, {
    bucketName,
    versioned: true,
    encryption: BucketEncryption.KMS,
    encryptionKey: createKey(stack, `${id}Key`, `s3/${bucketName}`),
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: [{ id: "uploads", abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    removalPolicy: RemovalPolicy.RETAIN,
    replicationRules,
  });
  return bucketName;
}

function createTable(index) {
  new TableV2(seoul, `Carts${index}`, {
    tableName: `carts-${index}`,
    partitionKey: { name: "id", type: AttributeType.STRING },
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.customerManagedKey(createKey(seoul, `Carts${index}Key`, `dynamodb/carts-${index}`), {
      "ap-northeast-1": keyArn("ap-northeast-1", index),
    }),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    replicas: [
      {
        region: "ap-northeast-1",
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: true,
      },
    ],
  });
}
