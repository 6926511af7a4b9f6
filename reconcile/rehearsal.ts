import { Told, writeBlocks } from "./blocks";
import { importPage, StackJson } from "../terraform";
import { Diagnostic, Planned, PlanFailure } from "./terraform";
import { judge } from "./judge";
import { Import, IS_THERE, Left, Moved, Removed, Verdict } from "./verdict";

/** More than any stack needs. Each import may reveal the ids of further imports. */
const MOST_PLANS = 12;

/** Plans a stack with these blocks. */
export type Plan = (blocks: string | undefined) => Promise<Planned>;

/** The imports that the user asks for. */
export interface Wish {
  /** Import everything that exists. */
  readonly existing: boolean;
  /** Ids of the named resources, by address. An id is undefined if the arguments determine it. */
  readonly named: ReadonlyMap<string, string | undefined>;
}

/**
 * Tries the blocks in plans until the last plan needs no further change. It drops an import if the resource does not exist. It drops an
 * import or a move if Terraform would then replace the resource.
 *
 * Only Terraform is asked whether a resource exists: a plan that imports a missing resource fails and names it.
 */
export async function rehearse(
  first: Verdict,
  declared: StackJson,
  wish: Wish,
  plan: Plan,
): Promise<Verdict | PlanFailure> {
  /** Addresses of dropped blocks, each with the problem that is left for the operator. */
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

/** The imports that made a plan fail. If a resource does not exist and the user did not name it, Terraform creates it as planned. */
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

/** Terraform's error texts. */
const NOT_THERE = "Cannot import non-existent remote object";
const IMPORT_TARGET = /existing object to "(.+)", the provider/;

function isAbout({ address, summary, detail = "" }: Diagnostic, { to, id }: Import): boolean {
  return address === undefined ? detail.includes(`"${to}"`) || summary.includes(`(${id})`) : address === to;
}

function notThere({ to, type, id }: Import): Left {
  return {
    address: to,
    problem: `AWS has no ${type} ${id}, so there is nothing to import`,
    remedy: "check name, region and account; otherwise Terraform will create it",
  };
}

function notImported({ to, type, id }: Import, { summary }: Diagnostic): Left {
  return {
    address: to,
    problem: `${type} ${id} cannot be taken over: ${summary}`,
    remedy: `settle that and run again; how its id is written: ${importPage(type)}`,
  };
}

/** Finds imports and moves that would make Terraform destroy the resource. */
function spoiledBy({ replaced }: Verdict, { imports, moved }: Told): (Left & { readonly address: string })[] {
  const byAddress = new Map(replaced.map((one) => [one.address, one]));
  return [...imports, ...moved]
    .map(({ to }) => to)
    .flatMap((to) => {
      const spoiled = byAddress.get(to);
      if (spoiled === undefined) return [];
      const problem = `exists, and importing it would destroy it and create it again; ${spoiled.because}`;
      return [{ address: to, problem, remedy: "change the program so that it matches the resource, then run again" }];
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

/** The last verdict, with the reasons of the run that first added each block. */
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

/** The identity of a block. A `removed` block has no id, so its address is enough. */
function keyOf(one: Removed | Moved | Import): string {
  if (!("to" in one)) return one.from;
  return "from" in one ? `${one.from} ${one.to}` : `${one.to} ${one.id}`;
}
