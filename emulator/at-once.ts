/** Runs at most so many actions at the same time; the others wait for their turn, in order. */
export function atOnce(limit: number): <T>(action: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (action) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await action();
    } finally {
      const next = waiting.shift();
      // who waits takes over the place
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
