import { WrongUse } from "./wrong-use";

interface Dependent {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/** Sorts stacks so that each follows its dependencies. Refuses stacks that depend on each other. */
export function inOrder<T extends Dependent>(stacks: readonly T[]): readonly T[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const followers = new Map<string, T[]>(stacks.map(({ name }) => [name, []]));
  const waitsFor = new Map<string, number>();
  for (const stack of stacks) {
    const before = new Set(stack.dependencies.filter((name) => byName.has(name)));
    waitsFor.set(stack.name, before.size);
    for (const name of before) followers.get(name)!.push(stack);
  }
  const ordered = stacks.filter(({ name }) => waitsFor.get(name) === 0);
  // the loop appends to the list that it reads
  for (const { name } of ordered) {
    for (const follower of followers.get(name)!) {
      const left = waitsFor.get(follower.name)! - 1;
      waitsFor.set(follower.name, left);
      if (left === 0) ordered.push(follower);
    }
  }
  if (ordered.length === stacks.length) return ordered;
  const circle = stacks.filter(({ name }) => waitsFor.get(name)! > 0).map(({ name }) => name);
  const names = [...circle.slice(0, 5), ...(circle.length > 5 ? [`${circle.length - 5} more`] : [])].join(", ");
  throw new WrongUse(
    `stacks wait for each other: ${names}; remove one of the dependencies and run 'cdktf synth' again`,
  );
}
