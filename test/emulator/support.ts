import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { spawnSync } from "node:child_process";
import { Emulator } from "../../emulator";

export const SEOUL = "ap-northeast-2";
export const TOKYO = "ap-northeast-1";
export const ACCOUNT = "111122223333";
export const OTHER_ACCOUNT = "444455556666";

/** For what takes a second on a free machine. */
export const PATIENCE_MS = 60_000;

/** Parameters of a database with backups, the source of replicas. */
export const LEDGER = {
  DBInstanceIdentifier: "ledger",
  DBInstanceClass: "db.m6g.large",
  Engine: "postgres",
  AllocatedStorage: 20,
  MasterUsername: "dbadmin",
  MasterUserPassword: "secret123",
  BackupRetentionPeriod: 7,
};

/** Starts one emulator for a test file and empties it before each test. */
export function startedEmulator(): { current: Emulator } {
  const started = {} as { current: Emulator };
  beforeAll(async () => {
    started.current = await Emulator.start();
  }, 2 * PATIENCE_MS);
  beforeEach(() => started.current.reset(), PATIENCE_MS);
  afterAll(() => started.current.stop(), PATIENCE_MS);
  return started;
}

/** Terraform tests cannot run without Terraform; in CI that is a fault, elsewhere a visible skip. */
export function hasTerraform(): boolean {
  const found = spawnSync("terraform", ["version"], { stdio: "ignore" }).status === 0;
  if (!found && process.env.CI) throw new Error("terraform is not on the PATH; install it");
  return found;
}

/** The VPC and the subnets of databases. */
export interface Subnets {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** A VPC with subnets in two Availability Zones, for what tests something else: the provider would take longer. */
export async function createSubnets(emulator: Emulator, region: string): Promise<Subnets> {
  const ec2 = new EC2Client(emulator.sdkConfig(region));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const subnetIds: string[] = [];
  for (const [zone, CidrBlock] of Object.entries({ a: "10.0.0.0/24", c: "10.0.1.0/24" })) {
    const subnet = { VpcId: Vpc!.VpcId, CidrBlock, AvailabilityZone: `${region}${zone}` };
    subnetIds.push((await ec2.send(new CreateSubnetCommand(subnet))).Subnet!.SubnetId!);
  }
  ec2.destroy();
  return { vpcId: Vpc!.VpcId!, subnetIds };
}
