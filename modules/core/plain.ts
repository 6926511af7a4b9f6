import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { shown } from "./did-you-mean";
import { refuse } from "./errors";

/** A value that CDKTF can hand over as a token: of a variable, a data source or a resource. */
export type TokenValue = string | number | readonly (string | number)[];

/**
 * Whether a text, a number or a list is known at synth. CDKTF represents a list that only an apply knows as an array of one encoded item.
 * That item counts as unknown too.
 *
 * @see https://developer.hashicorp.com/terraform/cdktf/concepts/tokens
 */
export function isKnown(value: TokenValue): boolean {
  return !Token.isUnresolved(value) && !Token.isUnresolved([value]);
}

/** Returns the text, number or list itself when it is known at synth. */
export function plain<T extends TokenValue>(scope: IConstruct | string, property: string, value: T): T {
  if (!isKnown(value)) refuse(scope, "TokenForPlainString", `'${property}' must be known at synth, got a token`);
  return value;
}

/** Returns the text when it is one, and is known at synth. */
export function knownText(scope: IConstruct | string, property: string, text: string): string {
  const given: unknown = text; // a program that no compiler checked may give anything
  if (typeof given !== "string") refuse(scope, "WrongType", `'${property}' must be a string, got ${shown(given)}`);
  return plain(scope, property, text);
}

/** A text as Terraform reads it as it is: `${` and `%{` begin nothing. A token stays what it is. */
export function literalText(text: string): string {
  return isKnown(text) ? text.replace(/[$%](?=\{)/g, "$&$&") : text;
}

/** Returns the number when AWS offers it. Tokens pass: only an apply could tell. */
export function oneOf(scope: IConstruct | string, property: string, value: number, offered: readonly number[]): number {
  if (Token.isUnresolved(value)) return value;
  plain(scope, property, value);
  if (!offered.includes(value)) {
    refuse(scope, "SettingOutOfRange", `'${property}' must be one of ${offered.join(", ")}, got ${shown(value)}`);
  }
  return value;
}

/**
 * Returns the number when it lies in AWS's range. Tokens pass: only an apply could tell. A bound that is a token is not compared. An item
 * of an unknown list is refused.
 */
export function inRange(scope: IConstruct | string, property: string, value: number, min: number, max: number): number {
  if ([value, min, max].some((number) => Token.isUnresolved(number))) return value;
  plain(scope, property, value);
  if (!Number.isInteger(value) || value < min || value > max) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'${property}' must be a whole number from ${min} to ${max}, got ${shown(value)}`,
    );
  }
  return value;
}
