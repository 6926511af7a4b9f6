import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { runNpm } from "../../../scripts/run";
import { Json } from "../synth";

/** The newest provider's bindings. They are read, never run: the folder is apart because they ask for a newer Node than we do. */
const LIB = join(__dirname, "node_modules", "@cdktn", "provider-aws", "lib");

/** Installs the bindings unless they are there. */
export function installBindings(): void {
  if (existsSync(LIB)) return;
  const code = runNpm(["ci", "--no-audit", "--no-fund", "--engine-strict=false"], __dirname);
  if (code !== 0) throw new Error(`npm ended with ${code} in ${__dirname}`);
}

/** One argument of a resource or block. */
interface Argument {
  readonly block: boolean;
  /** `string`, `numberList`, `stringMap`; of no meaning for an argument that holds others. */
  readonly type: string;
  /** Whether it holds a list of others, and not a single one. */
  readonly many: boolean;
  readonly required: boolean;
  /** The function that writes what it holds, where it holds other arguments. */
  readonly holds?: string;
}

type Arguments = ReadonlyMap<string, Argument>;

/** A resource, data source or provider: its own arguments, and those of what it holds, by the function that writes them. */
interface Bindings {
  readonly own: Arguments;
  readonly held: ReadonlyMap<string, Arguments>;
}

/** What Terraform itself reads in every resource and data source. */
const META = new Set(["//", "count", "depends_on", "for_each", "lifecycle", "provider"]);

const METHOD = "synthesizeHclAttributes";
const SUFFIX = "ToHclTerraform";

/** What the newest provider would refuse in a resource (`aws_x`), data source (`data.aws_x`) or provider (`aws`). */
export function faultsOf(type: string, block: { readonly [name: string]: Json }): string[] {
  const bindings = bindingsOf(type);
  if (bindings === undefined) return [`there is no ${type}`];
  const values = Object.fromEntries(Object.entries(block).filter(([name]) => !META.has(name)));
  return faultsIn(type, values, bindings.own, bindings.held);
}

function faultsIn(
  path: string,
  values: { readonly [name: string]: Json },
  known: Arguments,
  held: Bindings["held"],
): string[] {
  const missing = [...known].filter(([name, { required }]) => required && values[name] === undefined);
  const given = Object.entries(values).flatMap(([name, value]) => {
    const argument = known.get(name);
    return argument === undefined
      ? [`there is no ${path}.${name}`]
      : faultsAt(`${path}.${name}`, value, argument, held);
  });
  return [...missing.map(([name]) => `${path}.${name} is missing`), ...given];
}

function faultsAt(path: string, value: Json, { block, holds, many, type }: Argument, held: Bindings["held"]): string[] {
  if (value === null || (isExpression(value) && !block)) return [];
  if (holds === undefined) return fits(value, type) ? [] : [`${path} is no ${type}`];
  if (many !== Array.isArray(value) && !(block && [value].flat().length === 1 && !many)) {
    return [`${path} is ${many ? "no list" : "a list"}`];
  }
  return [value].flat().flatMap((item) => {
    return isObject(item) ? faultsIn(path, item, held.get(holds)!, held) : [`${path} holds no arguments`];
  });
}

/** `${aws_vpc.x.id}` alone: its type is for Terraform to know. */
function isExpression(value: Json): boolean {
  return typeof value === "string" && /^\$\{.*\}$/s.test(value);
}

function fits(value: Json, type: string): boolean {
  if (value === null || isExpression(value) || type === "any") return true;
  const [, inner, outer] = /^(.*)(List|Set|Map)$/.exec(type) ?? [];
  if (outer === "Map") return isObject(value) && Object.values(value).every((item) => fits(item, inner!));
  if (outer !== undefined) return Array.isArray(value) && value.every((item) => fits(item, inner!));
  return typeof value === type;
}

function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const read = new Map<string, Bindings | undefined>();

function bindingsOf(type: string): Bindings | undefined {
  if (!read.has(type)) read.set(type, readBindings(type));
  return read.get(type);
}

function readBindings(type: string): Bindings | undefined {
  const name = type
    .replace(/^data\./, "data-")
    .replace(/^aws_/, "")
    .replaceAll("_", "-");
  const folder = join(LIB, type === "aws" ? "provider" : name);
  if (!existsSync(folder)) return undefined;
  const required = new Map(nodesOf(folder, ".d.ts").filter(ts.isInterfaceDeclaration).map(requiredOf));
  const nodes = nodesOf(folder, ".js");
  const writers = nodes.filter(ts.isFunctionDeclaration).filter((node) => node.name!.text.endsWith(SUFFIX));
  const held = writers.map((node) => {
    const owner = node.name!.text.slice(0, -SUFFIX.length);
    return [node.name!.text, argumentsOf(node, required.get(owner.toLowerCase())!)] as const;
  });
  const methods = nodes.filter(ts.isClassDeclaration).flatMap(({ members }) => [...members]);
  const method = methods.find((member) => ts.isMethodDeclaration(member) && member.name.getText() === METHOD)!;
  const config = (method.parent as ts.ClassDeclaration).name!.text.toLowerCase() + "config";
  return { own: argumentsOf(method, required.get(config)!), held: new Map(held) };
}

function nodesOf(folder: string, extension: string): ts.Statement[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(extension));
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return [...ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true).statements];
  });
}

/** The name of an interface in lower case, and the properties it demands. */
function requiredOf({ name, members }: ts.InterfaceDeclaration): [string, Set<string>] {
  const demanded = members.filter((member) => member.questionToken === undefined);
  return [name.text.toLowerCase(), new Set(demanded.map((member) => member.name!.getText()))];
}

/** The arguments that a function writes: it names them in one literal, `attrs`. */
function argumentsOf(writer: ts.Node, required: ReadonlySet<string>): Arguments {
  const found = new Map<string, Argument>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === "attrs") {
      const { properties } = node.initializer as ts.ObjectLiteralExpression;
      for (const property of properties as ts.NodeArray<ts.PropertyAssignment>) {
        found.set(property.name.getText(), argumentOf(property.initializer as ts.ObjectLiteralExpression, required));
      }
    } else ts.forEachChild(node, visit);
  };
  visit(writer);
  return found;
}

function argumentOf({ properties }: ts.ObjectLiteralExpression, required: ReadonlySet<string>): Argument {
  const texts = (properties as ts.NodeArray<ts.PropertyAssignment>).map(
    ({ name, initializer }) => [name.getText(), initializer.getText()] as const,
  );
  const text = Object.fromEntries(texts);
  const value = text.value!;
  const holds = /\b(?!cdktn\b)(\w+ToHclTerraform)\b/.exec(value.replaceAll(/cdktn\.\w+/g, ""))?.[1];
  const property = /(?:struct\.|this\._)(\w+)/.exec(value)![1]!;
  return {
    block: text.isBlock === "true",
    type: text.storageClassType!.replaceAll('"', ""),
    many: value.includes("listMapperHcl"),
    required: required.has(property),
    holds,
  };
}
