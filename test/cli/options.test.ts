/** Proves what is said of options that a command does not have. */
import { didYouMean } from "../../cli/did-you-mean";
import { parseOptions } from "../../cli/options";
import { WrongUse } from "../../terraform/wrong-use";

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
    [["orders"], "'orders' is not an option, and the command takes only options; see --help"],
  ])("%j are a wrong use", (args, message) => {
    expect(() => parseOptions(args, CONFIG)).toThrow(new WrongUse(message));
  });
});

test.each([
  ["dril", "did you mean 'drill'?"],
  ["recnocile", "did you mean 'reconcile'?"],
  ["deploy", undefined],
])("'%s' is near to: %s", (written, expected) => {
  expect(didYouMean(written, ["drill", "reconcile"])).toBe(expected);
});
