import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { arn, checkName, Statement } from "../core";
import { PARAMETER } from "../parameter-copies/internal";
import { SECRET } from "../secret-replica/internal";
import { refuseForeignArn, Site } from "../site";

/** A secret that a container finds in its environment. Made by {@link secretValue} or {@link parameterValue}. */
export interface Secret {
  readonly service: "secretsmanager" | "ssm";
  /** Its name in the site that uses it, or its ARN. */
  readonly nameOrArn: string;
  /** Key of the secret's JSON. @default - the whole secret */
  readonly jsonKey?: string;
  /** ARN of the key it is encrypted with. @default - the key of the service */
  readonly kmsKeyArn?: string;
}

export interface SecretValueOptions {
  /**
   * Key of the secret's JSON whose value the container gets.
   *
   * @default - the whole secret
   */
  readonly jsonKey?: string;
  /**
   * ARN of the key the secret is encrypted with.
   *
   * @default - the key of the service
   */
  readonly kmsKeyArn?: string;
}

/**
 * A secret of Secrets Manager. A name refers to the secret in the site's region, such as the replica of the active site's secret. The same
 * setting therefore works in every site. A container reads the secret only when it starts.
 *
 * @param nameOrArn its name, the same in every site, or the ARN of one in the site's region
 */
export function secretValue(nameOrArn: string, options: SecretValueOptions = {}): Secret {
  if (!isArn(nameOrArn)) checkName("secretValue", "nameOrArn", nameOrArn, SECRET);
  return { service: "secretsmanager", nameOrArn, ...options };
}

/**
 * A parameter of Systems Manager, of type SecureString or String. Parameters are not replicated: each site keeps its own.
 *
 * @param nameOrArn its name, the same in every site, or the ARN of one in the site's region
 */
export function parameterValue(nameOrArn: string, options: Pick<SecretValueOptions, "kmsKeyArn"> = {}): Secret {
  if (!isArn(nameOrArn)) checkName("parameterValue", "nameOrArn", nameOrArn, PARAMETER);
  return { service: "ssm", nameOrArn, ...options };
}

function isArn(text: string): boolean {
  return Token.isUnresolved(text) || text.startsWith("arn:");
}

export function checkSecret(scope: IConstruct, property: string, { nameOrArn, kmsKeyArn, service }: Secret): void {
  if (isArn(nameOrArn)) refuseForeignArn(scope, property, nameOrArn, [service]);
  if (kmsKeyArn !== undefined) refuseForeignArn(scope, `${property}.kmsKeyArn`, kmsKeyArn, ["kms"]);
}

/** Reference to a secret in a container definition. */
export function valueFrom(site: Site, secret: Secret): string {
  const whole = secretArn(site, secret);
  return secret.jsonKey === undefined ? whole : `${whole}:${secret.jsonKey}::`;
}

/** Secrets Manager finds a secret by its ARN without the six random characters at its end. */
function secretArn({ partition, region, account }: Site, { service, nameOrArn }: Secret): string {
  if (isArn(nameOrArn)) return nameOrArn;
  const resource = service === "ssm" ? `parameter/${nameOrArn.replace(/^\//, "")}` : `secret:${nameOrArn}`;
  return arn({ partition, service, region, account, resource });
}

/**
 * Lets a role read secrets, and decrypt them.
 *
 * @param kmsKeyArn key of those that name none
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function secretStatements(site: Site, secrets: readonly Secret[], kmsKeyArn: string): readonly Statement[] {
  if (secrets.length === 0) return [];
  const ofService = (service: Secret["service"]) => secrets.filter((secret) => secret.service === service);
  const keys = secrets.map((secret) => secret.kmsKeyArn ?? kmsKeyArn);
  return [
    ...readStatement(site, "ReadSecrets", "secretsmanager:GetSecretValue", ofService("secretsmanager")),
    ...readStatement(site, "ReadParameters", "ssm:GetParameters", ofService("ssm")),
    {
      sid: "DecryptSecrets",
      actions: ["kms:Decrypt"],
      resources: [...new Set(keys)],
      conditions: { StringEquals: { "kms:ViaService": viaServices(site) } },
    },
  ];
}

function viaServices({ region, dnsSuffix }: Site): readonly string[] {
  return ["secretsmanager", "ssm"].map((service) => `${service}.${region}.${dnsSuffix}`);
}

function readStatement(site: Site, sid: string, action: string, secrets: readonly Secret[]): readonly Statement[] {
  if (secrets.length === 0) return [];
  const resources = secrets.map((secret) => {
    const suffix = secret.service === "secretsmanager" && !isArn(secret.nameOrArn) ? "-??????" : "";
    return secretArn(site, secret) + suffix;
  });
  return [{ sid, actions: [action], resources: [...new Set(resources)] }];
}
