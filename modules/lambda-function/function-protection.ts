import { Duration, Evidence, Figure, ProtectionModel, RecoveryStep } from "../core";
import { Site } from "../site";
import { FunctionRef } from "./function-ref";
import { ProvisionedConcurrency, SCALABLE, scalableResourceId } from "./provisioned-concurrency";

const TO_PROVISION: Figure = {
  basis: "unknown",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html",
  note: "AWS publishes no time, and no promise that the region has the capacity; requests are answered meanwhile, after a cold start",
};

/** Protection that a function reports. */
export function functionProtection(
  site: Site,
  ref: FunctionRef,
  provisioned: ProvisionedConcurrency | undefined,
): ProtectionModel {
  return {
    protection: {
      mechanism: "AWS Lambda function of its own in each site",
      copiesIn: [site.siteName],
      loss: {
        value: Duration.seconds(0),
        basis: "configured",
        source: "https://docs.aws.amazon.com/lambda/latest/dg/security-resilience.html",
        note: "a function keeps nothing; asynchronous events that wait in the other site are not copied",
      },
    },
    recovery: provisioned === undefined || provisioned.active ? [] : [raise(ref, provisioned)],
    evidence: [countOf(ref, "Errors"), countOf(ref, "Throttles")],
  };
}

/** If a standby scales its instances, a failover raises their minimum, because instances above the minimum would be scaled in again. */
function raise(ref: FunctionRef, provisioned: ProvisionedConcurrency): RecoveryStep {
  const { activeConcurrency, scaling, standbyConcurrency = 0 } = provisioned;
  if (scaling === undefined || standbyConcurrency === 0) return provision(ref, provisioned);
  return {
    title: "raise the floor of the function's initialised instances",
    call: "application-autoscaling:RegisterScalableTarget",
    parameters: {
      ServiceNamespace: SCALABLE.serviceNamespace,
      ScalableDimension: SCALABLE.scalableDimension,
      ResourceId: scalableResourceId(ref),
      MinCapacity: activeConcurrency,
      MaxCapacity: scaling.max,
    },
    duration: TO_PROVISION,
    undo: `RegisterScalableTarget with MinCapacity ${standbyConcurrency}`,
  };
}

function provision(
  { name, aliasName }: FunctionRef,
  { activeConcurrency, standbyConcurrency = 0 }: ProvisionedConcurrency,
): RecoveryStep {
  return {
    title: "keep instances of the function initialised",
    call: "lambda:PutProvisionedConcurrencyConfig",
    parameters: { FunctionName: name, Qualifier: aliasName, ProvisionedConcurrentExecutions: activeConcurrency },
    duration: TO_PROVISION,
    undo:
      standbyConcurrency === 0
        ? "DeleteProvisionedConcurrencyConfig"
        : `PutProvisionedConcurrencyConfig with ${standbyConcurrency}`,
  };
}

/**
 * A metric of the alias's invocations.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function countOf(ref: FunctionRef, metric: "Errors" | "Throttles"): Evidence {
  return {
    title: `${metric.toLowerCase()} of ${ref.name}`,
    namespace: "AWS/Lambda",
    metric,
    dimensions: aliasDimensions(ref),
    statistic: "Sum",
    unit: "Count",
    region: ref.region,
  };
}

/** How long records wait in a stream before the function gets them. */
export function iteratorAgeOf(ref: FunctionRef): Evidence {
  return {
    title: `age of what ${ref.name} reads from streams`,
    namespace: "AWS/Lambda",
    metric: "IteratorAge",
    dimensions: aliasDimensions(ref),
    statistic: "Maximum",
    unit: "Milliseconds",
    region: ref.region,
  };
}

function aliasDimensions({ name, aliasName }: FunctionRef): Readonly<Record<string, string>> {
  return { FunctionName: name, Resource: `${name}:${aliasName}` };
}
