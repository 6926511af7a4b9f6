import { AmiCopy } from "@cdktf/provider-aws/lib/ami-copy";
import { Construct, IConstruct } from "constructs";
import { checkName, claimName, declareProtection, ProtectionModel, refuse } from "../core";
import { refuseForeignArn, Site } from "../site";
import { checkSource, ImageSource, sourceImageId } from "./image-source";
import { IMAGE_NAME } from "./names";
import { checkProps } from "./shapes";

const PAGE = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export interface ImageCopyProps {
  /** ARN of the site's key, which encrypts the copy. */
  readonly kmsKeyArn: string;
  /** Beginning of the copy's name; the id of its source follows. */
  readonly name: string;
  /** The image in another region: {@link imageById} or {@link imageByParameter}. */
  readonly source: ImageSource;
  /**
   * Day (UTC) from which EC2 hides the image from who does not know its id, as `2028-01-31`. Instances start from it as before.
   *
   * @default - never
   */
  readonly deprecateOn?: string;
  /**
   * @default - says which image it is a copy of
   */
  readonly description?: string;
}

/**
 * A copy of a golden image in the site's own region, encrypted with the site's key, with snapshots of its own.
 *
 * A new source makes a new copy before Terraform deletes the old one. To keep older images, give each release its own ImageCopy, and
 * publish one of them. An image stays until its ImageCopy leaves the program.
 *
 * Site: each that the image was not built in.
 * While the other site is dark: works; only a new copy needs the region of its source.
 * On failover: nothing happens; instances start from the copy.
 * Cost: the storage of the snapshots, and the transfer between regions when it is made.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html
 */
export class ImageCopy extends Construct {
  readonly resource: AmiCopy;

  constructor(scope: Construct, id: string, props: ImageCopyProps) {
    super(scope, id);
    checkProps(this, "ImageCopyProps", props);
    checkCopy(this, props);

    this.resource = createCopy(this, props);
    declareProtection(this, copyProtection(Site.of(this), props.source));
  }

  /** Id of the copy, known when it has been made. */
  get imageId(): string {
    return this.resource.id;
  }
}

function checkCopy(scope: IConstruct, { deprecateOn, kmsKeyArn, name, source }: ImageCopyProps): void {
  checkName(scope, "name", name, IMAGE_NAME);
  checkSource(scope, source);
  refuseForeignArn(scope, "kmsKeyArn", kmsKeyArn, ["kms"]);
  if (deprecateOn !== undefined && !isDay(deprecateOn)) {
    refuse(scope, "InvalidDate", `'deprecateOn' must be a calendar day, got '${deprecateOn}'`);
  }
  claimName(scope, IMAGE_NAME, `${name}-${source.reference}`, Site.of(scope));
}

function isDay(text: string): boolean {
  return DAY.test(text) && new Date(`${text}T00:00:00Z`).getUTCDate() === Number(text.slice(8));
}

/** Without a description of its own a copy gets the source's, which a plan would want to take away again. */
function createCopy(copy: ImageCopy, props: ImageCopyProps): AmiCopy {
  const { deprecateOn, kmsKeyArn, name, source } = props;
  const sourceAmiId = sourceImageId(copy, source);
  return new AmiCopy(copy, "Resource", {
    name: `${name}-${sourceAmiId}`,
    description: props.description ?? `Copy of ${sourceAmiId} of ${source.region}`,
    sourceAmiId,
    sourceAmiRegion: source.region,
    encrypted: true,
    kmsKeyId: kmsKeyArn,
    deprecationTime: deprecateOn && `${deprecateOn}T00:00:00Z`,
    tags: { Name: name },
    lifecycle: { createBeforeDestroy: true },
  });
}

/** EC2 publishes no metric of copies; the apply that makes one waits until it is available. */
function copyProtection(site: Site, source: ImageSource): ProtectionModel {
  return {
    protection: {
      mechanism: "Amazon Machine Image copied to another Region",
      copiesFrom: source.region,
      copiesIn: [site.siteName],
      loss: {
        basis: "unknown",
        source: PAGE,
        note: "AWS publishes no time a copy takes; an image that was built and not yet copied is lost with its region",
      },
    },
    recovery: [],
    evidence: [],
  };
}
