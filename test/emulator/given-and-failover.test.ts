/**
 * Proves which resources are created because stacks look them up. Proves that the replicas of a lost region's databases are promoted
 * without a request to that region. Does not prove that data is replicated.
 */
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateGlobalClusterCommand,
  DescribeDBInstancesCommand,
  DescribeGlobalClustersCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { Given, promoteFollowers } from "../../emulator";
import { ACCOUNT, LEDGER, PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
const ALIAS = `arn:aws:kms:${TOKYO}:${ACCOUNT}:alias/orders`;
const provider = { aws: [{ region: TOKYO, allowed_account_ids: [ACCOUNT] }] };

describe("a resource that stacks look up", () => {
  const looksUp = {
    provider,
    data: {
      aws_ami: { Golden: { filter: [{ name: "name", values: ["golden"] }] } },
      aws_availability_zones: { Zones: {} },
      aws_efs_file_system: { Media: { creation_token: "media" } },
      aws_kms_key: { Key: { key_id: ALIAS } },
      aws_route53_zone: { Zone: { name: "example.com" }, Own: { name: "own.example.com" } },
      aws_vpc: { Main: { id: "vpc-1" } },
    },
  };
  const makes = { provider, resource: { aws_route53_zone: { Own: { name: "own.example.com" } } } };

  test("is created once, unless a stack creates it; a lookup that cannot be created is named", async () => {
    const given = new Given(emulator.current);
    const together = [looksUp, makes];
    for (let round = 0; round < 2; round += 1) {
      expect(await given.plant(looksUp, together)).toEqual(["data.aws_vpc.Main"]);
    }
    const [image, fileSystem] = [`image golden in ${TOKYO}`, `file system media in ${TOKYO}`];
    expect(given.things).toEqual([image, fileSystem, `key ${ALIAS}`, "hosted zone example.com"]);
    expect(await zones()).toEqual(["example.com."]);
    const kms = new KMSClient(emulator.current.sdkConfig(TOKYO));
    await kms.send(new DescribeKeyCommand({ KeyId: ALIAS }));
    kms.destroy();
  });

  test("under an alias or a token that a stack makes is left to it", async () => {
    const resource = {
      aws_kms_alias: { Alias: { name: "alias/orders" } },
      aws_efs_file_system: { Media: { creation_token: "media" } },
    };
    const given = new Given(emulator.current);
    await given.plant(looksUp, [looksUp, makes, { provider, resource }]);
    expect(given.things).toEqual([`image golden in ${TOKYO}`, "hosted zone example.com"]);
  });

  test.each(["${var.zone}", undefined])("under the name %s cannot be created", async (name) => {
    const unknown = { provider, data: { aws_route53_zone: { Zone: { name } } } };
    expect(await new Given(emulator.current).plant(unknown)).toEqual(["data.aws_route53_zone.Zone"]);
  });

  async function zones(): Promise<(string | undefined)[]> {
    const route53 = new Route53Client(emulator.current.sdkConfig("us-east-1"));
    const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
    route53.destroy();
    return HostedZones.map(({ Name }) => Name);
  }
});

describe("with a region lost", () => {
  let seoul: RDSClient;
  let tokyo: RDSClient;

  beforeEach(() => {
    seoul = new RDSClient(emulator.current.sdkConfig(SEOUL));
    tokyo = new RDSClient(emulator.current.sdkConfig(TOKYO));
  });

  afterEach(() => [seoul, tokyo].forEach((client) => client.destroy()));

  /** Twice: afterwards nothing is left that follows. */
  async function failOver(): Promise<unknown[]> {
    emulator.current.darken(SEOUL);
    const config = emulator.current.sdkConfig(TOKYO);
    const promoted = [await promoteFollowers(config, SEOUL), await promoteFollowers(config, SEOUL)];
    expect(emulator.current.requests({ dark: true })).toEqual([]);
    emulator.current.lighten();
    return promoted;
  }

  test("a replica of one of its databases takes writes, and another database is left alone", async () => {
    await seoul.send(new CreateDBInstanceCommand(LEDGER));
    await tokyo.send(new CreateDBInstanceCommand({ ...LEDGER, DBInstanceIdentifier: "alone" }));
    const SourceDBInstanceIdentifier = `arn:aws:rds:${SEOUL}:${ACCOUNT}:db:ledger`;
    const replica = { DBInstanceIdentifier: "ledger-tokyo", SourceDBInstanceIdentifier };
    await tokyo.send(new CreateDBInstanceReadReplicaCommand(replica));

    expect(await failOver()).toEqual([[{ kind: "RDS instance", name: "ledger-tokyo", region: TOKYO }], []]);
    const { DBInstances = [] } = await tokyo.send(new DescribeDBInstancesCommand({}));
    const sources = DBInstances.map((one) => one.ReadReplicaSourceDBInstanceIdentifier);
    expect(sources).toEqual([undefined, undefined]);
    const promoted = DBInstances.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === "ledger-tokyo");
    expect(promoted?.BackupRetentionPeriod).toBe(1);
  });

  test.each([
    ["Aurora cluster", "aurora-postgresql", "16.6"],
    ["DocumentDB cluster", "docdb", "5.0.0"],
    ["Neptune cluster", "neptune", "1.4.5.1"],
  ])("a follower becomes the writer of its global cluster: %s", async (kind, Engine, EngineVersion) => {
    const facts = { Engine, EngineVersion, GlobalClusterIdentifier: Engine };
    const master = { MasterUsername: "dbadmin", MasterUserPassword: "secret123" };
    await seoul.send(new CreateGlobalClusterCommand(facts));
    await seoul.send(new CreateDBClusterCommand({ ...facts, ...master, DBClusterIdentifier: `${Engine}-seoul` }));
    await tokyo.send(new CreateDBClusterCommand({ ...facts, DBClusterIdentifier: `${Engine}-tokyo` }));

    expect(await failOver()).toEqual([[{ kind, name: `${Engine}-tokyo`, region: TOKYO }], []]);
    const asked = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: Engine });
    const { GlobalClusters: [global] = [] } = await tokyo.send(asked);
    const writers = global!.GlobalClusterMembers!.filter(({ IsWriter }) => IsWriter);
    expect(writers.map(({ DBClusterArn }) => DBClusterArn)).toEqual([
      `arn:aws:rds:${TOKYO}:${ACCOUNT}:cluster:${Engine}-tokyo`,
    ]);
  });
});
