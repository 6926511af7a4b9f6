import { ImagebuilderDistributionConfigurationDistribution } from "@cdktf/provider-aws/lib/imagebuilder-distribution-configuration";
import { IConstruct } from "constructs";
import { checkAccount, checkName, claimName, parseArn, refuse, refuseForeignPartition } from "../core";
import { KeyRef } from "../kms-keys";
import { OWN_PARAMETER, parameterRef } from "../parameter-copies/internal";
import { refuseRepeated, Site } from "../site";
import { refuseOwnAccount } from "./image-sharing";

/** Where a built image goes. */
export interface ImageDestination {
  /** Key of the site the image goes to: it says which region that is, and encrypts the copy. */
  readonly key: KeyRef;
  /**
   * Accounts that may start instances from the copy, which stays this account's. The key must let them use it.
   *
   * @default - none
   */
  readonly launchAccounts?: readonly string[];
  /**
   * ARNs of organizations whose accounts may start instances from the copy.
   *
   * @default - none
   */
  readonly launchOrganizationArns?: readonly string[];
  /**
   * Parameter that says the copy's id in the region, and in each of `targetAccounts` there: `/orders/api/ami`.
   *
   * @default - none
   */
  readonly parameter?: string;
  /**
   * Accounts that get a copy of their own. Each needs the role `EC2ImageBuilderDistributionCrossAccountRole`, and may use the key.
   *
   * @default - none
   */
  readonly targetAccounts?: readonly string[];
}

/** Settings of every copy of an image. */
export interface OutputImage {
  readonly name: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export function checkDestinations(scope: IConstruct, destinations: readonly ImageDestination[]): void {
  const { region: own } = Site.of(scope);
  const regions = destinations.map(({ key }) => key.region);
  regions.forEach((region) => refuseForeignPartition(scope, own, region));
  refuseRepeated(scope, "destinations", regions);
  destinations.forEach((destination) => checkDestination(scope, destination));
}

function checkDestination(scope: IConstruct, destination: ImageDestination): void {
  const { key, launchAccounts = [], launchOrganizationArns = [], parameter, targetAccounts = [] } = destination;
  refuseOwnAccount(scope, "launchAccounts", launchAccounts);
  refuseOwnAccount(scope, "targetAccounts", targetAccounts);
  refuseRepeated(scope, "launchOrganizationArns", launchOrganizationArns);
  for (const arn of launchOrganizationArns) {
    const { service, resource } = parseArn(scope, "launchOrganizationArns", arn);
    if (service !== "organizations" || !resource.startsWith("organization/")) {
      refuse(scope, "InvalidArn", `'launchOrganizationArns' must be ARNs of organizations, got '${arn}'`);
    }
  }
  if (parameter !== undefined) {
    checkName(scope, "parameter", parameter, OWN_PARAMETER);
    for (const { region, account } of parameterPlaces(scope, destination)) {
      claimName(scope, OWN_PARAMETER, parameter, { partition: Site.of(scope).partition, region, account });
    }
  }
  checkAccount(scope, key.account);
}

function parameterPlaces(scope: IConstruct, { key, targetAccounts = [] }: ImageDestination) {
  return [Site.of(scope).account, ...targetAccounts].map((account) => ({ region: key.region, account }));
}

/** ARNs of the parameters that a build writes. */
export function parameterArns(scope: IConstruct, destinations: readonly ImageDestination[]): readonly string[] {
  return destinations.flatMap((destination) => {
    const { parameter: name } = destination;
    if (name === undefined) return [];
    return parameterPlaces(scope, destination).map((place) => parameterRef(scope, { name, ...place }).arn);
  });
}

export function distributionOf(
  destination: ImageDestination,
  { name, description, tags }: OutputImage,
): ImagebuilderDistributionConfigurationDistribution {
  const { key, launchAccounts, launchOrganizationArns, parameter, targetAccounts } = destination;
  const isLaunched = launchAccounts !== undefined || launchOrganizationArns !== undefined;
  return {
    region: key.region,
    amiDistributionConfiguration: {
      name,
      description,
      amiTags: tags,
      kmsKeyId: key.arn,
      targetAccountIds: targetAccounts && [...targetAccounts],
      launchPermission: isLaunched
        ? {
            userIds: launchAccounts && [...launchAccounts],
            organizationArns: launchOrganizationArns && [...launchOrganizationArns],
          }
        : undefined,
    },
    ssmParameterConfiguration: parameter === undefined ? undefined : parametersOf(parameter, targetAccounts ?? []),
  };
}

/** One in the account of the build, and one in each account that gets a copy of its own. */
function parametersOf(parameterName: string, targetAccounts: readonly string[]) {
  const common = { parameterName, dataType: "aws:ec2:image" };
  return [common, ...targetAccounts.map((amiAccountId) => ({ ...common, amiAccountId }))];
}
