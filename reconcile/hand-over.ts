import { accountsOf, isGlobal, StackFolder } from "../terraform";
import { Gone, Import, Offer, Removed, Verdict } from "./verdict";

/** A stack whose plan was judged. */
export interface Judged {
  readonly stack: StackFolder;
  readonly verdict: Verdict;
}

/** A resource of a stack. Another stack may have it as well. */
interface Held<T> {
  readonly stack: StackFolder;
  readonly one: T;
}

/** The resources of all stacks, by key and then by stack. */
type Holdings<T> = ReadonlyMap<string, ReadonlyMap<StackFolder, readonly Held<T>[]>>;

/**
 * Hands a resource over if one stack would destroy it and another would create it. The first stack forgets it, and the second imports it.
 * Otherwise the first stack would destroy the resource that the second has just imported.
 */
export function handOver(all: readonly Judged[]): readonly Judged[] {
  const gone = hold(all, ({ removed, destroyed }) => [...removed, ...destroyed]);
  const offered = hold(all, ({ offers }) => offers);
  const takerOf = new Map<Gone, StackFolder>();
  const coming = new Map<StackFolder, Import[]>(all.map(({ stack }) => [stack, []]));
  const taken = new Set<Offer>();
  for (const { stack, verdict } of all) {
    for (const one of [...verdict.removed, ...verdict.destroyed.filter(({ forgettable }) => forgettable)]) {
      const to = onlyOther(offered, { stack, one });
      // no other stack may hold the same resource
      if (to === undefined || onlyOther(gone, to)?.one !== one) continue;
      takerOf.set(one, to.stack);
      taken.add(to.one);
      coming.get(to.stack)!.push({ ...to.one, id: to.one.id!, why: `${stack.name} hands it over` });
    }
  }
  return all.map(({ stack, verdict }) => {
    const left = [...verdict.removed, ...verdict.destroyed].flatMap((one): Removed[] => {
      const to = takerOf.get(one);
      const { from, type, id, region } = one;
      return to === undefined ? [] : [{ from, type, id, region, why: `${to.name} takes it over`, takenOver: true }];
    });
    return {
      stack,
      verdict: {
        ...verdict,
        removed: [...verdict.removed.filter((one) => !takerOf.has(one)), ...left],
        destroyed: verdict.destroyed.filter((one) => !takerOf.has(one)),
        imports: [...verdict.imports, ...coming.get(stack)!],
        offers: verdict.offers.filter((offer) => !taken.has(offer)),
      },
    };
  });
}

function hold<T extends Gone | Offer>(
  all: readonly Judged[],
  thingsOf: (verdict: Verdict) => readonly T[],
): Holdings<T> {
  const holdings = new Map<string, Map<StackFolder, Held<T>[]>>();
  for (const { stack, verdict } of all) {
    for (const one of thingsOf(verdict)) {
      const key = keyOf(one);
      if (key === undefined) continue;
      const byStack = holdings.get(key) ?? new Map<StackFolder, Held<T>[]>();
      holdings.set(key, byStack);
      const held = byStack.get(stack);
      if (held === undefined) byStack.set(stack, [{ stack, one }]);
      else held.push({ stack, one });
    }
  }
  return holdings;
}

/** Two resources with the same key are the same. Returns undefined if the plan does not state enough. */
function keyOf({ type, id, region }: Gone | Offer): string | undefined {
  if (id === undefined) return undefined;
  if (isGlobal(type)) return `${type} ${id}`;
  return region === undefined ? undefined : `${type} ${region} ${id}`;
}

/** The same resource in another stack of the account. Returns undefined if there is none, or if there are several. */
function onlyOther<T extends Gone | Offer>(
  holdings: Holdings<T>,
  { stack, one }: Held<Gone | Offer>,
): Held<T> | undefined {
  const others = [...(holdings.get(keyOf(one) ?? "") ?? [])].flatMap(([other, held]) =>
    other !== stack && shareAccount(other, stack) ? [held] : [],
  );
  return others.length === 1 && others[0]!.length === 1 ? others[0]![0] : undefined;
}

function shareAccount(one: StackFolder, other: StackFolder): boolean {
  const [here, there] = [accountsOf(one), accountsOf(other)];
  return here.length === 0 || there.length === 0 || here.some((account) => there.includes(account));
}
