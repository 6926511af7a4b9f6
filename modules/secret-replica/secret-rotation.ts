import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { Construct, IConstruct } from "constructs";
import { inRange, refuse } from "../core";
import { refuseForeignArn } from "../site";
import { SecretValue } from "./secret-value";

/** How a secret is given new values by a function. */
export interface Rotation {
  /**
   * ARN of the function of the home's region that rotates; its resource policy must let `secretsmanager` invoke it. Replicas get what it
   * writes.
   */
  readonly functionArn: string;
  /**
   * Days between rotations, 1 to 1000.
   *
   * @default 30
   */
  readonly everyDays?: number;
  /**
   * Rotates as soon as rotation is switched on or changed, and not only at the next date.
   *
   * @default true
   */
  readonly immediately?: boolean;
}

/**
 * Refuses a rotation together with a generated value. Secrets Manager drops old versions, and Terraform would then overwrite the rotated
 * value with its own.
 */
export function checkRotation(scope: IConstruct, { everyDays = 30, functionArn }: Rotation, value: SecretValue): void {
  refuseForeignArn(scope, "rotation.functionArn", functionArn, ["lambda"]);
  inRange(scope, "rotation.everyDays", everyDays, 1, 1_000);
  if (value.generated !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      "'rotation' is set and Terraform generates the value",
      "apply it once without 'rotation', then set 'value' to writtenElsewhere(): the first password stays until it is rotated",
    );
  }
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html */
export function rotate(scope: Construct, secret: SecretsmanagerSecret, rotation: Rotation): void {
  new SecretsmanagerSecretRotation(scope, "Rotation", {
    secretId: secret.id,
    rotationLambdaArn: rotation.functionArn,
    rotateImmediately: rotation.immediately ?? true,
    rotationRules: { automaticallyAfterDays: rotation.everyDays ?? 30 },
  });
}
