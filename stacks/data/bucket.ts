import { fittingName, S3_BUCKET, Statement } from "../../modules/core";
import { keyUseStatement } from "../../modules/kms-keys/key-use";
import {
  BucketRef,
  BucketReplication,
  LifecycleRule,
  ReplicaBucket,
  replicaKeyStatements,
  ReplicationLatencyAlarm,
  Retention,
} from "../../modules/s3-replication";
import { othersThan, SitePlan, WorkloadPlan } from "../contract";
import { checkSettings } from "../shapes";
import { DataStore, publish, StoreInSite, StoreReplication } from "./store";

export interface BucketOptions {
  /** @default - end uploads never completed after 7 days; objects and old versions stay for ever */
  readonly lifecycle?: readonly LifecycleRule[];
  /** Object Lock, in every site. Cannot be turned off. @default false */
  readonly objectLock?: boolean;
  /** Retention of versions that name none themselves. Needs `objectLock`. @default - none */
  readonly objectLockRetention?: Retention;
  /** Commits S3 to 15 minutes for 99.9 % of the objects, at a price per GB. @default true */
  readonly replicationTimeControl?: boolean;
}

/**
 * A bucket in each site, every one replicating to all others: each takes writes at any time, and a failover changes nothing.
 *
 * The bucket of a site is `<workload>-<store>-<site>-<account>`, published as `/<workload>/<store>/bucket`.
 */
export function bucket(options: BucketOptions = {}): DataStore {
  checkSettings("bucket", "BucketOptions", options);
  return {
    kind: "bucket",
    access: ({ store, plan, site }) => accessStatements(refOf(store, plan, site, options), site),
    backedUp: (store, plan, site) => refOf(store, plan, site, options),
    inSite: (at) => placeBucket(at, options),
    replication: (at) => {
      placeReplication(at, options);
      return undefined;
    },
    keyStatements: (store, plan, site) => sourceStatements(store, plan, site, options),
  };
}

/** The store's bucket in a site, as all sites know it. */
function refOf(store: string, plan: WorkloadPlan, site: SitePlan, { objectLock }: BucketOptions): BucketRef {
  const { region, account, key } = site;
  const name = fittingName(S3_BUCKET, plan.name, store, site.name, account);
  return ReplicaBucket.refOf({ name, region, account, key, objectLock });
}

function placeBucket(at: StoreInSite, options: BucketOptions): void {
  const { scope, store, plan, site, key } = at;
  const { lifecycle, objectLock, objectLockRetention } = options;
  const others = othersThan(plan, site).map((other) => refOf(store, plan, other, options));
  const { ref } = new ReplicaBucket(scope, "Bucket", {
    name: refOf(store, plan, site, options).name,
    key,
    lifecycle,
    objectLock,
    objectLockRetention,
    receiveFrom: others,
  });
  for (const other of othersThan(plan, site)) {
    new ReplicationLatencyAlarm(scope, `LagBehind-${other.name}`, {
      source: refOf(store, plan, other, options),
      destination: ref,
      threshold: plan.objectives.rpo,
    });
  }
  publish(at, "bucket", ref.name);
}

/** To all other sites, for a bucket has one configuration, and S3 does not copy replicas on. */
function placeReplication({ scope, store, plan, site }: StoreReplication, options: BucketOptions): void {
  new BucketReplication(scope, "Replication", {
    source: refOf(store, plan, site, options),
    rules: othersThan(plan, site).map((other) => ({
      destination: refOf(store, plan, other, options),
      replicationTimeControl: options.replicationTimeControl,
    })),
  });
}

function sourceStatements(
  store: string,
  plan: WorkloadPlan,
  site: SitePlan,
  options: BucketOptions,
): readonly Statement[] {
  return replicaKeyStatements(
    site,
    othersThan(plan, site).map((other) => refOf(store, plan, other, options)),
  );
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function accessStatements({ arn: bucketArn }: BucketRef, { key }: SitePlan): readonly Statement[] {
  const objects = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"];
  return [
    { sid: "ListObjects", actions: ["s3:ListBucket"], resources: [bucketArn] },
    { sid: "UseObjects", actions: objects, resources: [`${bucketArn}/*`] },
    keyUseStatement({ sid: "UseObjectsKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], key, service: "s3" }),
  ];
}
