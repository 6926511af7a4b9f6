/**
 * Proves how the command is used and what is a wrong use of it. Does not prove what a drill does: the live test and the test of the
 * package run it.
 */
import { rmSync } from "node:fs";
import { outputFolder } from "../support/plans";
import { runCli } from "../support/cli";

const inRegion = (region: string) => ({ provider: { aws: [{ region }] } });
const out = outputFolder({ seoul: inRegion("ap-northeast-2"), tokyo: inRegion("ap-northeast-1") });
const alone = outputFolder({ seoul: inRegion("ap-northeast-2") });

afterAll(() => [out, alone].forEach((folder) => rmSync(folder, { recursive: true })));

test.each<[string[], number, RegExp]>([
  [["--help"], 0, /^usage: cdktf-aws-dr drill --local/],
  [[], 2, /^give --local/],
  [["--local", "--remote"], 2, /^there is no option '--remote'; see --help\n$/],
  [
    ["--local", "orders-seoul"],
    2,
    /^'orders-seoul' is not an option, and the command takes only options; see --help\n$/,
  ],
  [["--local", "--out", "nowhere"], 2, /^nowhere holds no manifest.json; run 'cdktf synth' first, or give --out\n$/],
  [["--local", "--out", out, "--dark", "osaka"], 2, /^no site 'osaka'; there is: ap-northeast-2, ap-northeast-1\n$/],
  [["--local", "--out", alone], 2, /^all stacks are of ap-northeast-2; a drill needs a second region\n$/],
])("%j ends with %i", (args, status, text) => {
  expect(runCli(["drill", ...args])).toEqual({ status, output: expect.stringMatching(text) as string });
});

test("the error has one line for each missing tool", () => {
  expect(runCli(["drill", "--local", "--out", out], { PATH: "/nowhere" })).toEqual({
    status: 2,
    output: [
      "terraform is missing: install Terraform 1.11 or newer and put it on the PATH",
      "python3 is missing: install Python 3.11 or newer with its venv module and put it on the PATH as python3",
      "",
    ].join("\n"),
  });
});
