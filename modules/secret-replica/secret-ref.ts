import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, TerraformStack, Token } from "cdktf";
import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, partitionOf, Ref, refuse } from "../core";
import { KeyRef } from "../kms-keys";
import { Site } from "../site";

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const SECRET: NameRule = {
  what: "secret name",
  min: 1,
  max: 512,
  pattern: /^(?!.*-[A-Za-z0-9]{6}$)[\w/+=.@-]+$/,
  allowed: "letters, digits and any of /_+=.@-, not ending in a hyphen and six characters, as a secret's ARN does",
  unique: "region",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html",
};

/** Identifiers of a secret that are known before it exists. */
export interface SecretRefProps {
  readonly account: string;
  /** Key of the home's region that encrypts it there. */
  readonly key: KeyRef;
  readonly name: string;
  /** A key of each region it is copied to. */
  readonly replicas: readonly KeyRef[];
  /** @default false */
  readonly promotable?: boolean;
}

/** A secret, with every region that has it, pointed to by its name: it is the same everywhere. */
export interface SecretRef extends Ref {
  /** The home's ARN, without the hyphen and six characters AWS adds when the secret is made. */
  readonly arn: string;
  /** Key of each region that has it, home first. */
  readonly keys: readonly KeyRef[];
  /** Whether a failover makes a replica a secret of its own. */
  readonly promotable: boolean;
}

/** A secret as one site has it: the home's, or the replica there. */
export interface SiteSecret extends Ref {
  /** Its ARN, without the hyphen and six characters AWS adds when the secret is made. */
  readonly arn: string;
  /** ARN for policies, with a question mark for each of the six characters. */
  readonly arnPattern: string;
  /** Key that encrypts it in this region. */
  readonly key: KeyRef;
}

/** Points to a secret without creating or reading it; its home is the region of its key. */
export function secretRef(scope: IConstruct | string, props: SecretRefProps): SecretRef {
  const name = checkName(scope, "name", props.name, SECRET);
  const account = checkAccount(scope, props.account);
  const { region } = props.key;
  const keys = [props.key, ...props.replicas];
  return {
    name,
    arn: arnOf(scope, { name, region, account }),
    region,
    account,
    keys,
    promotable: props.promotable ?? false,
  };
}

function arnOf(
  scope: IConstruct | string,
  at: { readonly name: string; readonly region: string; readonly account: string },
) {
  const { name, region, account } = at;
  return arn({
    partition: partitionOf(scope, region),
    service: "secretsmanager",
    region,
    account,
    resource: `secret:${name}`,
  });
}

/** The secret as the site of `scope` has it: its replica there, or the secret itself at home. */
export function requireSecretIn(scope: IConstruct, secret: SecretRef): SiteSecret {
  const { region, account } = Site.of(scope);
  const { name } = secret;
  const key = secret.keys.find((candidate) => candidate.region === region);
  if (key === undefined || secret.account !== account) {
    const regions = secret.keys.map((candidate) => `'${candidate.region}'`).join(", ");
    const has = `${regions} of '${secret.account}'`;
    refuse(scope, "SecretNotInSite", `the secret '${name}' is in ${has}, the site is '${region}' of '${account}'`);
  }
  const here = arnOf(scope, { name, region, account });
  return { name, arn: here, arnPattern: `${here}-??????`, region, account, key };
}

const versions = new WeakMap<SecretRef, SecretsmanagerSecretVersion>();

/** Remembers the first value of a secret, for who reads it in the stack that makes it. */
export function storedBy(secret: SecretRef, version: SecretsmanagerSecretVersion | undefined): SecretRef {
  if (version !== undefined) versions.set(secret, version);
  return secret;
}

/**
 * Id by which a site reads a secret. This is its name or, in the stack that creates it, an ARN that is unknown until the value exists.
 * Terraform opens ephemeral resources when it plans, whatever they depend on, unless an argument is unknown.
 */
export function secretIdIn(scope: IConstruct, secret: SecretRef): string {
  const { name, region } = requireSecretIn(scope, secret);
  const version = versions.get(secret);
  if (version === undefined || TerraformStack.of(version) !== TerraformStack.of(scope)) return name;
  return Token.asString(Fn.replace(version.secretId, `:${secret.region}:`, `:${region}:`));
}
