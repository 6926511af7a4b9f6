import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { arn, extendedRef, Statement } from "../core";
import { AccessLogs, BucketKey, LifecycleRule, ReplicaBucket, replicationRoleArn } from "../s3-replication";
import { Site } from "../site";
import { refuseSharedPrefix, StateBucketRef, stateBucketRef, StateBucketRefProps } from "./state-bucket-ref";

const DEFAULTS = {
  expireOldVersionsAfterDays: 90, // a quarter in which a mistake may come to light
  keepOldVersions: 20, // whatever their age: a stack that is seldom applied keeps its history
};

export interface StateBucketProps {
  /** Name, unique in the world. */
  readonly name: string;
  /** @default - no access log */
  readonly accessLogs?: AccessLogs;
  /**
   * Takes over a bucket that exists under this name: Terraform imports it. The settings here replace the bucket's own,
   * including its whole policy and all its lifecycle rules. States outside the site's prefix stay writable and keep every
   * version, see `ownStatesOnly`. {@link StateReplication} does not copy them.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
  /** Lets anybody delete states' history, and Terraform the bucket, once it is empty. @default false */
  readonly destroyable?: boolean;
  /** Days until an old version of a state ends, 1 to 36500. @default 90 */
  readonly expireOldVersionsAfterDays?: number;
  /** Old versions of each state to keep whatever their age, 1 to 100. @default 20 */
  readonly keepOldVersions?: number;
  /** Key of the site to encrypt with. @default - an own one, alias `s3/<name>` */
  readonly key?: BucketKey;
  /**
   * Denies every write outside the site's prefix, except by replication, and lets old versions of everything end.
   *
   * With `false` only the copies of other sites' states are protected, and old versions end in those prefixes and the
   * site's own. Set it to `true` on an adopted bucket once no other state is written there.
   *
   * @default - true, and false with `adoptExisting`
   */
  readonly ownStatesOnly?: boolean;
  /** State buckets of other sites that replicate into this one. @default - none */
  readonly receiveFrom?: readonly StateBucketRef[];
  /** @default - those of the site */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The bucket of one site's Terraform states: versioned, encrypted under a key of the site, private, TLS only.
 *
 * The site's states have its name as prefix. The bucket policy denies all other writes, because the bucket also holds copies
 * of other sites' states, which only replication writes. In an adopted bucket, states outside those prefixes stay writable.
 * A copy is for reading when the other site is lost; a state is read, locked and written in its own region alone.
 *
 * Site: each site has its own, in its own region.
 * While the other site is dark: works; the copies of its states are as old as their replication.
 * On failover: nothing happens; no state moves.
 * Cost: the storage of every version on both sides, a key, replication of small objects.
 *
 * @throws OutsideSite, InvalidName, InvalidTag, NameTaken, TokenForPlainString, SettingOutOfRange, KeyInOtherRegion
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBucket extends Construct {
  /** The state bucket of a site, without creating it. */
  static refOf(props: StateBucketRefProps): StateBucketRef {
    return stateBucketRef("StateBucket.refOf", props);
  }

  /** Points to this bucket from anywhere. */
  readonly ref: StateBucketRef;
  readonly bucketArn: string;
  readonly bucketName: string;
  readonly resource: S3Bucket;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const site = Site.of(this);
    const { receiveFrom = [] } = props;
    receiveFrom.forEach((source) => refuseSharedPrefix(this, site.siteName, source));

    const bucket = new ReplicaBucket(this, "Bucket", {
      name: props.name,
      accessLogs: props.accessLogs,
      adoptExisting: props.adoptExisting,
      destroyable: props.destroyable,
      key: props.key,
      lifecycle: historyRules(site, props),
      policyStatements: [...denyForeignWrites(site, props), ...keepHistory(site, props)],
      receiveFrom,
      tags: props.tags,
    });
    this.resource = bucket.resource;
    this.bucketArn = bucket.bucketArn;
    this.bucketName = bucket.bucketName;
    this.ref = extendedRef(bucket.ref, { prefix: site.siteName });
  }
}

/** An adopted bucket may hold states of others: their prefixes are unknown, so nothing of them is denied or ended. */
function holdsOwnStatesOnly({ adoptExisting = false, ownStatesOnly = !adoptExisting }: StateBucketProps): boolean {
  return ownStatesOnly;
}

function historyRules(site: Site, props: StateBucketProps): readonly LifecycleRule[] {
  const rule = {
    id: "history",
    expireOldVersionsAfterDays: props.expireOldVersionsAfterDays ?? DEFAULTS.expireOldVersionsAfterDays,
    keepOldVersions: props.keepOldVersions ?? DEFAULTS.keepOldVersions,
  };
  if (holdsOwnStatesOnly(props)) return [rule];
  const copies = (props.receiveFrom ?? []).map(({ prefix }) => ({
    ...rule,
    id: `history-${prefix}`,
    prefix: `${prefix}/`,
  }));
  return [{ ...rule, prefix: `${site.siteName}/` }, ...copies];
}

function bucketArnOf(site: Site, { name }: StateBucketProps): string {
  return arn({ partition: site.partition, service: "s3", resource: name });
}

/** Replication writes with an action of its own; its roles are let through all the same, should S3 ask for both. */
function denyForeignWrites(site: Site, props: StateBucketProps): readonly Statement[] {
  const { receiveFrom = [] } = props;
  const roles = receiveFrom.map((source) => replicationRoleArn(source, site.partition));
  const write = {
    effect: "Deny",
    principal: "*",
    actions: ["s3:PutObject"],
    conditions: roles.length > 0 ? { ArnNotEquals: { "aws:PrincipalArn": roles } } : undefined,
  } as const;
  const under = (prefix: string) => `${bucketArnOf(site, props)}/${prefix}/*`;
  if (holdsOwnStatesOnly(props)) {
    return [{ sid: "OwnStatesOnly", ...write, notResources: [under(site.siteName)] }];
  }
  if (receiveFrom.length === 0) return [];
  return [{ sid: "CopiesByReplicationOnly", ...write, resources: receiveFrom.map(({ prefix }) => under(prefix)) }];
}

/** Deleting a state leaves its versions behind; only the lifecycle rule ends them. */
function keepHistory(site: Site, props: StateBucketProps): readonly Statement[] {
  if (props.destroyable) return [];
  const bucketArn = bucketArnOf(site, props);
  return [
    {
      sid: "KeepHistory",
      effect: "Deny",
      principal: "*",
      actions: ["s3:DeleteObjectVersion", "s3:DeleteBucket"],
      resources: [bucketArn, `${bucketArn}/*`],
    },
  ];
}
