/** The stacks of an example as one closed world: every block with its place, and where a reference between blocks leads. */
import { partitionOf } from "../../../modules/core";
import { Block, Json } from "../synth";
import { HOME_ACCOUNT, Places, relocated, synthesiseRelocated } from "./relocated-example";

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** A resource, a data source (`data.aws_vpc`) or an ephemeral resource, and where it is. */
export interface Thing {
  readonly stack: Stack;
  readonly type: string;
  /** As Terraform writes it in references: `aws_kms_key.Key_1A2B3C4D`. */
  readonly address: string;
  readonly block: Block;
  readonly place: Place;
}

interface Stack {
  readonly name: string;
  readonly things: readonly Thing[];
  readonly byAddress: ReadonlyMap<string, Thing>;
  /** The model of the workload and the outputs. */
  readonly others: readonly Thing[];
}

export interface World {
  /** `pilot-light (China)` */
  readonly title: string;
  readonly example: string;
  readonly places: Places;
  /** The program that was run. */
  readonly source: string;
  /** The text of every stack, by name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly stacks: readonly Stack[];
  readonly things: readonly Thing[];
  /** The places of all sites, each once. */
  readonly sites: readonly Place[];
}

/** Blocks of an argument that Terraform takes once or as a list. */
export function blocksIn(value: Json | undefined): Block[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((one): one is Block => typeof one === "object" && one !== null && !Array.isArray(one));
}

/** A value as text. It is empty if there is no single value. */
export const textOf = (value: Json | undefined): string =>
  typeof value === "object" || value === undefined ? "" : String(value);

/** A fault of a world, with the place to look at. */
export const fault = (world: World, { stack, address }: Thing, text: string) =>
  `${world.title}: ${stack.name} ${address}: ${text}`;

/** Runs an example in a place. Throws what the library refuses. */
export function worldOf(example: string, places: Places): World {
  return readWorld(example, places, synthesiseRelocated(example, places));
}

/** A world from the texts of its stacks. */
export function readWorld(example: string, places: Places, texts: ReadonlyMap<string, string>): World {
  const stacks = [...texts].map(([name, text]) => readStack(name, JSON.parse(text) as StackJson));
  const things = stacks.flatMap((stack) => stack.things);
  const sites = [...new Map(things.map(({ place }) => [JSON.stringify(place), place])).values()];
  const { text: source } = relocated(example, places);
  return { title: `${example} (${places.title})`, example, places, source, texts, stacks, things, sites };
}

type Section = Record<string, Record<string, Block>>;

interface StackJson {
  readonly "//"?: { readonly dr?: Block };
  readonly provider: { readonly aws: readonly Provider[] };
  readonly resource?: Section;
  readonly data?: Section;
  readonly ephemeral?: Section;
  readonly output?: Block;
}

interface Provider {
  readonly alias?: string;
  readonly region: string;
  readonly allowed_account_ids?: readonly string[];
}

function readStack(name: string, json: StackJson): Stack {
  const things: Thing[] = [];
  const others: Thing[] = [];
  const byAddress = new Map<string, Thing>();
  const stack: Stack = { name, things, byAddress, others };
  const placeOf = (provider: Json | undefined): Place => {
    const alias = typeof provider === "string" ? provider.split(".")[1] : undefined;
    const found = json.provider.aws.find((known) => known.alias === alias)!;
    const account = found.allowed_account_ids?.[0] ?? HOME_ACCOUNT; // a provider of the user's own names none
    return { partition: partitionOf("world", found.region), region: found.region, account };
  };
  for (const section of ["resource", "data", "ephemeral"] as const) {
    for (const [type, blocks] of Object.entries(json[section] ?? {})) {
      for (const [id, { "//": _, ...block }] of Object.entries(blocks)) {
        const prefix = section === "resource" ? "" : `${section}.`;
        const address = `${prefix}${type}.${id}`;
        const thing = { stack, type: prefix + type, address, block, place: placeOf(block.provider) };
        things.push(thing);
        byAddress.set(address, thing);
      }
    }
  }
  const { place } = things[0]!;
  for (const [address, block] of Object.entries({ "//.dr": json["//"]?.dr ?? {}, output: json.output ?? {} })) {
    others.push({ stack, type: address, address, block, place });
  }
  return stack;
}

const REFERENCE = /\$\{((?:data\.|ephemeral\.)?aws_\w+\.[\w-]+)\.([\w.]+)\}/g;

/** The thing that a text refers to, if the text is a single reference: `${aws_subnet.A.id}`. */
export function follow(from: Thing, text: Json | undefined): Thing | undefined {
  if (typeof text !== "string") return undefined;
  const [whole, address, attribute] = [...text.matchAll(REFERENCE)][0] ?? [];
  if (whole !== text) return undefined;
  const found = from.stack.byAddress.get(address!);
  const through = found?.block[attribute!];
  return typeof through === "string" && through.startsWith("${") ? follow(found!, through) : found;
}

/** Value of an attribute that AWS decides, such as an ARN; undefined if there is no rule for it. */
export type AttributeRule = (thing: Thing, attribute: string) => string | undefined;

/** Replaces the references in a text. A value that only AWS knows becomes `<address.attribute>`. */
export function resolve(from: Thing, text: string, rule: AttributeRule): string {
  return text.replace(REFERENCE, (_, address: string, attribute: string) => {
    const found = from.stack.byAddress.get(address);
    if (found === undefined) return `<missing ${address}>`;
    const written = found.block[attribute];
    if (typeof written === "string") return resolve(found, written, rule);
    return rule(found, attribute) ?? `<${address}.${attribute}>`;
  });
}
