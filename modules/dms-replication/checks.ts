import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { maintenanceMinutes } from "../aws-values";
import { parseArn, refuse } from "../core";
import { refuseArnOfRegion } from "../site";

/** Kind of resource that an ARN has to point to. */
export interface ArnKind {
  /** In words: `"a Secrets Manager secret"`. */
  readonly what: string;
  readonly service: string;
  readonly resource: RegExp;
  /** An example of the resource part. */
  readonly example: string;
}

/** DMS stores the key's ARN: an alias would show as a replacement in the next plan. */
export const KEY: ArnKind = { what: "a KMS key", service: "kms", resource: /^key\/.+$/, example: "key/1234abcd-…" };

/** The full ARN: policies that name a secret without its six random characters allow nothing. */
export const SECRET: ArnKind = {
  what: "a Secrets Manager secret",
  service: "secretsmanager",
  resource: /^secret:.+-[A-Za-z0-9]{6}$/,
  example: "secret:orders-AbCdEf",
};

export const CERTIFICATE: ArnKind = {
  what: "a DMS certificate",
  service: "dms",
  resource: /^cert:.+$/,
  example: "cert:…",
};

export const TOPIC: ArnKind = { what: "an SNS topic", service: "sns", resource: /^[^:]+$/, example: "orders-alarms" };

/** Returns the ARN when it is of its kind and in the site's region. Tokens pass: only an apply could tell. */
export function localArn(scope: IConstruct, property: string, text: string, kind: ArnKind): string {
  if (Token.isUnresolved(text)) return text;
  const { service, resource } = parseArn(scope, property, text);
  if (service !== kind.service || !kind.resource.test(resource)) {
    refuse(
      scope,
      "InvalidArn",
      `'${property}' must be the ARN of ${kind.what}, got '${text}'`,
      `give the full ARN; its last part looks like '${kind.example}'`,
    );
  }
  refuseArnOfRegion(scope, property, text);
  return text;
}

export { inRange as whole } from "../core"; // settings of DMS are whole numbers

/** Highest number DMS takes where its guide states no limit. */
export const MAX_INT = 2_147_483_647;

/** Returns the text when Terraform reads it as it is written. */
export function literal(scope: IConstruct | string, property: string, text: string): string {
  if (!Token.isUnresolved(text) && /[$%]\{/.test(text)) {
    refuse(
      scope,
      "UnsafeText",
      `'${property}' holds text that Terraform would replace, got '${text}'`,
      "remove the `${` or `%{`: Terraform would read it as an interpolation",
    );
  }
  return text;
}

const SHORTEST_WINDOW_MINUTES = 30;

/**
 * Returns the maintenance window when it is one, of at least AWS's 30 minutes.
 *
 * @see https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html
 */
export function maintenanceWindow(scope: IConstruct, window: string): string {
  if ((maintenanceMinutes(window) ?? 0) < SHORTEST_WINDOW_MINUTES) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'maintenanceWindow' must be 'ddd:hh:mm-ddd:hh:mm' in UTC and lower case, 30 minutes or longer, got '${window}'`,
    );
  }
  return window;
}
