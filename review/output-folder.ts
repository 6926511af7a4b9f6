import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { WrongUse } from "./wrong-use";

/** A stack as cdktf has synthesised it. */
export interface StackFolder {
  readonly name: string;
  readonly dir: string;
  /** Stacks it is deployed after. */
  readonly dependencies: readonly string[];
  readonly json: StackJson;
  /** What the stack says of its workload; undefined for a stack that belongs to none. */
  readonly model: WorkloadModel | undefined;
}

/** What we read of a `cdk.tf.json`. */
export interface StackJson {
  readonly "//"?: { readonly dr?: WorkloadModel };
  readonly provider?: { readonly aws?: readonly ProviderBlock[] };
  readonly removed?: readonly { readonly from: string }[];
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly import?: readonly { readonly to: string; readonly id: string }[];
}

export interface ProviderBlock {
  /** @default - the one a resource takes that names none */
  readonly alias?: string;
  readonly region?: string;
  readonly allowed_account_ids?: readonly string[];
}

/** What we read of `//.dr`, which stacks of a workload say of themselves. */
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

/** Every stack of an output folder of cdktf, in the order of its manifest. */
export function readOutput(out: string): readonly StackFolder[] {
  const manifest = join(out, "manifest.json");
  if (!existsSync(manifest))
    throw new WrongUse(`${out} holds no manifest.json; run 'cdktf synth' first, or give --out`);
  const { stacks } = readJson(manifest) as Manifest;
  return Object.values(stacks).map(({ name, synthesizedStackPath, dependencies = [] }) => {
    if (!synthesizedStackPath.endsWith(".json")) throw new WrongUse(`${name} is synthesised as HCL; synthesise JSON`);
    const file = resolve(out, synthesizedStackPath);
    const json = readJson(file) as StackJson;
    const dr = json["//"]?.dr;
    return { name, dir: resolve(file, ".."), dependencies, json, model: dr?.version === 1 ? dr : undefined };
  });
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      { readonly name: string; readonly synthesizedStackPath: string; readonly dependencies?: readonly string[] }
    >
  >;
}

export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (fault) {
    throw new WrongUse(`${file} cannot be read as JSON: ${(fault as Error).message}`);
  }
}

/** Regions a stack's providers work in. */
export function regionsOf({ json }: StackFolder): readonly string[] {
  return (json.provider?.aws ?? []).flatMap(({ region }) => (region === undefined ? [] : [region]));
}

/** Accounts a stack's providers work in, where it says so. */
export function accountsOf({ json }: StackFolder): readonly string[] {
  return (json.provider?.aws ?? []).flatMap(({ allowed_account_ids: accounts = [] }) => accounts);
}
