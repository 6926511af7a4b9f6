/** Proves what a plan's failure says, and how what Terraform prints is read. Terraform is a script that answers as Terraform does. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Terraform } from "../../reconcile/terraform";

const dir = mkdtempSync(join(tmpdir(), "terraform-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** A Terraform whose stack is not initialised, and whose `init` ends like this. */
function uninitialised(init: string): Terraform {
  const binary = join(dir, "terraform.sh");
  const plan = "echo 'Backend initialization required, please run \"terraform init\"'; exit 1";
  writeFileSync(binary, `#!/bin/sh\ncase "$2" in plan) ${plan} ;; init) ${init} ;; *) exit 1 ;; esac\n`, {
    mode: 0o755,
  });
  const ended = new AbortController().signal;
  return new Terraform(dir, { limitMs: 10_000, ended, providers: dir, initialised: () => undefined, binary });
}

test.each([
  ["Error: Unsupported block type", "refused"],
  ["Error: No valid credential sources found: dial tcp 169.254.169.254:80: connection refused", "no credentials"],
  ["Error: dial tcp 10.0.0.1:443: i/o timeout", "dark"],
])("of a stack whose init says '%s', that is what is wrong", async (summary, failed) => {
  const planned = await uninitialised(`echo '${summary}'; exit 1`).plan(undefined);
  expect(planned).toEqual({ failed, errors: [{ severity: "error", summary }], part: undefined });
});
