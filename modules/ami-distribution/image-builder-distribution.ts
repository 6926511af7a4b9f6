import { ImagebuilderDistributionConfiguration } from "@cdktf/provider-aws/lib/imagebuilder-distribution-configuration";
import { Construct, IConstruct } from "constructs";
import { checkName, checkTags, claimName, declareProtection, makersOf, ProtectionModel, refuseEmpty } from "../core";
import { Site } from "../site";
import { checkDestinations, distributionOf, ImageDestination, parameterArns } from "./image-destination";
import { DISTRIBUTION, OUTPUT_NAME } from "./names";
import { checkProps } from "./shapes";

export interface ImageBuilderDistributionProps {
  /**
   * Destinations of images, by your own names such as the sites'. Include the region of the build if it needs a parameter.
   */
  readonly destinations: Readonly<Record<string, ImageDestination>>;
  /** Name of the distribution; unique in the region of the account. */
  readonly name: string;
  /**
   * Describes the images.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * Name of the images, with a variable of Image Builder's that differs from build to build.
   *
   * @default - the name of the distribution, and the time of the build
   */
  readonly imageName?: string;
  /**
   * Tags of the images.
   *
   * @default - none but Image Builder's own
   */
  readonly imageTags?: Readonly<Record<string, string>>;
}

/**
 * EC2 Image Builder distributes each image that it built and tested. It copies the image into each region, encrypted with the key of the
 * site there, and lets accounts start from it. It writes the id into each region's parameter, from which that region's instances start.
 *
 * The image in the region of the build has the encryption that its recipe says; give the recipe the site's key. A build's execution
 * role must be allowed to write the parameters (`ssm:PutParameter` on {@link parameterArns}), which exist after the first build.
 *
 * Site: the one that builds images.
 * While the other site is dark: a build reports the dark region as failed. If the builder is dark, a site starts from its copy.
 * On failover: nothing happens; instances start from the copy of their own region.
 * Cost: the storage of the snapshots in each region, and the transfer between them. Image Builder itself is free.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-distribution-settings.html
 */
export class ImageBuilderDistribution extends Construct {
  /** ARNs of the parameters that a build writes, for its execution role. */
  readonly parameterArns: readonly string[];
  readonly resource: ImagebuilderDistributionConfiguration;

  constructor(scope: Construct, id: string, props: ImageBuilderDistributionProps) {
    super(scope, id);
    checkProps(this, "ImageBuilderDistributionProps", props);
    const destinations = Object.values(props.destinations);
    checkDistribution(this, props, destinations);
    claimName(this, DISTRIBUTION, props.name, Site.of(this));

    this.resource = createDistribution(this, props, destinations);
    this.parameterArns = parameterArns(this, destinations);
    declareProtection(this, distributionProtection(Site.of(this), destinations));
  }

  /** For the pipeline's `distributionConfigurationArn`. */
  get distributionArn(): string {
    return this.resource.arn;
  }
}

function checkDistribution(
  scope: IConstruct,
  { imageName, imageTags, name }: ImageBuilderDistributionProps,
  destinations: readonly ImageDestination[],
): void {
  checkName(scope, "name", name, DISTRIBUTION);
  checkTags(scope, "imageTags", imageTags);
  if (imageName !== undefined) checkName(scope, "imageName", imageName, OUTPUT_NAME);
  refuseEmpty(scope, "destinations", destinations, "name each region that has a site");
  checkDestinations(scope, destinations);
}

function createDistribution(
  distribution: ImageBuilderDistribution,
  props: ImageBuilderDistributionProps,
  destinations: readonly ImageDestination[],
): ImagebuilderDistributionConfiguration {
  const { description, imageTags: tags, name } = props;
  const output = { name: props.imageName ?? `${name}-{{ imagebuilder:buildDate }}`, description, tags };
  return new ImagebuilderDistributionConfiguration(distribution, "Resource", {
    name,
    description,
    distribution: destinations.map((destination) => distributionOf(destination, output)),
    dependsOn: makersOf(distribution, ...destinations.map(({ key }) => key)),
  });
}

function distributionProtection(site: Site, destinations: readonly ImageDestination[]): ProtectionModel {
  return {
    protection: {
      mechanism: "EC2 Image Builder distribution",
      copiesFrom: site.region,
      copiesIn: destinations.map(({ key }) => key.region).filter((region) => region !== site.region),
      loss: {
        basis: "unknown",
        source: "https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-distribution-settings.html",
        note: "AWS publishes no time a distribution takes; an image that was built and not yet distributed is lost with its region",
      },
    },
    recovery: [],
    evidence: [],
  };
}
