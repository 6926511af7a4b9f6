import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { arn, checkAdministrators, exceptFor, extendedRef, Statement } from "../core";
import { AccessLogs, BucketKey, LifecycleRule, ReplicaBucket, replicationRoleArn, Retention } from "../s3-replication";
import { Site } from "../site";
import { checkProps } from "./shapes";
import { refuseSharedPrefix, StateBucketRef, stateBucketRef, StateBucketRefProps } from "./state-bucket-ref";

const DEFAULTS = {
  expireOldVersionsAfterDays: 90, // a quarter in which a mistake may come to light
  keepOldVersions: 20, // whatever their age: a stack that is seldom applied keeps its history
};

/**
 * Actions that end the history of states, or the policy that keeps it. S3 has a separate delete action only for the policy.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const ENDS_PROTECTION = [
  "s3:DeleteBucketPolicy",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketPolicy",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:PutReplicationConfiguration",
];

/** How long a state bucket keeps old versions of states. */
export interface StateHistory {
  /** Days until an old version of a state ends, 1 to 36500. @default 90 */
  readonly expireOldVersionsAfterDays?: number;
  /** Old versions of each state to keep whatever their age, 1 to 100. @default 20 */
  readonly keepOldVersions?: number;
}

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
  /** Lets anybody delete states and their history, and Terraform the bucket, once it is empty. @default false */
  readonly destroyable?: boolean;
  /** How long old versions of states are kept. @default - 90 days, and 20 versions whatever their age */
  readonly history?: StateHistory;
  /** Key of the site to encrypt with. @default - an own one, alias `s3/<name>` */
  readonly key?: BucketKey;
  /**
   * Object Lock, in the buckets of all sites or in none. S3 cannot turn it off, and Terraform replaces a bucket to turn it on. It needs
   * Terraform 1.10.1 or newer, which sends the checksums that S3 asks for, and no `skip_s3_checksum` in a backend.
   *
   * @default false
   */
  readonly objectLock?: boolean;
  /**
   * How long S3 keeps each version of a state and of a lock file. Needs `objectLock`. A lock is released all the same: Terraform deletes its
   * file, which leaves a delete marker.
   *
   * @default - none: the lifecycle rule alone ends versions
   */
  readonly objectLockRetention?: Retention;
  /**
   * Denies every write outside the site's prefix, except by replication, and lets old versions of everything end.
   *
   * With `false` only the copies of other sites' states are protected, and old versions end in those prefixes and the
   * site's own. Set it to `true` on an adopted bucket once no other state is written there.
   *
   * @default - true, and false with `adoptExisting`
   */
  readonly ownStatesOnly?: boolean;
  /**
   * ARNs of the roles that may delete a state, and change the bucket's policy, versioning, lifecycle rules, replication, encryption and Object
   * Lock. The policy denies that to everybody else. An ARN may contain `*`. **Name the role that Terraform deploys this bucket and its
   * {@link StateReplication} with**, and not the roles that deploy workloads. The account's root user can always replace the policy.
   *
   * @default - none: no role deletes a state. Each role that IAM allows to change the bucket's settings can end its history
   */
  readonly policyAdministrators?: readonly string[];
  /** State buckets of other sites that replicate into this one. @default - none */
  readonly receiveFrom?: readonly StateBucketRef[];
  /** @default - those of the site */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The bucket of one site's Terraform states: versioned, encrypted under a key of the site, private, TLS only.
 *
 * The site's states have its name as prefix. The bucket policy denies all other writes, because the bucket also holds copies of other
 * sites' states, which only replication writes. In an adopted bucket, states outside those prefixes stay writable. A copy is for reading
 * when the other site is lost. Terraform reads, locks and writes a state only in its own region.
 *
 * Site: each site has its own, in its own region.
 * While the other site is dark: works; the copies of its states are as old as their replication.
 * On failover: nothing happens; no state moves.
 * Cost: the storage of every version on both sides, a key, replication of small objects.
 *
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
    checkProps(this, "StateBucketProps", props);
    const site = Site.of(this);
    const { receiveFrom = [] } = props;
    receiveFrom.forEach((source) => refuseSharedPrefix(this, site.siteName, source));
    checkAdministrators(this, props.policyAdministrators, site);

    const bucket = new ReplicaBucket(this, "Bucket", {
      name: props.name,
      accessLogs: props.accessLogs,
      adoptExisting: props.adoptExisting,
      destroyable: props.destroyable,
      key: props.key,
      lifecycle: historyRules(site, props),
      objectLock: props.objectLock,
      objectLockRetention: props.objectLockRetention,
      policyStatements: [
        ...denyForeignWrites(site, props),
        ...keepHistory(site, props),
        ...keepStates(site, props),
        ...keepSettings(site, props),
      ],
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
  const { history: { expireOldVersionsAfterDays, keepOldVersions } = {} } = props;
  const rule = {
    id: "history",
    expireOldVersionsAfterDays: expireOldVersionsAfterDays ?? DEFAULTS.expireOldVersionsAfterDays,
    keepOldVersions: keepOldVersions ?? DEFAULTS.keepOldVersions,
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

/** Only the lifecycle rule ends versions. */
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

/**
 * A deleted state leaves its versions behind, but the next plan creates everything again. Terraform itself deletes lock files and the states of
 * workspaces, which are refused. Of an adopted bucket's other states nothing is known.
 */
function keepStates(site: Site, props: StateBucketProps): readonly Statement[] {
  if (props.destroyable) return [];
  const bucketArn = bucketArnOf(site, props);
  const { receiveFrom = [], policyAdministrators } = props;
  const prefixes = [site.siteName, ...receiveFrom.map(({ prefix }) => prefix)];
  return [
    {
      sid: "KeepStates",
      effect: "Deny",
      principal: "*",
      actions: ["s3:DeleteObject"],
      ...(holdsOwnStatesOnly(props)
        ? { notResources: [`${bucketArn}/*.tflock`] }
        : { resources: prefixes.map((prefix) => `${bucketArn}/${prefix}/*.tfstate`) }),
      conditions: policyAdministrators && exceptFor(policyAdministrators),
    },
  ];
}

/** Without administrators the role that deploys the bucket could not change it again, so nothing is denied. */
function keepSettings(site: Site, props: StateBucketProps): readonly Statement[] {
  const { policyAdministrators } = props;
  if (policyAdministrators === undefined) return [];
  return [
    {
      sid: "KeepSettings",
      effect: "Deny",
      principal: "*",
      actions: ENDS_PROTECTION,
      resources: [bucketArnOf(site, props)],
      conditions: exceptFor(policyAdministrators),
    },
  ];
}
