import {
  changesIn,
  dependenciesIn,
  doesCreate,
  doesDelete,
  doesForget,
  doesReplace,
  importIdOf,
  isPrecious,
  PlanJson,
  RegionOf,
  regionsIn,
  ResourceChange,
  StackJson,
  withoutKey,
  worthOf,
  writePath,
} from "../terraform";
import { renames } from "./renames";
import { shellWord } from "./shell-word";
import { Destroyed, Gone, Import, IS_THERE, Left, Moved, Offer, Removed, Replaced, Verdict } from "./verdict";

/** Terraform's reasons to delete a resource that a `removed` block can undo: none of its instances is declared any more. */
const NOT_DECLARED = ["delete_because_no_resource_config", "delete_because_no_module"];

/**
 * Judges the plan of a stack.
 *
 * A plan may already include the blocks of an earlier run. The verdict repeats them, so it is always complete.
 *
 * @param declared the stack's own JSON; blocks that it declares are not repeated
 * @param notMoved addresses that must not be the target of a `moved` block, even if an id matches
 */
export function judge(plan: PlanJson, declared: StackJson, notMoved: ReadonlySet<string> = new Set()): Verdict {
  const changes = changesIn(plan);
  const lost = lostIn(plan);
  const deletes = changes.filter(doesDelete);
  const creates = changes.filter(doesCreate).filter(({ address }) => !lost.has(address));
  const movable = creates.filter(({ address }) => !notMoved.has(address));
  const regionOf = regionsIn(plan);
  const { moved, unclear } = renames(regionOf, movable, deletes);
  const movedAway = new Set(moved.map(({ from }) => from));
  const arrived = new Set(moved.map(({ to }) => to));
  const unmoved = deletes.filter(({ address }) => !movedAway.has(address));
  const removed = forgetting(plan, regionOf, unmoved);
  const replaced = changes.filter(doesReplace).map(replacement);
  const forgotten = new Set(removed.map(({ from }) => from));
  const unforgotten = unmoved.filter((change) => !forgotten.has(withoutKey(change)));
  return {
    removed: [...removed, ...heardRemovals(regionOf, changes, declared)],
    moved: [...moved, ...heardMoves(changes, declared)],
    imports: heardImports(regionOf, changes, declared),
    offers: creates.filter(({ address }) => !arrived.has(address)).map((change) => offer(regionOf, change)),
    left: [
      ...[...lost].map(leaveLost),
      ...replaced.filter(({ type }) => isPrecious(type)).map(leaveReplaced),
      ...unforgotten.filter(({ type }) => isPrecious(type)).map(leaveInstance),
      ...unclear,
    ],
    forgets: changes.filter(doesForget).map((change) => ({ ...goneOf(regionOf, change), from: withoutKey(change) })),
    destroyed: unforgotten.filter(({ type }) => !isPrecious(type)).map((change) => destroyedOf(regionOf, change)),
    replaced,
    changes: changes.filter(({ change }) => change.actions[0] !== "read").length,
  };
}

/** Resources that are in Terraform's state and that AWS did not return. An unavailable region looks the same. */
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

/**
 * Resources to forget instead of destroying them. They hold data, or are needed to reach data, or guard it. Or such a resource depends on
 * them: AWS would refuse to destroy them, or would delete the data too.
 */
function forgetting(plan: PlanJson, regionOf: RegionOf, deletes: readonly ResourceChange[]): readonly Removed[] {
  const candidates = deletes.filter(canBeForgotten);
  const dependencies = dependenciesIn(plan);
  const needs = (change: ResourceChange): readonly string[] => dependencies.get(change.address) ?? [];
  const precious = candidates.filter(({ type }) => isPrecious(type));
  const kept = new Set(precious.map(withoutKey));
  const neededBy = new Map<string, ResourceChange>();
  for (const one of precious) for (const address of needs(one)) if (!neededBy.has(address)) neededBy.set(address, one);
  const removed = candidates.flatMap((change): Removed[] => {
    const from = withoutKey(change);
    const worth = worthOf(change.type);
    const guarded = worth === "guards data" ? needs(change).find((address) => kept.has(address)) : undefined;
    const dependent = neededBy.get(from);
    const why =
      (kept.has(from) && worth) ||
      (guarded !== undefined && `guards ${guarded}`) ||
      (dependent !== undefined && `${dependent.address} depends on it`);
    return why ? [{ ...goneOf(regionOf, change), from, why }] : [];
  });
  return [...new Map(removed.map((one) => [one.from, one])).values()];
}

/** A `removed` block covers all instances of a resource and of its modules. It does not cover an object that a replacement left behind. */
function canBeForgotten({ action_reason: reason = "", address, deposed }: ResourceChange): boolean {
  return NOT_DECLARED.includes(reason) && deposed === undefined && !KEYED_MODULE.test(address);
}

const KEYED_MODULE = /^module\..*\]\./;

function goneOf(regionOf: RegionOf, change: ResourceChange): Gone {
  const { type, address } = change;
  const before = change.change.before ?? {};
  const id = importIdOf(type, before) ?? (typeof before.id === "string" ? before.id : undefined);
  return { from: address, type, id, region: regionOf(change) };
}

function destroyedOf(regionOf: RegionOf, change: ResourceChange): Destroyed {
  const isWhole = change.address === withoutKey(change);
  return { ...goneOf(regionOf, change), forgettable: isWhole && canBeForgotten(change) };
}

function offer(regionOf: RegionOf, change: ResourceChange): Offer {
  const { address: to, type } = change;
  return { to, type, id: importIdOf(type, change.change.after ?? {}), region: regionOf(change) };
}

function heardRemovals(regionOf: RegionOf, changes: readonly ResourceChange[], { removed = [] }: StackJson): Removed[] {
  const declared = new Set(removed.map(({ from }) => from));
  const heard = changes.filter(doesForget).filter((change) => !declared.has(withoutKey(change)));
  const all = heard.map((change) => {
    return { ...goneOf(regionOf, change), from: withoutKey(change), why: worthOf(change.type) ?? "was told before" };
  });
  return [...new Map(all.map((one) => [one.from, one])).values()];
}

function heardMoves(changes: readonly ResourceChange[], { moved = [] }: StackJson): Moved[] {
  const declared = new Set(moved.map(({ from, to }) => `${from} ${to}`));
  return changes.flatMap(({ address: to, previous_address: from }) => {
    const told = from === undefined || declared.has(`${from} ${to}`);
    return told ? [] : [{ from, to, why: "was told before" }];
  });
}

function heardImports(regionOf: RegionOf, changes: readonly ResourceChange[], declared: StackJson): Import[] {
  const own = new Set(declared.import?.map(({ to }) => to));
  return changes.flatMap((change) => {
    const { address: to, type } = change;
    const id = change.change.importing?.id;
    if (id === undefined || own.has(to)) return [];
    return [{ to, type, id, region: regionOf(change), why: IS_THERE }];
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
    problem: `would be destroyed and created again, and ${worthOf(type)}; ${because}`,
    remedy:
      "restore the old values of these arguments, or create a second resource with another id and name and copy the data",
  };
}

function replacement({ address, type, action_reason: reason = "", change }: ResourceChange): Replaced {
  const forcing = (change.replace_paths ?? []).map(writePath);
  if (forcing.length > 0) return { address, type, because: `forced by: ${forcing.join(", ")}` };
  return {
    address,
    type,
    because: reason === "replace_because_tainted" ? "it is tainted" : `forced by: ${reason}`,
  };
}

/** For one of several instances, or an object that a replacement left behind. It holds data, and no block can keep it. */
function leaveInstance({ address, type, deposed }: ResourceChange): Left {
  return deposed === undefined
    ? {
        address,
        problem: `would be destroyed, and ${worthOf(type)}; other instances of the resource stay, so no block can forget it alone`,
        remedy: `terraform state rm ${shellWord(address)}`,
      }
    : {
        address,
        problem: `the object that a replacement left behind (${deposed}) would be destroyed, and ${worthOf(type)}`,
        remedy: "check its data before you deploy",
      };
}
