import { spawnSync } from "node:child_process";

interface Tool {
  /** Prints its version, beginning with a line that holds it. */
  readonly command: readonly [string, ...string[]];
  /** Major and minor version needed. */
  readonly atLeast: readonly [number, number];
  readonly remedy: string;
}

/** Terraform, or what runs instead of it, such as OpenTofu. */
export function terraformBinary(): string {
  return process.env.TERRAFORM_BINARY_NAME ?? "terraform";
}

const TOOLS = {
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

/** What has to be installed before these tools can be used, a line for each. */
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

function isEnough(version: [number, number] | undefined, { atLeast: [major, minor] }: Tool): boolean {
  if (version === undefined) return false;
  return version[0] > major || (version[0] === major && version[1] >= minor);
}
