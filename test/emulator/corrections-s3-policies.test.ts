/** Proves that the emulator refuses what a bucket's policy denies to all but some principals. Does not prove other conditions of policies. */
import {
  CreateBucketCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  PutBucketEncryptionCommand,
  type PutBucketEncryptionCommandInput,
  PutBucketLifecycleConfigurationCommand,
  type PutBucketLifecycleConfigurationCommandInput,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  type PutBucketReplicationCommandInput,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { assumeRole } from "../../emulator";
import { ACCOUNT, PATIENCE_MS, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
const Bucket = "acme-tf-tokyo";
const ARN = `arn:aws:s3:::${Bucket}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const ENABLED = { Bucket, VersioningConfiguration: { Status: "Enabled" } } as const;

const LIFECYCLE: PutBucketLifecycleConfigurationCommandInput = {
  Bucket,
  LifecycleConfiguration: { Rules: [{ ID: "a", Status: "Enabled", Filter: {}, Expiration: { Days: 1 } }] },
};
const ENCRYPTION: PutBucketEncryptionCommandInput = {
  Bucket,
  ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
};
const REPLICATION: PutBucketReplicationCommandInput = {
  Bucket,
  ReplicationConfiguration: {
    Role: role("replication"),
    Rules: [{ Status: "Disabled", Priority: 1, Filter: {}, Destination: { Bucket: "arn:aws:s3:::acme-tf-seoul" } }],
  },
};

/** The bucket as `StateBucket` protects it. */
const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "KeepStates",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:DeleteObject",
      NotResource: `${ARN}/*.tflock`,
      Condition: { ArnNotLike: { "aws:PrincipalArn": [role("state-*")] } },
    },
    {
      Sid: "KeepSettings",
      Effect: "Deny",
      Principal: "*",
      Action: [
        "s3:DeleteBucketPolicy",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketPolicy",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
      ],
      Resource: ARN,
      Condition: { ArnNotLike: { "aws:PrincipalArn": [role("state-*")] } },
    },
  ],
});

const clients: S3Client[] = [];
async function clientOf(principal?: string): Promise<S3Client> {
  const credentials = principal === undefined ? undefined : await assumeRole(emulator.current, principal, TOKYO);
  const client = new S3Client(emulator.current.sdkConfig(TOKYO, credentials));
  clients.push(client);
  return client;
}

/** `"done"`, or the status and the code of the refusal. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "done";
  } catch (fault) {
    const { name, $metadata } = fault as { name: string; $metadata: { httpStatusCode?: number } };
    return `${$metadata.httpStatusCode} ${name}`;
  }
}

beforeEach(async () => {
  const client = await clientOf();
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: TOKYO } }));
  await client.send(new PutBucketVersioningCommand(ENABLED));
  for (const Key of ["tokyo/orders.tfstate", "tokyo/orders.tfstate.tflock"]) {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: "{}" }));
  }
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy: POLICY }));
}, PATIENCE_MS);

afterEach(() => clients.splice(0).forEach((client) => client.destroy()));

test("settings of a bucket are changed by the principals alone that its policy excepts", async () => {
  const outcomes = async (client: S3Client) => ({
    versioning: await outcome(client.send(new PutBucketVersioningCommand(ENABLED))),
    lifecycle: await outcome(client.send(new PutBucketLifecycleConfigurationCommand(LIFECYCLE))),
    "no lifecycle": await outcome(client.send(new DeleteBucketLifecycleCommand({ Bucket }))),
    encryption: await outcome(client.send(new PutBucketEncryptionCommand(ENCRYPTION))),
    replication: await outcome(client.send(new PutBucketReplicationCommand(REPLICATION))),
    reads: await outcome(client.send(new GetBucketVersioningCommand({ Bucket }))),
  });
  const [done, denied] = ["done", "403 AccessDenied"];
  const refused = {
    versioning: denied,
    lifecycle: denied,
    "no lifecycle": denied,
    encryption: denied,
    replication: denied,
  };

  expect(await outcomes(await clientOf(role("deploy")))).toEqual({ ...refused, reads: done });
  expect(await outcomes(await clientOf())).toEqual({ ...refused, reads: done });
  const lock = new PutObjectLockConfigurationCommand({
    Bucket,
    ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
  });
  expect(await outcome((await clientOf(role("deploy"))).send(lock))).toBe(denied);
  expect(await outcomes(await clientOf(role("state-admin")))).toEqual({
    versioning: done,
    lifecycle: done,
    "no lifecycle": done,
    encryption: done,
    replication: done,
    reads: done,
  });
});

test("the policy itself is changed by them, and by the account's root user, whatever it denies", async () => {
  const put = () => new PutBucketPolicyCommand({ Bucket, Policy: POLICY });
  const remove = () => new DeleteBucketPolicyCommand({ Bucket });
  const [deploy, root, administrator] = [
    await clientOf(role("deploy")),
    await clientOf(),
    await clientOf(role("state-admin")),
  ];
  expect(await outcome(deploy.send(put()))).toBe("403 AccessDenied");
  expect(await outcome(deploy.send(remove()))).toBe("403 AccessDenied");
  for (const client of [root, administrator]) {
    expect(await outcome(client.send(remove()))).toBe("done");
    expect(await outcome(client.send(put()))).toBe("done");
  }
});

test("a state is deleted by them alone, a lock by everybody", async () => {
  const [deploy, administrator] = [await clientOf(role("deploy")), await clientOf(role("state-admin"))];
  const deletion = (Key: string) => new DeleteObjectCommand({ Bucket, Key });
  expect(await outcome(deploy.send(deletion("tokyo/orders.tfstate")))).toBe("403 AccessDenied");
  expect(await outcome(deploy.send(deletion("tokyo/orders.tfstate.tflock")))).toBe("done");
  expect(await outcome(administrator.send(deletion("tokyo/orders.tfstate")))).toBe("done");
});
