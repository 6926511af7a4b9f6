import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { checkName, inRange, NameRule } from "../core";
import {
  claimSecretName,
  inOrder,
  RECOVERY_WINDOW_DAYS,
  SECRET,
  storedValue,
  storeGenerated,
} from "../secret-replica/internal";
import { checkSiteKey, EphemeralResource } from "../site";
import { checkProps } from "./shapes";

const PASSWORD_LENGTH = 32; // long enough to be safe without punctuation; MySQL allows 41

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const USERNAME: NameRule = {
  what: "master user name",
  min: 1,
  max: 16,
  pattern: /^[A-Za-z][A-Za-z0-9_]*$/,
  allowed: "letters, digits and underscores, beginning with a letter",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
};

/** A copy of a secret in another region of the same account. */
export interface SecretReplica {
  /** Key of that region, as ARN. @default - the region's AWS managed key `aws/secretsmanager` */
  readonly kmsKeyArn?: string;
}

export interface MasterUserSecretProps {
  /** Key of this site, as ARN. */
  readonly kmsKeyArn: string;
  /** Name of the secret, the same in every region it is copied to. */
  readonly name: string;
  /** Name of the master user. It cannot be changed on an instance. */
  readonly username: string;
  /**
   * Lets Terraform delete the secret.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Raise it to generate a new password. The same apply stores it and sets it on the instance.
   *
   * @default 1
   */
  readonly passwordVersion?: number;
  /**
   * Regions to copy the secret to, so that an application there finds it under the same name.
   *
   * @default - none
   */
  readonly replicas?: Readonly<Record<string, SecretReplica>>;
}

/**
 * The master user's name and password in Secrets Manager, in the form RDS itself uses: `{ "username", "password" }`. An
 * ephemeral resource generates the password during an apply. It passes through write-only arguments, so it is in no JSON, plan
 * or state.
 *
 * Every plan reads the secret, so the role that plans needs `secretsmanager:GetSecretValue` on it.
 *
 * Site: the one whose instance has the password set by Terraform.
 * While the other site is dark: works; a copy in another region can be read there without this region.
 * On failover: the copy stays readable; to give the promoted instance another password, create a secret in its own site.
 * Cost: a secret per region and month.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export class MasterUserSecret extends Construct {
  readonly secretName: string;
  readonly username: string;
  /** Raised for a new password. */
  readonly passwordVersion: number;
  readonly resource: SecretsmanagerSecret;
  private readonly stored: EphemeralResource;

  constructor(scope: Construct, id: string, props: MasterUserSecretProps) {
    super(scope, id);
    checkProps(this, "MasterUserSecretProps", props);
    checkSecret(this, props);
    this.passwordVersion = inRange(this, "passwordVersion", props.passwordVersion ?? 1, 1, 1_000_000);
    this.secretName = props.name;
    this.username = checkName(this, "username", props.username, USERNAME);

    this.resource = createSecret(this, props);
    const version = storeGenerated(this, this.resource, {
      fields: { username: this.username },
      length: PASSWORD_LENGTH,
      version: this.passwordVersion,
    });
    this.stored = readPassword(this, version);
  }

  get secretArn(): string {
    return this.resource.arn;
  }

  /** The password, for a write-only argument of the same stack and nothing else: Terraform refuses it anywhere it would last. */
  get password(): string {
    return storedValue(this.stored, "password");
  }
}

function checkSecret(secret: MasterUserSecret, props: MasterUserSecretProps): void {
  const name = checkName(secret, "name", props.name, SECRET);
  checkSiteKey(secret, "kmsKeyArn", props.kmsKeyArn);
  claimSecretName(secret, name, Object.keys(props.replicas ?? {}));
}

function createSecret(secret: MasterUserSecret, props: MasterUserSecretProps): SecretsmanagerSecret {
  const replicas = inOrder(Object.entries(props.replicas ?? {}));
  return new SecretsmanagerSecret(secret, "Resource", {
    name: props.name,
    description: `Master user ${props.username}`,
    kmsKeyId: props.kmsKeyArn,
    recoveryWindowInDays: RECOVERY_WINDOW_DAYS,
    forceOverwriteReplicaSecret: false,
    replica: replicas.map(([region, { kmsKeyArn }]) => ({ region, kmsKeyId: kmsKeyArn })),
    lifecycle: { preventDestroy: !props.destroyable },
  });
}

/** Read back through the secret, not from the generator: both stay equal even when an apply stops half way. */
function readPassword(secret: MasterUserSecret, version: SecretsmanagerSecretVersion): EphemeralResource {
  return new EphemeralResource(secret, "Stored", {
    type: "aws_secretsmanager_secret_version",
    arguments: { secret_id: version.secretId },
  });
}
