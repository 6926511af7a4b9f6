import { readJson } from "./json-file";
import { WrongUse } from "./wrong-use";

/** The file of a stack that cdktf synthesises. */
export const OWN_FILE = "cdk.tf.json";

export type Block = Readonly<Record<string, unknown>>;

/** Blocks of one type, by their name in the program. */
type NamedBlocks = Readonly<Record<string, Block>>;

/**
 * The part of a `cdk.tf.json` that this project reads. Terraform treats a single block as a list of one block. Here, `provider`, `removed`,
 * `moved` and `import` blocks are always in lists.
 */
export interface StackJson {
  readonly "//"?: { readonly dr?: WorkloadModel };
  readonly terraform?: Block;
  /** By the name of the provider. */
  readonly provider?: Readonly<Record<string, readonly Block[]>> & { readonly aws?: readonly ProviderBlock[] };
  /** By type. */
  readonly data?: Readonly<Record<string, NamedBlocks>>;
  /** By type. */
  readonly resource?: Readonly<Record<string, NamedBlocks>>;
  readonly removed?: readonly { readonly from: string }[];
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly import?: readonly { readonly to: string }[];
}

export interface ProviderBlock {
  /** @default - the provider of resources that name none */
  readonly alias?: string;
  readonly region?: string;
  readonly allowed_account_ids?: readonly string[];
  readonly [setting: string]: unknown;
}

/** The part of `//.dr` that this project reads. In it, each stack of a workload describes the workload. */
export interface WorkloadModel {
  readonly version: 1;
  readonly workload: string;
  readonly pattern: string;
  readonly history: readonly { readonly event: string; readonly site: string; readonly on: string }[];
  readonly sites: readonly SiteModel[];
}

export interface SiteModel {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly home: boolean;
  readonly role: "active" | "standby" | "detached" | "evacuated";
  readonly generation: number;
}

/** Reads a `cdk.tf.json`, and refuses one that neither cdktf nor Terraform would write or read. */
export function readStackJson(file: string): StackJson {
  const read = readJson(file);
  if (!isObject(read)) throw broken(file, "is not a JSON object");
  return {
    ...read,
    ...("provider" in read && { provider: readProviders(read.provider, file) }),
    ...("removed" in read && { removed: readAddresses(read.removed, file, "removed", ["from"]) }),
    ...("moved" in read && { moved: readAddresses(read.moved, file, "moved", ["from", "to"]) }),
    ...("import" in read && { import: readAddresses(read.import, file, "import", ["to"]) }),
  } as StackJson;
}

/** Reads a stack's description of its workload. Returns undefined if the stack belongs to no workload. */
export function readModel({ "//": comment }: StackJson, file: string): WorkloadModel | undefined {
  const model: unknown = isObject(comment) ? comment.dr : undefined;
  if (!isObject(model) || model.version !== 1) return undefined;
  const { workload, pattern, sites } = model;
  const isRead = isTextOrMissing(workload) && isTextOrMissing(pattern) && Array.isArray(sites) && sites.every(isSite);
  if (!isRead) throw broken(file, "describes its workload, in '//.dr', in a form that this version cannot read");
  return model as unknown as WorkloadModel;
}

function isSite(site: unknown): boolean {
  if (!isObject(site) || typeof site.name !== "string" || typeof site.region !== "string") return false;
  return [site.role, site.account].every(isTextOrMissing) && ["number", "undefined"].includes(typeof site.generation);
}

/** By the name of the provider. */
function readProviders(value: unknown, file: string): Record<string, Block[]> {
  const named = blocksOf(value, file, "provider").flatMap((one) => Object.entries(one));
  const all = new Map<string, Block[]>(named.map(([name]) => [name, []]));
  for (const [name, blocks] of named) all.get(name)!.push(...blocksOf(blocks, file, `provider.${name}`));
  const aws = (all.get("aws") ?? []).map((block) => readAws(block, file));
  return Object.fromEntries([...all, ...(all.has("aws") ? [["aws", aws] as const] : [])]);
}

function readAws(block: Block, file: string): Block {
  const { region, alias, allowed_account_ids: accounts } = block;
  if (!isTextOrMissing(region)) throw broken(file, "has a provider.aws whose region is not a string");
  if (!isTextOrMissing(alias)) throw broken(file, "has a provider.aws whose alias is not a string");
  const listed = Array.isArray(accounts) ? accounts.filter((account) => typeof account === "string") : undefined;
  return { ...block, region: region ?? undefined, alias: alias ?? undefined, allowed_account_ids: listed };
}

function readAddresses(value: unknown, file: string, kind: string, attributes: readonly string[]): readonly Block[] {
  const blocks = blocksOf(value, file, kind);
  const isWhole = (block: Block): boolean => attributes.every((attribute) => typeof block[attribute] === "string");
  if (!blocks.every(isWhole)) throw broken(file, `has a '${kind}' block without ${attributes.join(" and ")}`);
  return blocks;
}

/**
 * A block may be an object or a list of objects. `null` means no block.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json - Nested Block Mapping
 */
function blocksOf(value: unknown, file: string, kind: string): readonly Block[] {
  const list = (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== undefined);
  if (!list.every(isObject)) throw broken(file, `has a '${kind}' that is neither a block nor a list of blocks`);
  return list;
}

function isTextOrMissing(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === "string";
}

export function isObject(value: unknown): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function broken(file: string, what: string): WrongUse {
  return new WrongUse(`${file} ${what}; run 'cdktf synth' again`);
}
