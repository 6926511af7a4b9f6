import { setTimeout as sleep } from "node:timers/promises";
import { Emulator, Plan, TerraformStackRun } from "../emulator";
import { CommandFailed, StackFolder } from "../terraform";
import { Outcome, StackResult } from "./report";
import { homeProvider } from "./stack-facts";
import { errorsIn } from "./terraform-errors";
import { readUnanswered } from "./unanswered";

/** A file next to the stack's own. It declares one more resource. */
const CHANGE_FILE = "drill_change.tf.json";
const CHANGE_ID = "CdktfAwsDrDrill";

/** The resource in it. */
export const CHANGE_ADDRESS = `aws_ssm_parameter.${CHANGE_ID}`;

/** How often the log is looked at, and how long requests are gathered once one was not answered. */
const LOOK_EVERY_MS = 300;
const GATHER_MS = 2_000;

/** The result of a stack, before the drill reads the log of its requests. */
interface Attempt {
  readonly outcome: Outcome;
  readonly changes?: readonly string[];
  readonly fault?: string;
}

/**
 * While a region is dark: a stack of another one plans empty, applies a change and takes it back, and plans empty. The log of the proxy
 * says whom it asked.
 */
export async function drillStack(emulator: Emulator, run: TerraformStackRun, stack: StackFolder): Promise<StackResult> {
  emulator.clearRequests();
  return judge(emulator, stack, await planAndApply(emulator, run, stack));
}

/** The actions of a stack's next plan. */
export async function planStack(emulator: Emulator, run: TerraformStackRun, stack: StackFolder): Promise<StackResult> {
  emulator.clearRequests();
  return judge(emulator, stack, await attempt(async () => readPlan(await watched(emulator, run))));
}

function judge(emulator: Emulator, stack: StackFolder, { outcome, changes = [], fault }: Attempt): StackResult {
  const asked = [...new Set(emulator.requests().map(({ region }) => region))].sort();
  const inVain = emulator.requests({ dark: true });
  const result = { stack: stack.name, asked, changes };
  const [dark] = emulator.darkRegions().keys();
  if (dark === undefined || inVain.length === 0) {
    return { ...result, outcome, unanswered: [], ...(fault !== undefined && { fault }) };
  }
  return { ...result, changes: [], ...readUnanswered(stack, dark, inVain) };
}

async function planAndApply(emulator: Emulator, run: TerraformStackRun, stack: StackFolder): Promise<Attempt> {
  const planned = await attempt(async () => readPlan(await watched(emulator, run)));
  if (planned.outcome !== "empty") return planned;
  const changed = await attempt(() => applyChange(run, stack));
  const back = await attempt(() => takeBack(run));
  return changed.outcome === "empty" ? back : changed;
}

/** A parameter more: it costs nothing, every account may have it, and nothing of the stack depends on it. */
async function applyChange(run: TerraformStackRun, stack: StackFolder): Promise<Attempt> {
  const alias = homeProvider(stack)?.alias;
  const parameter = {
    name: `/cdktf-aws-dr/drill/${stack.name}`,
    type: "String",
    value: "drill",
    ...(alias !== undefined && { provider: `aws.${alias}` }),
  };
  run.write(CHANGE_FILE, { resource: { aws_ssm_parameter: { [CHANGE_ID]: parameter } } });
  await run.apply();
  return { outcome: "empty" };
}

/** The JSON as it is again. */
async function takeBack(run: TerraformStackRun): Promise<Attempt> {
  run.remove(CHANGE_FILE);
  await run.apply();
  return readPlan(await run.plan());
}

/**
 * A plan that is ended once a dark region was asked: the provider would try again for minutes. It takes no lock, which would outlive it.
 */
async function watched(emulator: Emulator, run: TerraformStackRun): Promise<Plan> {
  const stop = new AbortController();
  const done = new AbortController();
  const plan = run.plan({ signal: stop.signal, args: ["-lock=false"] }).finally(() => done.abort());
  void endOnceInVain(emulator, stop, done.signal);
  return plan;
}

async function endOnceInVain(emulator: Emulator, stop: AbortController, done: AbortSignal): Promise<void> {
  while (!done.aborted && emulator.requests({ dark: true }).length === 0) await sleep(LOOK_EVERY_MS);
  await sleep(done.aborted ? 0 : GATHER_MS);
  stop.abort();
}

async function attempt(action: () => Promise<Attempt>): Promise<Attempt> {
  try {
    return await action();
  } catch (fault) {
    if (!(fault instanceof CommandFailed)) throw fault;
    return { outcome: "fails", fault: errorsIn(fault) };
  }
}

function readPlan({ changes, outputs }: Plan): Attempt {
  const lines = changes.map(({ actions, importing, address }) => {
    return `${actions.join("+") || (importing === undefined ? "" : "import")} ${address}`;
  });
  const all = [...lines, ...outputs.map((name) => `update output.${name}`)];
  const destroys = changes.some(({ actions }) => actions.includes("delete"));
  return { outcome: all.length === 0 ? "empty" : destroys ? "destroys" : "changes", changes: all };
}
