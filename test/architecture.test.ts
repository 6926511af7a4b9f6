/**
 * Proves the structure of the source: which folders import which, what no module may do, and what every module has. Each test first
 * applies its rule to a text that breaks it. Does not prove that a module is correct, nor anything that the compiler and the linter check.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { REFUSALS } from "../modules/core";
import { entryPoints, ROOT } from "../scripts/entry-points";
import { circlesOf, importsOnlyTheModel, importsPointDown, importsThroughDoors } from "./support/import-rules";
import { namesOwnServices } from "./support/refusal-words";
import {
  deterministic,
  exportsOnly,
  importsOnlyPeers,
  listsNoRefusals,
  namesNoMachine,
  noProviderRoot,
  placesNothing,
  shortEnough,
} from "./support/source-rules";
import { filesBelow, read, SourceRule, typescriptBelow } from "./support/source-tree";

const library = typescriptBelow("modules", "stacks");
const everything = [
  ...library,
  ...typescriptBelow("examples", "emulator", "scripts", "bench", "test"),
  read("index.ts"),
];
const tools = typescriptBelow("terraform", "reconcile", "drills", "review", "cli");
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

  test("of the model's plain data name files of the model only, so that tools load it without cdktf", () => {
    expect(
      faults(importsOnlyTheModel, "modules/core/model/a.ts", 'import "./b"; import "../arns"; import "cdktf";'),
    ).toEqual(["modules/core/model/a.ts imports modules/core/arns", "modules/core/model/a.ts imports cdktf"]);
    expect(typescriptBelow("modules/core/model").flatMap(importsOnlyTheModel)).toEqual([]);
  });

  test("of the library name only its peer dependencies and a few packages of Node", () => {
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

  test("of another folder go through its index.ts, or for the library through its internal.ts", () => {
    const names = ["", "/internal", "/site"].map((end) => `import "../modules/site${end}";`).join("\n");
    expect(faults(importsThroughDoors, "stacks/a.ts", names)).toEqual(["stacks/a.ts imports modules/site/site"]);
    expect(faults(importsThroughDoors, "drills/a.ts", names)).toEqual([
      "drills/a.ts imports modules/site/internal",
      "drills/a.ts imports modules/site/site",
    ]);
    const users = [...library, ...tools, ...typescriptBelow("examples", "emulator")];
    expect(users.flatMap(importsThroughDoors)).toEqual([]);
  });

  test("go round in no circle of files", () => {
    const circle = ["a", "b", "c"].map((name, at, all) => ({
      path: `${name}.ts`,
      text: `import "./${all[(at + 1) % all.length]!}";`,
    }));
    const beside = { path: "d.ts", text: 'import "./a"; import type { B } from "./b";' };
    expect(circlesOf([...circle, beside])).toEqual([["a.ts", "b.ts", "c.ts"]]);
    expect(circlesOf(typescriptBelow("."))).toEqual([]);
  });

  test("go round in no circle between modules", () => {
    const folders = modules.map((name) => {
      const texts = typescriptBelow(`modules/${name}`).flatMap(({ text }) => text.match(/from "\.\.\/[\w-]+/g) ?? []);
      return { path: `modules/${name}.ts`, text: texts.map((start) => `${start.replace("../", "./")}";`).join("\n") };
    });
    expect(circlesOf(folders)).toEqual([]);
  });
});

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

  test("leaves region and provider of every resource to Site", () => {
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
    expect(faults(shortEnough(2), "a.ts", "/** Made from the types. Do not edit. */\n2\n3\n")).toEqual([]);
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
      "index.ts:2 is not a re-export",
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

  test("are listed in modules/core/errors.ts alone, not in doc comments", () => {
    expect(faults(listsNoRefusals, "a.ts", "/** Takes a name. @throws NameTaken */")).toEqual(["a.ts:1 has @throws"]);
    const tools = typescriptBelow("drills", "emulator", "review", "scripts");
    expect([...library, ...tools].flatMap(listsNoRefusals)).toEqual([]);
  });

  test("are all used by the library", () => {
    expect(
      codes.filter((code) => !quoted(library.filter(({ path }) => !path.endsWith("core/errors.ts")))(code)),
    ).toEqual([]);
  });

  test("name only the service that the user configures", () => {
    const text = `
      refuse(scope, "InvalidArn", \`'key' must be a key, got '\${key}'\`, "RDS resolves an alias");
      refuse(scope, "SourceWithoutChanges", "no changes");
      refuse(scope, "InvalidArn", "EFS takes a key's own ARN");`;
    expect(faults(namesOwnServices, "modules/efs-replication/a.ts", text)).toEqual([
      "modules/efs-replication/a.ts:2 names RDS",
      "modules/efs-replication/a.ts:3 names DMS",
    ]);
    expect(library.flatMap(namesOwnServices)).toEqual([]);
  });

  test("are all thrown by a test", () => {
    const tests = typescriptBelow("test").filter(({ text }) => /\b(expectRefusal\w*|refusal)\(/.test(text));
    expect(codes.filter((code) => !quoted(tests)(code))).toEqual([]);
  });
});
