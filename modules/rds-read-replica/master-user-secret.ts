import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, IResolvable, propertyAccess, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { checkName, claimName, inRange, NameRule, partitionOf, refuse, refuseForeignPartition } from "../core";
import { Site } from "../site";
import { checkSiteKey } from "./database-ref";
import { EphemeralResource } from "./ephemeral-resource";

/** Long enough to be safe without punctuation, which connection strings would have to escape; MySQL allows 41. */
const PASSWORD = { password_length: 32, exclude_punctuation: true, require_each_included_type: true };

const RECOVERY_WINDOW_DAYS = 30; // Secrets Manager's longest, and the provider's default

/** Terraform and OpenTofu know write-only arguments from here on. */
const TERRAFORM = ">= 1.11.0";

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const SECRET: NameRule = {
  what: "secret name",
  min: 1,
  max: 512,
  pattern: /^(?!.*-[A-Za-z0-9]{6}$)[A-Za-z0-9/_+=.@-]+$/,
  allowed: "letters, digits and any of /_+=.@-, not ending in a hyphen and six characters",
  unique: "region",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html",
};

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
   * Raise it to have a new password made, stored, and set on the instance by the same apply.
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
 * The master user's name and password in Secrets Manager, in the form RDS itself uses: `{ "username", "password" }`. The password
 * is made during an apply by an ephemeral resource, and passes through write-only arguments: it is in no JSON, plan or state.
 *
 * Every plan reads the secret, so who plans needs `secretsmanager:GetSecretValue` on it.
 *
 * Site: the one whose instance has the password set by Terraform.
 * While the other site is dark: works; a copy in another region can be read there without this region.
 * On failover: the copy stays readable; to give the promoted instance another password, make a secret in its own site.
 * Cost: a secret per region and month.
 *
 * @throws OutsideSite, InvalidName, NameTaken, InvalidArn, KeyInOtherRegion, SettingOutOfRange, UnknownRegion, ForeignPartition,
 *   ReplicaInSourceRegion
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export class MasterUserSecret extends Construct {
  readonly secretArn: string;
  readonly secretName: string;
  readonly username: string;
  /** Raised for a new password. */
  readonly passwordVersion: number;
  readonly resource: SecretsmanagerSecret;
  private readonly stored: EphemeralResource;

  constructor(scope: Construct, id: string, props: MasterUserSecretProps) {
    super(scope, id);
    checkSecret(this, props);
    this.passwordVersion = inRange(this, "passwordVersion", props.passwordVersion ?? 1, 1, 1_000_000);
    this.secretName = props.name;
    this.username = checkName(this, "username", props.username, USERNAME);

    this.resource = createSecret(this, props);
    const version = storePassword(this);
    this.stored = readPassword(this, version);
    this.secretArn = this.resource.arn;
    TerraformStack.of(this).addOverride("terraform.required_version", TERRAFORM);
  }

  /** The password, for a write-only argument of the same stack and nothing else: Terraform refuses it anywhere it would last. */
  get password(): string {
    const secret = Fn.jsondecode(this.stored.attribute("secret_string")) as IResolvable;
    return Token.asString(propertyAccess(secret, ["password"]));
  }
}

function checkSecret(secret: MasterUserSecret, props: MasterUserSecretProps): void {
  const site = Site.of(secret);
  const name = checkName(secret, "name", props.name, SECRET);
  checkSiteKey(secret, "kmsKeyArn", props.kmsKeyArn);
  claimName(secret, SECRET, name, site);
  for (const region of Object.keys(props.replicas ?? {})) {
    refuseForeignPartition(secret, site.region, region);
    if (region === site.region) {
      refuse(secret, "ReplicaInSourceRegion", `'replicas' must name other regions, got the secret's own '${region}'`);
    }
    claimName(secret, SECRET, name, { partition: partitionOf(secret, region), account: site.account, region });
  }
}

function createSecret(secret: MasterUserSecret, props: MasterUserSecretProps): SecretsmanagerSecret {
  const replicas = Object.entries(props.replicas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
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

function storePassword(secret: MasterUserSecret): SecretsmanagerSecretVersion {
  const made = new EphemeralResource(secret, "Password", {
    type: "aws_secretsmanager_random_password",
    arguments: PASSWORD,
  });
  return new SecretsmanagerSecretVersion(secret, "Version", {
    secretId: secret.resource.id,
    secretStringWo: Fn.jsonencode({ username: secret.username, password: made.attribute("random_password") }),
    secretStringWoVersion: secret.passwordVersion,
  });
}

/** Read back through the secret, not from the generator: both stay equal even when an apply stops half way. */
function readPassword(secret: MasterUserSecret, version: SecretsmanagerSecretVersion): EphemeralResource {
  return new EphemeralResource(secret, "Stored", {
    type: "aws_secretsmanager_secret_version",
    arguments: { secret_id: version.secretId },
  });
}
