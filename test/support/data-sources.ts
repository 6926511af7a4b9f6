import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { credentialsFor, Emulator } from "../../emulator";

interface StackJson {
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
    const { data = {} } = JSON.parse(readFileSync(join(stackDir, "cdk.tf.json"), "utf8")) as StackJson;
    for (const [type, blocks] of Object.entries(data)) {
      for (const block of Object.values(blocks)) await this.once(type, block);
    }
  }

  private once(type: string, block: Readonly<Record<string, unknown>>): Promise<void> {
    const key = [type, block.name, block.key_id].join(" ");
    const planted = this.seeded.get(key) ?? this.seed(type, block);
    this.seeded.set(key, planted);
    return planted;
  }

  private async seed(type: string, block: Readonly<Record<string, unknown>>): Promise<void> {
    switch (type) {
      case "aws_availability_zones":
        return; // the emulator has them
      case "aws_route53_zone":
        return this.hostedZone(block.name as string);
      case "aws_kms_key":
        return this.keyOfAlias(block.key_id as string);
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
}
