import { Json, Synthesised } from "./synth";

type Resource = { readonly [argument: string]: Json };

/** The differences between two states of a stack: `+ address`, `- address`, and `address argument` for a changed argument. */
export function difference(before: Synthesised, after: Synthesised): string[] {
  const [from, to] = [resources(before), resources(after)];
  return [...new Set([...from.keys(), ...to.keys()])].sort().flatMap((address) => {
    const [old, fresh] = [from.get(address), to.get(address)];
    if (old === undefined) return [`+ ${address}`];
    if (fresh === undefined) return [`- ${address}`];
    const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort();
    return names
      .filter((name) => name !== "//" && JSON.stringify(old[name]) !== JSON.stringify(fresh[name]))
      .map((name) => `${address} ${name}`);
  });
}

/** Every resource by its address, whose hash is cut off so that expectations can be read. */
export function resources(stack: Synthesised): Map<string, Resource> {
  const { resource = {} } = stack.json as { resource?: Record<string, Record<string, Resource>> };
  return new Map(
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]) => [readable(`${type}.${id}`), block]),
    ),
  );
}

/** Addresses in `removed` blocks. Fails when one would be destroyed. */
export function forgotten(stack: Synthesised): string[] {
  const { removed = [] } = stack.json as { removed?: { from: string; lifecycle: { destroy: boolean } }[] };
  expect(removed.filter(({ lifecycle }) => lifecycle.destroy)).toEqual([]);
  return removed.map(({ from }) => readable(from)).sort();
}

/** An address without the hash of its id. */
export function readable(address: string): string {
  return address.replace(/_[0-9A-F]{8}$/, "");
}
