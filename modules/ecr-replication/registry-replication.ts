import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration";
import { Construct, IConstruct } from "constructs";
import {
  checkName,
  claimName,
  declareProtection,
  Duration,
  inRange,
  makersOf,
  ProtectionModel,
  refuse,
  refuseForeignPartition,
} from "../core";
import { refuseRepeated, Site } from "../site";
import { REPLICATION_CONFIGURATION, REPOSITORY_PREFIX } from "./names";
import { RegistryRef, registryRef } from "./registry-ref";
import { checkProps } from "./shapes";

const PAGE = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html";

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html */
const LIMITS = { rules: 10, destinations: 25, filters: 100 };

/** Selects the images of a registry to copy, and their destinations. */
export interface ImageReplicationRule {
  /** Registries that receive copies: {@link RegistryReplication.refOf}, or the `ref` of a {@link RegistryPolicy}. */
  readonly destinations: readonly RegistryRef[];
  /**
   * Beginnings of the names of the repositories that are copied, for example `orders/`.
   *
   * @default - every repository
   */
  readonly repositoryPrefixes?: readonly string[];
}

export interface RegistryReplicationProps {
  /** At most 10, with 25 different destinations among them. */
  readonly rules: readonly ImageReplicationRule[];
}

/**
 * Copies what is pushed to the registry of a site into the registries of other sites.
 *
 * A registry has one such configuration in each region, so this construct holds all of its rules. Amazon ECR copies only images that are
 * pushed afterwards. Create it before the first push, and push older images again. A copy is not copied on, so two sites may replicate into
 * each other. Deletions are not copied. If an immutable repository has the tag already, a copy arrives without it.
 *
 * Site: the one builds push to; for failback in each of the others too.
 * While the other site is dark: pushes work. AWS does not say that they are copied later: look, or push again.
 * On failover: nothing happens; the images are there, and builds push to the registry of the site that took over.
 * Cost: the transfer between regions of each image, and its storage in each.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export class RegistryReplication extends Construct {
  /** The registry of an account in a region. AWS creates it. */
  static refOf(at: { readonly region: string; readonly account: string }): RegistryRef {
    return registryRef("RegistryReplication.refOf", at);
  }

  readonly resource: EcrReplicationConfiguration;

  constructor(scope: Construct, id: string, props: RegistryReplicationProps) {
    super(scope, id);
    checkProps(this, "RegistryReplicationProps", props);
    const { rules } = props;
    const site = Site.of(this);
    checkRules(this, rules);
    claimName(this, REPLICATION_CONFIGURATION, site.account, site);

    this.resource = new EcrReplicationConfiguration(this, "Resource", {
      replicationConfiguration: { rule: rules.map(renderRule) },
      dependsOn: makersOf(this, ...destinationsOf(rules)),
    });
    declareProtection(this, replicationProtection(site, destinationsOf(rules)));
  }
}

function renderRule({ destinations, repositoryPrefixes }: ImageReplicationRule) {
  return {
    destination: destinations.map((destination) => ({ region: destination.region, registryId: destination.account })),
    repositoryFilter: repositoryPrefixes?.map((filter) => ({ filter, filterType: "PREFIX_MATCH" })),
  };
}

function destinationsOf(rules: readonly ImageReplicationRule[]): readonly RegistryRef[] {
  return rules.flatMap(({ destinations }) => destinations);
}

function checkRules(scope: IConstruct, rules: readonly ImageReplicationRule[]): void {
  inRange(scope, "number of rules", rules.length, 1, LIMITS.rules);
  for (const { destinations, repositoryPrefixes = [] } of rules) {
    inRange(scope, "number of destinations of a rule", destinations.length, 1, LIMITS.destinations);
    inRange(scope, "number of repositoryPrefixes of a rule", repositoryPrefixes.length, 0, LIMITS.filters);
    destinations.forEach((destination) => checkDestination(scope, destination));
    repositoryPrefixes.forEach((prefix) => checkName(scope, "repositoryPrefixes", prefix, REPOSITORY_PREFIX));
    refuseRepeated(scope, "rules.destinations", destinations.map(place));
    refuseRepeated(scope, "rules.repositoryPrefixes", repositoryPrefixes);
  }
  const places = new Set(destinationsOf(rules).map(place));
  inRange(scope, "number of destinations of all rules", places.size, 1, LIMITS.destinations);
}

function checkDestination(scope: IConstruct, { region, account }: RegistryRef): void {
  const site = Site.of(scope);
  refuseForeignPartition(scope, site.region, region);
  if (region === site.region && account === site.account) {
    refuse(scope, "ReplicaInSourceRegion", `a registry is not copied into itself, got '${region}' of '${account}'`);
  }
}

function place({ region, account }: RegistryRef): string {
  return `${region} of ${account}`;
}

/** Amazon ECR publishes no metric of replication: a drill asks `ecr:DescribeImageReplicationStatus` of an image. */
function replicationProtection(site: Site, destinations: readonly RegistryRef[]): ProtectionModel {
  return {
    protection: {
      mechanism: "Amazon ECR private image replication",
      copiesFrom: site.region,
      copiesIn: [...new Set(destinations.map(({ region }) => region))],
      loss: {
        value: Duration.minutes(30),
        basis: "typical",
        source: PAGE,
        note: "most images take less, in rare cases one takes longer; what was pushed before the rule is not copied",
      },
    },
    recovery: [],
    evidence: [],
  };
}
