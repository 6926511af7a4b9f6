import { BUILD } from "../prepare";
import { Medians, Program, sideBySide } from "../measure";
import { compare, Row } from "../report";
import { entryPoints } from "../../scripts/entry-points";

/** Each module against cdktf itself, which it cannot do without. Reported is the module that costs most. */
export function imports(): Row[] {
  const names = entryPoints()
    .map(({ folder }) => folder)
    .filter((folder) => folder.startsWith("modules/"));
  const programs = Object.fromEntries(names.map((name) => [name, importing(`cdktf-aws-dr/${name}`)]));
  const measured = sideBySide<string>({ cdktf: importing("cdktf"), ...programs });
  const { cdktf, ...modules } = measured as { cdktf: Medians } & Record<string, Medians>;
  const limits = { time: 1.5, memory: 1.3 };
  const rows = Object.entries(modules).map(([name, ours]) => {
    return compare(`import ${name}`, ours, { name: "import cdktf", ...cdktf }, limits);
  });
  return [dearest(rows.map(([time]) => time!)), dearest(rows.map(([, memory]) => memory!))];
}

function importing(name: string): Program {
  return { args: ["--eval", `require(${JSON.stringify(name)})`], cwd: BUILD };
}

function dearest(rows: readonly Row[]): Row {
  return rows.reduce((most, row) => (row.ours > most.ours ? row : most));
}
