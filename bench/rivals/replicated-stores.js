/**
 * With aws-cdk-lib: a bucket pair, a key in each region and a global table over two regions, as many times as asked.
 *
 * What it writes can be deployed as it is and makes what ours makes: the same keys, protections that our modules switch on by
 * default, as far as AWS CDK has a setting for them, no stack above CloudFormation's limit of 500 resources, and no ARN to be
 * copied by hand from one region to the other.
 */
const { App, Duration, RemovalPolicy, Stack } = require("aws-cdk-lib");
const { AttributeType, Billing, TableEncryptionV2, TableV2 } = require("aws-cdk-lib/aws-dynamodb");
const { Role, ServicePrincipal } = require("aws-cdk-lib/aws-iam");
const { Key } = require("aws-cdk-lib/aws-kms");
const {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  ReplicationTimeValue,
} = require("aws-cdk-lib/aws-s3");

/** Of the stack with most resources, 11 each. */
const SETS_IN_A_STACK = 40;

const count = Number(process.argv[2]);
const account = "111122223333";
const app = new App({ outdir: process.env.CDKTF_OUTDIR });

let seoul, tokyo;
for (let index = 0; index < count; index++) {
  if (index % SETS_IN_A_STACK === 0) {
    seoul = createStack("seoul", index, "ap-northeast-2");
    tokyo = createStack("tokyo", index, "ap-northeast-1");
  }
  createKey(seoul, `Key${index}`, `orders-${index}-seoul`);
  createKey(tokyo, `Key${index}`, `orders-${index}-tokyo`);
  createBucketPair(`Media${index}`, `acme-media-${index}`);
  createTable(`Carts${index}`, `carts-${index}`);
}
app.synth();

function createStack(name, index, region) {
  return new Stack(app, `${name}-${index}`, { env: { account, region }, crossRegionReferences: true });
}

function createKey(stack, id, alias) {
  return new Key(stack, id, { alias, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
}

function createBucketPair(id, name) {
  const replica = createBucket(tokyo, id, `${name}-tokyo`);
  // by name and ARN: given the bucket and key themselves, AWS CDK has each stack depend on the other, and refuses
  const destination = Bucket.fromBucketAttributes(seoul, `${id}Replica`, {
    bucketName: `${name}-tokyo`,
    region: tokyo.region,
  });
  const kmsKey = Key.fromKeyArn(seoul, `${id}ReplicaKey`, replica.encryptionKey.keyArn);
  // one of its own: those that AWS CDK makes all have the same name
  const replicationRole = new Role(seoul, `${id}Replication`, { assumedBy: new ServicePrincipal("s3.amazonaws.com") });
  const source = createBucket(seoul, id, `${name}-seoul`, {
    replicationRole,
    replicationRules: [
      {
        id: `${name}-tokyo`,
        priority: 1,
        destination,
        kmsKey,
        deleteMarkerReplication: true,
        replicaModifications: true,
        sseKmsEncryptedObjects: true,
        replicationTimeControl: ReplicationTimeValue.FIFTEEN_MINUTES,
        metrics: ReplicationTimeValue.FIFTEEN_MINUTES,
      },
    ],
  });
  source.grantReplicationPermission(replicationRole, {
    sourceDecryptionKey: source.encryptionKey,
    destinations: [{ bucket: destination, encryptionKey: kmsKey }],
  });
}

function createBucket(stack, id, bucketName, replication) {
  return new Bucket(stack, id, {
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
    ...replication,
  });
}

function createTable(id, tableName) {
  const alias = `dynamodb/${tableName}`;
  const replicaKey = createKey(tokyo, `${id}Key`, alias);
  new TableV2(seoul, id, {
    tableName,
    partitionKey: { name: "id", type: AttributeType.STRING },
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.customerManagedKey(createKey(seoul, `${id}Key`, alias), {
      [tokyo.region]: replicaKey.keyArn,
    }),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    replicas: [
      {
        region: tokyo.region,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: true,
      },
    ],
  });
}
