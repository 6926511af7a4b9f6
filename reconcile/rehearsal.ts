import { Told, writeBlocks } from "./blocks";
import { importPage, StackJson } from "../terraform";
import { Diagnostic, Planned, PlanFailure } from "./terraform";
import { judge } from "./judge";
import { Import, IS_THERE, Left, Moved, Removed, Verdict } from "./verdict";

/** More than any stack needs: what is imported lets further ids be known, which lets more be imported. */
const MOST_PLANS = 12;

/** Plans with what Terraform would be told. */
export type Plan = (blocks: string | undefined) => Promise<Planned>;

/** What somebody wants Terraform to take over. */
export interface Wish {
  /** Everything that is there. */
  readonly existing: boolean;
  /** Ids of what is named, by address; undefined where it follows from the arguments. */
  readonly named: ReadonlyMap<string, string | undefined>;
}

/**
 * Tells Terraform in a plan what it is to be told, until the plan does what is meant: imports of what is not there are dropped,
 * and so is an import or a move that would end in a replacement.
 *
 * Nobody but Terraform is asked what is there: a plan that imports something absent says so.
 */
export async function rehearse(
  first: Verdict,
  declared: StackJson,
  wish: Wish,
  plan: Plan,
): Promise<Verdict | PlanFailure> {
  /** What is no longer told, and what is left of it for a human. */
  const dropped = new Map<string, Left | undefined>();
  let told = tell(first, wish, dropped);
  const said: Told[] = [told];
  for (let plans = 0; plans < MOST_PLANS; plans++) {
    const planned = await plan(writeBlocks(told));
    if ("failed" in planned) {
      const faults = planned.failed === "dark" ? [] : faultsIn(planned, told.imports, wish);
      if (faults.length === 0) return planned;
      for (const [address, left] of faults) dropped.set(address, left);
      told = without(told, dropped);
      continue;
    }
    const verdict = judge(planned.plan, declared, new Set(dropped.keys()));
    const spoiled = spoiledBy(verdict, told);
    for (const left of spoiled) dropped.set(left.address, left);
    const next = without(tell(verdict, wish, dropped), dropped);
    if (isSame(next, told)) return withReasons(verdict, said, dropped);
    told = next;
    said.push(told);
  }
  return { failed: "refused", errors: [{ severity: "error", summary: `no end after ${MOST_PLANS} plans` }] };
}

function tell({ removed, moved, imports, offers }: Verdict, wish: Wish, dropped: ReadonlyMap<string, unknown>): Told {
  const adopted = offers.flatMap(({ to, type, region, id: computed }): Import[] => {
    const id = wish.named.get(to) ?? computed;
    const wanted = (wish.existing || wish.named.has(to)) && !dropped.has(to);
    return wanted && id !== undefined ? [{ to, type, region, id, why: IS_THERE }] : [];
  });
  return { removed, moved, imports: [...imports, ...adopted] };
}

/** Which imports a failed plan stumbled over. What nobody named, and is not there, is created, as planned. */
function faultsIn({ errors }: PlanFailure, imports: readonly Import[], { named }: Wish): [string, Left | undefined][] {
  const byAddress = new Map(imports.map((one) => [one.to, one]));
  return errors.flatMap((error) => {
    const address = error.address ?? IMPORT_TARGET.exec(error.detail ?? "")?.[1];
    const found = address === undefined ? undefined : byAddress.get(address);
    const about = found !== undefined ? [found] : imports.filter((one) => isAbout(error, one));
    return about.map((one): [string, Left | undefined] => {
      if (error.summary !== NOT_THERE) return [one.to, notImported(one, error)];
      return [one.to, named.has(one.to) || one.why !== IS_THERE ? notThere(one) : undefined];
    });
  });
}

/** Terraform's words. */
const NOT_THERE = "Cannot import non-existent remote object";
const IMPORT_TARGET = /existing object to "(.+)", the provider/;

function isAbout({ address, summary, detail = "" }: Diagnostic, { to, id }: Import): boolean {
  return address === undefined ? detail.includes(`"${to}"`) || summary.includes(`(${id})`) : address === to;
}

function notThere({ to, type, id }: Import): Left {
  return {
    address: to,
    problem: `AWS has no ${type} ${id}, so there is nothing to take over`,
    remedy: "check name, region and account; as it is, Terraform will create it",
  };
}

function notImported({ to, type, id }: Import, { summary }: Diagnostic): Left {
  return {
    address: to,
    problem: `${type} ${id} cannot be taken over: ${summary}`,
    remedy: `settle that and run again; how its id is written: ${importPage(type)}`,
  };
}

/** Taking something over, or moving it, must not be how it is destroyed. */
function spoiledBy({ replaced }: Verdict, { imports, moved }: Told): (Left & { readonly address: string })[] {
  const byAddress = new Map(replaced.map((one) => [one.address, one]));
  return [...imports, ...moved]
    .map(({ to }) => to)
    .flatMap((to) => {
      const spoiled = byAddress.get(to);
      if (spoiled === undefined) return [];
      const problem = `is there, and taking it over would destroy it and create it anew; ${spoiled.because}`;
      return [{ address: to, problem, remedy: "have the program say what is there, then run again" }];
    });
}

function without({ removed, moved, imports }: Told, dropped: ReadonlyMap<string, unknown>): Told {
  const isTold = ({ to }: { readonly to: string }) => !dropped.has(to);
  return { removed, moved: moved.filter(isTold), imports: imports.filter(isTold) };
}

function isSame(one: Told, other: Told): boolean {
  const keys = ({ removed, moved, imports }: Told): string =>
    [...removed, ...moved, ...imports].map(keyOf).sort().join("\n");
  return keys(one) === keys(other);
}

/** The last verdict, with what was known of things when they were first told. */
function withReasons(verdict: Verdict, said: readonly Told[], dropped: ReadonlyMap<string, Left | undefined>): Verdict {
  const asTold = <T extends Removed | Moved | Import>(pick: (from: Told) => readonly T[]): T[] => {
    const first = new Map<string, T>();
    for (const one of said.flatMap(pick)) if (!first.has(keyOf(one))) first.set(keyOf(one), one);
    return pick(verdict).map((one) => first.get(keyOf(one)) ?? one);
  };
  return {
    ...verdict,
    removed: asTold(({ removed }) => removed),
    moved: asTold(({ moved }) => moved),
    imports: asTold(({ imports }) => imports),
    offers: verdict.offers.filter(({ to }) => !dropped.has(to)),
    left: [...verdict.left, ...[...dropped.values()].filter((left) => left !== undefined)],
  };
}

/** What makes a block another block: of what is removed, the id is only known in passing. */
function keyOf(one: Removed | Moved | Import): string {
  if (!("to" in one)) return one.from;
  return "from" in one ? `${one.from} ${one.to}` : `${one.to} ${one.id}`;
}
