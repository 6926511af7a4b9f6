import { Construct } from "constructs";
import { Duration, isKnown, plain, refuse } from "../core";
import { ServerlessV2Scaling } from "./cluster-props";
import { AURORA, AuroraVersion } from "./engine";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html */
const ACU = { fewest: 0, most: 256, leastMost: 1, step: 0.5 };

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html */
const PAUSE = { shortest: Duration.minutes(5), longest: Duration.days(1) };

/** Refuses a range that AWS would. Whether the cluster pauses depends on `minAcu`, so it must be known. */
export function checkScaling(scope: Construct, scaling: ServerlessV2Scaling, version: AuroraVersion): void {
  const { minAcu, maxAcu } = scaling;
  checkAcu(scope, "serverlessV2Scaling.minAcu", plain(scope, "serverlessV2Scaling.minAcu", minAcu), ACU.fewest);
  checkAcu(scope, "serverlessV2Scaling.maxAcu", maxAcu, ACU.leastMost);
  if (isKnown(maxAcu) && minAcu > maxAcu) {
    refuse(scope, "SettingOutOfRange", `'minAcu' must not be more than 'maxAcu', got ${minAcu} and ${maxAcu}`);
  }
  if (minAcu === 0 && !version.has("autoPause")) {
    refuse(
      scope,
      "NotInEngineVersion",
      `'minAcu' is 0, and this version of ${AURORA[version.engine].name} never pauses`,
    );
  }
  checkPause(scope, scaling);
}

function checkAcu(scope: Construct, property: string, value: number, fewest: number): void {
  if (!isKnown(value)) return;
  if (!Number.isInteger(value / ACU.step) || value < fewest || value > ACU.most) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'${property}' must be ${fewest} to ${ACU.most} in steps of ${ACU.step}, got ${value}`,
    );
  }
}

function checkPause(scope: Construct, { minAcu, pauseAfter }: ServerlessV2Scaling): void {
  if (pauseAfter === undefined) return;
  if (minAcu > 0) {
    refuse(
      scope,
      "ConflictingSettings",
      `'pauseAfter' is given, and 'minAcu' is ${minAcu}: only at 0 an instance pauses`,
    );
  }
  if (PAUSE.shortest.isLongerThan(pauseAfter) || pauseAfter.isLongerThan(PAUSE.longest)) {
    const range = `${PAUSE.shortest.toString()} to ${PAUSE.longest.toString()}`;
    refuse(scope, "SettingOutOfRange", `'pauseAfter' must be ${range}, got ${pauseAfter.toString()}`);
  }
}

/** The configuration of the cluster; the pause is written out, for AWS reports its default. */
export function scalingConfig({ minAcu, maxAcu, pauseAfter = PAUSE.shortest }: ServerlessV2Scaling) {
  return {
    minCapacity: minAcu,
    maxCapacity: maxAcu,
    ...(minAcu === 0 && { secondsUntilAutoPause: pauseAfter.inSeconds }),
  };
}
