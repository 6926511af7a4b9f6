import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { install } from "../../emulator/install";
import { PATIENCE_MS } from "./support";

const EMULATOR = join(__dirname, "..", "..", "emulator");

let python: string;

jest.setTimeout(PATIENCE_MS);

beforeAll(async () => {
  python = await install();
}, 2 * PATIENCE_MS);

describe("the corrections", () => {
  test("fit the moto that is pinned", () => {
    const { status, stdout } = run("-m", "aws", "--self-test");
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+ corrections fit\n$/) as string,
    });
  });

  test.each<[string, string, string]>([
    ["has moved", "del kms.Key.to_dict", "moto.kms.models:Key.to_dict: no to_dict in Key"],
    [
      "takes other parameters",
      "kms.Key.to_dict = lambda self, verbose: {}",
      "moto.kms.models:Key.to_dict: takes (self, verbose), expected (self)",
    ],
    [
      "is no longer missing",
      "import moto.cloudwatch.responses as cw; cw.CloudWatchResponse.put_composite_alarm = lambda self: None",
      "moto.cloudwatch.responses:CloudWatchResponse.put_composite_alarm: moto has it now; drop the correction",
    ],
    [
      "that is only used has moved",
      "del kms.kms_backends",
      "kms: moto.kms.models:kms_backends: no kms_backends in moto.kms.models",
    ],
  ])("fail loudly when a symbol %s, and the server refuses to start", (_, change, complaint) => {
    for (const argument of ["--self-test", "--port=0"]) {
      const { status, stderr } = runChanged(change, argument);
      expect({ argument, status }).toEqual({ argument, status: 1 });
      expect(stderr.split("\n")).toEqual(expect.arrayContaining(["corrections do not fit this moto:", complaint]));
    }
  });

  test("report everything that does not fit at once", () => {
    const { stderr } = runChanged("del kms.Key.to_dict; del kms.KmsBackend.replicate_key", "--self-test");
    expect(stderr.trim().split("\n")).toEqual([
      "corrections do not fit this moto:",
      "moto.kms.models:Key.to_dict: no to_dict in Key",
      "moto.kms.models:KmsBackend.replicate_key: no replicate_key in KmsBackend",
    ]);
  });

  test("are listed in CORRECTIONS.md, with what is wrong and what AWS does", () => {
    const { stdout } = run("-m", "aws", "--table");
    expect(readFileSync(join(EMULATOR, "CORRECTIONS.md"), "utf8")).toBe(stdout);
  });
});

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(python, args, { cwd: EMULATOR, encoding: "utf8", timeout: 60_000 });
  return { status, stdout, stderr };
}

/** Runs with a moto that was changed before the corrections reach for it. */
function runChanged(change: string, argument: string): { status: number | null; stderr: string } {
  // The account must be set before moto's services are loaded, as in __main__.
  const program = `
import sys
from aws import accounts
accounts.use("111122223333")
accounts.use = lambda account: None
import moto.kms.models as kms
${change}
from aws.__main__ import main
sys.exit(main([${JSON.stringify(argument)}]))`;
  return run("-c", program);
}
