import {
  DescribeDBInstancesCommand,
  DescribeGlobalClustersCommand,
  FailoverGlobalClusterCommand,
  type GlobalClusterMember,
  PromoteReadReplicaCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { clusterKind } from "./cluster-kind";
import type { SdkConfig } from "./emulator";

/** A database that takes writes from now on. */
export interface Promotion {
  /** In AWS's words: `RDS instance`, `Aurora cluster`. */
  readonly kind: string;
  readonly name: string;
  readonly region: string;
}

/**
 * Does what an operator or a recovery plan does after the loss of a region. It promotes the replicas of databases in another region. It
 * asks nothing of the lost region.
 */
export async function promoteFollowers(config: SdkConfig, lost: string): Promise<Promotion[]> {
  const rds = new RDSClient(config);
  try {
    return [
      ...(await promoteInstances(rds, config.region, lost)),
      ...(await promoteClusters(rds, config.region, lost)),
    ];
  } finally {
    rds.destroy();
  }
}

/** Promotes one read replica. */
export async function promoteInstance(
  config: SdkConfig,
  DBInstanceIdentifier: string,
  BackupRetentionPeriod: number,
): Promise<void> {
  const rds = new RDSClient(config);
  try {
    await promote(rds, DBInstanceIdentifier, BackupRetentionPeriod);
  } finally {
    rds.destroy();
  }
}

async function promote(rds: RDSClient, DBInstanceIdentifier: string, BackupRetentionPeriod: number): Promise<void> {
  await rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier, BackupRetentionPeriod }));
}

async function promoteInstances(rds: RDSClient, region: string, lost: string): Promise<Promotion[]> {
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({}));
  const followers = DBInstances.filter(({ ReadReplicaSourceDBInstanceIdentifier: source }) => isIn(lost, source));
  for (const { DBInstanceIdentifier: name = "", BackupRetentionPeriod: days = 0 } of followers) {
    // a database that takes writes has backups; how many days is the program's to say, where the replica has none yet
    await promote(rds, name, days || 1);
  }
  return followers.map(({ DBInstanceIdentifier: name = "" }) => {
    return { kind: "RDS instance", name, region };
  });
}

async function promoteClusters(rds: RDSClient, region: string, lost: string): Promise<Promotion[]> {
  const { GlobalClusters = [] } = await rds.send(new DescribeGlobalClustersCommand({}));
  const promotions: Promotion[] = [];
  for (const { GlobalClusterIdentifier, Engine, GlobalClusterMembers: members = [] } of GlobalClusters) {
    const writer = members.find(({ IsWriter }) => IsWriter);
    const arn = members.map(({ DBClusterArn }: GlobalClusterMember) => DBClusterArn).find((one) => isIn(region, one));
    if (arn === undefined || !isIn(lost, writer?.DBClusterArn)) continue;
    const target = { TargetDbClusterIdentifier: arn, AllowDataLoss: true };
    await rds.send(new FailoverGlobalClusterCommand({ GlobalClusterIdentifier, ...target }));
    promotions.push({ kind: clusterKind(Engine), name: arn.split(":").at(-1)!, region });
  }
  return promotions;
}

/** Whether an ARN names something in a region. */
function isIn(region: string, arn: string | undefined): boolean {
  return arn?.split(":")[3] === region;
}
