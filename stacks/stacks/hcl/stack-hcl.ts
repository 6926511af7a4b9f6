import { TerraformDataSource, TerraformElement, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { refuse } from "../../../modules/core";
import { blockOf, bodies, Form, Forms } from "./body";
import { quoted } from "./expression";

/** The parts that cdktf writes into a stack's folder in HCL: the blocks and its own metadata. */
interface StackHcl {
  readonly hcl: string;
  readonly metadata: object;
}

type Json = Readonly<Record<string, unknown>>;

/** A kind of top-level block: the number of its labels, and the entries in it that are not arguments. */
interface Section {
  readonly labels: number;
  readonly forms: Readonly<Record<string, Form>>;
}

/** Meta-arguments of resources and data sources. */
const META: Readonly<Record<string, Form>> = {
  provider: "reference",
  depends_on: "reference",
  lifecycle: "block",
  "lifecycle.ignore_changes": "reference",
  "lifecycle.replace_triggered_by": "reference",
  "lifecycle.precondition": "block",
  "lifecycle.postcondition": "block",
  connection: "block",
  provisioner: "labelled",
  "provisioner.connection": "block",
  "provisioner.when": "reference",
  "provisioner.on_failure": "reference",
};

/** Every kind of block that is written, in the order in which it is. */
const SECTIONS: Readonly<Record<string, Section>> = {
  terraform: {
    labels: 0,
    forms: { required_providers: "block", backend: "labelled", cloud: "block", "cloud.workspaces": "block" },
  },
  provider: { labels: 1, forms: {} },
  variable: { labels: 1, forms: { type: "reference", validation: "block" } },
  locals: { labels: 0, forms: {} },
  moved: { labels: 0, forms: { from: "reference", to: "reference" } },
  import: { labels: 0, forms: { to: "reference", provider: "reference" } },
  removed: { labels: 0, forms: { from: "reference", lifecycle: "block" } },
  data: { labels: 2, forms: META },
  ephemeral: { labels: 2, forms: META },
  resource: { labels: 2, forms: META },
  module: { labels: 1, forms: { providers: "reference", depends_on: "reference" } },
  output: { labels: 1, forms: { depends_on: "reference", precondition: "block" } },
};

/**
 * Blocks that AWS's provider also reads as arguments, by type.
 *
 * @see https://developer.hashicorp.com/terraform/language/attr-as-blocks
 */
const EMPTY_LISTS: Readonly<Record<string, readonly string[]>> = {
  aws_default_route_table: ["route"],
  aws_default_security_group: ["egress", "ingress"],
  aws_emr_cluster: ["placement_group_config", "step"],
  aws_network_acl: ["egress", "ingress"],
  aws_route_table: ["route"],
  aws_security_group: ["egress", "ingress"],
};

/**
 * Writes a stack's JSON as HCL, block by block. cdktf's own writer omits kinds of blocks that it has no type for. It
 * also does not escape quotes in a string with an interpolation.
 *
 * JSON does not distinguish blocks from arguments. Each element of cdktf declares which of its entries are blocks. A
 * block that only an override adds is written as an argument. Terraform then fails and names the argument.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function hclOf(stack: TerraformStack, json: Json): StackHcl {
  const { "//": notes, ...content } = json;
  const unknown = Object.keys(content).find((name) => SECTIONS[name] === undefined);
  if (unknown !== undefined) {
    refuse(stack, "NotInHcl", `the stack has a block '${unknown}', which is written in JSON only`);
  }
  const forms = formsOf(stack);
  const texts = Object.entries(SECTIONS).flatMap(([name, { labels }]) => {
    return labelled(content[name], labels).map(([path, body]) => {
      const grammar = { forms: forms(name, path[0]), emptyLists: new Set(EMPTY_LISTS[path[0] ?? ""]) };
      return blockOf([name, ...path.map(quoted)].join(" "), body, grammar);
    });
  });
  return { hcl: `${texts.join("\n\n")}\n`, metadata: metadataOf(notes, content) };
}

/** Every block of a kind, with its labels. */
function labelled(value: unknown, labels: number): [labels: readonly string[], body: Json][] {
  if (labels === 0) return bodies(value).map((body) => [[], body]);
  return bodies(value).flatMap((one) =>
    Object.entries(one).flatMap(([label, inner]) =>
      labelled(inner, labels - 1).map(([further, body]): [readonly string[], Json] => [[label, ...further], body]),
    ),
  );
}

/** The forms of a kind and a type: those of Terraform, and those that cdktf's elements of the type have. */
function formsOf(stack: TerraformStack): (section: string, type?: string) => Forms {
  const found = new Map<string, Map<string, Form>>();
  const forms = (section: string, type = "") => {
    const key = `${section}.${type}`;
    const known = found.get(key) ?? new Map(Object.entries(SECTIONS[section]!.forms));
    found.set(key, known);
    return known;
  };
  for (const element of stack.node.findAll().filter(isTyped)) {
    const { resource, data, provider } = element.toHclTerraform() as Readonly<Record<string, unknown>>;
    for (const [[type], body] of labelled(resource, 2)) noteBlocks(body, forms("resource", type));
    for (const [[type], body] of labelled(data, 2)) noteBlocks(body, forms("data", type));
    for (const [[type], body] of labelled(provider, 1)) noteBlocks(body, forms("provider", type));
  }
  return forms;
}

/** Elements that say of each of their settings whether it is a block. */
function isTyped(node: unknown): node is TerraformElement {
  return (
    TerraformResource.isTerraformResource(node) ||
    TerraformDataSource.isTerraformDataSource(node) ||
    TerraformProvider.isTerraformProvider(node)
  );
}

/** Notes which settings are blocks, in blocks too. */
function noteBlocks(settings: object, forms: Map<string, Form>, path: readonly string[] = []): void {
  for (const [name, setting] of Object.entries(settings)) {
    if (!isPlain(setting) || !(setting.isBlock ?? setting.is_block)) continue; // cdktf renames those of a provider
    const own = [...path, name];
    forms.set(own.join("."), "block");
    for (const inner of [setting.value].flat().filter(isPlain)) noteBlocks(inner, forms, own);
  }
}

function isPlain(value: unknown): value is Json {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Notes for cdktf: HCL has no place for them. */
function metadataOf(notes: unknown, { terraform, resource, data, module }: Json): object {
  const commented = (section: unknown, labels: number): object =>
    Object.fromEntries(
      Object.entries((section ?? {}) as Json).map(([label, inner]) => {
        return [label, labels === 1 ? { "//": (inner as Json)["//"] } : commented(inner, labels - 1)];
      }),
    );
  const notesOf = { resource: commented(resource, 2), data: commented(data, 2), module: commented(module, 1) };
  return { "//": notes, terraform, ...notesOf };
}
