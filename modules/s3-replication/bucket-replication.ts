import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { Construct } from "constructs";
import {
  declareProtection,
  Duration,
  Evidence,
  Figure,
  makersOf,
  Protection,
  refuse,
  refuseBoth,
  refuseForeignPartition,
} from "../core";
import { refuseForeignRef, refuseSourceRegion } from "../site";
import { BucketRef, refuseForeignKey } from "./bucket-ref";
import { createReplicationRole } from "./replication-role";
import { ReplicationRule, replicationRule, selectionNote, SettledRule, settleRules } from "./replication-rule";
import { checkProps } from "./shapes";

export interface BucketReplicationProps {
  /** The bucket that is copied. It lies in this site; another stack may manage it. */
  readonly source: BucketRef;
  /** Where to, with S3's defaults of this library; or `rules`. @default - `rules` */
  readonly replicateTo?: readonly BucketRef[];
  /** Where to, and how; or `replicateTo`. @default - `replicateTo` */
  readonly rules?: readonly ReplicationRule[];
}

/**
 * The replication configuration of one bucket, with the role it runs as. A bucket has one configuration, whatever the
 * number of its destinations: a second `BucketReplication` of the same bucket would replace the first.
 *
 * S3 checks that the destinations exist and are versioned. In one stack, pass their `ref`; across stacks, deploy them first.
 * Objects that existed before are not copied: see {@link BatchReplicationRole}.
 *
 * Site: the source's. For a pair that copies both ways, one in each site.
 * While the other site is dark: works; S3 catches up when the destination is back.
 * On failover: nothing happens; a pair that copies both ways takes writes on either side.
 * Cost: the transfer between regions, a request per object and, with replication time control, a price per GB.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class BucketReplication extends Construct {
  /** ARN of the role S3 copies with. */
  readonly roleArn: string;
  readonly resource: S3BucketReplicationConfigurationA;

  constructor(scope: Construct, id: string, props: BucketReplicationProps) {
    super(scope, id);
    checkProps(this, "BucketReplicationProps", props);
    const { source } = props;
    const rules = settleRules(this, givenRules(this, props));
    const destinations = uniqueDestinations(rules);
    refuseForeignSource(this, source);
    destinations.forEach((destination) => refusePair(this, source, destination));
    rules.forEach((rule) => refuseReplicaWithoutKey(this, source, rule));

    this.roleArn = createReplicationRole(this, source, destinations).arn;
    this.resource = new S3BucketReplicationConfigurationA(this, "Resource", {
      bucket: source.name,
      role: this.roleArn,
      rule: rules.map((rule) => replicationRule(source, rule)),
      dependsOn: makersOf(this, source, ...destinations),
    });
    declareProtection(this, {
      protection: protection(source, rules),
      recovery: [], // both buckets take writes at any time
      evidence: rules.flatMap((rule) => evidence(source, rule)),
    });
  }
}

function givenRules(scope: Construct, { replicateTo, rules }: BucketReplicationProps): readonly ReplicationRule[] {
  refuseBoth(scope, { replicateTo, rules });
  return rules ?? (replicateTo ?? []).map((destination) => ({ destination }));
}

/** Every bucket once, with each of the keys that rules name for it. */
function uniqueDestinations(rules: readonly SettledRule[]): readonly BucketRef[] {
  const destinations = rules.map(({ destination }) => destination);
  return [...new Map(destinations.map((bucket) => [`${bucket.arn} ${bucket.key?.arn}`, bucket])).values()];
}

function refuseForeignSource(scope: Construct, source: BucketRef): void {
  refuseForeignRef(scope, `the source '${source.name}'`, source);
}

function refusePair(scope: Construct, source: BucketRef, destination: BucketRef): void {
  refuseForeignPartition(scope, source.region, destination.region);
  refuseSourceRegion(scope, `'${source.name}'`, [source.region, destination.region]);
  for (const bucket of [source, destination]) {
    if (!bucket.versioned) {
      refuse(
        scope,
        "ReplicationWithoutVersioning",
        `'${bucket.name}' is not versioned`,
        "turn its versioning on, then leave 'versioned' out: S3 replicates between versioned buckets only",
      );
    }
  }
  if (source.objectLock !== destination.objectLock) {
    const [locked, open] = source.objectLock ? [source, destination] : [destination, source];
    refuse(scope, "ObjectLockOnOneSide", `'${locked.name}' has Object Lock and '${open.name}' has not`);
  }
  for (const bucket of [source, destination]) refuseForeignKey(scope, bucket);
}

/**
 * S3 replicates objects under a KMS key only if the rule selects them, which needs a key for the replicas. It skips them in
 * silence otherwise: no object fails, and no metric shows it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
function refuseReplicaWithoutKey(scope: Construct, source: BucketRef, { id, destination }: SettledRule): void {
  if (source.key === undefined || destination.key !== undefined) return;
  refuse(
    scope,
    "ReplicaWithoutKey",
    `the source '${source.name}' is encrypted with a KMS key, and rule '${id}' names no key for its replicas`,
  );
}

const COMMITTED: Figure = {
  value: Duration.minutes(15),
  basis: "committed",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html",
  note: "99.9 % of the objects; not while more than 1 Gbit/s is replicated, not for delete markers",
};

const UNBOUND: Figure = {
  value: Duration.hours(48),
  basis: "typical",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
  note: "most objects take minutes, some hours; AWS names 24 to 48 hours and commits to nothing",
};

/** The bucket is as well protected as the worst of its rules. */
function protection(source: BucketRef, rules: readonly SettledRule[]): Protection {
  const committed = rules.every(({ replicationTimeControl = true }) => replicationTimeControl);
  return {
    mechanism: "S3 Cross-Region Replication",
    copiesFrom: source.region,
    copiesIn: [...new Set(rules.map(({ destination }) => destination.region))],
    loss: withSelection(committed ? COMMITTED : UNBOUND, rules),
    remedy: committed ? undefined : "turn replication time control on (15 minutes, committed by AWS)",
  };
}

/** The figure holds for the objects that the rules select. */
function withSelection(loss: Figure, rules: readonly SettledRule[]): Figure {
  const notes = [loss.note, ...rules.map(selectionNote)].filter((note) => note !== undefined);
  return { ...loss, note: notes.join("; ") };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html */
function evidence(source: BucketRef, { id, destination }: SettledRule): readonly Evidence[] {
  const dimensions = { SourceBucket: source.name, DestinationBucket: destination.name, RuleId: id };
  return [
    {
      title: `replication lag of ${source.name}`,
      namespace: "AWS/S3",
      metric: "ReplicationLatency",
      dimensions,
      statistic: "Maximum",
      unit: "Seconds",
      region: destination.region,
    },
    {
      title: `objects of ${source.name} that failed to replicate`,
      namespace: "AWS/S3",
      metric: "OperationsFailedReplication",
      dimensions,
      statistic: "Sum",
      unit: "Count",
      region: source.region,
    },
  ];
}
