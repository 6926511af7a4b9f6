import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { s3Backend, StackFolder, whenInterrupted, WrongUse } from "../terraform";

/** Files in a stack's folder that belong to its real state, or refer to it. */
const LEFT_BEHIND = /^(\.terraform|.*\.tfstate(\..*)?|reconcile\.tf\.json)$/;

/** A name that is a folder's, on every system. */
const PLAIN_NAME = /^[A-Za-z0-9_][\w.-]*$/;

/** The name of a provider's socket, with the longest number. */
const SOCKET = "/plugin4294967295";

/** <linux/un.h>: 108 bytes, with a zero at the end; elsewhere 104. */
const LONGEST_SOCKET = process.platform === "linux" ? 107 : 103;

/**
 * A copy of synthesised stacks for one drill. Nothing of the drill stays in the output folder, because it would mislead the next
 * real deployment. Everything else that the drill writes is in it as well.
 */
export class WorkFolder {
  static of(originals: readonly StackFolder[]): WorkFolder {
    const work = new WorkFolder();
    try {
      refuseLongPath(work.temporary);
      work.copies = originals.map((stack) => ({ ...stack, dir: work.copy(stack) }));
      return work;
    } catch (fault) {
      work.remove();
      throw fault;
    }
  }

  /** The folder that holds the drill's files. */
  readonly dir = mkdtempSync(join(tmpdir(), "cdktf-aws-dr-drill-"));
  /** An empty folder, which is the home folder of the programs in the drill. */
  readonly home = this.folder("home");
  /** Short, because providers make sockets in it. */
  readonly temporary = this.folder("t");
  private readonly stacksFolder = this.folder("stacks");
  private readonly forget = whenInterrupted(() => this.remove());
  private copies: readonly StackFolder[] = [];

  get stacks(): readonly StackFolder[] {
    return this.copies;
  }

  remove(): void {
    this.forget();
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 3 });
  }

  private folder(name: string): string {
    const path = join(this.dir, name);
    mkdirSync(path);
    return path;
  }

  private copy(stack: StackFolder): string {
    if (!PLAIN_NAME.test(stack.name)) {
      throw new WrongUse(`the manifest names a stack ${JSON.stringify(stack.name)}, which is not the name of a folder`);
    }
    refuseLinks(stack);
    const dir = join(this.stacksFolder, stack.name);
    cpSync(stack.dir, dir, { recursive: true, filter: (source) => !isLeftBehind(stack, source) });
    return dir;
  }
}

/** A provider cannot start where the path of its socket is too long for the system. */
export function refuseLongPath(temporary: string): void {
  const [length, most] = [Buffer.byteLength(temporary), LONGEST_SOCKET - SOCKET.length];
  if (length <= most) return;
  throw new WrongUse(
    `${temporary} is too long for the sockets of providers: ${length} bytes, allowed ${most}; name a shorter folder in TMPDIR`,
  );
}

function isLeftBehind({ dir }: StackFolder, source: string): boolean {
  return source !== dir && LEFT_BEHIND.test(basename(source));
}

/** Refuses links. A link could make the drill copy from, or write to, a place outside the folder. */
function refuseLinks(stack: StackFolder, folder = stack.dir): void {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (isLeftBehind(stack, path)) continue;
    const found = lstatSync(path);
    if (found.isDirectory()) refuseLinks(stack, path);
    else if (!found.isFile()) {
      const file = `${stack.name}/${relative(stack.dir, path)}`;
      throw new WrongUse(`${file} is not a file; replace it with a file, because a drill follows no links`);
    }
  }
}

/** Keeps every state that is not in S3 in a file of the copy. An override replaces the whole backend of a stack. */
export function keepStatesInFiles(copies: readonly StackFolder[]): void {
  for (const { dir } of copies.filter((stack) => !keepsStateInS3(stack))) {
    const override = { terraform: { backend: { local: { path: join(dir, "drill.tfstate") } } } };
    writeFileSync(join(dir, "drill_override.tf.json"), JSON.stringify(override));
  }
}

/** Whether a stack's state is where a drill can show that it is read in the dark. */
export function keepsStateInS3(stack: StackFolder): boolean {
  return s3Backend(stack.json) !== undefined;
}
