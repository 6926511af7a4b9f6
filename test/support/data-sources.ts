import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { credentialsFor, Emulator } from "../../emulator";

interface StackJson {
  readonly provider: { readonly aws: readonly { readonly alias?: string; readonly region: string }[] };
  readonly data?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/**
 * Creates in the emulator what the data sources of a stack look up, so that the stack can be planned alone. Fails on a kind it does
 * not know: a plan that skips a lookup proves little.
 */
export class DataSourceSeeds {
  private readonly seeded = new Map<string, Promise<void>>();

  constructor(private readonly emulator: Emulator) {}

  async plant(stackDir: string): Promise<void> {
    const { data = {}, provider } = JSON.parse(readFileSync(join(stackDir, "cdk.tf.json"), "utf8")) as StackJson;
    const regionOf = (block: Readonly<Record<string, unknown>>) =>
      provider.aws.find(({ alias }) => block.provider === (alias === undefined ? "aws" : `aws.${alias}`))!.region;
    for (const [type, blocks] of Object.entries(data)) {
      for (const block of Object.values(blocks)) await this.once(type, block, regionOf(block));
    }
  }

  private once(type: string, block: Readonly<Record<string, unknown>>, region: string): Promise<void> {
    const inRegion = block.creation_token === undefined ? [] : [region, block.creation_token]; // the others name their place
    const key = [type, block.name, block.key_id, ...inRegion].join(" ");
    const planted = this.seeded.get(key) ?? this.seed(type, block, region);
    this.seeded.set(key, planted);
    return planted;
  }

  private async seed(type: string, block: Readonly<Record<string, unknown>>, region: string): Promise<void> {
    switch (type) {
      case "aws_availability_zones":
        return; // the emulator has them
      case "aws_route53_zone":
        return this.hostedZone(block.name as string);
      case "aws_kms_key":
        return this.keyOfAlias(block.key_id as string);
      case "aws_efs_file_system":
        return this.fileSystem(block.creation_token as string, region);
      default:
        throw new Error(`no seed for data.${type}: teach it to test/support/data-sources.ts`);
    }
  }

  private async hostedZone(name: string): Promise<void> {
    const client = new Route53Client(this.emulator.sdkConfig("us-east-1"));
    await client.send(new CreateHostedZoneCommand({ Name: name, CallerReference: name }));
    client.destroy();
  }

  private async keyOfAlias(aliasArn: string): Promise<void> {
    const [, , , region, account, alias] = aliasArn.split(":");
    const credentials = await credentialsFor(this.emulator, account!);
    const client = new KMSClient(this.emulator.sdkConfig(region!, credentials));
    const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
    await client.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyMetadata!.KeyId }));
    client.destroy();
  }

  /** The project installs no client of EFS. */
  private async fileSystem(creationToken: string, region: string): Promise<void> {
    const answer = await fetch(`${this.emulator.endpoint}/2015-02-01/file-systems`, {
      method: "POST",
      body: JSON.stringify({ CreationToken: creationToken }),
      headers: {
        "content-type": "application/json",
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/elasticfilesystem/aws4_request, SignedHeaders=host, Signature=0`,
      },
    });
    if (!answer.ok) throw new Error(`CreateFileSystem: HTTP ${answer.status} ${await answer.text()}`);
  }
}
