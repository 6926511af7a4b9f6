import { BLOCKS_FILE, putBlocks, readBlocks, writeBlocks } from "./blocks";
import { Checklist, makeChecklist } from "./checklist";
import { handOver, Judged } from "./hand-over";
import { importPage } from "./import-ids";
import { readJson } from "./json-file";
import { readOutput, regionsOf, StackFolder } from "./output-folder";
import { PlanJson } from "./plan-json";
import { rehearse, Wish } from "./rehearsal";
import { Planned, PlanFailure, Terraform } from "./terraform";
import { judge, Left, Verdict } from "./verdict";
import { WrongUse } from "./wrong-use";

export interface ReconcileOptions {
  /** Output folder of cdktf. */
  readonly out: string;
  /** Names of stacks; empty: every stack. */
  readonly stacks: readonly string[];
  /** Files of plans as JSON, by stack. */
  readonly plans: ReadonlyMap<string, string>;
  /** Whether Terraform may be run. */
  readonly run: boolean;
  readonly write: boolean;
  readonly adoptExisting: boolean;
  readonly adopt: readonly Adoption[];
  /** Regions that nobody asks. */
  readonly dark: readonly string[];
  /** How long Terraform may take for a plan. */
  readonly limitMs: number;
}

/** What somebody asks to be taken over by name. */
export interface Adoption {
  /** @default - the one stack that plans to create it */
  readonly stack?: string;
  readonly address: string;
  /** @default - what follows from its arguments */
  readonly id?: string;
}

export interface Report {
  readonly stacks: readonly StackReport[];
  readonly checklist: Checklist;
  /** 0: nothing to tell, or everything told; 1: something is left for a human. */
  readonly code: 0 | 1;
}

export interface StackReport extends Pick<Verdict, "removed" | "moved" | "imports" | "offers" | "destroyed" | "left"> {
  readonly stack: string;
  /** Path of the file Terraform reads. */
  readonly file: string;
  /** What the file has to hold; undefined when there is nothing to tell. */
  readonly text: string | undefined;
  /** Whether the file holds that. */
  readonly told: boolean;
  /** Whether there was a plan. */
  readonly planned: boolean;
}

/** Reads the plans of stacks, decides what Terraform must be told, and tells it where that is asked for. Never applies. */
export async function reconcile(options: ReconcileOptions, progress: (line: string) => void): Promise<Report> {
  const all = readOutput(options.out);
  const chosen = choose(all, options);
  const planned = new Map<StackFolder, Planned>();
  for (const stack of chosen) planned.set(stack, await firstPlan(stack, options, progress));
  const judged = handOver(
    chosen.flatMap((stack): Judged[] => {
      const found = planned.get(stack)!;
      return "failed" in found ? [] : [{ stack, verdict: judge(found.plan, stack.json) }];
    }),
  );
  const wishes = wishesOf(judged, options);
  const outcomes = new Map<StackFolder, Verdict | PlanFailure>();
  for (const stack of chosen) {
    const verdict = judged.find((one) => one.stack === stack)?.verdict;
    const failure = planned.get(stack) as PlanFailure;
    outcomes.set(stack, verdict ? await settle({ stack, verdict }, wishes.get(stack)!, options, progress) : failure);
  }
  return report(all, outcomes, options);
}

function choose(all: readonly StackFolder[], options: ReconcileOptions): readonly StackFolder[] {
  const named = [...options.stacks, ...options.plans.keys(), ...options.adopt.flatMap(({ stack }) => stack ?? [])];
  const unknown = named.find((name) => !all.some((stack) => stack.name === name));
  if (unknown !== undefined) {
    throw new WrongUse(`${options.out} has no stack ${unknown}; it has ${all.map(({ name }) => name).join(", ")}`);
  }
  return options.stacks.length === 0 ? all : all.filter(({ name }) => options.stacks.includes(name));
}

async function firstPlan(
  stack: StackFolder,
  { plans, run, dark, limitMs }: ReconcileOptions,
  progress: (line: string) => void,
): Promise<Planned> {
  const file = plans.get(stack.name);
  if (file !== undefined) return readPlan(file);
  const region = regionsOf(stack).find((name) => dark.includes(name));
  if (region !== undefined) return failure("dark", `${region} is said to be dark`);
  if (!run) return failure("refused", `no plan was given: --plan ${stack.name}=<file>`);
  progress(`planning ${stack.name}`);
  return new Terraform(stack.dir, limitMs).plan(undefined);
}

function readPlan(file: string): Planned {
  const { format_version: version = "", ...rest } = readJson(file) as Partial<PlanJson>;
  // a state, which 'terraform show -json' prints as well, has the same version and no configuration
  if (!version.startsWith("1.") || rest.configuration === undefined) {
    throw new WrongUse(`${file} is no plan; make it with 'terraform plan -out p && terraform show -json p'`);
  }
  const plan = { format_version: version, ...rest };
  const failed = failure("refused", `${file} is of a plan that failed; plan again to see why`);
  return rest.errored ? { ...failed, part: plan } : { plan };
}

function failure(failed: PlanFailure["failed"], summary: string): PlanFailure {
  return { failed, errors: [{ severity: "error", summary }] };
}

/** What is to be taken over in each stack. A name that cannot be followed is a wrong use, before anything is written. */
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

/** What is told is first tried in a plan, where Terraform may be run. */
async function settle(
  { stack, verdict }: Judged,
  wish: Wish,
  { run, limitMs }: ReconcileOptions,
  progress: (line: string) => void,
): Promise<Verdict> {
  const { removed, moved, imports, offers } = verdict;
  const wanted = wish.existing ? offers.filter(({ id }) => id !== undefined).length : wish.named.size;
  if (removed.length + moved.length + imports.length + wanted === 0) return verdict;
  if (!run) return unrehearsed(verdict, wish);
  const terraform = new Terraform(stack.dir, limitMs);
  const rehearsed = await rehearse(verdict, stack.json, wish, (blocks) => {
    progress(`trying in a plan what ${stack.name} is to be told`);
    return terraform.plan(blocks);
  });
  // it is told all the same: a plan that fails destroys nothing
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
  outcomes: ReadonlyMap<StackFolder, Verdict | PlanFailure>,
  { write }: ReconcileOptions,
): Report {
  const stacks = [...outcomes].map(([stack, outcome]) => {
    return "failed" in outcome ? reportFailure(stack, outcome) : reportVerdict(stack, outcome, write);
  });
  const verdicts = [...outcomes].flatMap(([stack, outcome]): [StackFolder, Verdict][] => {
    return "failed" in outcome ? [] : [[stack, outcome]];
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

/** Nothing is decided without a plan: our file stays as it is. */
function reportFailure(stack: StackFolder, failure: PlanFailure): StackReport {
  const text = readBlocks(stack.dir);
  const partly = failure.part === undefined ? [] : judge(failure.part, stack.json).left;
  const nothing = { removed: [], moved: [], imports: [], offers: [], destroyed: [] };
  const file = `${stack.dir}/${BLOCKS_FILE}`;
  const left = [...partly, leaveFailure(stack, failure)];
  return { stack: stack.name, file, text, told: true, planned: false, ...nothing, left };
}

function leaveFailure(stack: StackFolder, { failed, errors }: PlanFailure): Left {
  const problem = errors.map(({ summary, detail = "" }) => [summary, detail].filter(Boolean).join(": ")).join("; ");
  const regions = regionsOf(stack).join(", ");
  return failed === "dark"
    ? { problem, remedy: `wait until ${regions} is back; deploy the stacks of other regions alone` }
    : { problem, remedy: "settle what Terraform says, then run again" };
}
