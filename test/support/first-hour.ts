import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { tool } from "../../scripts/run";
import { Ending, run, StackJson, synthesised } from "./consumer";
import { codeBlocks } from "./markdown";
import { SourceText } from "./source-tree";

/** Where the packages come from that the README installs: from npm's registry, or from this tree, linked. */
type Packages = "registry" | "linked";

type ModuleKind = "commonjs" | "module";

/** Commands of the README's section "In your own project": those of the clone, and those of the empty folder. */
export function commandsOf(readme: SourceText): { readonly clone: string[]; readonly project: string[] } {
  const section = /^## In your own project$[^]*?^## /m.exec(readme.text)![0];
  const blocks = codeBlocks({ path: readme.path, text: section }, "sh").map(({ text }) => text.trimEnd().split("\n"));
  const [clone, project, ...more] = blocks;
  if (clone === undefined || project === undefined || more.length > 0) {
    throw new Error(`expected two blocks of commands in '${readme.path}', got ${blocks.length}`);
  }
  return { clone, project };
}

/** An empty folder next to a clone that holds the tarball, as the README asks for. */
export class FirstHour {
  private readonly parent = realpathSync(mkdtempSync(join(tmpdir(), "first-hour-")));
  readonly folder = join(this.parent, "orders");

  constructor(
    tarball: string,
    private readonly packages: Packages,
  ) {
    mkdirSync(this.folder);
    mkdirSync(join(this.parent, "cdktf-aws-dr"));
    copyFileSync(tarball, join(this.parent, "cdktf-aws-dr", basename(tarball)));
  }

  /** Runs commands of the README, each as it is written. One that fails ends it. */
  follow(commands: readonly string[], kind: ModuleKind): void {
    for (const command of commands) {
      const names = /^npm install (?:--save-dev )?(.*)$/.exec(command)?.[1]!.split(" ");
      if (names !== undefined && this.packages === "linked") this.link(names);
      else this.must(command);
      if (command.startsWith("npm init")) this.must(`npm pkg set type=${kind}`);
    }
  }

  /** Runs a command line in the folder. */
  run(command: string): Ending {
    const env = {
      // the packages are in npm's cache on a machine that has installed them before
      npm_config_prefer_offline: "true",
      npm_config_audit: "false",
      npm_config_fund: "false",
      CHECKPOINT_DISABLE: "1",
      CI: "1",
    };
    return run(this.folder, "sh", ["-c", command], env, 600_000);
  }

  must(command: string): string {
    const { code, output } = this.run(command);
    if (code !== 0) throw new Error(`'${command}' of the README ended with ${code}:\n${output}`);
    return output;
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  stacks(): Map<string, StackJson> {
    return synthesised(join(this.folder, "cdktf.out"));
  }

  remove(): void {
    rmSync(this.parent, { recursive: true, force: true });
  }

  /** The tarball is installed; what this tree has already is linked, with its programs. */
  private link(names: readonly string[]): void {
    for (const name of names) {
      if (name.endsWith(".tgz")) this.must(`npm install --offline --legacy-peer-deps ${name}`);
      else this.linkPackage(name);
    }
  }

  private linkPackage(name: string): void {
    const at = join(this.folder, "node_modules", name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(tool(name), at);
    const { bin = {} } = JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as {
      readonly bin?: string | Readonly<Record<string, string>>;
    };
    for (const [program, path] of Object.entries(typeof bin === "string" ? { [name]: bin } : bin)) {
      symlinkSync(join(at, path), join(this.folder, "node_modules", ".bin", program));
    }
  }
}
