import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Fn, Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { refuse } from "../core";
import { Image } from "./image";

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const USER_DATA_BYTES = 16_384;

/**
 * Resources that EC2 creates with every instance. The list excludes Spot requests: an On-Demand Instance has none, and tags for one would
 * prevent its start.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateTagSpecificationRequest.html
 */
const TAGGED = ["volume", "network-interface"];

/** Settings of each instance. */
export interface InstanceSettings {
  readonly name: string;
  readonly image: Image;
  readonly instanceType: string;
  readonly kmsKeyArn: string;
  readonly profileArn: string;
  readonly securityGroupId: string;
  readonly detailedMonitoring: boolean;
  readonly hibernation: boolean;
  readonly metadataHopLimit: number;
  readonly rootVolumeGiB?: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly userData?: string;
}

export function checkUserData(scope: IConstruct, userData: string | undefined): void {
  if (userData === undefined || Token.isUnresolved(userData)) return;
  const bytes = Buffer.byteLength(userData);
  if (bytes > USER_DATA_BYTES) {
    refuse(scope, "SettingOutOfRange", `'userData' must be at most ${USER_DATA_BYTES} bytes, got ${bytes}`);
  }
}

/**
 * A launch template whose instances have no public address, require a token for their metadata, and encrypt their root volume. A change
 * creates a new version of it.
 */
export function createLaunchTemplate(scope: Construct, settings: InstanceSettings): LaunchTemplate {
  const { name, image, rootVolumeGiB, tags } = settings;
  return new LaunchTemplate(scope, "LaunchTemplate", {
    name,
    description: `Instances of ${name}`,
    updateDefaultVersion: true,
    imageId: image.id,
    instanceType: settings.instanceType,
    iamInstanceProfile: { arn: settings.profileArn },
    userData: encode(settings.userData),
    hibernationOptions: settings.hibernation ? { configured: true } : undefined,
    monitoring: { enabled: settings.detailedMonitoring },
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: settings.metadataHopLimit,
      httpProtocolIpv6: "disabled",
      instanceMetadataTags: "disabled",
    },
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        deleteOnTermination: "true",
        securityGroups: [settings.securityGroupId],
      },
    ],
    blockDeviceMappings: [
      {
        deviceName: image.rootDeviceName,
        ebs: {
          deleteOnTermination: "true",
          encrypted: "true",
          kmsKeyId: settings.kmsKeyArn,
          volumeSize: rootVolumeGiB,
          volumeType: "gp3",
        },
      },
    ],
    tagSpecifications: TAGGED.map((resourceType) => ({ resourceType, tags: { ...tags } })),
  });
}

/** The library encodes a script, so that Terraform does not evaluate its `${…}`. If the script contains a token, Terraform encodes it. */
function encode(userData: string | undefined): string | undefined {
  if (userData === undefined) return undefined;
  return Token.isUnresolved(userData) ? Fn.base64encode(userData) : Buffer.from(userData).toString("base64");
}
