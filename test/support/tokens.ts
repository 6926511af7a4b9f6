import { TerraformStack, TerraformVariable, Token } from "cdktf";
import { DrError } from "../../modules/core";
import { Site } from "../../modules/site";
import { synth } from "./synth";

/** A property of a tree of plain values: `["capacity", "max"]`. */
type Path = readonly string[];

/** A value that only an apply knows, as CDKTF hands it to a construct. */
interface Unknown {
  readonly kind: "number" | "list of strings" | "list of numbers";
  readonly path: Path;
}

/** Digits that CDKTF encodes a token as: neither a refusal nor the JSON may show them. */
const ENCODED = /-?\d\.\d+e\+?(28|29|30)\d|TfToken|TOKEN/;

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Every number and every list of strings or numbers in a tree. Constructs, durations and refs, whose makers check them, are left alone. */
function unknowns(value: unknown, path: Path = []): Unknown[] {
  if (typeof value === "number") return [{ kind: "number", path }];
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((item) => typeof item === "string")) return [{ kind: "list of strings", path }];
    if (value.length > 0 && value.every((item) => typeof item === "number")) return [{ kind: "list of numbers", path }];
    return value.flatMap((item, index) => unknowns(item, [...path, String(index)]));
  }
  if (!isPlainObject(value) || ("region" in value && "account" in value)) return [];
  return Object.entries(value).flatMap(([key, item]) => unknowns(item, [...path, key]));
}

/** The same tree with one value replaced. */
function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? replaced(item, rest, by) : (item as unknown)));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

function tokenOf(kind: Unknown["kind"], { stringValue, numberValue, listValue }: TerraformVariable): unknown {
  if (kind === "number") return numberValue;
  return kind === "list of strings" ? listValue : Token.asNumberList(stringValue);
}

/**
 * Gives a construct a token for each number and each list of its properties in turn. Returns what is wrong: a token that neither
 * reaches the JSON nor is refused with `TokenForPlainString`.
 */
export function faultsWithTokens<P extends object>(
  place: { readonly region: string; readonly account: string },
  props: P,
  make: (site: Site, props: P) => unknown,
): string[] {
  synth((scope) => make(new Site(scope, "Site", { ...place, name: "seoul" }), props)); // the properties themselves are right
  return unknowns(props).flatMap(({ kind, path }) => {
    const fault = faultOf((site, variable) => make(site, replaced(props, path, tokenOf(kind, variable)) as P), place);
    return fault === undefined ? [] : [`${path.join(".")} (${kind}): ${fault}`];
  });
}

function faultOf(
  make: (site: Site, variable: TerraformVariable) => unknown,
  place: { readonly region: string; readonly account: string },
): string | undefined {
  try {
    const { text } = synth((scope) => {
      const variable = new TerraformVariable(TerraformStack.of(scope), "later", {});
      make(new Site(scope, "Site", { ...place, name: "seoul" }), variable);
    });
    const shown = ENCODED.exec(text)?.[0];
    if (shown !== undefined) return `the JSON shows ${shown}`;
    return text.includes("var.later") ? undefined : "the token is not in the JSON";
  } catch (error) {
    if (!(error instanceof DrError)) return `throws ${String(error)}`;
    if (error.code !== "TokenForPlainString") return `refused with ${error.code}: ${error.problem}`;
    return ENCODED.test(error.message) ? `the refusal shows the token: ${error.problem}` : undefined;
  }
}
