import { TerraformStack, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import { DrError, REFUSALS } from "../../modules/core";

/** A property of a tree of plain values: `["capacity", "max"]`; of nothing, the tree itself. */
export type Path = readonly string[];

/** Values that no property takes, or that only some do. Their parts are known once there is a stack. */
export const MISTAKES: Readonly<Record<string, (scope: Construct) => unknown>> = {
  nothing: () => undefined,
  null: () => null,
  "not a number": () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  "a negative number": () => -1,
  "a fraction": () => 1.5,
  zero: () => 0,
  "a huge number": () => 50_000_000,
  "an empty text": () => "",
  "a word": () => "six",
  "a digit as text": () => "6",
  true: () => true,
  false: () => false,
  "a list": () => [],
  "a list of nothing": () => [undefined],
  "a list of lists": () => [[]],
  "an object": () => ({}),
  "an object of objects": () => ({ a: {}, constructor: {} }),
  "a function": () => () => undefined,
  "a name of every object": () => "constructor",
  "a prototype": () => "__proto__",
  "control characters": () => "a\u0000b\n\u001b[31mc",
  "an interpolation": () => "a ${x} b",
  "a directive": () => "a %{http_code} b",
  "a token of a text": (scope) => variableIn(scope).stringValue,
  "a token of a number": (scope) => variableIn(scope).numberValue,
  "a token of a list": (scope) => variableIn(scope).listValue,
  "a token of numbers": (scope) => Token.asNumberList(variableIn(scope).stringValue),
  "a token as an object": (scope) => Token.asAny(variableIn(scope).value),
};

function variableIn(scope: Construct): TerraformVariable {
  const stack = TerraformStack.of(scope);
  return (stack.node.tryFindChild("later") ?? new TerraformVariable(stack, "later", {})) as TerraformVariable;
}

/** A wrong key next to the right ones, and its value. */
export const EXTRA_KEYS = ["constructor", "toString", "__proto__", "hasOwnProperty", "Name", "naem", "a\u001b[31m"];

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Every property of a tree of plain values, from the outside in. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (!Array.isArray(value) && !isPlainObject(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** The value that a tree has at a path. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner: unknown, key) => (inner as Record<string, unknown>)[key], value);
}

/** The same tree with one value replaced. */
export function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) => (String(at) === key ? replaced(item, rest, by) : item));
  }
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

/** Digits that CDKTF encodes a token as, and what a terminal would obey. */
const UNREADABLE = /-?\d\.\d+e\+?(28|29|30)\d|TfToken|[\u0000-\u0008\u000b-\u001f]/;

/** CDKTF's own errors about the id of a construct, or about an invalid scope. */
const OF_CDKTF = /^There is already a Construct with name|^Only root constructs may have an empty/;

/**
 * The result of an action: the synthesised text, or the refusal. It throws an error of another kind. It also throws if the refusal has an
 * unknown code, or characters that a terminal should not show.
 */
export function outcomeOf(action: () => string): string {
  try {
    const text = action();
    JSON.parse(text);
    return text;
  } catch (error) {
    if (error instanceof Error && OF_CDKTF.test(error.message)) return error.message;
    if (!(error instanceof DrError)) throw error;
    if (!(error.code in REFUSALS)) throw new Error(`'${error.code}' is not a code`, { cause: error });
    if (UNREADABLE.test(error.message)) throw new Error(`the refusal shows ${JSON.stringify(error.message)}`);
    return error.message;
  }
}
