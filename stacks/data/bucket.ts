import { fittingName, S3_BUCKET, Statement } from "../../modules/core";
import { keyUseStatement } from "../../modules/kms-keys/internal";
import {
  BucketRef,
  BucketReplication,
  LifecycleRule,
  ReplicaBucket,
  replicaKeyStatements,
  ReplicationLatencyAlarm,
  Retention,
} from "../../modules/s3-replication";
import { othersThan, SiteContract, WorkloadContract } from "../contract";
import { checkSettings } from "../shapes";
import { DataStore, publish, StoreInSite, StoreReplication } from "./store";

export interface BucketOptions {
  /** @default - abort incomplete uploads after 7 days; keep all objects and versions */
  readonly lifecycle?: readonly LifecycleRule[];
  /** Object Lock, in every site. Cannot be turned off. @default false */
  readonly objectLock?: boolean;
  /** Default retention of versions. Needs `objectLock`. @default - none */
  readonly objectLockRetention?: Retention;
  /** S3 Replication Time Control: 99.9 % of the objects within 15 minutes, at a price per GB. @default true */
  readonly replicationTimeControl?: boolean;
}

/**
 * A bucket in each site, each replicating to all others. Each takes writes at any time, and a failover changes nothing.
 *
 * The bucket of a site is `<workload>-<store>-<site>-<account>`, with its name in the SSM parameter
 * `/<workload>/<store>/bucket`.
 */
export function bucket(options: BucketOptions = {}): DataStore {
  checkSettings("bucket", "BucketOptions", options);
  return {
    kind: "bucket",
    access: ({ store, contract, site }) => accessStatements(refOf(store, contract, site, options), site),
    backedUp: (store, contract, site) => refOf(store, contract, site, options),
    inSite: (at) => placeBucket(at, options),
    replication: (at) => {
      placeReplication(at, options);
      return undefined;
    },
    keyStatements: (store, contract, site) => sourceStatements(store, contract, site, options),
  };
}

/** Ref of the store's bucket in a site. */
function refOf(
  store: string,
  contract: WorkloadContract,
  site: SiteContract,
  { objectLock }: BucketOptions,
): BucketRef {
  const { region, account, key } = site;
  const name = fittingName(S3_BUCKET, contract.name, store, site.name, account);
  return ReplicaBucket.refOf({ name, region, account, key, objectLock });
}

function placeBucket(at: StoreInSite, options: BucketOptions): void {
  const { scope, store, contract, site, key } = at;
  const { lifecycle, objectLock, objectLockRetention } = options;
  const others = othersThan(contract, site).map((other) => refOf(store, contract, other, options));
  const { ref } = new ReplicaBucket(scope, "Bucket", {
    name: refOf(store, contract, site, options).name,
    key,
    lifecycle,
    objectLock,
    objectLockRetention,
    receiveFrom: others,
  });
  for (const other of othersThan(contract, site)) {
    new ReplicationLatencyAlarm(scope, `LagBehind-${other.name}`, {
      source: refOf(store, contract, other, options),
      destination: ref,
      threshold: contract.objectives.rpo,
    });
  }
  publish(at, "bucket", ref.name);
}

/**
 * Replicates to all other sites, because a bucket has one replication configuration and S3 does not replicate replicas.
 */
function placeReplication({ scope, store, contract, site }: StoreReplication, options: BucketOptions): void {
  new BucketReplication(scope, "Replication", {
    source: refOf(store, contract, site, options),
    rules: othersThan(contract, site).map((other) => ({
      destination: refOf(store, contract, other, options),
      replicationTimeControl: options.replicationTimeControl,
    })),
  });
}

function sourceStatements(
  store: string,
  contract: WorkloadContract,
  site: SiteContract,
  options: BucketOptions,
): readonly Statement[] {
  return replicaKeyStatements(
    site,
    othersThan(contract, site).map((other) => refOf(store, contract, other, options)),
  );
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function accessStatements({ arn: bucketArn }: BucketRef, { key }: SiteContract): readonly Statement[] {
  const objects = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"];
  return [
    { sid: "ListObjects", actions: ["s3:ListBucket"], resources: [bucketArn] },
    { sid: "UseObjects", actions: objects, resources: [`${bucketArn}/*`] },
    keyUseStatement({ sid: "UseObjectsKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], key, service: "s3" }),
  ];
}
