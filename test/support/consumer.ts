import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../../scripts/entry-points";
import { tool } from "../../scripts/run";

/** The exit code and the output of a program. */
export interface Ending {
  readonly code: number | null;
  readonly output: string;
}

/** Both TypeScripts, by the folder they are installed in. */
export type Compiler = "typescript" | "typescript7";

/** The JSON of a synthesised stack. */
export type StackJson = { readonly resource?: Readonly<Record<string, object>> };

type ManifestStack = { readonly synthesizedStackPath: string };
type Manifest = { readonly stacks: Readonly<Record<string, ManifestStack>> };

/** Runs a program to its end, without the environment of npm. */
export function run(
  folder: string,
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  timeout = 120_000,
): Ending {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env: { PATH, HOME, ...env },
    encoding: "utf8",
    timeout,
  });
  if (error) throw error;
  return { code: status, output: stdout + stderr };
}

/**
 * Packs `dist/` as `npm publish` would. Returns the tarball's path and the files in it. `npm test` builds before the tests that pack; a build
 * of its own for each of them takes 20 s of processor time.
 */
export function pack(): { tarball: string; files: string[]; bytes: number } {
  if (!existsSync(join(ROOT, "dist", "package.json"))) {
    throw new Error("the package is not built: run 'npm run build' first");
  }
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  const args = ["pack", "--json", "--offline", "--loglevel=error", "--pack-destination", folder];
  const { code, output } = run(join(ROOT, "dist"), "npm", args);
  if (code !== 0) throw new Error(output);
  const [packed] = JSON.parse(output.slice(output.indexOf("["))) as [
    { filename: string; size: number; files: { path: string }[] },
  ];
  return {
    tarball: join(folder, packed.filename),
    files: packed.files.map(({ path }) => path),
    bytes: packed.size,
  };
}

const TEMPLATE = tool("cdktf-cli/bundle/templates/typescript");

/**
 * A project made from the files of `cdktf init --template=typescript`, into which npm has installed the tarball. The peers are
 * the ones of this tree: linked, because half a gigabyte of provider need not be copied.
 */
export class Consumer {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "consumer-")));

  constructor(tarball: string) {
    cpSync(TEMPLATE, this.folder, { recursive: true });
    for (const name of ["package.json", "cdktf.json", "main.ts"]) this.fillIn(name);
    const args = ["install", "--offline", "--no-audit", "--no-fund", "--legacy-peer-deps", tarball];
    const { code, output } = run(this.folder, "npm", args);
    if (code !== 0) throw new Error(output);
    for (const name of ["cdktf", "constructs", "@cdktf/provider-aws", "@types/node"]) this.link(name);
  }

  join(...path: readonly string[]): string {
    return join(this.folder, ...path);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.join(path)), { recursive: true });
    writeFileSync(this.join(path), text);
  }

  /** Type-checks files as one program, with the template's settings, and these. */
  typeCheck(compiler: Compiler, files: readonly string[], settings: object = {}): Ending {
    const project = this.project(files, { ...settings, noEmit: true });
    return run(this.folder, process.execPath, [tool(`${compiler}/bin/tsc`), "-p", project]);
  }

  /** Compiles and runs a program as `cdktf synth` would. Returns the JSON of each stack by name. */
  synthesise(file: string, settings: object = {}): Map<string, StackJson> {
    const compiler = [tool("typescript/bin/tsc"), "-p", this.project([file], settings)];
    const program = this.join(file.replace(/ts$/, "js"));
    const outdir = this.join("cdktf.out");
    for (const args of [compiler, [program]]) {
      const { code, output } = run(this.folder, process.execPath, args, { CDKTF_OUTDIR: outdir });
      if (code !== 0) throw new Error(output);
    }
    return synthesised(outdir);
  }

  private project(files: readonly string[], settings: object): string {
    const name = "tsconfig.project.json";
    this.write(name, JSON.stringify({ extends: "./tsconfig.json", compilerOptions: settings, files, include: [] }));
    return name;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private fillIn(name: string): void {
    const values: Record<string, string> = { $base: "consumer", projectId: "consumer", sendCrashReports: "false" };
    const text = readFileSync(this.join(name), "utf8");
    this.write(
      name,
      text.replace(/\{\{ ?([$\w]+) ?\}\}/g, (_, key: string) => values[key] ?? ""),
    );
  }

  private link(name: string): void {
    const at = this.join("node_modules", name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(tool(name), at);
  }
}

/** The JSON of each stack by name. */
export function synthesised(outdir: string): Map<string, StackJson> {
  const { stacks } = readJson(join(outdir, "manifest.json")) as Manifest;
  const jsonOf = ({ synthesizedStackPath }: ManifestStack) => readJson(join(outdir, synthesizedStackPath)) as StackJson;
  return new Map(Object.entries(stacks).map(([name, stack]) => [name, jsonOf(stack)]));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
