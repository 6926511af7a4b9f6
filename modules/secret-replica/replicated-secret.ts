import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { Construct, IConstruct } from "constructs";
import { checkAccount, declareProtection, inRange, madeBy, makersOf } from "../core";
import { KeyRef } from "../kms-keys";
import { refuseForeignAccount, refuseKeyOfRegion, refuseRepeated, Site } from "../site";
import { secretProtection } from "./replication-model";
import { secretPolicy, SecretPolicySettings } from "./secret-policy";
import { SecretRef, secretRef, SecretRefProps, storedBy } from "./secret-ref";
import { claimSecretName, inOrder, RECOVERY_WINDOW_DAYS } from "./secret-regions";
import { checkRotation, rotate, Rotation } from "./secret-rotation";
import { checkValue, generatedPassword, SecretValue, storeGenerated } from "./secret-value";
import { checkProps } from "./shapes";

export interface ReplicatedSecretProps extends SecretPolicySettings {
  /** Key of this site. */
  readonly key: KeyRef;
  /** Name; the same in every region it is copied to. */
  readonly name: string;
  /** A key of each region that it is copied to. Changing the key of a region recreates its replica. */
  readonly replicas: readonly KeyRef[];
  /** @default - the name */
  readonly description?: string;
  /**
   * Lets Terraform delete the secret, with its replicas.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Lets a failover promote a replica ({@link SecretReplica}), where the value has to change while this region is dark. Terraform then
   * sets the replicas at creation only: it would answer a promotion with another replication, which AWS refuses. To add a region, leave
   * this out for one apply, while no replica is promoted.
   *
   * @default false
   */
  readonly promotable?: boolean;
  /**
   * Days a deleted secret can be restored, 7 to 30.
   *
   * @default 30
   */
  readonly recoveryWindowDays?: number;
  /**
   * Has a function write new values.
   *
   * @default - the value stays
   */
  readonly rotation?: Rotation;
  /**
   * Where the value comes from.
   *
   * @default generatedPassword()
   */
  readonly value?: SecretValue;
}

/**
 * A secret that AWS Secrets Manager copies to other regions of the account under the same name. Each region encrypts it with its own key.
 * Terraform does not store its value. Its policy denies requests without TLS and from other accounts.
 *
 * Replicas are read like any secret and are read-only. Only this secret can change its value or rotate it.
 *
 * Site: the home.
 * While the other site is dark: works; its replica gets new values when it is back.
 * On failover: nothing happens, replicas are read as before; with `promotable` the recovery plan of a site promotes its replica. No later
 *   apply here undoes it.
 * Cost: a secret per region and month, and the requests.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export class ReplicatedSecret extends Construct {
  /** The secret of a name, without creating it. */
  static refOf(at: SecretRefProps): SecretRef {
    return secretRef("ReplicatedSecret.refOf", at);
  }

  /** Points to this secret from anywhere. */
  readonly ref: SecretRef;
  readonly secretName: string;
  readonly resource: SecretsmanagerSecret;

  constructor(scope: Construct, id: string, props: ReplicatedSecretProps) {
    super(scope, id);
    checkProps(this, "ReplicatedSecretProps", props);
    const { value = generatedPassword() } = props;
    const site = Site.of(this);
    const ref = secretRef(this, { ...props, account: site.account });
    checkPlaces(this, props);
    checkSettings(this, props, value);
    claimSecretName(
      this,
      props.name,
      props.replicas.map(({ region }) => region),
    );

    this.resource = createSecret(this, props);
    const policy = new SecretsmanagerSecretPolicy(this, "Policy", {
      secretArn: this.resource.arn,
      policy: secretPolicy(site, props),
      blockPublicPolicy: true,
    });
    const stored = value.generated && storeGenerated(this, this.resource, value.generated);
    if (props.rotation !== undefined) rotate(this, this.resource, props.rotation);

    this.secretName = props.name;
    this.ref = storedBy(madeBy(ref, this.resource, policy, ...(stored === undefined ? [] : [stored])), stored);
    const copiesIn = props.replicas.map(({ region }) => region);
    declareProtection(this, { protection: secretProtection(ref, copiesIn), recovery: [], evidence: [] });
  }

  get secretArn(): string {
    return this.resource.arn;
  }
}

function checkPlaces(scope: IConstruct, { key, replicas }: ReplicatedSecretProps): void {
  refuseKeyOfRegion(scope, "key", key.region);
  for (const { name, account } of [key, ...replicas]) {
    refuseForeignAccount(scope, `the key '${name}'`, account, { code: "ReplicaInOtherAccount" });
  }
  refuseRepeated(
    scope,
    "replicas",
    replicas.map((replica) => replica.region),
  );
}

function checkSettings(scope: IConstruct, props: ReplicatedSecretProps, value: SecretValue): void {
  inRange(scope, "recoveryWindowDays", props.recoveryWindowDays ?? RECOVERY_WINDOW_DAYS, 7, 30);
  checkValue(scope, value);
  if (props.rotation !== undefined) checkRotation(scope, props.rotation, value);
  props.trustedAccounts?.forEach((account) => checkAccount(scope, account));
}

function createSecret(secret: ReplicatedSecret, props: ReplicatedSecretProps): SecretsmanagerSecret {
  const { key, promotable, replicas } = props;
  const byRegion = inOrder(replicas.map((replica) => [replica.region, replica.arn] as const));
  return new SecretsmanagerSecret(secret, "Resource", {
    name: props.name,
    description: props.description ?? props.name,
    kmsKeyId: key.arn,
    recoveryWindowInDays: props.recoveryWindowDays ?? RECOVERY_WINDOW_DAYS,
    forceOverwriteReplicaSecret: false, // it would write over what a promoted replica holds
    replica: byRegion.map(([region, kmsKeyId]) => ({ region, kmsKeyId })),
    dependsOn: makersOf(secret, key, ...replicas),
    lifecycle: { preventDestroy: !props.destroyable, ignoreChanges: promotable ? ["replica"] : undefined },
  });
}
