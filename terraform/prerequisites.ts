import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

interface Limits {
  /** Major and minor version needed. */
  readonly atLeast: readonly [number, number];
  /** First major version that does not work. @default - none */
  readonly below?: number;
}

interface Tool extends Limits {
  /** Prints its version, beginning with a line that holds it. */
  readonly command: readonly [string, ...string[]];
  readonly remedy: string;
}

/** Terraform, or its replacement, such as OpenTofu. A path becomes absolute, because Terraform runs in the folders of stacks. */
export function terraformBinary(): string {
  const name = process.env.TERRAFORM_BINARY_NAME || "terraform";
  return name.includes("/") ? resolve(name) : name;
}

const TOOLS = {
  node: {
    command: [process.execPath, "--version"],
    atLeast: [20, 19],
    below: 23,
    remedy: "use Node 20.19 to 22; cdktf-cli 0.21 has no binary of node-pty for a newer one",
  },
  terraform: {
    command: [terraformBinary(), "version"],
    atLeast: [1, 11],
    remedy: "install Terraform 1.11 or newer and put it on the PATH",
  },
  python3: {
    command: ["python3", "-c", "import ensurepip, sys, venv; print(sys.version)"],
    atLeast: [3, 11],
    remedy: "install Python 3.11 or newer with its venv module and put it on the PATH as python3",
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;

/** The versions of Node that `npm start` works with. */
export const NODE: Limits = TOOLS.node;

/** Lists the tools that are missing or too old, with one line and a remedy for each. */
export function missingTools(...names: readonly ToolName[]): string[] {
  return names.flatMap((name) => {
    const version = versionOf(TOOLS[name]);
    return isEnough(version, TOOLS[name])
      ? []
      : [`${name} ${version?.join(".") ?? "is missing"}: ${TOOLS[name].remedy}`];
  });
}

/** Ends the program with a line for each tool that is missing or too old. */
export function requireTools(...names: readonly ToolName[]): void {
  const missing = missingTools(...names);
  for (const line of missing) console.error(line);
  if (missing.length > 0) process.exit(1);
}

function versionOf({ command: [program, ...args] }: Tool): [number, number] | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8", timeout: 30_000 });
  const found = status === 0 ? /(\d+)\.(\d+)/.exec(stdout) : null;
  return found === null ? undefined : [Number(found[1]), Number(found[2])];
}

export function isEnough(
  version: readonly [number, number] | undefined,
  { atLeast, below = Infinity }: Limits,
): boolean {
  const [major, minor] = atLeast;
  if (version === undefined || version[0] >= below) return false;
  return version[0] > major || (version[0] === major && version[1] >= minor);
}
