import {
  S3BucketReplicationConfigurationRule,
  S3BucketReplicationConfigurationRuleDestination,
} from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { IConstruct } from "constructs";
import { inRange, refuse } from "../core";
import { BucketRef } from "./bucket-ref";

/** The only value that S3 offers for the threshold and for the commitment. */
const REPLICATION_TIME_MINUTES = 15;

/** Storage classes a replica can be written to. */
export type ReplicaStorageClass =
  "STANDARD" | "STANDARD_IA" | "ONEZONE_IA" | "INTELLIGENT_TIERING" | "GLACIER_IR" | "GLACIER" | "DEEP_ARCHIVE";

/**
 * Objects to copy, and their destination.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html
 */
export interface ReplicationRule {
  /** The bucket replicas are written to. Its `key` encrypts them; a source under a KMS key needs one. */
  readonly destination: BucketRef;
  /**
   * Copies delete markers, so that what was deleted stays deleted after a failover. Old versions are kept on both sides;
   * the deletion of a version is never copied. Not covered by replication time control, impossible on rules with tags.
   *
   * @default true, false on rules with tags
   */
  readonly deleteMarkers?: boolean;
  /** Unique in the bucket, 1 to 255 characters. @default - the destination's name */
  readonly id?: string;
  /** @default - the whole bucket */
  readonly prefix?: string;
  /**
   * Decides between rules for the same destination: the larger number wins. Unique in the bucket. Required where rules of
   * one bucket are given ids of their own.
   *
   * @default - from the order of the destinations' names
   */
  readonly priority?: number;
  /** Copies changes of a replica's metadata back. Turn it on in both buckets of a pair. @default true */
  readonly replicaModifications?: boolean;
  /**
   * Commits S3 to 15 minutes for 99.9 % of the objects, at a price per GB. Without it S3 names no bound: most objects take
   * minutes, some take hours. S3 publishes the replication metrics either way.
   *
   * @default true
   */
  readonly replicationTimeControl?: boolean;
  /** Class replicas are written to. @default - the class of the object */
  readonly storageClass?: ReplicaStorageClass;
  /** Objects that carry all of these. @default - any */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A rule with its id and priority settled. */
export interface SettledRule extends ReplicationRule {
  readonly id: string;
  readonly priority: number;
}

/** Gives every rule its id and priority, the same whatever the order in which the rules were written. */
export function settleRules(scope: IConstruct, rules: readonly ReplicationRule[]): readonly SettledRule[] {
  if (rules.length === 0) refuse(scope, "NoReplicationRule", "there is no destination to replicate to");
  const byName = [...rules].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const settled = byName.map((rule, index) => ({
    ...rule,
    id: ruleId(scope, rule),
    priority: inRange(scope, "priority", rule.priority ?? index + 1, 0, 2_147_483_647),
  }));
  for (const property of ["id", "priority"] as const) {
    const twice = settled.find(
      (rule, index) => settled.findIndex((other) => other[property] === rule[property]) !== index,
    );
    if (twice) refuse(scope, "DuplicateRule", `two replication rules have the ${property} '${twice[property]}'`);
  }
  return settled;
}

function idOf({ id, destination }: ReplicationRule): string {
  return id ?? destination.name;
}

function ruleId(scope: IConstruct, rule: ReplicationRule): string {
  const id = idOf(rule);
  if (id.length < 1 || id.length > 255) {
    refuse(scope, "SettingOutOfRange", `the id of a replication rule has 1 to 255 characters, got ${id.length}`);
  }
  if (rule.deleteMarkers === true && hasTags(rule)) {
    refuse(scope, "DeleteMarkersWithTagFilter", `rule '${id}' has 'deleteMarkers' and filters by tags`);
  }
  return id;
}

/** The objects a rule leaves out, in words; nothing for a rule of the whole bucket. */
export function selectionNote({ id, prefix = "", tags = {} }: SettledRule): string | undefined {
  const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  if (prefix === "" && pairs.length === 0) return undefined;
  const under = prefix === "" ? "" : ` under '${prefix}'`;
  const tagged = pairs.length === 0 ? "" : ` with the tags ${pairs.join(", ")}`;
  return `rule '${id}' copies only objects${under}${tagged}`;
}

/** The rule as Terraform has it. */
export function replicationRule(source: BucketRef, rule: SettledRule): S3BucketReplicationConfigurationRule {
  return {
    id: rule.id,
    priority: rule.priority,
    status: "Enabled",
    filter: ruleFilter(rule),
    deleteMarkerReplication: { status: status(rule.deleteMarkers ?? !hasTags(rule)) },
    sourceSelectionCriteria: selectionCriteria(rule),
    destination: ruleDestination(source, rule),
  };
}

/**
 * S3 selects neither objects under a KMS key nor changes of replicas by itself. It refuses criteria that select nothing. Provider versions
 * before 6.46.0 send such criteria if only `replica_modifications` is set and the bucket changes.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/44192
 */
function selectionCriteria({ destination, replicaModifications = true }: SettledRule) {
  if (destination.key === undefined && !replicaModifications) return undefined;
  return {
    replicaModifications: { status: status(replicaModifications) },
    sseKmsEncryptedObjects: destination.key && { status: "Enabled" },
  };
}

function ruleDestination(source: BucketRef, rule: SettledRule): S3BucketReplicationConfigurationRuleDestination {
  const { destination, storageClass, replicationTimeControl = true } = rule;
  const abroad = destination.account !== source.account;
  const time = { minutes: REPLICATION_TIME_MINUTES };
  return {
    bucket: destination.arn,
    storageClass,
    account: abroad ? destination.account : undefined,
    accessControlTranslation: abroad ? { owner: "Destination" } : undefined,
    encryptionConfiguration: destination.key && { replicaKmsKeyId: destination.key.arn },
    // S3 refuses a threshold of the metrics without replication time control
    metrics: { status: "Enabled", eventThreshold: replicationTimeControl ? time : undefined },
    replicationTime: replicationTimeControl ? { status: "Enabled", time } : undefined,
  };
}

function ruleFilter({ prefix, tags = {} }: SettledRule) {
  const [first, ...more] = Object.entries(tags);
  if (first === undefined) return { prefix: prefix ?? "" };
  if (prefix === undefined && more.length === 0) return { tag: { key: first[0], value: first[1] } };
  return { and: { prefix, tags: { ...tags } } };
}

function hasTags({ tags = {} }: ReplicationRule): boolean {
  return Object.keys(tags).length > 0;
}

function status(on: boolean): "Enabled" | "Disabled" {
  return on ? "Enabled" : "Disabled";
}
