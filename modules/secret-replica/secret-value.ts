import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, IResolvable, propertyAccess, Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { inRange, refuse } from "../core";
import { EphemeralResource } from "../site";

const DEFAULTS = { length: 32, passwordField: "password", version: 1 };

/** A password that Secrets Manager makes. */
export interface GeneratedPassword {
  /**
   * Characters that a password must not have, in addition to punctuation.
   *
   * @default - none
   */
  readonly excludeCharacters?: string;
  /**
   * Further fields of the secret's JSON, such as a user name. They are in the synthesised JSON, so none may be secret.
   *
   * @default - the secret is the password, and no JSON
   */
  readonly fields?: Readonly<Record<string, string>>;
  /**
   * Characters of the password, 8 to 4096.
   *
   * @default 32
   */
  readonly length?: number;
  /**
   * Field of the JSON that holds the password.
   *
   * @default "password"
   */
  readonly passwordField?: string;
  /**
   * Lets the password hold punctuation, which connection strings have to escape.
   *
   * @default false
   */
  readonly punctuation?: boolean;
  /**
   * Raise it to have a new password made and stored by the next apply.
   *
   * @default 1
   */
  readonly version?: number;
}

/** Where the value of a secret comes from. Made by {@link generatedPassword} or {@link writtenElsewhere}. */
export interface SecretValue {
  /** @default - the value is written outside Terraform */
  readonly generated?: GeneratedPassword;
}

/**
 * A password that an ephemeral resource creates during an apply. It passes through a write-only argument, so no JSON, plan or state
 * contains it.
 */
export function generatedPassword(settings: GeneratedPassword = {}): SecretValue {
  return { generated: settings };
}

/** A value that Terraform neither writes nor reads: a person, an application or a rotation does. */
export function writtenElsewhere(): SecretValue {
  return {};
}

export function checkValue(scope: IConstruct, { generated }: SecretValue): void {
  if (generated === undefined) return;
  const { fields = {}, length = DEFAULTS.length, passwordField = DEFAULTS.passwordField } = generated;
  inRange(scope, "value.length", length, 8, 4_096);
  inRange(scope, "value.version", generated.version ?? DEFAULTS.version, 1, 1_000_000);
  if (Object.keys(fields).includes(passwordField)) {
    const remedy = "give the password another 'passwordField', or leave the field out";
    refuse(scope, "ConflictingSettings", `'value.fields' holds '${passwordField}', the password's own field`, remedy);
  }
}

/** Has a password made and stored: of a site's own, and never seen by Terraform. */
export function storeGenerated(
  scope: Construct,
  secret: SecretsmanagerSecret,
  generated: GeneratedPassword,
): SecretsmanagerSecretVersion {
  const { fields, length = DEFAULTS.length, passwordField = DEFAULTS.passwordField } = generated;
  const made = new EphemeralResource(scope, "Password", {
    type: "aws_secretsmanager_random_password",
    arguments: {
      password_length: length,
      exclude_punctuation: !generated.punctuation,
      require_each_included_type: true,
      ...(generated.excludeCharacters === undefined ? {} : { exclude_characters: generated.excludeCharacters }),
    },
  });
  const password = made.attribute("random_password");
  return new SecretsmanagerSecretVersion(scope, "Version", {
    secretId: secret.id,
    secretStringWo: fields === undefined ? password : Fn.jsonencode({ ...fields, [passwordField]: password }),
    secretStringWoVersion: generated.version ?? DEFAULTS.version,
  });
}

/**
 * Value of a secret, or a field of its JSON. Use it only in a write-only argument, because Terraform refuses it in an argument that it
 * would store.
 */
export function storedValue(stored: EphemeralResource, field?: string): string {
  const text = stored.attribute("secret_string");
  if (field === undefined) return text;
  return Token.asString(propertyAccess(Fn.jsondecode(text) as IResolvable, [field]));
}
