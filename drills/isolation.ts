import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import {
  freshEnvironment,
  NOT_OFFLINE,
  Progress,
  runCommand,
  StackFolder,
  terraformBinary,
  WrongUse,
} from "../terraform";
import { DrillReport } from "./report";
import { DarkPlace } from "./stack-facts";
import { WorkFolder } from "./work-folder";

/** The program that runs inside the network namespace. It has the extension of this file: `.js` in the package, `.ts` in the sources. */
const PROGRAM = join(__dirname, `inside${extname(__filename)}`);

const NOT_ISOLATED =
  "this system permits no network namespace, so the stacks ran with the network. Only checks of their files keep them from asking other servers";

/** The input of the steps that follow `terraform init`. */
export interface Job {
  readonly stacks: readonly StackFolder[];
  readonly places: readonly DarkPlace[];
  readonly account: string | undefined;
  readonly cache: string;
  readonly notes: readonly string[];
}

/** How it ended. */
export interface Result {
  readonly report?: DrillReport;
  readonly fault?: string;
}

/**
 * Runs the emulator and Terraform without a network, without a home, and without the user's environment. A process in a network namespace
 * does not reach the machine's own loopback, so all of them run in the same one.
 */
export async function runInside(work: WorkFolder, job: Job, progress: Progress): Promise<DrillReport> {
  const env = environment(work);
  refuseHomeless(terraformBinary(), "version", env, "set TERRAFORM_BINARY_NAME to the path of the binary itself");
  refuseHomeless("python3", "--version", env, "put the folder of the Python itself first on the PATH");
  const offline = await permitsOffline(env);
  if (!offline) progress.say(NOT_ISOLATED);
  const notes = [...job.notes, ...(offline ? [] : [NOT_ISOLATED])];
  writeFileSync(jobFile(work.dir), JSON.stringify({ ...job, notes }));
  const program = [...process.execArgv, PROGRAM, work.dir];
  const onLine = (line: string): void => progress.say(line);
  await runCommand(process.execPath, program, { cwd: process.cwd(), env, onLine, offline });
  const { report, fault } = JSON.parse(readFileSync(resultFile(work.dir), "utf8")) as Result;
  if (report === undefined) throw new Error(fault);
  return report;
}

export function jobFile(folder: string): string {
  return join(folder, "job.json");
}

export function resultFile(folder: string): string {
  return join(folder, "result.json");
}

function environment({ home, temporary }: WorkFolder): NodeJS.ProcessEnv {
  return {
    ...freshEnvironment(),
    HOME: home,
    TMPDIR: temporary,
    // a warning about the AWS clients of this package would only confuse the operator
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}

/** A version manager's command may look up below the home folder which program to run. */
function refuseHomeless(command: string, version: string, env: NodeJS.ProcessEnv, remedy: string): void {
  if (spawnSync(command, [version], { env, timeout: 30_000 }).status === 0) return;
  throw new WrongUse(`'${command}' does not run without your home folder, which a drill hides; ${remedy}`);
}

async function permitsOffline(env: NodeJS.ProcessEnv): Promise<boolean> {
  const options = { cwd: process.cwd(), env, offline: true, accept: [0, NOT_OFFLINE] };
  return (await runCommand(process.execPath, ["--version"], options)).code === 0;
}
