import { Token } from "cdktf";
import { checkName, NameRule, refuse } from "../core";

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
export const AMI: NameRule = {
  what: "AMI id",
  min: 12,
  max: 21,
  pattern: /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/,
  allowed: "'ami-' and 8 or 17 hexadecimal digits",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html",
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html#use-an-ssm-parameter-instead-of-an-ami-id */
const PARAMETER: NameRule = {
  what: "SSM parameter name",
  min: 1,
  max: 1011,
  pattern: /^\/?[\w.-]+(\/[\w.-]+)*(:[\w.-]+)?$/,
  allowed: "letters, digits and any of ._- between slashes, at the end perhaps ':' and a version or label",
  unique: "region",
  source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html",
};

/** AWS describes each of these images in several parameters. One of them is the id. */
const DESCRIBED_IMAGE = /^\/aws\/service\/(bottlerocket|ecs|eks)\/(?!.*\/image_id(:[\w.-]+)?$)/;

const DEVICE: NameRule = {
  what: "device name",
  min: 8,
  max: 12,
  pattern: /^\/dev\/(sd|xvd)[a-z]\d?$/,
  allowed: "such as '/dev/xvda' or '/dev/sda1'",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html",
};

/** Image of the instances. Made by {@link ami} or {@link ssmImage}. */
export interface Image {
  /** As a launch template takes it: an AMI id, or `resolve:ssm:` and a parameter. */
  readonly id: string;
  /** Device of the root volume, as the image names it. */
  readonly rootDeviceName: string;
  /** Whether the image is given by id. Only then can AWS skip instances that match, roll a refresh back, and keep a warm pool. */
  readonly fixed: boolean;
}

export interface ImageOptions {
  /**
   * Device of the root volume, as the image names it: Ubuntu and Debian have `/dev/sda1` or `/dev/xvda`. With a wrong name the
   * instance gets a second volume, and its root keeps the image's own encryption.
   *
   * @default "/dev/xvda", as in Amazon Linux
   */
  readonly rootDeviceName?: string;
}

/** An image by id. Ids differ from region to region: each site has its own. */
export function ami(id: string, options: ImageOptions = {}): Image {
  if (!Token.isUnresolved(id)) checkName("ami", "id", id, AMI);
  return { id, rootDeviceName: rootDevice("ami", options), fixed: true };
}

/**
 * The image that a Systems Manager parameter names, resolved in the site's own region whenever an instance starts. One text
 * serves every site, as AWS keeps its public parameters in each region. A parameter that changes replaces no running
 * instance. A group with such an image has no warm pool.
 *
 * @param parameter its name: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64`
 */
export function ssmImage(parameter: string, options: ImageOptions = {}): Image {
  const name = checkName("ssmImage", "parameter", parameter, PARAMETER);
  if (DESCRIBED_IMAGE.test(name)) {
    const problem = `'parameter' must be one that holds an AMI id, got '${name}'`;
    refuse("ssmImage", "InvalidName", problem, "name the one that ends in '/image_id'");
  }
  return { id: `resolve:ssm:${name}`, rootDeviceName: rootDevice("ssmImage", options), fixed: false };
}

function rootDevice(factory: string, { rootDeviceName = "/dev/xvda" }: ImageOptions): string {
  return checkName(factory, "rootDeviceName", rootDeviceName, DEVICE);
}
