import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBParameterGroupCommand,
  CreateGlobalClusterCommand,
  type DBInstance,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  FailoverGlobalClusterCommand,
  ModifyDBParameterGroupCommand,
  PromoteReadReplicaCommand,
  RDSClient,
  RemoveFromGlobalClusterCommand,
  RestoreDBInstanceToPointInTimeCommand,
  StartDBInstanceAutomatedBackupsReplicationCommand,
  StopDBInstanceAutomatedBackupsReplicationCommand,
} from "@aws-sdk/client-rds";
import { ACCOUNT, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
let seoul: RDSClient;
let tokyo: RDSClient;

beforeEach(() => {
  seoul = new RDSClient(emulator.current.sdkConfig(SEOUL));
  tokyo = new RDSClient(emulator.current.sdkConfig(TOKYO));
});

function arn(region: string, name: string): string {
  return `arn:aws:rds:${region}:${ACCOUNT}:db:${name}`;
}

async function createSource(rds: RDSClient, DBInstanceIdentifier: string): Promise<void> {
  const size = { DBInstanceClass: "db.r6g.large", AllocatedStorage: 20, Engine: "postgres", EngineVersion: "16.4" };
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier,
      ...size,
      MasterUsername: "dbadmin",
      MasterUserPassword: "secret123",
      BackupRetentionPeriod: 7,
      MultiAZ: true,
      EnablePerformanceInsights: true,
    }),
  );
}

async function createReplica(
  rds: RDSClient,
  DBInstanceIdentifier: string,
  SourceDBInstanceIdentifier: string,
): Promise<void> {
  await rds.send(
    new CreateDBInstanceReadReplicaCommand({
      DBInstanceIdentifier,
      SourceDBInstanceIdentifier,
      Tags: [{ Key: "site", Value: "b" }],
    }),
  );
}

async function described(rds: RDSClient, DBInstanceIdentifier: string): Promise<DBInstance | undefined> {
  return (await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }))).DBInstances?.[0];
}

async function tie(rds: RDSClient, name: string): Promise<unknown> {
  const found = await described(rds, name);
  return {
    status: found?.DBInstanceStatus,
    follows: found?.ReadReplicaSourceDBInstanceIdentifier,
    replicas: found?.ReadReplicaDBInstanceIdentifiers ?? [],
  };
}

describe("RDS", () => {
  test("a cross-Region replica names its source by ARN and takes nothing else over", async () => {
    await createSource(seoul, "ledger");
    await createReplica(tokyo, "ledger-tokyo", arn(SEOUL, "ledger"));
    expect(await tie(seoul, "ledger")).toEqual({
      status: "available",
      follows: undefined,
      replicas: [arn(TOKYO, "ledger-tokyo")],
    });
    expect(await tie(tokyo, "ledger-tokyo")).toEqual({
      status: "available",
      follows: arn(SEOUL, "ledger"),
      replicas: [],
    });
    const [source, replica] = [await described(seoul, "ledger"), await described(tokyo, "ledger-tokyo")];
    expect(replica).toMatchObject({
      MultiAZ: false,
      BackupRetentionPeriod: 0,
      AvailabilityZone: `${TOKYO}a`,
      TagList: [{ Key: "site", Value: "b" }],
    });
    expect(source).toMatchObject({ MultiAZ: true, BackupRetentionPeriod: 7, PerformanceInsightsEnabled: true });
    expect(replica?.DbiResourceId).not.toBe(source?.DbiResourceId);
  });

  test("a promotion unties both ends", async () => {
    await createSource(seoul, "ledger");
    await createReplica(tokyo, "ledger-tokyo", arn(SEOUL, "ledger"));
    await tokyo.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: "ledger-tokyo" }));
    expect(await tie(seoul, "ledger")).toEqual({ status: "available", follows: undefined, replicas: [] });
    expect(await tie(tokyo, "ledger-tokyo")).toEqual({ status: "available", follows: undefined, replicas: [] });
    expect((await described(tokyo, "ledger-tokyo"))?.BackupRetentionPeriod).toBe(1);
    await expect(tokyo.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: "ledger-tokyo" }))).rejects.toThrow(
      "DB Instance ledger-tokyo is not a read replica.",
    );
  });

  test("a promoted replica gets a replica of its own, in addition to the former source", async () => {
    await createSource(seoul, "ledger");
    await createReplica(tokyo, "ledger-tokyo", arn(SEOUL, "ledger"));
    await tokyo.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: "ledger-tokyo", BackupRetentionPeriod: 7 }));
    await createReplica(seoul, "ledger-2", arn(TOKYO, "ledger-tokyo"));
    expect(await tie(tokyo, "ledger-tokyo")).toEqual({
      status: "available",
      follows: undefined,
      replicas: [arn(SEOUL, "ledger-2")],
    });
    expect(await tie(seoul, "ledger-2")).toEqual({
      status: "available",
      follows: arn(TOKYO, "ledger-tokyo"),
      replicas: [],
    });
    expect(await tie(seoul, "ledger")).toEqual({ status: "available", follows: undefined, replicas: [] });
    const ids = [await described(seoul, "ledger"), await described(seoul, "ledger-2")].map(
      (found) => found?.DbiResourceId,
    );
    expect(new Set(ids).size).toBe(2);
  });

  test("a source forgets a replica that is deleted", async () => {
    await createSource(seoul, "ledger");
    await createReplica(tokyo, "ledger-tokyo", arn(SEOUL, "ledger"));
    await tokyo.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "ledger-tokyo", SkipFinalSnapshot: true }));
    expect(await tie(seoul, "ledger")).toEqual({ status: "available", follows: undefined, replicas: [] });
  });

  test("a replica in another Region survives its source, and can be promoted or deleted", async () => {
    await createSource(seoul, "ledger");
    for (const name of ["kept", "dropped"]) await createReplica(tokyo, name, arn(SEOUL, "ledger"));
    await seoul.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "ledger", SkipFinalSnapshot: true }));
    await tokyo.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: "kept" }));
    await tokyo.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "dropped", SkipFinalSnapshot: true }));
    expect(await tie(tokyo, "kept")).toEqual({ status: "available", follows: undefined, replicas: [] });
  });

  test("a replica in the same Region is promoted when its source is deleted", async () => {
    await createSource(seoul, "ledger");
    await createReplica(seoul, "beside", "ledger");
    expect(await tie(seoul, "beside")).toEqual({ status: "available", follows: "ledger", replicas: [] });
    await seoul.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "ledger", SkipFinalSnapshot: true }));
    expect(await tie(seoul, "beside")).toEqual({ status: "available", follows: undefined, replicas: [] });
  });

  test("automated backups are replicated into the Region that asks", async () => {
    await createSource(seoul, "ledger");
    await tokyo.send(
      new StartDBInstanceAutomatedBackupsReplicationCommand({
        SourceDBInstanceArn: arn(SEOUL, "ledger"),
        BackupRetentionPeriod: 14,
      }),
    );
    const { DBInstanceAutomatedBackups } = await tokyo.send(new DescribeDBInstanceAutomatedBackupsCommand({}));
    expect(DBInstanceAutomatedBackups).toEqual([
      expect.objectContaining({
        DBInstanceArn: arn(SEOUL, "ledger"),
        Region: SEOUL,
        Status: "replicating",
        BackupRetentionPeriod: 14,
      }),
    ]);
  });

  test("replicated backups are retained once their source is deleted, and can be replicated no more", async () => {
    await createSource(seoul, "ledger");
    const replication = { SourceDBInstanceArn: arn(SEOUL, "ledger"), BackupRetentionPeriod: 14 };
    const start = () => tokyo.send(new StartDBInstanceAutomatedBackupsReplicationCommand(replication));
    const backups = async () => {
      const { DBInstanceAutomatedBackups } = await tokyo.send(new DescribeDBInstanceAutomatedBackupsCommand({}));
      return DBInstanceAutomatedBackups?.map(({ Status }) => Status);
    };
    await start();
    expect(await backups()).toEqual(["replicating"]);
    await seoul.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "ledger", SkipFinalSnapshot: true }));
    expect(await backups()).toEqual(["retained"]);
    await expect(start()).rejects.toMatchObject({ name: "DBInstanceNotFoundFault" });
    const stop = new StopDBInstanceAutomatedBackupsReplicationCommand({ SourceDBInstanceArn: arn(SEOUL, "ledger") });
    await expect(tokyo.send(stop)).rejects.toMatchObject({ name: "InvalidDBInstanceStateFault" });
  });

  test("backups whose replication is stopped stay", async () => {
    await createSource(seoul, "ledger");
    const replication = { SourceDBInstanceArn: arn(SEOUL, "ledger") };
    await tokyo.send(new StartDBInstanceAutomatedBackupsReplicationCommand(replication));
    await tokyo.send(new StopDBInstanceAutomatedBackupsReplicationCommand(replication));
    await tokyo.send(new StartDBInstanceAutomatedBackupsReplicationCommand(replication));
    const { DBInstanceAutomatedBackups } = await tokyo.send(new DescribeDBInstanceAutomatedBackupsCommand({}));
    expect(DBInstanceAutomatedBackups?.map(({ Status }) => Status)).toEqual(["retained", "replicating"]);
  });

  test("replicated backups are restored without their source, into an instance of its own", async () => {
    await createSource(seoul, "ledger");
    const { DBInstanceAutomatedBackup } = await tokyo.send(
      new StartDBInstanceAutomatedBackupsReplicationCommand({
        SourceDBInstanceArn: arn(SEOUL, "ledger"),
        BackupRetentionPeriod: 14,
      }),
    );
    await seoul.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "ledger", SkipFinalSnapshot: true }));
    const restore = {
      SourceDBInstanceAutomatedBackupsArn: DBInstanceAutomatedBackup!.DBInstanceAutomatedBackupsArn!,
      TargetDBInstanceIdentifier: "restored",
      UseLatestRestorableTime: true,
      DBInstanceClass: "db.r6g.xlarge",
      MultiAZ: true,
    };
    await tokyo.send(new RestoreDBInstanceToPointInTimeCommand(restore));
    expect(await tie(tokyo, "restored")).toEqual({ status: "available", follows: undefined, replicas: [] });
    const { DBInstances } = await tokyo.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: "restored" }));
    expect(DBInstances![0]).toMatchObject({
      DBInstanceArn: arn(TOKYO, "restored"),
      DBInstanceClass: "db.r6g.xlarge",
      MultiAZ: true,
      BackupRetentionPeriod: 14,
      AvailabilityZone: `${TOKYO}a`,
      PerformanceInsightsEnabled: false,
    });
    await expect(tokyo.send(new RestoreDBInstanceToPointInTimeCommand(restore))).rejects.toThrow("already exists");
  });

  test("a parameter that was set is the user's", async () => {
    const DBParameterGroupName = "ledger";
    await seoul.send(
      new CreateDBParameterGroupCommand({
        DBParameterGroupName,
        DBParameterGroupFamily: "postgres16",
        Description: "x",
      }),
    );
    await seoul.send(
      new ModifyDBParameterGroupCommand({
        DBParameterGroupName,
        Parameters: [{ ParameterName: "rds.force_ssl", ParameterValue: "1", ApplyMethod: "immediate" }],
      }),
    );
    const { Parameters } = await seoul.send(new DescribeDBParametersCommand({ DBParameterGroupName }));
    expect(Parameters).toEqual([
      { ParameterName: "rds.force_ssl", ParameterValue: "1", ApplyMethod: "immediate", Source: "user" },
    ]);
  });
});

describe("Aurora", () => {
  const GlobalClusterIdentifier = "ledger";
  const cluster = (region: string, name: string): string => `arn:aws:rds:${region}:${ACCOUNT}:cluster:${name}`;

  beforeEach(async () => {
    const engine = { Engine: "aurora-postgresql", EngineVersion: "16.4" };
    await seoul.send(new CreateGlobalClusterCommand({ GlobalClusterIdentifier, ...engine, DatabaseName: "ledger" }));
    await seoul.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: "a",
        GlobalClusterIdentifier,
        ...engine,
        MasterUsername: "dbadmin",
        MasterUserPassword: "secret123",
      }),
    );
    await tokyo.send(new CreateDBClusterCommand({ DBClusterIdentifier: "b", GlobalClusterIdentifier, ...engine }));
  });

  async function follows(rds: RDSClient, DBClusterIdentifier: string): Promise<string | undefined> {
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
    return DBClusters?.[0]?.ReplicationSourceIdentifier;
  }

  test("a secondary follows the writer, and a failover turns that round", async () => {
    expect([await follows(seoul, "a"), await follows(tokyo, "b")]).toEqual([undefined, cluster(SEOUL, "a")]);
    await tokyo.send(
      new FailoverGlobalClusterCommand({
        GlobalClusterIdentifier,
        TargetDbClusterIdentifier: cluster(TOKYO, "b"),
        AllowDataLoss: true,
      }),
    );
    expect([await follows(seoul, "a"), await follows(tokyo, "b")]).toEqual([cluster(TOKYO, "b"), undefined]);
  });

  test("a cluster that is removed by ARN from another Region becomes independent", async () => {
    await seoul.send(
      new RemoveFromGlobalClusterCommand({ GlobalClusterIdentifier, DbClusterIdentifier: cluster(TOKYO, "b") }),
    );
    expect(await follows(tokyo, "b")).toBeUndefined();
  });

  test("a failover to a stranger is refused", async () => {
    const TargetDbClusterIdentifier = cluster(TOKYO, "c");
    await expect(
      tokyo.send(new FailoverGlobalClusterCommand({ GlobalClusterIdentifier, TargetDbClusterIdentifier })),
    ).rejects.toThrow(`${TargetDbClusterIdentifier} is not a member of ledger`);
  });
});
