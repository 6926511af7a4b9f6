import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/entry-points";
import { sideBySide } from "../measure";
import { Row } from "../report";
import { compiled } from "../synthesised";

/** Each example as a whole process. */
export function examples(): Row[] {
  const folder = join(ROOT, "examples");
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "main.ts")));
  const measured = sideBySide(Object.fromEntries(names.map((name) => [name, compiled(`examples/${name}/main`)])));
  return names.map((name) => ({ what: `example ${name}: time`, unit: "ms", ours: measured[name]!.ms, limit: 1_000 }));
}
