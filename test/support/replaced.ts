import { typeFacts } from "../../terraform";
import { Block } from "./synth";

type Resources = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** The arguments by which Terraform would replace a resource that had one block and has another. */
export function replacingChanges(type: string, before: Block, after: Block): string[] {
  const { ignore_changes: ignored = [] } = (after.lifecycle ?? {}) as { ignore_changes?: string[] };
  const { replacedBy: replacing = [] } = typeFacts(type);
  const same = (name: string) => JSON.stringify(before[name]) === JSON.stringify(after[name]);
  return replacing.filter((name) => !same(name) && !ignored.includes(name));
}

/** The resources that Terraform would replace between two texts of a stack: `aws_x.Name argument`. */
export function replacedBetween(before: string, after: string): string[] {
  const [old, now] = [before, after].map((text) => (JSON.parse(text) as { resource?: Resources }).resource ?? {});
  return Object.entries(old!).flatMap(([type, blocks]) =>
    Object.entries(blocks).flatMap(([name, block]) => {
      const fresh = now![type]?.[name];
      const changed = fresh === undefined ? [] : replacingChanges(type, block, fresh);
      return changed.map((argument) => `${type}.${name} ${argument}`);
    }),
  );
}
