import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { S3Backend } from "../terraform";
import { assumeRole } from "./accounts";
import type { Emulator } from "./emulator";

/** Creates the bucket a state backend names, in its region and account, as an operator would have done before. */
export async function createStateBucket(emulator: Emulator, backend: S3Backend): Promise<void> {
  const role = backend.assume_role?.role_arn;
  const credentials = role === undefined ? undefined : await assumeRole(emulator, role, backend.region);
  const s3 = new S3Client(emulator.sdkConfig(backend.region, credentials));
  try {
    if (await exists(s3, backend.bucket)) return;
    const abroad =
      backend.region === "us-east-1" ? undefined : { LocationConstraint: backend.region as BucketLocationConstraint };
    await s3.send(new CreateBucketCommand({ Bucket: backend.bucket, CreateBucketConfiguration: abroad }));
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: backend.bucket, VersioningConfiguration: { Status: "Enabled" } }),
    );
  } finally {
    s3.destroy();
  }
}

async function exists(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (fault) {
    if ((fault as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return false;
    throw fault;
  }
}
