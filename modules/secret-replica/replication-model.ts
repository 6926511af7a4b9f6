import { Figure, Protection, RecoveryStep } from "../core";
import { SecretRef } from "./secret-ref";

const UNKNOWN: Figure = {
  basis: "unknown",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html",
  note: "AWS publishes no time a new value takes to reach a replica",
};

/** How a secret's values are copied. */
export function secretProtection({ region }: SecretRef, copiesIn: readonly string[]): Protection {
  return {
    mechanism: "Secrets Manager multi-Region replication",
    copiesFrom: region,
    copiesIn,
    loss: UNKNOWN,
  };
}

/**
 * Makes a replica a secret of its own, which can be written to.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/standalone-secret.html
 */
export function promotion({ name, region }: SecretRef): RecoveryStep {
  return {
    title: `promote the replica of the secret ${name}`,
    call: "secretsmanager:StopReplicationToReplica",
    parameters: { SecretId: name },
    duration: { ...UNKNOWN, note: "AWS publishes no time; the value can be read throughout" },
    undo: `in ${region}, ReplicateSecretToRegions with ForceOverwriteReplicaSecret: what was written here is lost`,
  };
}
