import { BLOCKS_FILE, putBlocks, readBlocks, writeBlocks } from "./blocks";
import { Checklist, makeChecklist } from "./checklist";
import { handOver, Judged } from "./hand-over";
import {
  checkPlan,
  endingOnSignal,
  importPage,
  namedRegions,
  pickDark,
  Progress,
  readJson,
  readOutput,
  refuseForeignFiles,
  refuseForeignModuleFiles,
  regionsOf,
  saysItsRegions,
  StackFolder,
  WrongUse,
} from "../terraform";
import { PrivateCopies } from "./private-copies";
import { rehearse, Wish } from "./rehearsal";
import { Planned, PlanFailure, Terraform } from "./terraform";
import { PLAN_RULES } from "./untrusted";
import { judge } from "./judge";
import { Left, Verdict } from "./verdict";

export interface ReconcileOptions {
  /** Output folder of cdktf. */
  readonly out: string;
  /** Names of stacks. If it is empty, every stack. */
  readonly stacks: readonly string[];
  /** Files of plans as JSON, by stack. */
  readonly plans: ReadonlyMap<string, string>;
  /** Whether Terraform may be run. */
  readonly run: boolean;
  readonly write: boolean;
  readonly adoptExisting: boolean;
  readonly adopt: readonly Adoption[];
  /** Sites or regions that receive no requests. */
  readonly dark: readonly string[];
  /** How long Terraform may take for a plan. */
  readonly limitMs: number;
  /** Whether stacks are planned whose files run programs or ask other servers. */
  readonly trusted: boolean;
}

/** A resource to import, by its address. */
export interface Adoption {
  /** @default - the one stack that plans to create it */
  readonly stack?: string;
  readonly address: string;
  /** @default - the id that its arguments determine */
  readonly id?: string;
}

export interface Report {
  readonly stacks: readonly StackReport[];
  readonly checklist: Checklist;
  /** 0: nothing to write, or everything is written; 1: something is left for the operator. */
  readonly code: 0 | 1;
}

export interface StackReport extends Pick<Verdict, "removed" | "moved" | "imports" | "offers" | "destroyed" | "left"> {
  readonly stack: string;
  /** Path of the file that Terraform reads. */
  readonly file: string;
  /** The required text of the file. It is undefined if there are no blocks. */
  readonly text: string | undefined;
  /** Whether the file has that text. */
  readonly told: boolean;
  /** Whether there was a plan. */
  readonly planned: boolean;
}

/** Plans a stack with these blocks. */
type PlanStack = (stack: StackFolder, blocks: string | undefined) => Promise<Planned>;

/** The settings and functions of one run. */
interface Run extends Pick<ReconcileOptions, "plans" | "run"> {
  /** Regions that receive no requests. */
  readonly dark: ReadonlySet<string>;
  readonly plan: PlanStack;
  readonly progress: Progress;
}

/**
 * Reads the plans of stacks, and decides which blocks Terraform needs. Terraform plans in copies and never applies. With `write`, it writes
 * the blocks into the folders of the stacks at the end.
 */
export async function reconcile(options: ReconcileOptions, progress: Progress): Promise<Report> {
  const all = readOutput(options.out);
  const chosen = choose(all, options);
  const dark = options.dark.length === 0 ? [] : pickDark(namedRegions(all), options.dark);
  for (const { dir } of chosen) readBlocks(dir); // refuses a foreign file before the slow steps
  return endingOnSignal(async (ended) => {
    const copies = new PrivateCopies();
    try {
      const { limitMs, trusted } = options;
      const copyOf = (stack: StackFolder): StackFolder => ({ ...stack, dir: copies.of(stack) });
      const plan: PlanStack = (stack, blocks) => {
        const copy = copyOf(stack);
        const initialised = (): void => (trusted ? undefined : refuseForeignModuleFiles(copy, PLAN_RULES));
        const { providers } = copies;
        return new Terraform(copy.dir, { limitMs, ended, providers, initialised }).plan(blocks);
      };
      const run = { ...options, dark: new Set(dark.map(({ region }) => region)), plan, progress };
      const asked = chosen.filter((stack) => run.run && whySpared(stack, run.dark) === undefined);
      // in the copies, where a link to a file is a file
      if (!trusted) for (const stack of asked) refuseForeignFiles(copyOf(stack), PLAN_RULES);
      const outcomes = await decide(chosen, options, run);
      ended.throwIfAborted();
      return report(all, outcomes, options);
    } finally {
      copies.remove();
    }
  });
}

async function decide(
  chosen: readonly StackFolder[],
  options: ReconcileOptions,
  run: Run,
): Promise<Map<StackFolder, Verdict | Undecided>> {
  const outcomes = new Map<StackFolder, Verdict | Undecided>();
  const found: Judged[] = [];
  for (const stack of chosen) {
    // a plan may be large, so it is judged at once and not kept
    const outcome = judgePlan(stack, await firstPlan(stack, run), found.length > 0);
    outcomes.set(stack, outcome);
    if (!("undecided" in outcome)) found.push({ stack, verdict: outcome });
  }
  const judged = handOver(found);
  const wishes = wishesOf(judged, options);
  for (const one of judged) outcomes.set(one.stack, await settle(one, wishes.get(one.stack)!, run));
  return outcomes;
}

/** A stack without a plan, with the known problems. */
interface Undecided {
  readonly undecided: readonly Left[];
}

function judgePlan(stack: StackFolder, planned: Planned, hasOthers: boolean): Verdict | Undecided {
  if (!("failed" in planned)) return judge(planned.plan, stack.json);
  // the other stacks would fail too, so one message is enough
  if (planned.failed === "no credentials" && !hasOthers) {
    throw new WrongUse(`Terraform found no AWS credentials for ${stack.name}; ${LOG_IN}`);
  }
  const partly = planned.part === undefined ? [] : judge(planned.part, stack.json).left;
  return { undecided: [...partly, leaveFailure(stack, planned)] };
}

const LOG_IN = "log in, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run again";

function choose(all: readonly StackFolder[], options: ReconcileOptions): readonly StackFolder[] {
  const named = [...options.stacks, ...options.plans.keys(), ...options.adopt.flatMap(({ stack }) => stack ?? [])];
  const unknown = named.find((name) => !all.some((stack) => stack.name === name));
  if (unknown !== undefined) {
    throw new WrongUse(`${options.out} has no stack ${unknown}; it has ${all.map(({ name }) => name).join(", ")}`);
  }
  return options.stacks.length === 0 ? all : all.filter(({ name }) => options.stacks.includes(name));
}

async function firstPlan(stack: StackFolder, { plans, run, dark, plan, progress }: Run): Promise<Planned> {
  const file = plans.get(stack.name);
  if (file !== undefined) return readPlan(file);
  const spared = whySpared(stack, dark);
  if (spared !== undefined) return failure("dark", spared);
  if (!run) return failure("refused", `no plan was given: --plan ${stack.name}=<file>`);
  return progress.during(`planning ${stack.name}`, () => plan(stack, undefined));
}

/** Why a stack is not planned while these regions are dark. Returns undefined if it may be planned. */
function whySpared(stack: StackFolder, dark: ReadonlySet<string>): string | undefined {
  const region = regionsOf(stack).find((name) => dark.has(name));
  if (region !== undefined) return `${region} is said to be dark`;
  return dark.size > 0 && !saysItsRegions(stack)
    ? `its JSON does not say the region of its provider, which may be ${[...dark].join(" or ")}, said to be dark`
    : undefined;
}

function readPlan(file: string): Planned {
  const plan = checkPlan(readJson(file), file);
  const failed = failure("refused", `${file} is of a plan that failed; plan again to see why`);
  return plan.errored ? { ...failed, part: plan } : { plan };
}

function failure(failed: PlanFailure["failed"], summary: string): PlanFailure {
  return { failed, errors: [{ severity: "error", summary }] };
}

/** The imports that the user asked for, by stack. An unknown address is refused before any file is written. */
function wishesOf(judged: readonly Judged[], { adopt, adoptExisting }: ReconcileOptions): Map<StackFolder, Wish> {
  const named = new Map(judged.map(({ stack }) => [stack, new Map<string, string | undefined>()]));
  for (const { stack: name, address, id } of adopt) {
    const found = judged
      .filter(({ stack }) => name === undefined || stack.name === name)
      .flatMap(({ stack, verdict }) =>
        verdict.offers.filter(({ to }) => to === address).map((offer) => ({ stack, offer })),
      );
    const [first, second] = found;
    if (first === undefined) throw new WrongUse(`no stack plans to create ${address}, so there is nothing to adopt`);
    if (second !== undefined) {
      const names = found.map(({ stack }) => `${stack.name}:${address}`).join(" or ");
      throw new WrongUse(`several stacks plan to create ${address}; say which: ${names}`);
    }
    if (id === undefined && first.offer.id === undefined) {
      const page = importPage(first.offer.type);
      throw new WrongUse(`the id of ${address} does not follow from its arguments; give ${address}=<id>, see ${page}`);
    }
    named.get(first.stack)!.set(address, id);
  }
  return new Map([...named].map(([stack, own]) => [stack, { existing: adoptExisting, named: own }]));
}

/** Tries the blocks in a plan, if Terraform may run and the stack's region is available. */
async function settle({ stack, verdict }: Judged, wish: Wish, { run, dark, plan, progress }: Run): Promise<Verdict> {
  const { removed, moved, imports, offers } = verdict;
  const wanted = wish.existing ? offers.filter(({ id }) => id !== undefined).length : wish.named.size;
  if (removed.length + moved.length + imports.length + wanted === 0) return verdict;
  if (!run || whySpared(stack, dark) !== undefined) return unrehearsed(verdict, wish);
  const rehearsed = await rehearse(verdict, stack.json, wish, (blocks) => {
    return progress.during(`trying the blocks of ${stack.name} in a plan`, () => plan(stack, blocks));
  });
  // the blocks are still written, because a plan that fails destroys nothing
  return "failed" in rehearsed ? { ...verdict, left: [...verdict.left, leaveFailure(stack, rehearsed)] } : rehearsed;
}

function unrehearsed(verdict: Verdict, { named }: Wish): Verdict {
  const adopted = verdict.offers.flatMap((offer) => {
    const id = named.get(offer.to) ?? offer.id;
    return named.has(offer.to) && id !== undefined ? [{ ...offer, id, why: "was named" }] : [];
  });
  return {
    ...verdict,
    imports: [...verdict.imports, ...adopted],
    offers: verdict.offers.filter(({ to }) => !named.has(to)),
  };
}

function report(
  all: readonly StackFolder[],
  outcomes: ReadonlyMap<StackFolder, Verdict | Undecided>,
  { write }: ReconcileOptions,
): Report {
  const stacks = [...outcomes].map(([stack, outcome]) => {
    return "undecided" in outcome ? reportUndecided(stack, outcome) : reportVerdict(stack, outcome, write);
  });
  const verdicts = [...outcomes].flatMap(([stack, outcome]): [StackFolder, Verdict][] => {
    return "undecided" in outcome ? [] : [[stack, outcome]];
  });
  const done = stacks.every(({ told, left }) => told && left.length === 0);
  return { stacks, checklist: makeChecklist(all, new Map(verdicts)), code: done ? 0 : 1 };
}

function reportVerdict(stack: StackFolder, verdict: Verdict, write: boolean): StackReport {
  const { removed, moved, imports, offers, destroyed, left } = verdict;
  const text = writeBlocks(verdict);
  if (write) putBlocks(stack.dir, text);
  const told = readBlocks(stack.dir) === text;
  const file = `${stack.dir}/${BLOCKS_FILE}`;
  return { stack: stack.name, file, text, told, planned: true, removed, moved, imports, offers, destroyed, left };
}

/** Without a plan there is no decision, so the file stays as it is. */
function reportUndecided(stack: StackFolder, { undecided: left }: Undecided): StackReport {
  const text = readBlocks(stack.dir);
  const nothing = { removed: [], moved: [], imports: [], offers: [], destroyed: [] };
  const file = `${stack.dir}/${BLOCKS_FILE}`;
  return { stack: stack.name, file, text, told: true, planned: false, ...nothing, left };
}

function leaveFailure(stack: StackFolder, { failed, errors }: PlanFailure): Left {
  const problem = errors.map(({ summary, detail = "" }) => [summary, detail].filter(Boolean).join(": ")).join("; ");
  const regions = regionsOf(stack).join(", ") || "its region";
  const remedies = {
    dark: `wait until ${regions} is back; deploy the stacks of other regions alone`,
    "no credentials": LOG_IN,
    refused: "settle what Terraform says, then run again",
  };
  return { problem, remedy: remedies[failed] };
}
