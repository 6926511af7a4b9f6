/**
 * Reads the synthesized JSON of a program, and writes a plain cdktf program with the same resources. It has a class for each stack, as
 * cdktf's guides show. Each class is a flat list of the provider's resources with every attribute. Policies are `JSON.stringify` calls.
 */
import { readFileSync } from "node:fs";
import { tool } from "../scripts/run";

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

/** A stack as written to `cdk.tf.json`. */
export type StackJson = Readonly<Record<string, JsonObject>>;

interface Block {
  readonly address: string;
  readonly id: string;
  readonly code: ProviderClass;
  readonly body: JsonObject;
}

/** The facts about one resource in the provider's package. */
interface ProviderClass {
  readonly path: string;
  readonly name: string;
  /** Names of properties by names of attributes. */
  readonly properties: ReadonlyMap<string, string>;
  /** Attributes whose keys are data. */
  readonly maps: ReadonlySet<string>;
}

const META_ARGUMENTS = new Set(["lifecycle", "depends_on", "provider"]);
const OTHER_SECTIONS = ["import", "moved", "removed", "ephemeral", "locals", "check"];
const REFERENCE = /\$\{((?:data\.)?aws_\w+\.[\w-]+)\.(\w+)\}/;

export function twinOf(stacks: ReadonlyMap<string, StackJson>): string {
  const bodies = [...stacks].map(([name, json], index) => stackCode(`Stack${index}`, name, json));
  const classes = new Map(bodies.flatMap(({ classes: used }) => used.map(({ name, path }) => [name, path])));
  return [
    'import { Construct } from "constructs";',
    'import { App, LocalBackend, S3Backend, TerraformOutput, TerraformStack } from "cdktf";',
    ...[...classes].map(([name, path]) => `import { ${name} } from "${path}";`),
    "",
    ...bodies.map(({ code }) => code),
    "const app = new App();",
    "void [LocalBackend, S3Backend, TerraformOutput];",
    ...bodies.map((_, index) => `new Stack${index}(app);`),
    "app.synth();",
    "",
  ].join("\n");
}

function stackCode(className: string, name: string, json: StackJson): { code: string; classes: ProviderClass[] } {
  const blocks = inOrder([...blocksOf(json.resource ?? {}, ""), ...blocksOf(json.data ?? {}, "data.")]);
  const variables = new Map(blocks.map(({ address }, index) => [address, `r${index}`]));
  const provider = providerClass("aws", "");
  const lines = [
    `super(scope, ${quote(name)});`,
    ...backendCode(json),
    ...providersOf(json).map(({ variable, id, body }) => {
      return `const ${variable} = new AwsProvider(this, ${quote(id)}, ${objectCode(body, provider, new Map())});`;
    }),
    ...blocks.map((block) => blockCode(block, variables)),
    ...Object.entries(json.output ?? {}).map(([id, body]) => {
      return `new TerraformOutput(this, ${quote(id)}, ${objectCode(body as JsonObject, provider, variables)});`;
    }),
    ...OTHER_SECTIONS.filter((section) => section in json).map((section) => {
      return `this.addOverride(${quote(section)}, ${JSON.stringify(json[section])});`;
    }),
  ];
  const code = `class ${className} extends TerraformStack {\n  constructor(scope: Construct) {\n    ${lines.join("\n    ")}\n  }\n}\n`;
  return { code, classes: [provider, ...blocks.map((block) => block.code)] };
}

function backendCode(json: StackJson): string[] {
  const { backend = {}, required_providers: required } = (json.terraform ?? {}) as Record<string, JsonObject>;
  const { use_lockfile: lock, ...s3 } = (backend.s3 ?? {}) as JsonObject;
  const camel = Object.fromEntries(Object.entries(s3).map(([key, value]) => [camelCase(key), value]));
  const location = JSON.stringify(camel);
  return [
    backend.s3 ? `new S3Backend(this, ${location} as never);` : "new LocalBackend(this);",
    ...(lock === undefined ? [] : [`this.addOverride("terraform.backend.s3.use_lockfile", ${JSON.stringify(lock)});`]),
    ...(required ? [`this.addOverride("terraform.required_providers", ${JSON.stringify(required)});`] : []),
  ];
}

function providersOf(json: StackJson): { variable: string; id: string; body: JsonObject }[] {
  const providers = (json.provider?.aws ?? []) as readonly JsonObject[];
  return providers.map((body) => {
    const alias = typeof body.alias === "string" ? body.alias : undefined;
    return { variable: providerVariable(alias), id: alias ?? "aws", body };
  });
}

function providerVariable(alias: string | undefined): string {
  return alias === undefined ? "aws" : `aws_${alias}`;
}

function blocksOf(section: JsonObject, prefix: string): Block[] {
  return Object.entries(section).flatMap(([type, blocks]) =>
    Object.entries(blocks as JsonObject).map(([id, body]) => ({
      address: `${prefix}${type}.${id}`,
      id,
      code: providerClass(type.replace(/^aws_/, ""), prefix),
      body: body as JsonObject,
    })),
  );
}

/** Blocks after the blocks they refer to. */
function inOrder(blocks: readonly Block[]): Block[] {
  const byAddress = new Map(blocks.map((block) => [block.address, block]));
  const ordered = new Set<Block>();
  const place = (block: Block, above: ReadonlySet<Block>): void => {
    if (ordered.has(block) || above.has(block)) return;
    const names = JSON.stringify(block.body).match(/(?:data\.)?aws_\w+\.[\w-]+/g) ?? [];
    const known = names.flatMap((name) => byAddress.get(name) ?? []);
    for (const needed of known) place(needed, new Set([...above, block]));
    ordered.add(block);
  };
  for (const block of blocks) place(block, new Set());
  return [...ordered];
}

function blockCode(block: Block, variables: ReadonlyMap<string, string>): string {
  const { address, id, code, body } = block;
  const { "//": comment, depends_on: dependsOn, provider, ...attributes } = body;
  const known = Object.entries(attributes).filter(([key]) => code.properties.has(key) || META_ARGUMENTS.has(key));
  const unknown = Object.entries(attributes).filter(([key]) => !code.properties.has(key) && !META_ARGUMENTS.has(key));
  const needed = ((dependsOn ?? []) as readonly string[]).map((name) => variables.get(name) ?? quote(name));
  const variable = variables.get(address)!;
  const [, alias] = typeof provider === "string" ? provider.split(".") : [];
  const properties = [
    ...known.map(([key, value]) => propertyCode(key, value, code, variables)),
    ...(needed.length > 0 ? [`dependsOn: [${needed.join(", ")}]`] : []),
    ...(provider === undefined ? [] : [`provider: ${providerVariable(alias)}`]),
  ];
  const overrides = unknown.map(([key, value]) => ` ${variable}.addOverride(${quote(key)}, ${JSON.stringify(value)});`);
  return `const ${variable} = new ${code.name}(this, ${quote(id)}, { ${properties.join(", ")} });${overrides.join("")}`;
}

function objectCode(body: JsonObject, code: ProviderClass, variables: ReadonlyMap<string, string>): string {
  const properties = Object.entries(body).filter(([key]) => key !== "//");
  return `{ ${properties.map(([key, value]) => propertyCode(key, value, code, variables)).join(", ")} }`;
}

function propertyCode(key: string, value: Json, code: ProviderClass, variables: ReadonlyMap<string, string>): string {
  const name = code.properties.get(key) ?? camelCase(key);
  if (code.maps.has(key) && isObject(value)) {
    const entries = Object.entries(value).map(
      ([entry, text]) => `${quote(entry)}: ${valueCode(text, code, variables)}`,
    );
    return `${name}: { ${entries.join(", ")} }`;
  }
  return `${name}: ${valueCode(value, code, variables)}`;
}

function valueCode(value: Json, code: ProviderClass, variables: ReadonlyMap<string, string>): string {
  if (typeof value === "string") return documentCode(value, variables) ?? textCode(value, variables);
  if (Array.isArray(value)) return `[${value.map((item: Json) => valueCode(item, code, variables)).join(", ")}]`;
  return isObject(value) ? objectCode(value, code, variables) : JSON.stringify(value);
}

/** A JSON document as the literal it is made from. */
function documentCode(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  if (!text.startsWith('{"')) return undefined;
  const document = JSON.parse(text) as JsonObject;
  const literal = (value: Json): string => {
    if (typeof value === "string") return textCode(value, variables);
    if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
    if (!isObject(value)) return JSON.stringify(value);
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${quote(key)}: ${literal(item)}`)
      .join(", ")} }`;
  };
  return JSON.stringify(document) === text ? `JSON.stringify(${literal(document)})` : undefined;
}

/** A text in which `${aws_x.y.arn}` becomes `r1.arn`, as a person would write it. */
function textCode(text: string, variables: ReadonlyMap<string, string>): string {
  const parts = text.split(new RegExp(REFERENCE, "g"));
  const expressions = parts.flatMap((part, index) => {
    if (index % 3 === 2) return [];
    if (index % 3 === 0) return part === "" ? [] : [quote(part)];
    const variable = variables.get(part);
    const attribute = parts[index + 1]!;
    return [variable ? `${variable}.${camelCase(attribute)}` : quote(`\${${part}.${attribute}}`)];
  });
  return expressions.length === 0 ? quote("") : expressions.join(" + ");
}

const classes = new Map<string, ProviderClass>();

/** Terraform's own resource: cdktf has its class. */
const DATA_RESOURCE: ProviderClass = {
  path: "cdktf",
  name: "DataResource",
  properties: new Map([["input", "input"]]),
  maps: new Set(["input"]),
};

function providerClass(type: string, prefix: string): ProviderClass {
  if (type === "terraform_data") return DATA_RESOURCE;
  const folder =
    type === "aws" ? "provider" : `${prefix.replace(".", "-")}aws-${type}`.replace(/^aws-/, "").replaceAll("_", "-");
  const path = `@cdktf/provider-aws/lib/${folder}`;
  const found = classes.get(path) ?? readProviderClass(path);
  classes.set(path, found);
  return found;
}

function readProviderClass(path: string): ProviderClass {
  const text = readFileSync(tool(`${path}/index.js`), "utf8");
  const name = /^class (\w+) extends cdktf\.Terraform(?:Resource|DataSource|Provider)/m.exec(text)?.[1];
  if (name === undefined) throw new Error(`no class in ${path}`);
  const pairs = [...text.matchAll(/^\s+([a-z0-9_]+): (?!.*Hcl).*(?:this\._|struct\.)(\w+)/gm)];
  const maps = [...text.matchAll(/^\s+([a-z0-9_]+): cdktf\.hashMapper\(/gm)];
  return {
    path,
    name,
    properties: new Map(pairs.map((pair) => [pair[1]!, pair[2]!])),
    maps: new Set(maps.map((match) => match[1]!)),
  };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function quote(text: string): string {
  return JSON.stringify(text);
}
