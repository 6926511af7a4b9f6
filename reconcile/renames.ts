import { importIdOf, RegionOf, ResourceChange } from "../terraform";
import { Left, Moved } from "./verdict";

/** The most candidates that a message names. */
const MOST_NAMED = 5;

/** Resources of one type and id, by their region. A region that the plan does not state may be any region. */
class Namesakes {
  private readonly all: ResourceChange[] = [];
  private readonly byRegion = new Map<string | undefined, ResourceChange[]>();

  add(change: ResourceChange, region: string | undefined): void {
    this.all.push(change);
    const there = this.byRegion.get(region);
    if (there === undefined) this.byRegion.set(region, [change]);
    else there.push(change);
  }

  count(region: string | undefined): number {
    return this.lists(region).reduce((sum, list) => sum + list.length, 0);
  }

  /** Some of them, so that a thousand namesakes do not each list a thousand others. */
  some(region: string | undefined): readonly ResourceChange[] {
    return this.lists(region)
      .flatMap((list) => list.slice(0, MOST_NAMED))
      .slice(0, MOST_NAMED);
  }

  private lists(region: string | undefined): readonly (readonly ResourceChange[])[] {
    if (region === undefined) return [this.all];
    return [region, undefined].flatMap((one) => {
      const list = this.byRegion.get(one);
      return list === undefined ? [] : [list];
    });
  }
}

/** Finds renames. If a plan deletes and creates the same type, id and region under two addresses, both are one resource. */
export function renames(regionOf: RegionOf, creates: readonly ResourceChange[], deletes: readonly ResourceChange[]) {
  const going = group(
    regionOf,
    deletes.filter(({ deposed }) => deposed === undefined),
    "before",
  );
  const coming = group(regionOf, creates, "after");
  const moved: Moved[] = [];
  const unclear: Left[] = [];
  for (const to of creates) {
    const key = keyOf(to, "after");
    const froms = key === undefined ? undefined : going.get(key);
    if (key === undefined || froms === undefined) continue;
    const [count, some] = [froms.count(regionOf(to)), froms.some(regionOf(to))];
    const what = `${to.type} ${importIdOf(to.type, to.change.after ?? {})}`;
    if (count === 1 && coming.get(key)!.count(regionOf(some[0]!)) === 1) {
      moved.push({ from: some[0]!.address, to: to.address, why: `both are ${what}` });
    } else if (count > 0) {
      const others = count > some.length ? ` and ${count - some.length} more` : "";
      const names = `${some.map(({ address }) => address).join(", ")}${others}`;
      const problem = `may be any of ${names}, which are all ${what}`;
      unclear.push({ address: to.address, problem, remedy: "say which by a moved block of your own" });
    }
  }
  return { moved, unclear };
}

function group(regionOf: RegionOf, changes: readonly ResourceChange[], side: "before" | "after") {
  const groups = new Map<string, Namesakes>();
  for (const change of changes) {
    const key = keyOf(change, side);
    if (key === undefined) continue;
    const namesakes = groups.get(key) ?? new Namesakes();
    groups.set(key, namesakes);
    namesakes.add(change, regionOf(change));
  }
  return groups;
}

/** Type and id. Returns undefined if the arguments do not determine the id. */
function keyOf({ type, change }: ResourceChange, side: "before" | "after"): string | undefined {
  const id = importIdOf(type, change[side] ?? {});
  return id === undefined ? undefined : `${type} ${id}`;
}
