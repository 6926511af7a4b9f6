import { Progress, timed } from "../../terraform/progress";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("after ten seconds of silence it says what still runs, until that ends", async () => {
  const lines: string[] = [];
  const progress = new Progress(timed((line) => lines.push(line)));
  let end: (() => void)[] = [];
  const action = () => new Promise<void>((resolve) => end.push(resolve));
  const first = progress.during("deploying seoul", action);
  await jest.advanceTimersByTimeAsync(9_000);
  const second = progress.during("deploying tokyo", action);
  await jest.advanceTimersByTimeAsync(10_000);
  end.forEach((resolve) => resolve());
  end = [];
  await Promise.all([first, second]);
  await jest.advanceTimersByTimeAsync(60_000);
  progress.say("done");
  await jest.advanceTimersByTimeAsync(60_000);
  expect(lines).toEqual([
    "[  0 s] deploying seoul",
    "[  9 s] deploying tokyo",
    "[ 19 s] still deploying seoul and 1 more",
    "[ 79 s] done",
  ]);
});
