import { IConstruct } from "constructs";
import { declareProtection, Duration, Evidence, RecoveryStep } from "../core";
import { Site } from "../site";
import { GlobalDatastoreRef } from "./global-datastore-ref";
import { ReplicationGroupRef } from "./replication-group-ref";

const WORKSHOP = "https://disaster-recovery.workshop.aws/en/services/databases/elasticache/global-datastore.html";
const DISASSOCIATE =
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DisassociateGlobalReplicationGroup.html";

/** A cluster of a global datastore. */
export interface Member {
  readonly group: ReplicationGroupRef;
  readonly global: GlobalDatastoreRef;
}

/** Says how a cluster that does not take the writes protects the one that does. */
export function declareSecondary(scope: IConstruct, member: Member): void {
  declareProtection(scope, {
    protection: {
      mechanism: "ElastiCache Global Datastore",
      copiesIn: [Site.of(scope).siteName],
      loss: {
        value: Duration.seconds(1),
        basis: "typical",
        source: WORKSHOP,
        note: "AWS says 'generally less than 1 second'; replication is asynchronous",
      },
    },
    recovery: [failoverStep(member)],
    evidence: [lag(member)],
  });
}

/** Makes the cluster the one that takes the writes, and all others its secondaries. */
export function failoverStep({ group, global }: Member): RecoveryStep {
  return {
    title: `fail ${global.name} over to ${group.name}`,
    call: "elasticache:FailoverGlobalReplicationGroup",
    parameters: {
      GlobalReplicationGroupId: global.name,
      PrimaryRegion: group.region,
      PrimaryReplicationGroupId: group.name,
    },
    duration: { value: Duration.minutes(1), basis: "typical", source: WORKSHOP, note: "AWS says '1 minute'" },
    undo: "fail over to the cluster that took the writes before: it is filled again from this one first",
  };
}

/** Makes the cluster one of its own, for when AWS does not accept the failover: it takes writes, and never joins again. */
export function detachStep({ group, global }: Member): RecoveryStep {
  return {
    title: `detach ${group.name} from ${global.name}`,
    call: "elasticache:DisassociateGlobalReplicationGroup",
    parameters: {
      GlobalReplicationGroupId: global.name,
      ReplicationGroupId: group.name,
      ReplicationGroupRegion: group.region,
    },
    duration: { basis: "unknown", source: DISASSOCIATE },
    undo: "none: AWS adds no cluster that exists; a new secondary begins empty",
  };
}

/** Ids of the nodes of the first shard. Any of them may be its primary. With several shards AWS reports the worst of all. */
export function nodeIds({ group, global }: Member, replicas: number): string[] {
  const shard = global.shards === undefined ? group.name : `${group.name}-0001`;
  return Array.from({ length: replicas + 1 }, (_, index) => `${shard}-${String(index + 1).padStart(3, "0")}`);
}

export const LAG_METRIC = { namespace: "AWS/ElastiCache", metric: "GlobalDatastoreReplicationLag" } as const;

function lag(member: Member): Evidence {
  const [firstNode] = nodeIds(member, 0);
  return {
    title: `lag of ${member.group.name} behind the cluster that takes the writes`,
    ...LAG_METRIC,
    dimensions: { CacheClusterId: firstNode! },
    statistic: "Maximum",
    unit: "Seconds",
    region: member.group.region,
  };
}
