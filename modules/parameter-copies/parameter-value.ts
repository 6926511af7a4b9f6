import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { inRange, plain, refuse } from "../core";
import { requireSecretIn, SecretRef } from "../secret-replica";

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const STANDARD_BYTES = 4_096;
const ADVANCED_BYTES = 8_192;

export interface ParameterOptions {
  /**
   * Regular expression that AWS holds the value against.
   *
   * @default - any value
   */
  readonly allowedPattern?: string;
  /** @default - none */
  readonly description?: string;
}

export interface SecureParameterOptions extends ParameterOptions {
  /**
   * Lets the value have up to 8 KB instead of 4. Terraform does not see how long it is.
   *
   * @default false
   */
  readonly large?: boolean;
  /**
   * Raise it to have the value read and written again by the next apply.
   *
   * @default 1
   */
  readonly version?: number;
}

export interface SecretParameterOptions extends SecureParameterOptions {
  /**
   * Field of the secret's JSON whose value is meant.
   *
   * @default - the whole secret
   */
  readonly jsonKey?: string;
}

/** Value of a parameter. Made by {@link plainText}, {@link textList}, {@link secretText} or {@link writeOnlyText}. */
export interface ParameterValue {
  readonly type: "String" | "StringList" | "SecureString";
  readonly options: SecretParameterOptions;
  /** The items of a list, or the one text. @default - the value is kept from Terraform */
  readonly items?: readonly string[];
  /** @default - no secret is copied */
  readonly secret?: SecretRef;
  /** @default - nothing is passed through */
  readonly writeOnly?: string;
}

/** A text that every reader of the code, the plan or the state may see. */
export function plainText(text: string, options: ParameterOptions = {}): ParameterValue {
  return { type: "String", items: [text], options };
}

/** A list of texts without commas. */
export function textList(items: readonly string[], options: ParameterOptions = {}): ParameterValue {
  return { type: "StringList", items, options };
}

/**
 * A copy of a secret, read in the same site and encrypted with the site's key: for software that reads parameters alone. It is written
 * when `version` is raised, and not when the secret changes.
 */
export function secretText(secret: SecretRef, options: SecretParameterOptions = {}): ParameterValue {
  return { type: "SecureString", secret, options };
}

/**
 * A secret text that the operator passes to Terraform at each apply.
 *
 * @param token of an ephemeral variable or resource: a literal would be in the code and in the synthesised text
 */
export function writeOnlyText(token: string, options: SecureParameterOptions = {}): ParameterValue {
  return { type: "SecureString", writeOnly: token, options };
}

export function checkValue(scope: IConstruct, property: string, value: ParameterValue): void {
  const { items, options, secret, type, writeOnly } = value;
  items?.forEach((item) => checkItem(scope, property, item, type));
  if (items !== undefined) refuseLength(scope, property, items);
  if (secret !== undefined) requireSecretIn(scope, secret);
  if (writeOnly !== undefined && !Token.isUnresolved(writeOnly)) {
    refuse(scope, "SecretInClearText", `'${property}' is a SecureString, and its value is written in the code`);
  }
  if (options.version !== undefined) inRange(scope, `${property}.version`, options.version, 1, 1_000_000);
}

function checkItem(scope: IConstruct, property: string, item: string, type: ParameterValue["type"]): void {
  plain(scope, property, item);
  if (item === "" || (type === "StringList" && item.includes(","))) {
    const allowed = type === "StringList" ? "items of one character or more, without commas" : "one character or more";
    refuse(
      scope,
      "InvalidParameterValue",
      `'${property}' is not a value of type ${type}, got '${item}', allowed: ${allowed}`,
    );
  }
}

function refuseLength(scope: IConstruct, property: string, items: readonly string[]): void {
  if (items.length === 0) {
    const problem = `'${property}' is not a value of type StringList, got '', allowed: one item or more`;
    refuse(scope, "InvalidParameterValue", problem);
  }
  const bytes = bytesOf(items);
  if (bytes > ADVANCED_BYTES) {
    refuse(scope, "ParameterTooLong", `'${property}' has ${bytes} bytes, Parameter Store takes ${ADVANCED_BYTES}`);
  }
}

function bytesOf(items: readonly string[]): number {
  return Buffer.byteLength(items.join(","));
}

/** A value that is too long for a standard parameter costs a monthly fee. */
export function tierOf({ items, options }: ParameterValue): "Standard" | "Advanced" {
  const long = items === undefined ? options.large : bytesOf(items) > STANDARD_BYTES;
  return long ? "Advanced" : "Standard";
}
