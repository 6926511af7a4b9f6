/** Proves what is said of options that a command does not have, and how a command that waits says so. */
import { nearest } from "../../review/nearest";
import { parseOptions } from "../../review/options";
import { withProgress } from "../../review/progress";
import { WrongUse } from "../../review/wrong-use";

const CONFIG = {
  allowPositionals: false,
  options: { dark: { type: "string", multiple: true }, json: { type: "boolean" }, local: { type: "boolean" } },
} as const;

describe("options", () => {
  test("are read", () => {
    const { values } = parseOptions(["--dark", "seoul", "--dark=-x", "--json"], CONFIG);
    expect(values).toEqual({ dark: ["seoul", "-x"], json: true });
  });

  test.each([
    [["--lcoal"], "there is no option '--lcoal'; did you mean '--local'?"],
    [["--hlep"], "there is no option '--hlep'; did you mean '--help'?"],
    [["--region"], "there is no option '--region'; see --help"],
    [["--constructor"], "there is no option '--constructor'; see --help"],
    [["-x"], "there is no option '-x'; see --help"],
    [["--dark"], "--dark needs a value; see --help"],
    [["--dark="], "--dark needs a value; see --help"],
    [["--dark", "--json"], "--dark needs a value, got the option '--json'; if it is the value, write --dark=--json"],
    [["--json=yes"], "--json takes no value, got 'yes'; write --json alone"],
    [["orders"], "'orders' is no option, and the command takes nothing else; see --help"],
  ])("%j are a wrong use", (args, message) => {
    expect(() => parseOptions(args, CONFIG)).toThrow(new WrongUse(message));
  });
});

test.each([
  ["dril", "did you mean 'drill'?"],
  ["recnocile", "did you mean 'reconcile'?"],
  ["deploy", undefined],
])("'%s' is near to: %s", (written, expected) => {
  expect(nearest(written, ["drill", "reconcile"])).toBe(expected);
});

test("a command that waits says so every ten seconds", async () => {
  jest.useFakeTimers();
  const said: string[] = [];
  let done: () => void = () => undefined;
  const whole = withProgress(
    (line) => said.push(line),
    async (progress) => {
      progress("planning orders-tokyo");
      await new Promise<void>((resolve) => (done = resolve));
      progress("deployed orders-tokyo");
      await new Promise<void>((resolve) => (done = resolve));
    },
  );
  await jest.advanceTimersByTimeAsync(25_000);
  done();
  await jest.advanceTimersByTimeAsync(10_000);
  done();
  await whole;
  await jest.advanceTimersByTimeAsync(60_000);
  jest.useRealTimers();
  expect(said).toEqual([
    "planning orders-tokyo",
    "still planning orders-tokyo (10 s)",
    "still planning orders-tokyo (20 s)",
    "deployed orders-tokyo",
    "still at work; last: deployed orders-tokyo (10 s)",
  ]);
});
