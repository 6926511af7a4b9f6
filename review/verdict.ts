import { importIdOf } from "./import-ids";
import { StackJson } from "./stack-json";
import {
  changesIn,
  dependenciesIn,
  doesCreate,
  doesDelete,
  doesForget,
  doesReplace,
  PlanJson,
  regionOf,
  ResourceChange,
  withoutKey,
  writePath,
} from "./plan-json";
import { isPrecious, PRECIOUS_TYPES } from "./precious-types";

/** What a plan asks for: what Terraform has to be told, what may be told, and what only a human can settle. */
export interface Verdict {
  readonly removed: readonly Removed[];
  readonly moved: readonly Moved[];
  readonly imports: readonly Import[];
  /** What Terraform would create, and could import were it there. */
  readonly offers: readonly Offer[];
  readonly left: readonly Left[];
  /** What this plan forgets, by whoever's word. */
  readonly forgets: readonly Gone[];
  /** What Terraform destroys, holding no data. */
  readonly destroyed: readonly Gone[];
  /** What Terraform replaces, whatever its type. */
  readonly replaced: readonly Replaced[];
  /** How many resources change. */
  readonly changes: number;
}

/** Terraform forgets it and destroys nothing. */
export interface Removed extends Gone {
  readonly why: string;
  /** Another stack imports it: nothing stays behind. @default false */
  readonly takenOver?: boolean;
}

/** Terraform knows it under another address from now on. */
export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** Terraform takes over what is there. */
export interface Import extends Thing {
  readonly to: string;
  readonly id: string;
  readonly why: string;
}

/** Something that is in the program and, by the plan, in no state. */
export interface Offer extends Thing {
  readonly to: string;
  /** What it would be imported by; undefined where that does not follow from its arguments. */
  readonly id: string | undefined;
}

/** Something that is in the state and, by the plan, in no program. */
export interface Gone extends Thing {
  readonly from: string;
  /** The id it is imported by; where that is not known, its id in the state. */
  readonly id: string | undefined;
}

/** Something that Terraform would destroy and create anew. */
interface Replaced {
  readonly address: string;
  readonly type: string;
  readonly because: string;
}

interface Thing {
  readonly type: string;
  readonly region: string | undefined;
}

/** What Terraform is not told, because only a human knows. */
export interface Left {
  /** @default - the whole stack */
  readonly address?: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Why something is imported that no stack hands over. */
export const IS_THERE = "is there already";

/** Terraform's reasons to delete a resource that a `removed` block can undo: none of its instances is declared any more. */
const NOT_DECLARED = ["delete_because_no_resource_config", "delete_because_no_module"];

/**
 * Judges the plan of a stack.
 *
 * What an earlier run has told Terraform and the plan has heard is told again: the verdict is always whole.
 *
 * @param declared what the stack's program says itself; it is not said twice
 * @param notMoved addresses that take nothing over from another, whatever their id
 */
export function judge(plan: PlanJson, declared: StackJson, notMoved: ReadonlySet<string> = new Set()): Verdict {
  const changes = changesIn(plan);
  const lost = lostIn(plan);
  const deletes = changes.filter(doesDelete);
  const creates = changes.filter(doesCreate).filter(({ address }) => !lost.has(address));
  const movable = creates.filter(({ address }) => !notMoved.has(address));
  const { moved, unclear } = renames(plan, movable, deletes);
  const movedAway = new Set(moved.map(({ from }) => from));
  const arrived = new Set(moved.map(({ to }) => to));
  const unmoved = deletes.filter(({ address }) => !movedAway.has(address));
  const removed = forgetting(plan, unmoved);
  const replaced = changes.filter(doesReplace).map(replacement);
  const forgotten = new Set(removed.map(({ from }) => from));
  return {
    removed: [...removed, ...heardRemovals(plan, changes, declared)],
    moved: [...moved, ...heardMoves(changes, declared)],
    imports: heardImports(plan, changes, declared),
    offers: creates.filter(({ address }) => !arrived.has(address)).map((change) => offer(plan, change)),
    left: [
      ...[...lost].map(leaveLost),
      ...replaced.filter(({ type }) => isPrecious(type)).map(leaveReplaced),
      ...unmoved.filter((change) => !forgotten.has(withoutKey(change))).flatMap(leaveInstance),
      ...unclear,
    ],
    forgets: changes.filter(doesForget).map((change) => ({ ...goneOf(plan, change), from: withoutKey(change) })),
    destroyed: unmoved.filter((change) => !forgotten.has(withoutKey(change))).map((change) => goneOf(plan, change)),
    replaced,
    changes: changes.filter(({ change }) => change.actions[0] !== "read").length,
  };
}

/** What Terraform's state holds and AWS did not show. A dark region looks like this as well. */
function lostIn({ resource_drift: drift = [], resource_changes: changes = [] }: PlanJson): ReadonlySet<string> {
  const created = new Set(changes.filter((change) => doesCreate(change) && isPrecious(change.type)).map(addressOf));
  return new Set(
    drift
      .filter(doesDelete)
      .map(addressOf)
      .filter((address) => created.has(address)),
  );
}

function addressOf({ address }: ResourceChange): string {
  return address;
}

/** A resource of the same type, id and region that goes under one address and comes under another is one and the same. */
function renames(plan: PlanJson, creates: readonly ResourceChange[], deletes: readonly ResourceChange[]) {
  const moved: Moved[] = [];
  const unclear: Left[] = [];
  for (const to of creates) {
    const id = importIdOf(to.type, to.change.after ?? {});
    if (id === undefined) continue;
    const froms = deletes.filter((from) => from.deposed === undefined && isSame(plan, from, to, id));
    const rivals = creates.filter((other) => froms.some((from) => isSame(plan, from, other, id)));
    if (froms.length === 1 && rivals.length === 1) {
      moved.push({ from: froms[0]!.address, to: to.address, why: `both are ${to.type} ${id}` });
    } else if (froms.length > 0) {
      const problem = `may be any of ${froms.map(addressOf).join(", ")}, which are all ${to.type} ${id}`;
      unclear.push({ address: to.address, problem, remedy: "say which by a moved block of your own" });
    }
  }
  return { moved, unclear };
}

function isSame(plan: PlanJson, from: ResourceChange, to: ResourceChange, id: string): boolean {
  const [here, there] = [regionOf(plan, from), regionOf(plan, to)];
  return (
    from.type === to.type &&
    importIdOf(from.type, from.change.before ?? {}) === id &&
    importIdOf(to.type, to.change.after ?? {}) === id &&
    (here === undefined || there === undefined || here === there)
  );
}

/**
 * What is to be forgotten instead of destroyed: what holds data or is needed to reach it; what that depends on, which could not be
 * destroyed, or would take the data with it; and what guards it.
 */
function forgetting(plan: PlanJson, deletes: readonly ResourceChange[]): readonly Removed[] {
  const candidates = deletes.filter(canBeForgotten);
  const dependencies = dependenciesIn(plan);
  const needs = (change: ResourceChange): readonly string[] => dependencies.get(change.address) ?? [];
  const precious = candidates.filter(({ type }) => isPrecious(type));
  const kept = new Set(precious.map(withoutKey));
  const neededBy = (address: string): ResourceChange | undefined =>
    precious.find((one) => needs(one).includes(address));
  const removed = candidates.flatMap((change): Removed[] => {
    const from = withoutKey(change);
    const worth = PRECIOUS_TYPES[change.type];
    const guarded = worth === "guards data" ? needs(change).find((address) => kept.has(address)) : undefined;
    const dependent = neededBy(from);
    const why =
      (kept.has(from) && worth) ||
      (guarded !== undefined && `guards ${guarded}`) ||
      (dependent !== undefined && `${dependent.address} depends on it`);
    return why ? [{ ...goneOf(plan, change), from, why }] : [];
  });
  return [...new Map(removed.map((one) => [one.from, one])).values()];
}

/** A `removed` block speaks of all instances of a resource, and of none that is left behind by a replacement. */
function canBeForgotten({ action_reason: reason = "", deposed }: ResourceChange): boolean {
  return NOT_DECLARED.includes(reason) && deposed === undefined;
}

function goneOf(plan: PlanJson, change: ResourceChange): Gone {
  const { type, address } = change;
  const before = change.change.before ?? {};
  const id = importIdOf(type, before) ?? (typeof before.id === "string" ? before.id : undefined);
  return { from: address, type, id, region: regionOf(plan, change) };
}

function offer(plan: PlanJson, change: ResourceChange): Offer {
  const { address: to, type } = change;
  return { to, type, id: importIdOf(type, change.change.after ?? {}), region: regionOf(plan, change) };
}

function heardRemovals(plan: PlanJson, changes: readonly ResourceChange[], { removed = [] }: StackJson): Removed[] {
  const heard = changes.filter(doesForget).filter((change) => !removed.some(({ from }) => from === withoutKey(change)));
  const all = heard.map((change) => {
    return { ...goneOf(plan, change), from: withoutKey(change), why: PRECIOUS_TYPES[change.type] ?? "was told before" };
  });
  return [...new Map(all.map((one) => [one.from, one])).values()];
}

function heardMoves(changes: readonly ResourceChange[], { moved = [] }: StackJson): Moved[] {
  return changes.flatMap(({ address: to, previous_address: from }) => {
    const told = from === undefined || moved.some((one) => one.from === from && one.to === to);
    return told ? [] : [{ from, to, why: "was told before" }];
  });
}

function heardImports(plan: PlanJson, changes: readonly ResourceChange[], declared: StackJson): Import[] {
  return changes.flatMap((change) => {
    const { address: to, type } = change;
    const id = change.change.importing?.id;
    if (id === undefined || declared.import?.some((one) => one.to === to)) return [];
    return [{ to, type, id, region: regionOf(plan, change), why: IS_THERE }];
  });
}

function leaveLost(address: string): Left {
  return {
    address,
    problem: "is in Terraform's state and AWS did not show it, so Terraform would create it",
    remedy: "if its region is dark, wait until it is back and plan again; if it is gone, restore it before you deploy",
  };
}

function leaveReplaced({ address, type, because }: Replaced): Left {
  return {
    address,
    problem: `would be destroyed and created anew, and ${PRECIOUS_TYPES[type]}; ${because}`,
    remedy:
      "give these arguments the values they had, or create what is new beside it, under another id and name, and copy the data over",
  };
}

function replacement({ address, type, action_reason: reason = "", change }: ResourceChange): Replaced {
  const forcing = (change.replace_paths ?? []).map(writePath);
  if (forcing.length > 0) return { address, type, because: `what forces it: ${forcing.join(", ")}` };
  return {
    address,
    type,
    because: reason === "replace_because_tainted" ? "it is tainted" : `what forces it: ${reason}`,
  };
}

/** One of several instances, or what a replacement left behind: no block can keep it. */
function leaveInstance({ address, type, deposed }: ResourceChange): Left[] {
  if (!isPrecious(type)) return [];
  return deposed === undefined
    ? [
        {
          address,
          problem: `would be destroyed, and ${PRECIOUS_TYPES[type]}; other instances of the resource stay, so no block can say it`,
          remedy: `terraform state rm '${address}'`,
        },
      ]
    : [
        {
          address,
          problem: `what a replacement left behind (${deposed}) would be destroyed, and ${PRECIOUS_TYPES[type]}`,
          remedy: "look at what it holds before you deploy",
        },
      ];
}
