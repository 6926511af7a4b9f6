import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { Block, ProviderBlock, StackJson } from "../terraform";
import { credentialsFor } from "./accounts";
import { callQuery, callRest } from "./call";
import type { Emulator } from "./emulator";

/** The parts of a stack that this file reads. */
export type GivenTo = Pick<StackJson, "data" | "provider" | "resource">;

/** Something that a stack looks up, and that has to be there before. */
interface Lookup {
  /** As a reader calls it: `hosted zone example.com`. */
  readonly what: string;
  readonly create: (emulator: Emulator) => Promise<void>;
}

/** Data sources that ask for nothing anybody has to create. */
const ALWAYS_THERE = new Set([
  "aws_arn",
  "aws_availability_zones",
  "aws_caller_identity",
  "aws_default_tags",
  "aws_ec2_managed_prefix_list", // of AWS's own: the emulator has them
  "aws_iam_policy_document",
  "aws_partition",
  "aws_region",
  "aws_service_principal",
]);

/** Creates in the emulator the resources that stacks look up and no stack creates. */
export class Given {
  private readonly created = new Map<string, Promise<void>>();

  constructor(private readonly emulator: Emulator) {}

  /** The created resources, with names for a reader. */
  get things(): readonly string[] {
    return [...this.created.keys()];
  }

  /**
   * Creates the resources that a stack looks up, once for all stacks.
   *
   * @param together the stacks of the same deployment; a resource that one of them creates is skipped
   * @returns addresses of data sources of a kind it cannot create
   */
  async plant(stack: GivenTo, together: readonly GivenTo[] = []): Promise<readonly string[]> {
    const made = new Set(together.flatMap(madeBy));
    const unknown: string[] = [];
    for (const { type, address, block, region } of dataSourcesOf(stack)) {
      const lookup = lookupOf(type, block, region);
      if (lookup === undefined) unknown.push(address);
      else if (!made.has(lookup.what)) await this.once(lookup);
    }
    return unknown;
  }

  private once({ what, create }: Lookup): Promise<void> {
    const creation = this.created.get(what) ?? create(this.emulator);
    this.created.set(what, creation);
    return creation;
  }
}

function dataSourcesOf(stack: GivenTo) {
  const sources = Object.entries(stack.data ?? {}).flatMap(([type, blocks]) =>
    Object.entries(blocks).map(([id, block]) => {
      return { type, address: `data.${type}.${id}`, block, region: providerOf(stack, block).region ?? "" };
    }),
  );
  return sources.filter(({ type, block }) => type.startsWith("aws_") && !ALWAYS_THERE.has(type) && !waits(block));
}

/** Whether a data source waits for a resource of its own stack. Terraform reads it once that resource exists. */
function waits(block: Block): boolean {
  const { depends_on: resources } = block;
  return (Array.isArray(resources) && resources.length > 0) || JSON.stringify(block).includes("${aws_");
}

function lookupOf(type: string, block: Block, region: string): Lookup | undefined {
  const { name, key_id: key, creation_token: token } = block;
  const imageName = imageNameOf(block);
  switch (type) {
    case "aws_ami":
      return isText(imageName)
        ? { what: `image ${imageName} in ${region}`, create: image(region, imageName) }
        : undefined;
    case "aws_route53_zone":
      return isText(name) ? { what: `hosted zone ${name}`, create: hostedZone(name) } : undefined;
    case "aws_kms_key":
      return isText(key) && key.startsWith("arn:") ? { what: `key ${key}`, create: keyOfAlias(key) } : undefined;
    case "aws_efs_file_system":
      return isText(token) ? { what: fileSystemIn(region, token), create: fileSystem(region, token) } : undefined;
    default:
      return undefined;
  }
}

/** The name that a lookup of an image filters by. */
function imageNameOf({ filter }: Block): string | undefined {
  const filters = (filter ?? []) as readonly { readonly name: string; readonly values: readonly string[] }[];
  return filters.find(({ name }) => name === "name")?.values[0];
}

/** The things of this kind that the resources of a stack create, under the same names. */
function madeBy(stack: GivenTo): string[] {
  const all = (type: string): readonly Block[] => Object.values(stack.resource?.[type] ?? {});
  return [
    ...all("aws_route53_zone").map(({ name }) => `hosted zone ${String(name)}`),
    ...all("aws_kms_alias").map((block) => {
      const { region = "", allowed_account_ids: [account] = [""] } = providerOf(stack, block);
      return `key arn:aws:kms:${region}:${account}:${String(block.name)}`;
    }),
    ...all("aws_efs_file_system").map((block) => {
      return fileSystemIn(providerOf(stack, block).region ?? "", String(block.creation_token));
    }),
  ];
}

function providerOf({ provider }: GivenTo, { provider: named = "aws" }: Block): ProviderBlock {
  return provider?.aws?.find(({ alias }) => named === (alias === undefined ? "aws" : `aws.${alias}`)) ?? {};
}

/** A name that is known before Terraform runs. */
function isText(value: unknown): value is string {
  return typeof value === "string" && !value.includes("${");
}

function fileSystemIn(region: string, token: string): string {
  return `file system ${token} in ${region}`;
}

const hostedZone = (name: string) => async (emulator: Emulator) => {
  const client = new Route53Client(emulator.sdkConfig("us-east-1"));
  await client.send(new CreateHostedZoneCommand({ Name: name, CallerReference: name }));
  client.destroy();
};

const image = (region: string, name: string) => async (emulator: Emulator) => {
  const parameters = { Action: "RegisterImage", Version: "2016-11-15", Name: name, RootDeviceName: "/dev/sda1" };
  await callQuery(emulator, `${region}/ec2`, parameters);
};

const keyOfAlias = (aliasArn: string) => async (emulator: Emulator) => {
  const [, , , region, account, alias] = aliasArn.split(":");
  const credentials = await credentialsFor(emulator, account!, region!);
  const client = new KMSClient(emulator.sdkConfig(region!, credentials));
  const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
  await client.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyMetadata!.KeyId }));
  client.destroy();
};

const fileSystem = (region: string, creationToken: string) => async (emulator: Emulator) => {
  const scope = `${region}/elasticfilesystem`;
  await callRest(emulator, scope, "POST", "/2015-02-01/file-systems", { CreationToken: creationToken });
};
