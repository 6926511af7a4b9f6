import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { runNode, tool } from "../scripts/run";
import { Program } from "./measure";
import { BUILD } from "./prepare";
import { StackJson, twinOf } from "./twin";

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}

/** A compiled program of ours: its path below the project, without ending. */
export function compiled(path: string, ...args: readonly string[]): Program {
  return { args: [join(BUILD, `${path}.js`), ...args], cwd: BUILD };
}

/** The output of a cdktf program, by stack. */
export function synthesise(program: Program): Map<string, StackJson> {
  return withOutput(program, (outdir) => {
    const { stacks } = readJson(join(outdir, "manifest.json")) as Manifest;
    const jsonOf = (path: string) => readJson(join(outdir, path)) as StackJson;
    return new Map(Object.entries(stacks).map(([name, stack]) => [name, jsonOf(stack.synthesizedStackPath)]));
  });
}

/** Runs a program and reads what it has written, which is gone afterwards. */
export function withOutput<T>({ args, cwd }: Program, read: (outdir: string) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const options = { cwd, env: { ...process.env, CDKTF_OUTDIR: outdir }, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
    return read(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Writes and compiles the plain cdktf program for what `program` makes. Fails when it does not make the same. */
export function plainTwin(name: string, program: Program): Program & { readonly source: string } {
  const stacks = synthesise(program);
  const folder = join(BUILD, "twins");
  const source = join(folder, `${name}.ts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(source, twinOf(stacks));
  const options = ["--module", "commonjs", "--target", "es2022", "--moduleResolution", "node10", "--noCheck"];
  if (runNode([tool("typescript/bin/tsc"), source, ...options]) !== 0) throw new Error(`${source} does not compile`);
  const twin = { args: [join(folder, `${name}.js`)], cwd: BUILD, source };
  refuseDifference(stacks, synthesise(twin));
  return twin;
}

function refuseDifference(ours: ReadonlyMap<string, StackJson>, twins: ReadonlyMap<string, StackJson>): void {
  const names = [...ours.keys()];
  if (names.join() !== [...twins.keys()].join()) throw new Error(`the twin has other stacks than ${names.join(", ")}`);
  for (const [name, json] of ours) {
    for (const [address, block] of blocks(json)) {
      const twin = blocks(twins.get(name)!).get(address);
      if (!isDeepStrictEqual(block, twin)) {
        throw new Error(`${name}: ${address} differs\n${JSON.stringify(block)}\n${JSON.stringify(twin)}`);
      }
    }
    if (blocks(json).size !== blocks(twins.get(name)!).size) throw new Error(`${name}: the twin has more resources`);
  }
}

/** Resources and data sources by address, without cdktf's comments. */
function blocks(json: StackJson): Map<string, unknown> {
  const entries = (["resource", "data"] as const).flatMap((section) =>
    Object.entries(json[section] ?? {}).flatMap(([type, byId]) =>
      Object.entries(byId as Record<string, Record<string, unknown>>).map(([id, { "//": comment, ...block }]) => {
        return [`${section}.${type}.${id}`, block] as const;
      }),
    ),
  );
  return new Map(entries);
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
