import { IConstruct } from "constructs";
import {
  declareProtection,
  Duration,
  Evidence,
  Figure,
  ProtectionModel,
  RecoveryStep,
  Ref,
  StepParameter,
} from "../core";
import { Site } from "../site";
import { ClusterRef } from "./cluster-ref";
import { instanceIdentifier } from "./member-checks";

/** A cluster of a global database. */
export interface Member {
  readonly cluster: ClusterRef;
  readonly global: Ref;
}

/** What a service says of its global databases. */
export interface GlobalService {
  /** The service in the name of a call: `rds`. */
  readonly api: "docdb" | "neptune" | "rds";
  /** Name of the service, as in "Aurora automated backups". */
  readonly name: string;
  /** What AWS calls its global databases. */
  readonly mechanism: string;
  readonly namespace: string;
  readonly figures: Readonly<Record<"createInstance" | "failover" | "pointInTime" | "restore" | "switchover", Figure>>;
  /** What becomes of the former writer after a failover. */
  readonly undoFailover: string;
}

/** The instance that a cluster without any is given before it takes over. */
export interface FirstInstance {
  readonly identifier: string;
  readonly instanceClass: string;
  /** What else the call takes. */
  readonly settings: Readonly<Record<string, StepParameter>>;
}

/** What a cluster says of itself in the role it has. */
export interface MemberRole {
  readonly active: boolean;
  readonly retention: Duration;
  /** What a failover to it may lose. */
  readonly loss: Figure;
  /** Metric of its lag, in milliseconds. */
  readonly lagMetric: string;
  /** What would lower the loss. @default - nothing would */
  readonly remedy?: string;
  /** @default - it has an instance */
  readonly missingInstance?: FirstInstance;
}

/** The instance that a recovery makes in a cluster without any. */
export function firstInstance(
  { identifier, instanceClass }: { readonly identifier: string; readonly instanceClass: string },
  settings: FirstInstance["settings"],
): FirstInstance {
  return { identifier: instanceIdentifier({ identifier }, "writer"), instanceClass, settings };
}

/** Says how the cluster protects: by backups while it takes the writes, as a secondary by what it has received. */
export function declareMember(
  scope: IConstruct,
  service: GlobalService,
  { member, role }: { readonly member: Member; readonly role: MemberRole },
): ProtectionModel {
  const site = Site.of(scope).siteName;
  return declareProtection(
    scope,
    role.active ? backups(service, member, { site, ...role }) : replication(service, member, { site, ...role }),
  );
}

interface Placed extends MemberRole {
  readonly site: string;
}

/** Automated backups in the own site: they help against corruption, not against the loss of the site. */
function backups(service: GlobalService, { cluster }: Member, { site, retention }: Placed): ProtectionModel {
  return {
    protection: {
      mechanism: `${service.name} automated backups`,
      copiesIn: [site],
      loss: service.figures.pointInTime,
      retention,
    },
    recovery: [
      {
        title: "restore the cluster to a point in time",
        call: `${service.api}:RestoreDBClusterToPointInTime`,
        parameters: {
          SourceDBClusterIdentifier: cluster.name,
          DBClusterIdentifier: restoredIdentifier(cluster),
          UseLatestRestorableTime: true,
        },
        duration: service.figures.restore,
        undo: "delete the restored cluster; the one it was restored from is not touched",
      },
    ],
    evidence: [],
  };
}

/** Identifier of a cluster that is restored beside another: `<identifier>-restored`, within 63 characters. */
function restoredIdentifier({ name }: ClusterRef): string {
  const suffix = "-restored";
  return `${name.slice(0, 63 - suffix.length).replace(/-$/, "")}${suffix}`;
}

function replication(service: GlobalService, member: Member, role: Placed): ProtectionModel {
  const { site, loss, remedy, missingInstance } = role;
  const create = missingInstance === undefined ? [] : [createInstanceStep(service, member, missingInstance)];
  return {
    protection: {
      mechanism: service.mechanism,
      copiesIn: [site],
      loss,
      ...(remedy !== undefined && { remedy }),
    },
    recovery: [...create, failoverStep(service, member)],
    evidence: [lag(service, member.cluster, role.lagMetric)],
  };
}

/** A cluster without instances cannot be failed over to. */
function createInstanceStep(service: GlobalService, { cluster }: Member, instance: FirstInstance): RecoveryStep {
  return {
    title: `create an instance in ${cluster.name}, which has none`,
    call: `${service.api}:CreateDBInstance`,
    parameters: {
      DBInstanceIdentifier: instance.identifier,
      DBClusterIdentifier: cluster.name,
      DBInstanceClass: instance.instanceClass,
      ...instance.settings,
    },
    duration: service.figures.createInstance,
    undo: "delete the instance; the cluster keeps its data",
  };
}

/** Makes the cluster the one that takes the writes although the other cannot be reached: called in the cluster's own region. */
export function failoverStep(service: GlobalService, { cluster, global }: Member): RecoveryStep {
  return {
    title: `fail ${global.name} over to ${cluster.name}`,
    call: `${service.api}:FailoverGlobalCluster`,
    parameters: { GlobalClusterIdentifier: global.name, TargetDbClusterIdentifier: cluster.arn, AllowDataLoss: true },
    duration: service.figures.failover,
    undo: service.undoFailover,
  };
}

/**
 * Makes the cluster the one that takes the writes while all are well, without loss: called in the region of the one that
 * takes them now.
 */
export function switchoverStep(service: GlobalService, { cluster, global }: Member): RecoveryStep {
  return {
    title: `switch ${global.name} over to ${cluster.name}`,
    call: `${service.api}:SwitchoverGlobalCluster`,
    parameters: { GlobalClusterIdentifier: global.name, TargetDbClusterIdentifier: cluster.arn },
    duration: service.figures.switchover,
    undo: "switch over to the cluster that took the writes before",
  };
}

function lag({ namespace }: GlobalService, cluster: ClusterRef, metric: string): Evidence {
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
