import {
  DescribeTableCommand,
  DynamoDBClient,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { OWN_FILE, readStackJson, StackJson } from "../terraform";
import { join } from "node:path";
import type { Adoption } from "./adopt";
import type { Emulator, SdkConfig } from "./emulator";

/** A table replica as a stack of this project has it. */
interface ReplicaBlock {
  readonly global_table_arn: string;
  readonly kms_key_arn?: string;
  readonly deletion_protection_enabled?: boolean;
  readonly point_in_time_recovery?: boolean;
}

/** A key that is looked up by its alias. */
const LOOKED_UP = /^\$\{data\.aws_kms_key\.([\w-]+)\.arn\}$/;

interface ReplicationStack {
  readonly provider?: {
    readonly aws: readonly {
      readonly region: string;
      readonly assume_role?: unknown;
      readonly default_tags?: readonly { readonly tags: Readonly<Record<string, string>> }[];
    }[];
  };
  readonly resource?: { readonly aws_dynamodb_table_replica?: Readonly<Record<string, ReplicaBlock>> };
  readonly data?: { readonly aws_kms_key?: Readonly<Record<string, { readonly key_id: string }>> };
}

/** Whether a stack has table replicas, and all of them as {@link createTableReplicas} can create them. */
export function canCreateTableReplicas(stack: StackJson): boolean {
  const { resource = {}, data = {}, provider } = stack as unknown as ReplicationStack;
  const replicas = Object.values(resource.aws_dynamodb_table_replica ?? {});
  const [first, second] = provider?.aws ?? [];
  const isInOwnAccount = second === undefined && first?.assume_role === undefined;
  return replicas.length > 0 && isInOwnAccount && replicas.every((replica) => isAsCreated(replica, data));
}

function isAsCreated(replica: ReplicaBlock, data: NonNullable<ReplicationStack["data"]>): boolean {
  const { global_table_arn: table, kms_key_arn: key = "" } = replica;
  const isSafe = replica.deletion_protection_enabled === true && replica.point_in_time_recovery === true;
  return isSafe && table.startsWith("arn:") && (LOOKED_UP.exec(key)?.[1] ?? "") in (data.aws_kms_key ?? {});
}

/**
 * Creates the table replicas of a stack through the API, as the stack describes them, for {@link adopt}. If Terraform's provider creates a
 * replica, it waits three minutes after it turns on deletion protection. The tables must exist.
 *
 * @param stackDir folder of a stack with one provider, whose replicas take a key by alias
 */
export async function createTableReplicas(emulator: Emulator, stackDir: string): Promise<readonly Adoption[]> {
  const stack = readStackJson(join(stackDir, OWN_FILE)) as unknown as ReplicationStack;
  const [{ region, default_tags: tags } = { region: "" }] = stack.provider?.aws ?? [];
  const adoptions: Adoption[] = [];
  for (const [id, block] of Object.entries(stack.resource?.aws_dynamodb_table_replica ?? {})) {
    const [, , , home = "", , , table = ""] = block.global_table_arn.split(/[:/]/);
    const here = emulator.sdkConfig(region);
    const kmsKeyArn = await keyBehind(here, stack, block.kms_key_arn ?? "");
    await addReplica(emulator.sdkConfig(home), table, region, kmsKeyArn);
    await protectReplica(here, table, tags?.[0]?.tags ?? {});
    adoptions.push({ address: `aws_dynamodb_table_replica.${id}`, id: `${table}:${home}` });
  }
  return adoptions;
}

async function keyBehind(config: SdkConfig, stack: ReplicationStack, reference: string): Promise<string> {
  const [, id = ""] = LOOKED_UP.exec(reference) ?? [];
  const alias = stack.data?.aws_kms_key?.[id]?.key_id;
  if (alias === undefined) throw new Error(`the key of a replica is not looked up by alias: ${reference}`);
  const kms = new KMSClient(config);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: alias }));
  kms.destroy();
  return KeyMetadata?.Arn ?? alias;
}

async function addReplica(
  home: SdkConfig,
  TableName: string,
  RegionName: string,
  KMSMasterKeyId: string,
): Promise<void> {
  const dynamodb = new DynamoDBClient(home);
  await dynamodb.send(
    new UpdateTableCommand({ TableName, ReplicaUpdates: [{ Create: { RegionName, KMSMasterKeyId } }] }),
  );
  dynamodb.destroy();
}

async function protectReplica(
  here: SdkConfig,
  TableName: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const dynamodb = new DynamoDBClient(here);
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  await dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
  const recovery = { PointInTimeRecoveryEnabled: true };
  await dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: recovery }));
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (Tags.length > 0) await dynamodb.send(new TagResourceCommand({ ResourceArn: Table?.TableArn, Tags }));
  dynamodb.destroy();
}
