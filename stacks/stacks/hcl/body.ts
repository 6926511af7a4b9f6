import { deeper, expressionOf, quoted, referenceOf } from "./expression";

/**
 * The forms that HCL distinguishes and JSON does not: a block, a block with a label, a reference without quotes.
 * Everything else is an argument.
 */
export type Form = "block" | "labelled" | "reference";

/** Forms by path below the block, for example `lifecycle.ignore_changes`. */
export type Forms = ReadonlyMap<string, Form>;

/**
 * Blocks a provider also reads as an argument. There an empty list means "none of them", and no list "leave them as
 * they are".
 */
type EmptyLists = ReadonlySet<string>;

interface Grammar {
  readonly forms: Forms;
  /** @see https://developer.hashicorp.com/terraform/language/attr-as-blocks */
  readonly emptyLists: EmptyLists;
}

type Body = Readonly<Record<string, unknown>>;

/** A block and all in it, in the order of the JSON. */
export function blockOf(header: string, body: Body, grammar: Grammar, path = "", indent = ""): string {
  const lines = linesOf(body, grammar, path, deeper(indent));
  return [`${indent}${header} {`, ...lines, `${indent}}`].join("\n");
}

function linesOf(body: Body, grammar: Grammar, path: string, indent: string): string[] {
  const { "//": _, ...parts } = body; // a comment of JSON
  return Object.entries(parts).flatMap(([name, value]) => partOf(name, value, grammar, path, indent));
}

function partOf(name: string, value: unknown, grammar: Grammar, path: string, indent: string): string[] {
  if (value === undefined) return [];
  const own = below(path, name);
  if (name === "dynamic") return labels(value).map(([label, one]) => dynamicOf(label, one, grammar, path, indent));
  switch (grammar.forms.get(own)) {
    case "reference":
      return [`${indent}${name} = ${referenceOf(value, indent)}`];
    case "labelled":
      return labels(value).map(([label, one]) => blockOf(`${name} ${quoted(label)}`, one, grammar, own, indent));
    case "block":
      if (isEmpty(value) && grammar.emptyLists.has(own)) return [`${indent}${name} = []`];
      return bodies(value).map((one) => blockOf(name, one, grammar, own, indent));
    default:
      return [`${indent}${name} = ${expressionOf(value, indent)}`];
  }
}

/** The content of a dynamic block has the forms of the block that it generates. */
function dynamicOf(label: string, one: Body, grammar: Grammar, path: string, indent: string): string {
  const { content, iterator, ...settings } = one;
  const inner = deeper(indent);
  return [
    `${indent}dynamic ${quoted(label)} {`,
    ...(iterator === undefined ? [] : [`${inner}iterator = ${referenceOf(iterator)}`]),
    ...linesOf(settings, grammar, below(path, `dynamic.${label}`), inner),
    ...bodies(content).map((body) => blockOf("content", body, grammar, below(path, label), inner)),
    `${indent}}`,
  ].join("\n");
}

function below(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** JSON writes one block as an object or as a list of one. */
export function bodies(value: unknown): Body[] {
  return [value].flat().filter((one) => one !== undefined && one !== null) as Body[];
}

function labels(value: unknown): [label: string, body: Body][] {
  return bodies(value).flatMap((one) =>
    Object.entries(one).flatMap(([label, inner]) => bodies(inner).map((body): [string, Body] => [label, body])),
  );
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
