import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Values } from "../../terraform";
import { PlanJson, ResourceChange } from "../../terraform/plan-json";

type Rest = Partial<Omit<ResourceChange, "change">> & { readonly replacing?: readonly string[] };

/** A change as Terraform 1.11 prints it, with what concerns us. */
export function change(
  address: string,
  actions: ResourceChange["change"]["actions"],
  values: Values,
  { replacing, ...rest }: Rest = {},
): ResourceChange {
  const type = address.split(".").at(-2)!;
  const before = actions[0] === "create" ? null : values;
  const after = actions.includes("create") ? values : null;
  const reason = actions[0] === "delete" && actions.length === 1 ? "delete_because_no_resource_config" : undefined;
  return {
    address,
    mode: "managed",
    type,
    action_reason: reason,
    change: { actions, before, after, replace_paths: replacing?.map((path) => path.split(".")) },
    ...rest,
  };
}

/** A plan of one stack, whose provider works in Tokyo. */
export function planOf(
  changes: readonly ResourceChange[],
  {
    needs = {},
    drift = [],
  }: { readonly needs?: Readonly<Record<string, readonly string[]>>; readonly drift?: readonly ResourceChange[] } = {},
): PlanJson {
  const resources = Object.entries(needs).map(([address, on]) => ({ address, depends_on: on }));
  const declared = changes.map(({ address }) => ({ address, provider_config_key: "aws" }));
  return {
    format_version: "1.2",
    resource_changes: changes,
    resource_drift: drift,
    prior_state: { values: { root_module: { resources } } },
    configuration: {
      provider_config: { aws: { expressions: { region: { constant_value: "ap-northeast-1" } } } },
      root_module: { resources: declared },
    },
  };
}

export const TABLE = { name: "carts", arn: "arn:aws:dynamodb:ap-northeast-1:111122223333:table/carts" };
export const BUCKET = { id: "receipts", bucket: "receipts", arn: "arn:aws:s3:::receipts" };

/** An output folder of cdktf, each stack after the one before. */
export function outputFolder(stacks: Readonly<Record<string, object>>): string {
  const out = mkdtempSync(join(tmpdir(), "review-"));
  const names = Object.keys(stacks);
  for (const name of names) {
    mkdirSync(join(out, "stacks", name), { recursive: true });
    writeFileSync(join(out, "stacks", name, "cdk.tf.json"), JSON.stringify(stacks[name]));
  }
  const manifest = names.map((name, index) => {
    const synthesizedStackPath = `stacks/${name}/cdk.tf.json`;
    return [name, { name, synthesizedStackPath, dependencies: names.slice(Math.max(0, index - 1), index) }] as const;
  });
  writeFileSync(join(out, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(manifest) }));
  return out;
}

/** Writes files into a folder, by their paths in it. */
export function addFiles(folder: string, files: Readonly<Record<string, string | object>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
  }
}
