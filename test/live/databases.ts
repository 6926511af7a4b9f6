import { DescribeDBInstancesCommand, ModifyDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { Emulator } from "../../emulator";

export async function turnOnMultiAz(emulator: Emulator, region: string, identifier: string): Promise<void> {
  await ask(emulator, region, (rds) =>
    rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: identifier, MultiAZ: true, ApplyImmediately: true })),
  );
}

/** Databases of a region: identifier, and what it is a replica of. */
export async function databases(emulator: Emulator, region: string): Promise<Record<string, string | null>> {
  const { DBInstances = [] } = await ask(emulator, region, (rds) => rds.send(new DescribeDBInstancesCommand({})));
  return Object.fromEntries(
    DBInstances.map(({ DBInstanceIdentifier, ReadReplicaSourceDBInstanceIdentifier: source }) => [
      DBInstanceIdentifier!,
      source?.split(":").pop() ?? null,
    ]),
  );
}

async function ask<T>(emulator: Emulator, region: string, action: (client: RDSClient) => Promise<T>): Promise<T> {
  const client = new RDSClient(emulator.sdkConfig(region));
  try {
    return await action(client);
  } finally {
    client.destroy();
  }
}
