import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/entry-points";
import { tool } from "../../scripts/run";
import { Program, sideBySide } from "../measure";
import { BUILD } from "../prepare";
import { compare, Row } from "../report";
import { compiled, plainTwin } from "../synthesised";

const COMPILERS = { "TypeScript 5.9": "typescript", "TypeScript 7": "typescript7" };

/** A consumer of three modules against one that makes the same resources from plain provider submodules. */
export function typeCheck(): Row[] {
  const twin = plainTwin("three-modules", compiled("bench/programs/three-modules"));
  const ours = consumer("ours", join(ROOT, "bench", "programs", "three-modules.ts"));
  const plain = consumer("plain", twin.source);
  return Object.entries(COMPILERS).flatMap(([name, compiler]) => {
    const measured = sideBySide({ ours: checking(compiler, ours), plain: checking(compiler, plain) });
    const against = { name: "plain provider", ...measured.plain };
    const [time] = compare(`type-check three modules, ${name}`, measured.ours, against, { time: 1.3 });
    return [time!];
  });
}

/** A project with the settings that `cdktf init` gives it. */
function consumer(name: string, source: string): string {
  const folder = join(BUILD, "consumers", name);
  mkdirSync(folder, { recursive: true });
  cpSync(source, join(folder, "main.ts"));
  const compilerOptions = {
    target: "ES2018",
    lib: ["es2018"],
    module: "CommonJS",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
  return folder;
}

function checking(compiler: string, folder: string): Program {
  return { args: [tool(`${compiler}/bin/tsc`), "-p", "."], cwd: folder };
}
