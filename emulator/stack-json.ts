import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What we read of a synthesised `cdk.tf.json`. */
export interface StackJson {
  readonly terraform?: {
    readonly backend?: { readonly s3?: S3Backend; readonly local?: LocalBackend };
    readonly required_providers?: Readonly<Record<string, { readonly source?: string; readonly version?: string }>>;
  };
}

export interface LocalBackend {
  readonly path?: string;
  readonly [setting: string]: unknown;
}

export interface S3Backend {
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
  readonly assume_role?: { readonly role_arn: string };
  readonly [setting: string]: unknown;
}

export function readStackJson(stackDir: string): StackJson {
  return JSON.parse(readFileSync(join(stackDir, "cdk.tf.json"), "utf8")) as StackJson;
}

/** The folders of all stacks in an output folder of cdktf, by stack name. */
export function stackDirs(outDir: string): Map<string, string> {
  const stacks = join(outDir, "stacks");
  if (!existsSync(stacks)) throw new Error(`${outDir} holds no synthesised stacks; run synth first`);
  const names = readdirSync(stacks).filter((name) => existsSync(join(stacks, name, "cdk.tf.json")));
  return new Map(names.sort().map((name) => [name, join(stacks, name)]));
}

/** required_providers may be a list of one object, as cdktf writes it, or the object itself. */
export function requiredProviders(stack: StackJson): Record<string, { source?: string; version?: string }> {
  const declared: unknown = stack.terraform?.required_providers ?? {};
  return Object.assign({}, ...(Array.isArray(declared) ? (declared as object[]) : [declared as object])) as Record<
    string,
    { source?: string }
  >;
}

export function s3Backend(stack: StackJson): S3Backend | undefined {
  return single<S3Backend>(stack.terraform?.backend?.s3);
}

export function localBackend(stack: StackJson): LocalBackend | undefined {
  return single<LocalBackend>(stack.terraform?.backend?.local);
}

/** A block may be a list of one object, or the object itself. */
function single<T>(declared: T | readonly T[] | undefined): T | undefined {
  return Array.isArray(declared) ? (declared as readonly T[])[0] : (declared as T | undefined);
}
