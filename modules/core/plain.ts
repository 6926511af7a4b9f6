import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { refuse } from "./errors";

/**
 * Returns the text itself when it is known at synth.
 *
 * @throws TokenForPlainString when it is a token, whose value only an apply would tell
 */
export function plain(scope: IConstruct | string, property: string, value: string): string {
  if (Token.isUnresolved(value)) {
    refuse(scope, "TokenForPlainString", `'${property}' must be known at synth, got a token`);
  }
  return value;
}

/**
 * Returns the number when it lies in AWS's range. Tokens pass: only an apply could tell.
 *
 * @throws SettingOutOfRange
 */
export function inRange(scope: IConstruct | string, property: string, value: number, min: number, max: number): number {
  if (!Token.isUnresolved(value) && (!Number.isInteger(value) || value < min || value > max)) {
    refuse(scope, "SettingOutOfRange", `'${property}' must be a whole number from ${min} to ${max}, got ${value}`);
  }
  return value;
}
