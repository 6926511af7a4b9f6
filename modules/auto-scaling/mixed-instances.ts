import { AutoscalingGroupMixedInstancesPolicy } from "@cdktf/provider-aws/lib/autoscaling-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { checkName, inRange, refuse } from "../core";
import { MAX_INSTANCES } from "../aws-values";
import { refuseRepeated } from "../site";
import { Image } from "./image";
import { INSTANCE_TYPE } from "./names";

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplate.html */
const LIMITS = { types: 40, weight: 999 };

/** Families whose first letter after the generation is a `g`, and the first one of all, have AWS's Graviton processors. */
const GRAVITON = /^(a1|[a-z]+\d+g[a-z]*)\./;

const DEFAULTS = {
  onDemandAllocation: "prioritized", // in the order given, which is AWS's default too
  spotAllocation: "price-capacity-optimized", // what AWS recommends; its API would look at the price alone
} as const;

/** How much of a group runs on Spot, which costs less and is taken back with two minutes' warning. */
export interface SpotInstances {
  /** On-Demand capacity that the site must always have; only capacity above it can be Spot. */
  readonly onDemandBase: number;
  /**
   * Which pools Spot instances come from.
   *
   * @default "price-capacity-optimized"
   */
  readonly allocation?:
    "capacity-optimized" | "capacity-optimized-prioritized" | "lowest-price" | "price-capacity-optimized";
  /**
   * Share of the capacity above the base that is on demand, in percent.
   *
   * @default 0
   */
  readonly onDemandPercent?: number;
}

/** Several instance types in one group. If a zone lacks capacity of one type, the group starts another type. */
export interface MixedInstances {
  /** Types that the group may start in addition to `instanceType`, at most 39, most wanted first. All need the image's architecture. */
  readonly instanceTypes: readonly string[];
  /**
   * Which type goes first on demand: the one named first, or the cheapest.
   *
   * @default "prioritized"
   */
  readonly onDemandAllocation?: "lowest-price" | "prioritized";
  /**
   * Spot instances in addition to On-Demand Instances.
   *
   * @default - all are on demand
   */
  readonly spot?: SpotInstances;
  /**
   * Units of capacity by instance type, 1 to 999, for every type of the group. Floor, number and ceiling count them instead of
   * instances.
   *
   * @default - each instance counts as one
   */
  readonly weights?: Readonly<Record<string, number>>;
}

export function checkMixedInstances(scope: IConstruct, instanceType: string, mixed: MixedInstances): void {
  const types = [instanceType, ...mixed.instanceTypes];
  inRange(scope, "number of mixedInstances.instanceTypes", mixed.instanceTypes.length, 1, LIMITS.types - 1);
  mixed.instanceTypes.forEach((type) => checkName(scope, "mixedInstances.instanceTypes", type, INSTANCE_TYPE));
  refuseRepeated(scope, "instanceType and mixedInstances.instanceTypes", types);
  refuseTwoArchitectures(scope, types);
  if (mixed.weights !== undefined) checkWeights(scope, types, mixed.weights);
  if (mixed.spot !== undefined) checkSpot(scope, mixed.spot);
}

/**
 * Architecture in the names of the parameters that AWS keeps of its own images: a word between slashes or hyphens. The names of your own
 * parameters follow no rule.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
 */
const AWS_IMAGE = /^resolve:ssm:\/aws\/service\/.*[/-](arm64|x86_64|amd64)([/:-]|$)/;

/** Refuses a type that cannot start from the image, if both names contain the architecture. */
export function refuseOtherArchitecture(scope: IConstruct, { id }: Image, instanceType: string): void {
  const architecture = AWS_IMAGE.exec(id)?.[1];
  if (architecture === undefined || (architecture === "arm64") === GRAVITON.test(instanceType)) return;
  const processor = architecture === "arm64" ? "no Arm processor" : "an Arm processor";
  refuse(
    scope,
    "ArchitecturesDiffer",
    `'${instanceType}' has ${processor}, and the image is of ${architecture}, got '${id.slice("resolve:ssm:".length)}'`,
    "choose a type of the image's architecture, or the image of the type's",
  );
}

function refuseTwoArchitectures(scope: IConstruct, types: readonly string[]): void {
  const arm = types.find((type) => GRAVITON.test(type));
  const other = types.find((type) => !GRAVITON.test(type));
  if (arm !== undefined && other !== undefined) {
    refuse(scope, "ArchitecturesDiffer", `'${arm}' has an Arm processor and '${other}' has not, and the image is one`);
  }
}

function checkWeights(scope: IConstruct, types: readonly string[], weights: Readonly<Record<string, number>>): void {
  const [named, wanted] = [Object.keys(weights).sort().join(", "), [...types].sort().join(", ")];
  if (named !== wanted) {
    refuse(
      scope,
      "MissingSetting",
      `'mixedInstances.weights' must name every type of the group, got ${named}, allowed ${wanted}`,
      "give each type a weight, or none",
    );
  }
  for (const [type, weight] of Object.entries(weights)) {
    inRange(scope, `mixedInstances.weights of ${type}`, weight, 1, LIMITS.weight);
  }
}

function checkSpot(scope: IConstruct, { onDemandBase, onDemandPercent = 0 }: SpotInstances): void {
  inRange(scope, "mixedInstances.spot.onDemandBase", onDemandBase, 0, MAX_INSTANCES);
  inRange(scope, "mixedInstances.spot.onDemandPercent", onDemandPercent, 0, 100);
  if (onDemandBase === 0 && onDemandPercent === 0) {
    refuse(
      scope,
      "OnlySpot",
      "'mixedInstances.spot' leaves nothing on demand, got 'onDemandBase' 0 and 'onDemandPercent' 0",
    );
  }
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html */
export function mixedInstancesPolicy(
  instanceType: string,
  mixed: MixedInstances,
  template: LaunchTemplate,
): AutoscalingGroupMixedInstancesPolicy {
  const { spot, weights } = mixed;
  return {
    instancesDistribution: {
      onDemandAllocationStrategy: mixed.onDemandAllocation ?? DEFAULTS.onDemandAllocation,
      onDemandBaseCapacity: spot?.onDemandBase ?? 0,
      onDemandPercentageAboveBaseCapacity: spot === undefined ? 100 : (spot.onDemandPercent ?? 0),
      spotAllocationStrategy: spot?.allocation ?? DEFAULTS.spotAllocation,
    },
    launchTemplate: {
      launchTemplateSpecification: {
        launchTemplateId: template.id,
        version: Token.asString(template.latestVersion),
      },
      override: [instanceType, ...mixed.instanceTypes].map((type) => ({
        instanceType: type,
        weightedCapacity: weights && String(weights[type]),
      })),
    },
  };
}
