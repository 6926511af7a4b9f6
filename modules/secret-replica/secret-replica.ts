import { Construct } from "constructs";
import { declareProtection, refuse } from "../core";
import { Site } from "../site";
import { promotion, secretProtection } from "./replication-model";
import { requireSecretIn, SecretRef, SiteSecret } from "./secret-ref";
import { checkProps } from "./shapes";

export interface SecretReplicaProps {
  /** The secret, at home in another region: `secret.ref`, or `ReplicatedSecret.refOf`. */
  readonly secret: SecretRef;
  /**
   * Says that the replica has been promoted: there is nothing left to promote.
   *
   * @default false
   */
  readonly promoted?: boolean;
}

/**
 * The replica of a secret whose home is another site. It knows the name in this site and the step that makes the replica writable in a
 * failover.
 *
 * It creates no resource. Secrets Manager creates the replica when the home is applied, and copies its value, its tags and its policy.
 *
 * Site: every site that the secret is copied to.
 * While the other site is dark: works; the replica is read here with this region's key.
 * On failover: nothing happens; if the secret is `promotable`, the recovery plan promotes the replica.
 * Cost: none of its own; the replica's is the secret's.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/standalone-secret.html
 */
export class SecretReplica extends Construct {
  /** The secret as this site has it. */
  readonly ref: SiteSecret;

  constructor(scope: Construct, id: string, props: SecretReplicaProps) {
    super(scope, id);
    checkProps(this, "SecretReplicaProps", props);
    const { promoted = false, secret } = props;
    const { region, siteName } = Site.of(this);
    this.ref = requireSecretIn(this, secret);
    if (secret.region === region) {
      refuse(
        this,
        "WrongSite",
        `the secret '${secret.name}' is at home in '${region}'`,
        "create it under a Site the secret is copied to",
      );
    }

    declareProtection(this, {
      protection: secretProtection(secret, [siteName]),
      recovery: secret.promotable && !promoted ? [promotion(secret)] : [],
      evidence: [],
    });
  }
}
