/**
 * Proves the shape of the source: who imports whom, what no module may do, what every module has. Each rule is first shown a
 * text that breaks it. Does not prove that a module is right, nor what the compiler and the linter see.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { REFUSALS } from "../modules/core";
import { entryPoints, ROOT } from "../scripts/entry-points";
import {
  deterministic,
  exportsOnly,
  importsOnlyPeers,
  importsPointDown,
  namesNoMachine,
  noProviderRoot,
  placesNothing,
  shortEnough,
  SourceRule,
} from "./support/source-rules";
import { filesBelow, read, typescriptBelow } from "./support/source-tree";

const library = typescriptBelow("modules", "stacks");
const everything = [
  ...library,
  ...typescriptBelow("examples", "emulator", "scripts", "bench", "test"),
  read("index.ts"),
];
const modules = readdirSync(join(ROOT, "modules"));
const files = filesBelow(".");

/** Faults of a text under an invented path. */
const faults = (rule: SourceRule, path: string, text: string) => rule({ path, text });

describe("imports", () => {
  test.each([
    ["modules/core/a.ts", 'import { Site } from "../site";', "modules/core/a.ts imports modules/site"],
    ["modules/site/a.ts", 'import { PilotLight } from "../../stacks";', "modules/site/a.ts imports stacks"],
    ["modules/site/a.ts", 'import { x } from "cdktf-aws-dr";', "modules/site/a.ts imports index"],
    ["stacks/a.ts", 'export * from "../examples/pilot-light/main";', "stacks/a.ts imports examples/pilot-light/main"],
    ["stacks/a.ts", 'import "../test/support/synth";', "stacks/a.ts imports test/support/synth"],
  ])("%s must not hold %s", (path, text, fault) => {
    expect(faults(importsPointDown, path, text)).toEqual([fault]);
  });

  test("point one way: core <- modules <- stacks <- examples", () => {
    expect(library.flatMap(importsPointDown)).toEqual([]);
  });

  test("of the library name its peers and Node's files alone", () => {
    expect(faults(importsOnlyPeers, "stacks/a.ts", 'import { zipSync } from "fflate"; import "node:http";')).toEqual([
      "stacks/a.ts imports fflate",
      "stacks/a.ts imports node:http",
    ]);
    expect(library.flatMap(importsOnlyPeers)).toEqual([]);
  });

  test("never name the provider's root", () => {
    const text = ["", "/lib", "/lib/index", "/lib/s3-bucket"]
      .map((end) => `import "@cdktf/provider-aws${end}";`)
      .join("\n");
    expect(faults(noProviderRoot, "a.ts", text)).toHaveLength(3);
    expect(everything.flatMap(noProviderRoot)).toEqual([]);
  });

  test("go round in no circle between modules", () => {
    const uses = new Map(modules.map((name) => [name, usedBy(name)]));
    expect(modules.filter((name) => reaches(name, name, uses))).toEqual([]);
  });
});

/** Modules that a module imports. */
function usedBy(name: string): Set<string> {
  const used = typescriptBelow(`modules/${name}`).flatMap(({ text }) => [...text.matchAll(/from "\.\.\/([\w-]+)/g)]);
  return new Set(used.map((match) => match[1]!));
}

function reaches(from: string, to: string, uses: Map<string, Set<string>>, seen = new Set<string>()): boolean {
  return [...(uses.get(from) ?? [])].some((next) => {
    if (next === to) return true;
    if (seen.has(next)) return false;
    seen.add(next);
    return reaches(next, to, uses, seen);
  });
}

describe("the library", () => {
  test.each(["Date.now()", "new Date()", "Math.random()", "process.env.X", "randomBytes(8)", "randomUUID()"])(
    "never uses %s",
    (code) => {
      expect(faults(deterministic, "a.ts", `/** ${code} */ const a = ${code};`)).toHaveLength(1);
      expect(faults(deterministic, "a.ts", `/** ${code} */ const a = 1; // ${code}`)).toEqual([]);
    },
  );

  test("gives the same bytes for the same input", () => {
    expect(faults(deterministic, "a.ts", 'new Date("2027-03-02")')).toEqual([]);
    expect(library.flatMap(deterministic)).toEqual([]);
  });

  test("leaves it to Site where something is created", () => {
    const text = `
      import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
      export interface MediaProps { readonly provider?: unknown }
      new S3Bucket(scope, "Resource", { bucket, region: site.region, provider });
      bucket.provider = other;
      arn({ region: site.region });`;
    expect(faults(placesNothing, "modules/media/media.ts", text)).toEqual([
      "modules/media/media.ts:4 sets region",
      "modules/media/media.ts:4 sets provider",
      "modules/media/media.ts:3 sets provider",
      "modules/media/media.ts:5 assigns bucket.provider",
    ]);
    expect(library.filter(({ path }) => !path.startsWith("modules/site/")).flatMap(placesNothing)).toEqual([]);
  });
});

describe("files", () => {
  test("are at most 400 lines long, tests 600", () => {
    expect(faults(shortEnough(2), "a.ts", "1\n2\n3\n")).toEqual(["a.ts has 3 lines, 2 at most"]);
    const tests = everything.filter(({ path }) => path.endsWith(".test.ts"));
    expect(everything.filter((source) => !tests.includes(source)).flatMap(shortEnough(400))).toEqual([]);
    expect(tests.flatMap(shortEnough(600))).toEqual([]);
  });

  test("name no machine and no package registry", () => {
    const paths = ["/home/me/x", "/Users/Me/x", "/root/x", "/opt/plugins/x"].map((path) => `in ${path}`);
    const hosts = ["npmjs.org", "yarnpkg.com"].map((host) => `https://registry.${host}/a`);
    expect(
      faults(namesNoMachine, "a.md", [...paths, ...hosts, "a/home/me/x https://a.b/root/x"].join("\n")),
    ).toHaveLength(6);
    const texts = files.filter((path) => !/\.(png|ico|tgz|zip)$/.test(path) && path !== "test/architecture.test.ts");
    expect(texts.map(read).flatMap(namesNoMachine)).toEqual([]);
  });
});

describe.each(modules)("modules/%s", (name) => {
  const own = files.filter((path) => path.startsWith(`modules/${name}/`));

  test("is exported by index.ts, which holds nothing else", () => {
    expect(faults(exportsOnly, "index.ts", 'export { a } from "./a";\nexport const b = 1;')).toEqual([
      "index.ts:2 is no re-export",
    ]);
    expect(own).toContain(`modules/${name}/index.ts`);
    expect(exportsOnly(read(`modules/${name}/index.ts`))).toEqual([]);
  });

  test("can be imported by its own sub-path", () => {
    expect(entryPoints().map(({ subPath }) => subPath)).toContain(`./modules/${name}`);
  });

  test("has a README of at most 80 lines", () => {
    expect(own).toContain(`modules/${name}/README.md`);
    expect(shortEnough(80)(read(`modules/${name}/README.md`))).toEqual([]);
  });

  test("has a test", () => {
    const tests = files.filter((path) => path.startsWith("test/modules/") && path.endsWith(".test.ts"));
    const belongs = new RegExp(`^test/modules/${name}(-[a-z-]+)?\\.test\\.ts$|^test/modules/${name}/`);
    expect(tests.filter((path) => belongs.test(path))).not.toEqual([]);
  });
});

describe("refusals", () => {
  const codes = Object.keys(REFUSALS);
  const quoted = (texts: readonly { text: string }[]) => {
    const words = new Set(texts.flatMap(({ text }) => text.match(/"[A-Z]\w+"/g) ?? []));
    return (code: string) => words.has(`"${code}"`);
  };

  test("are all used by the library", () => {
    expect(
      codes.filter((code) => !quoted(library.filter(({ path }) => !path.endsWith("core/errors.ts")))(code)),
    ).toEqual([]);
  });

  test("are all thrown by a test", () => {
    const tests = typescriptBelow("test").filter(({ text }) => /\b(expectRefusal\w*|refusal)\(/.test(text));
    expect(codes.filter((code) => !quoted(tests)(code))).toEqual([]);
  });
});
