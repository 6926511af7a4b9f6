import { LambdaFunctionConfig } from "@cdktf/provider-aws/lib/lambda-function";
import { IConstruct } from "constructs";
import { checkName, inRange, refuse, S3_BUCKET } from "../core";
import { ContainerImage, imageUri } from "../ecr-replication";
import { refuseForeignArn, refuseForeignRegion, refuseRepeated } from "../site";
import { HANDLER } from "./names";
import { Runtime, SNAP_START_RUNTIMES } from "./runtimes";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_LAYERS = 5;

/** A bucket that holds builds; a `BucketRef` is one. */
export interface CodeBucket {
  readonly name: string;
  /** @default - taken for the site's */
  readonly region?: string;
}

/** A zip archive in a bucket of the function's own region. */
export interface ZipCode {
  /**
   * Bucket of the site: its ref, such as a replica that receives the active site's builds, or its name. The library refuses a ref of
   * another region, because Lambda reads code only from its own region.
   */
  readonly bucket: CodeBucket;
  /** Handler that Lambda runs, for example `index.handler`. */
  readonly handler: string;
  /** Key of the archive. Put the build into the key or set `objectVersion`. Otherwise Terraform does not notice a new build. */
  readonly key: string;
  readonly runtime: Runtime;
  /**
   * ARNs of layer versions of the site's region, at most 5.
   *
   * @default - none
   */
  readonly layers?: readonly string[];
  /**
   * Version of the archive; S3 replication keeps version ids, so that one line serves every site.
   *
   * @default - the newest at the time of an apply that changes the function
   */
  readonly objectVersion?: string;
  /**
   * Starts each published version from a snapshot of its initialised memory, encrypted with the site's key.
   *
   * @default false
   */
  readonly snapStart?: boolean;
}

/** How a container image is started. */
export interface ImageOptions {
  /** Arguments of the entry point. @default - the image's own */
  readonly command?: readonly string[];
  /** @default - the image's own */
  readonly entryPoint?: readonly string[];
  /** @default - the image's own */
  readonly workingDirectory?: string;
}

/** Code of a function. Made by {@link zipCode} or {@link imageCode}. */
export interface FunctionCode {
  /** @default - an image */
  readonly zip?: ZipCode;
  /** @default - an archive */
  readonly image?: ContainerImage & { readonly start: ImageOptions };
}

/** Code from a zip archive in a bucket of the site. */
export function zipCode(zip: ZipCode): FunctionCode {
  return { zip };
}

/**
 * Code from a container image in Amazon ECR, pulled from the registry of the site's own region. The repository's policy has to
 * let Lambda pull, see `lambdaImageStatement`.
 *
 * @param image made by `siteImage`
 */
export function imageCode(image: ContainerImage, start: ImageOptions = {}): FunctionCode {
  return { image: { ...image, start } };
}

/** Refuses code that Lambda could not read in this site. */
export function checkCode(scope: IConstruct, { zip, image }: FunctionCode): void {
  if (zip !== undefined) checkZip(scope, zip);
  if (image !== undefined) checkImage(scope, image);
}

function checkZip(scope: IConstruct, { bucket, handler, layers = [], runtime, snapStart }: ZipCode): void {
  checkName(scope, "code.bucket.name", bucket.name, S3_BUCKET);
  checkName(scope, "code.handler", handler, HANDLER);
  if (bucket.region !== undefined) {
    refuseForeignRegion(scope, `the bucket '${bucket.name}'`, bucket.region, { code: "CodeInOtherRegion" });
  }
  inRange(scope, "code.layers.length", layers.length, 0, MOST_LAYERS);
  layers.forEach((layer) => refuseForeignArn(scope, "code.layers", layer, ["lambda"]));
  refuseRepeated(scope, "code.layers", layers);
  if (snapStart && !SNAP_START_RUNTIMES.includes(runtime)) {
    const offered = SNAP_START_RUNTIMES.join(", ");
    refuse(
      scope,
      "SnapStartNotOffered",
      `'code.snapStart' is set for '${runtime}', Lambda has it for the runtimes ${offered}`,
    );
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html */
function checkImage(scope: IConstruct, image: ContainerImage): void {
  if (image.host !== undefined && image.account === undefined) {
    refuse(scope, "ImageOutsideEcr", `'code' is the image '${image.host}/${image.name}'`);
  }
  imageUri(scope, image);
}

/** The part of a function's configuration that depends on its code. */
export function codeConfig(scope: IConstruct, { zip, image }: FunctionCode): Partial<LambdaFunctionConfig> {
  if (zip !== undefined) {
    return {
      packageType: "Zip",
      s3Bucket: zip.bucket.name,
      s3Key: zip.key,
      s3ObjectVersion: zip.objectVersion,
      runtime: zip.runtime,
      handler: zip.handler,
      layers: zip.layers?.length ? [...zip.layers] : undefined,
      snapStart: zip.snapStart ? { applyOn: "PublishedVersions" } : undefined,
    };
  }
  return image === undefined
    ? {}
    : { packageType: "Image", imageUri: imageUri(scope, image), imageConfig: imageConfig(image.start) };
}

function imageConfig({ command, entryPoint, workingDirectory }: ImageOptions) {
  if (command === undefined && entryPoint === undefined && workingDirectory === undefined) return undefined;
  return { command: command && [...command], entryPoint: entryPoint && [...entryPoint], workingDirectory };
}
