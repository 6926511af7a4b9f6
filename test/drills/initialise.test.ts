/**
 * Proves which versions of providers a drill takes from a local mirror. Does not prove that Terraform installs them: the live test does.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeFromMirror } from "../../drills/initialise";

const REGISTRY = "registry.terraform.io/hashicorp";
const folder = mkdtempSync(join(tmpdir(), "initialise-"));
const mirror = join(folder, "mirror");
for (const version of ["5.99.0", "5.100.0"]) mkdirSync(join(mirror, REGISTRY, "aws", version), { recursive: true });

afterAll(() => rmSync(folder, { recursive: true }));

/** The files in a stack's folder after the choice of versions, and the drill's notes. */
function choose(locked: Readonly<Record<string, string>>) {
  const dir = mkdtempSync(join(folder, "stack-"));
  const required_providers = { aws: { source: "hashicorp/aws", version: "~> 6.0" } };
  writeFileSync(join(dir, "cdk.tf.json"), JSON.stringify({ terraform: { required_providers } }));
  const lockFile = join(dir, ".terraform.lock.hcl");
  const blocks = Object.entries(locked).map(([name, version]) => {
    return `provider "${REGISTRY}/${name}" {\n  version     = "${version}"\n  constraints = "~> 5.0"\n}\n`;
  });
  if (blocks.length > 0) writeFileSync(lockFile, blocks.join("\n"));
  const notes = takeFromMirror({ name: "one", dir, dependencies: [], json: {}, model: undefined }, mirror);
  const override = join(dir, "drill_providers_override.tf.json");
  return {
    notes,
    hasLock: existsSync(lockFile),
    override: existsSync(override) ? (JSON.parse(readFileSync(override, "utf8")) as unknown) : undefined,
  };
}

const NEWEST = { terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } } };

test("without a lock file, the newest version of the mirror is taken", () => {
  expect(choose({})).toEqual({ notes: [], hasLock: false, override: NEWEST });
});

test("a locked version that the mirror holds is taken", () => {
  expect(choose({ aws: "5.99.0" })).toEqual({ notes: [], hasLock: true, override: undefined });
});

test("a locked version that the mirror lacks is named, and the newest one is taken", () => {
  expect(choose({ aws: "6.1.0", random: "3.7.2" })).toEqual({
    notes: [
      "one locks hashicorp/aws 6.1.0, which the local mirror of providers does not hold; the drill took what it holds",
      "one locks hashicorp/random 3.7.2, which the local mirror of providers does not hold; the drill took what it holds",
    ],
    hasLock: false,
    override: NEWEST,
  });
});
