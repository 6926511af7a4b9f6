import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Construct, IConstruct } from "constructs";
import { AMI } from "../auto-scaling/internal";
import { checkName, refuseForeignPartition } from "../core";
import { PARAMETER } from "../parameter-copies/internal";
import { refuseSourceRegion, Site } from "../site";

/** An image in another region. Made by {@link imageById} or {@link imageByParameter}. */
export interface ImageSource {
  /** Whether `reference` is the image's id, or names the parameter that says it. */
  readonly by: "id" | "parameter";
  readonly reference: string;
  /** Region the image is in. */
  readonly region: string;
}

/** An image by its id, written in code. A new image is a change of the program, and reviewers see it. */
export function imageById(imageId: string, region: string): ImageSource {
  return { by: "id", reference: imageId, region };
}

/**
 * The image whose id is in a Systems Manager parameter of the copy's own site. A pipeline that builds in one region writes the id into each
 * region. The data type is `text`, because the id is that of another region. The next apply copies a new value.
 */
export function imageByParameter(parameter: string, region: string): ImageSource {
  return { by: "parameter", reference: parameter, region };
}

export function checkSource(scope: IConstruct, { by, reference, region }: ImageSource): void {
  const site = Site.of(scope);
  refuseForeignPartition(scope, site.region, region);
  checkName(scope, "source", reference, by === "id" ? AMI : PARAMETER);
  refuseSourceRegion(scope, "the image", [region, site.region]);
}

/** The image's id; a parameter is read in the copy's own region. */
export function sourceImageId(scope: Construct, { by, reference }: ImageSource): string {
  return by === "id" ? reference : new DataAwsSsmParameter(scope, "Source", { name: reference }).insecureValue;
}
