import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { Image, ImageOptions, ssmImage } from "../auto-scaling";
import { AMI } from "../auto-scaling/internal";
import { checkName, claimName, madeBy } from "../core";
import { ParameterRef } from "../parameter-copies";
import { OWN_PARAMETER, parameterRef } from "../parameter-copies/internal";
import { Site } from "../site";
import { checkProps } from "./shapes";

export interface ImagePublicationProps extends ImageOptions {
  /** Id of an image in the site's own region, as {@link ImageCopy.imageId}. */
  readonly imageId: string;
  /** Name of the parameter, the same in every site: `/orders/api/ami`. */
  readonly parameter: string;
}

/**
 * Publishes the image that a site starts from, in a parameter whose type is an AMI id for Systems Manager and EC2. Launch templates name
 * the parameter, which is one text for every site. EC2 resolves it in the site's own region whenever an instance starts. No lookup is
 * needed, and a new image needs no new template.
 *
 * AWS checks after the call whether the image exists, and drops a value that names none. So an id of another region leaves the parameter as
 * it was.
 *
 * Site: each, with the id of the site's own image.
 * While the other site is dark: works. To go back to an earlier image, publish the copy of another release.
 * On failover: nothing happens; instances start from the image that this publishes.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html
 */
export class ImagePublication extends Construct {
  /** The parameter of a name in some site, without creating it. */
  static refOf(at: { readonly parameter: string; readonly region: string; readonly account: string }): ParameterRef {
    return parameterRef("ImagePublication.refOf", { ...at, name: at.parameter });
  }

  /** The image that instances of this site start from. In another stack use `ssmImage` and the parameter's name. */
  readonly image: Image;
  /** Points to the parameter from anywhere. */
  readonly ref: ParameterRef;
  readonly resource: SsmParameter;

  constructor(scope: Construct, id: string, props: ImagePublicationProps) {
    super(scope, id);
    checkProps(this, "ImagePublicationProps", props);
    const site = Site.of(this);
    const name = checkName(this, "parameter", props.parameter, OWN_PARAMETER);
    if (!Token.isUnresolved(props.imageId)) checkName(this, "imageId", props.imageId, AMI);
    const { rootDeviceName, fixed } = ssmImage(name, props);
    claimName(this, OWN_PARAMETER, name, site);

    this.resource = new SsmParameter(this, "Resource", {
      name,
      description: "Image that instances start from",
      type: "String",
      dataType: "aws:ec2:image",
      tier: "Standard",
      insecureValue: props.imageId,
    });
    // by the resource's attribute, so that the parameter exists before the instances start from it
    this.image = { id: `resolve:ssm:${this.resource.name}`, rootDeviceName, fixed };
    this.ref = madeBy(parameterRef(this, { name, region: site.region, account: site.account }), this.resource);
  }
}
