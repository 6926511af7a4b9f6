import { IConstruct } from "constructs";
import { declareProtection, Duration, Evidence, Figure, ProtectionModel, RecoveryStep, Ref } from "../core";
import { Site } from "../site";
import { groupName } from "./cluster-groups";
import { ClusterRef } from "./cluster-ref";
import { JoinedEngine } from "./engine";
import { instanceIdentifier } from "./member-checks";
import { JoinedClusterProps } from "./member-props";

/** A cluster of a global database. */
interface Member {
  readonly engine: JoinedEngine;
  readonly cluster: ClusterRef;
  readonly global: Ref;
}

/** Facts about the role of a cluster, from which it declares its protection. */
interface MemberRole {
  readonly active: boolean;
  readonly props: JoinedClusterProps;
  readonly retention: Duration;
}

/** How long AWS takes to create an instance. Figures of the engines share it. @param source AWS's page about the call */
export function instanceCreation(source: string): Figure {
  return {
    basis: "unknown",
    source,
    note: "and the class may be short while many recover; wait until the instance is available",
  };
}

/** How long AWS takes to restore a cluster. Figures of the engines share it. @param source AWS's page about restores */
export function clusterRestore(source: string): Figure {
  return { basis: "unknown", source, note: "it grows with the volume, and instances come after" };
}

/**
 * Declares how the cluster protects its data: with backups while it takes the writes, with the replicated data as a secondary.
 */
export function declareMember(scope: IConstruct, member: Member, role: MemberRole): ProtectionModel {
  const site = Site.of(scope).siteName;
  return declareProtection(
    scope,
    role.active ? backups(member, site, role.retention) : replication(member, site, role.props),
  );
}

/** Automated backups in the own site: they help against corruption, not against the loss of the site. */
function backups({ engine, cluster }: Member, site: string, retention: Duration): ProtectionModel {
  const { api, recovery } = engine;
  return {
    protection: {
      mechanism: `${recovery.service} automated backups`,
      copiesIn: [site],
      loss: recovery.figures.pointInTime,
      retention,
    },
    recovery: [
      {
        title: "restore the cluster to a point in time",
        call: `${api}:RestoreDBClusterToPointInTime`,
        parameters: {
          SourceDBClusterIdentifier: cluster.name,
          DBClusterIdentifier: restoredIdentifier(cluster),
          UseLatestRestorableTime: true,
        },
        duration: recovery.figures.restore,
        undo: "delete the restored cluster; the one it was restored from is not touched",
      },
    ],
    evidence: [],
  };
}

/** Identifier of a cluster that is restored next to another: `<identifier>-restored`, within 63 characters. */
function restoredIdentifier({ name }: ClusterRef): string {
  const suffix = "-restored";
  return `${name.slice(0, 63 - suffix.length).replace(/-$/, "")}${suffix}`;
}

function replication(member: Member, site: string, props: JoinedClusterProps): ProtectionModel {
  const { mechanism, loss, remedy } = member.engine.recovery;
  const create = props.headless ? [createInstanceStep(member, props.instanceClass)] : [];
  return {
    protection: { mechanism, copiesIn: [site], loss, ...(remedy !== undefined && { remedy }) },
    recovery: [...create, failoverStep(member)],
    evidence: [lag(member)],
  };
}

/** A failover to a cluster without instances fails, so the recovery creates the instance `<identifier>-writer` first. */
function createInstanceStep({ engine, cluster }: Member, instanceClass: string): RecoveryStep {
  const { figures, firstInstance } = engine.recovery;
  return {
    title: `create an instance in ${cluster.name}, which has none`,
    call: `${engine.api}:CreateDBInstance`,
    parameters: {
      DBInstanceIdentifier: instanceIdentifier({ identifier: cluster.name }, "writer"),
      DBClusterIdentifier: cluster.name,
      DBInstanceClass: instanceClass,
      ...(engine.InstanceParameterGroup !== undefined && { DBParameterGroupName: groupName(engine, cluster.name) }),
      Engine: engine.engine,
      ...firstInstance,
    },
    duration: figures.createInstance,
    undo: "delete the instance; the cluster keeps its data",
  };
}

/** Makes the cluster the one that takes the writes while the other cannot be reached. The call goes to the cluster's own region. */
export function failoverStep({ engine, cluster, global }: Member): RecoveryStep {
  return {
    title: `fail ${global.name} over to ${cluster.name}`,
    call: `${engine.api}:FailoverGlobalCluster`,
    parameters: { GlobalClusterIdentifier: global.name, TargetDbClusterIdentifier: cluster.arn, AllowDataLoss: true },
    duration: engine.recovery.figures.failover,
    undo: engine.recovery.undoFailover,
  };
}

/**
 * Makes the cluster the one that takes the writes while all clusters work, without loss. The call goes to the region of the cluster that
 * takes them now.
 */
export function switchoverStep({ engine, cluster, global }: Member): RecoveryStep {
  return {
    title: `switch ${global.name} over to ${cluster.name}`,
    call: `${engine.api}:SwitchoverGlobalCluster`,
    parameters: { GlobalClusterIdentifier: global.name, TargetDbClusterIdentifier: cluster.arn },
    duration: engine.recovery.figures.switchover,
    undo: "switch over to the cluster that took the writes before",
  };
}

function lag({ engine, cluster }: Member): Evidence {
  const { namespace, metric } = engine.lag;
  return {
    title: `lag of ${cluster.name} behind the cluster that takes the writes`,
    namespace,
    metric,
    dimensions: { DBClusterIdentifier: cluster.name },
    statistic: "Maximum",
    unit: "Milliseconds",
    region: cluster.region,
  };
}
