import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBSubnetGroupCommand,
  CreateGlobalClusterCommand,
  DescribeDBClustersCommand,
  DescribeDBSubnetGroupsCommand,
  DescribeGlobalClustersCommand,
  ListTagsForResourceCommand,
  ModifyDBClusterCommand,
  ModifyDBSubnetGroupCommand,
  ModifyGlobalClusterCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { ACCOUNT, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const GlobalClusterIdentifier = "ledger";
const emulator = startedEmulator();
let seoul: RDSClient;
let tokyo: RDSClient;

beforeEach(() => {
  seoul = new RDSClient(emulator.current.sdkConfig(SEOUL));
  tokyo = new RDSClient(emulator.current.sdkConfig(TOKYO));
});

async function createGlobalDatabase(Engine: string, EngineVersion: string): Promise<void> {
  await seoul.send(new CreateGlobalClusterCommand({ GlobalClusterIdentifier, Engine, EngineVersion }));
  const cluster = { Engine, EngineVersion, GlobalClusterIdentifier };
  const master = { MasterUsername: "dbadmin", MasterUserPassword: "secret123" };
  await seoul.send(new CreateDBClusterCommand({ ...cluster, ...master, DBClusterIdentifier: "a" }));
  await tokyo.send(new CreateDBClusterCommand({ ...cluster, DBClusterIdentifier: "b" }));
}

async function createInstance(rds: RDSClient, DBClusterIdentifier: string, Engine: string): Promise<void> {
  const instance = { DBInstanceIdentifier: `${DBClusterIdentifier}-writer`, DBInstanceClass: "db.r7g.large" };
  await rds.send(new CreateDBInstanceCommand({ ...instance, DBClusterIdentifier, Engine }));
}

async function upgrade(EngineVersion: string, AllowMajorVersionUpgrade = true): Promise<void> {
  const change = { GlobalClusterIdentifier, EngineVersion, AllowMajorVersionUpgrade };
  await seoul.send(new ModifyGlobalClusterCommand(change));
}

async function upgradeCluster(rds: RDSClient, DBClusterIdentifier: string, EngineVersion: string): Promise<void> {
  await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, EngineVersion, ApplyImmediately: true }));
}

/** Versions of the global cluster and of its two clusters. */
async function versions(): Promise<(string | undefined)[]> {
  const global = await seoul.send(new DescribeGlobalClustersCommand({ GlobalClusterIdentifier }));
  const [a, b] = [await described(seoul), await described(tokyo)];
  return [global.GlobalClusters?.[0]?.EngineVersion, a?.EngineVersion, b?.EngineVersion];
}

async function described(rds: RDSClient) {
  return (await rds.send(new DescribeDBClustersCommand({}))).DBClusters?.[0];
}

test("a global database keeps its tags, wherever it is asked from", async () => {
  const stage = { Key: "Stage", Value: "production" };
  const team = { Key: "Team", Value: "orders" };
  const { GlobalCluster } = await seoul.send(
    new CreateGlobalClusterCommand({ GlobalClusterIdentifier, Engine: "aurora-postgresql", Tags: [stage] }),
  );
  expect(GlobalCluster?.TagList).toEqual([stage]);
  const ResourceName = GlobalCluster?.GlobalClusterArn;
  await tokyo.send(new AddTagsToResourceCommand({ ResourceName, Tags: [team] }));
  const { GlobalClusters } = await seoul.send(new DescribeGlobalClustersCommand({}));
  expect(GlobalClusters?.[0]?.TagList).toEqual([stage, team]);
  expect((await seoul.send(new ListTagsForResourceCommand({ ResourceName }))).TagList).toEqual([stage, team]);
});

describe("upgrades of an Aurora global database", () => {
  test("to a major version reach every cluster, and leave the default parameter groups", async () => {
    await createGlobalDatabase("aurora-postgresql", "16.8");
    await upgrade("17.4");
    expect(await versions()).toEqual(["17.4", "17.4", "17.4"]);
    expect((await described(tokyo))?.DBClusterParameterGroup).toBe("default.aurora-postgresql17");
  });

  test("to a major version have to be asked for", async () => {
    await createGlobalDatabase("aurora-postgresql", "16.6");
    await expect(upgrade("17.4", false)).rejects.toThrow("AllowMajorVersionUpgrade must be set");
  });

  test.each([
    ["aurora-postgresql", "16.6", "16.8", "ModifyGlobalCluster doesn't support minor version upgrades"],
    [
      "aurora-mysql",
      "8.0.mysql_aurora.3.08.2",
      "8.0.mysql_aurora.3.10.3",
      "Amazon RDS can't perform minor version upgrades through ModifyGlobalCluster for this database engine.",
    ],
  ])("of %s to a minor version go by the clusters, secondaries first", async (engine, before, after, refusal) => {
    await createGlobalDatabase(engine, before);
    await expect(upgrade(after)).rejects.toThrow(refusal);
    const headless = "Cannot modify engine version without a primary instance in DB cluster";
    await expect(upgradeCluster(tokyo, "b", after)).rejects.toThrow(headless);
    await createInstance(seoul, "a", engine);
    await createInstance(tokyo, "b", engine);
    await expect(upgradeCluster(seoul, "a", after)).rejects.toThrow("upgrade global replicas first");
    await upgradeCluster(tokyo, "b", after);
    expect(await versions()).toEqual([before, before, after]);
    await upgradeCluster(seoul, "a", after);
    expect(await versions()).toEqual([after, after, after]);
  });

  test("and the protection of a global cluster can be changed", async () => {
    await createGlobalDatabase("aurora-postgresql", "16.6");
    for (const DeletionProtection of [true, false]) {
      await seoul.send(new ModifyGlobalClusterCommand({ GlobalClusterIdentifier, DeletionProtection }));
      const { GlobalClusters } = await seoul.send(new DescribeGlobalClustersCommand({ GlobalClusterIdentifier }));
      expect(GlobalClusters?.[0]?.DeletionProtection).toBe(DeletionProtection);
    }
  });

  test("a global cluster that is not there is refused", async () => {
    await expect(upgrade("17.4")).rejects.toThrow("Global cluster ledger not found");
  });
});

describe("an Aurora cluster that exists", () => {
  const Engine = "aurora-postgresql";
  const SourceDBClusterIdentifier = `arn:aws:rds:${SEOUL}:${ACCOUNT}:cluster:a`;

  test("begins a global database in its own Region, as its writer, with its version and encryption", async () => {
    const cluster = { DBClusterIdentifier: "a", Engine, EngineVersion: "16.6", StorageEncrypted: true };
    const master = { MasterUsername: "dbadmin", MasterUserPassword: "secret123" };
    await seoul.send(new CreateDBClusterCommand({ ...cluster, ...master }));
    await seoul.send(new CreateGlobalClusterCommand({ GlobalClusterIdentifier, SourceDBClusterIdentifier }));
    const { GlobalClusters } = await seoul.send(new DescribeGlobalClustersCommand({ GlobalClusterIdentifier }));
    expect(GlobalClusters?.[0]).toMatchObject({
      Engine,
      EngineVersion: "16.6",
      StorageEncrypted: true,
      GlobalClusterMembers: [{ DBClusterArn: SourceDBClusterIdentifier, IsWriter: true }],
    });
  });

  test("must exist, and excludes an engine in the same request", async () => {
    const source = { GlobalClusterIdentifier, SourceDBClusterIdentifier };
    await expect(seoul.send(new CreateGlobalClusterCommand({ ...source, Engine }))).rejects.toThrow("inherited");
    await expect(seoul.send(new CreateGlobalClusterCommand(source))).rejects.toThrow("not found");
  });
});

test("a cluster is modified as it is asked to", async () => {
  const cluster = { DBClusterIdentifier: "a", Engine: "aurora-postgresql", EngineVersion: "16.6" };
  const master = { MasterUsername: "dbadmin", MasterUserPassword: "secret123" };
  await seoul.send(new CreateDBClusterCommand({ ...cluster, ...master }));
  for (const on of [true, false]) {
    const change = on ? { EnableLogTypes: ["postgresql"] } : { DisableLogTypes: ["postgresql"] };
    await seoul.send(
      new ModifyDBClusterCommand({
        DBClusterIdentifier: "a",
        CloudwatchLogsExportConfiguration: change,
        EnableIAMDatabaseAuthentication: on,
      }),
    );
    const found = await described(seoul);
    expect([found?.EnabledCloudwatchLogsExports ?? [], found?.IAMDatabaseAuthenticationEnabled]).toEqual([
      on ? ["postgresql"] : [],
      on,
    ]);
  }
});

test("a DB subnet group that is modified stays", async () => {
  const ec2 = new EC2Client(emulator.current.sdkConfig(SEOUL));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc!.VpcId, CidrBlock: "10.0.0.0/24" }));
  const group = { DBSubnetGroupName: "ledger", SubnetIds: [Subnet!.SubnetId!] };
  await seoul.send(new CreateDBSubnetGroupCommand({ ...group, DBSubnetGroupDescription: "before" }));
  await seoul.send(new ModifyDBSubnetGroupCommand({ ...group, DBSubnetGroupDescription: "after" }));
  const { DBSubnetGroups } = await seoul.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: "ledger" }));
  expect(DBSubnetGroups?.map(({ DBSubnetGroupDescription }) => DBSubnetGroupDescription)).toEqual(["after"]);
  ec2.destroy();
});
