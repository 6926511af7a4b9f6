/**
 * Proves how the commands read an output folder. They refuse broken files and paths that lead out of the folder. Does not prove what cdktf
 * writes: the tests of the package and the live tests do.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readJson } from "../../terraform/json-file";
import { readOutput } from "../../terraform/output-folder";
import { WrongUse } from "../../terraform/wrong-use";
import { outputFolder } from "../support/plans";

const folder = mkdtempSync(join(tmpdir(), "output-"));
const AGAIN = "run 'cdktf synth' again";
let count = 0;

afterAll(() => rmSync(folder, { recursive: true }));

/** An output folder with this manifest, and a stack `one` of it. */
function withManifest(manifest: string | Buffer, stack: string | Buffer = "{}"): string {
  const out = join(folder, String(count++));
  mkdirSync(join(out, "stacks", "one"), { recursive: true });
  writeFileSync(join(out, "manifest.json"), manifest);
  writeFileSync(join(out, "stacks", "one", "cdk.tf.json"), stack);
  return out;
}

function withStack(stack: string | Buffer | object): string {
  const text = typeof stack === "string" || Buffer.isBuffer(stack) ? stack : JSON.stringify(stack);
  return withManifest(JSON.stringify({ stacks: { one: entry("one") } }), text);
}

function entry(name: string, more: object = {}) {
  return { name, synthesizedStackPath: `stacks/${name}/cdk.tf.json`, dependencies: [], ...more };
}

function refusalOf(out: string): string {
  try {
    readOutput(out);
  } catch (fault) {
    expect(fault).toBeInstanceOf(WrongUse);
    return (fault as Error).message.replaceAll(out, "out");
  }
  throw new Error("it was not refused");
}

describe("a manifest", () => {
  test.each<[unknown, string]>([
    [{}, "it has no 'stacks'"],
    [[], "it has no 'stacks'"],
    [null, "it has no 'stacks'"],
    [{ stacks: [] }, "it has no 'stacks'"],
    [{ stacks: { one: null } }, "it has a stack 'one' without a name"],
    [{ stacks: { one: { synthesizedStackPath: "a.json" } } }, "it has a stack 'one' without a name"],
    [{ stacks: { one: { name: "one" } } }, "it has a stack 'one' without synthesizedStackPath"],
    [{ stacks: { one: entry("two") } }, "it calls one stack 'one' and 'two'"],
    [
      { stacks: { one: entry("one", { dependencies: "two" }) } },
      "it has a stack 'one' whose dependencies are not a list of names",
    ],
    ...["..", ".", "", "a/b", "../victim", "a b", "a*", "-x", "a\u001b[2J", "a\u202eb", "a\\b"].map(
      (name): [unknown, string] => [
        { stacks: { [name]: entry(name) } },
        `it has a stack '${name}', which is not the name of one folder`,
      ],
    ),
  ])("%j is refused", (manifest, what) => {
    expect(refusalOf(withManifest(JSON.stringify(manifest)))).toBe(
      `out/manifest.json is not a manifest of cdktf: ${what}; ${AGAIN}`,
    );
  });

  test("of names that JavaScript has uses for is read", () => {
    const out = outputFolder({ constructor: {}, toString: {} });
    expect(readOutput(out).map(({ name }) => name)).toEqual(["constructor", "toString"]);
    rmSync(out, { recursive: true });
  });

  test("names what a stack is deployed after by its path in the program", () => {
    const out = withManifest(
      JSON.stringify({
        stacks: {
          one: entry("one", { constructPath: "platform/one" }),
          two: { ...entry("two"), synthesizedStackPath: "stacks/one/cdk.tf.json", dependencies: ["platform/one"] },
        },
      }),
    );
    expect(readOutput(out).map(({ dependencies }) => dependencies)).toEqual([[], ["one"]]);
  });

  test("of stacks that wait for each other is refused", () => {
    const wait = (name: string, on: string) =>
      entry(name, { dependencies: [on], synthesizedStackPath: "stacks/one/cdk.tf.json" });
    const stacks = { one: entry("one"), a: wait("a", "b"), b: wait("b", "a"), self: wait("self", "self") };
    expect(refusalOf(withManifest(JSON.stringify({ stacks })))).toBe(
      `stacks wait for each other: a, b, self; remove one of the dependencies and ${AGAIN}`,
    );
  });
});

describe("the path of a stack", () => {
  test.each(["/etc/passwd.json", "../victim/cdk.tf.json", "stacks/../../x.json", "stacks//one.json", "./x.json"])(
    "%s is refused",
    (synthesizedStackPath) => {
      const out = withManifest(JSON.stringify({ stacks: { one: entry("one", { synthesizedStackPath }) } }));
      expect(refusalOf(out)).toBe(`one has the path '${synthesizedStackPath}', which is not below out; ${AGAIN}`);
    },
  );

  test("is refused if nothing is there, if it is a folder, or if a step to it is a link", () => {
    const at = (synthesizedStackPath: string) => {
      const out = withManifest(JSON.stringify({ stacks: { one: entry("one", { synthesizedStackPath }) } }));
      mkdirSync(join(out, "folder.json"));
      symlinkSync(join(out, "stacks"), join(out, "linked"));
      symlinkSync(join(out, "stacks", "one", "cdk.tf.json"), join(out, "linked.json"));
      return refusalOf(out);
    };
    expect([at("stacks/two/x.json"), at("folder.json"), at("linked.json"), at("linked/one/cdk.tf.json")]).toEqual([
      `one has no file out/stacks/two; ${AGAIN}`,
      `out/folder.json is of another kind than cdktf writes; ${AGAIN}`,
      `out/linked.json is a symbolic link, which is not followed; ${AGAIN}`,
      `out/linked is a symbolic link, which is not followed; ${AGAIN}`,
    ]);
  });
});

test("a stack in a file that Terraform does not read as a stack is refused", () => {
  const synthesizedStackPath = "stacks/one/plan.json";
  const out = withManifest(JSON.stringify({ stacks: { one: entry("one", { synthesizedStackPath }) } }));
  writeFileSync(join(out, synthesizedStackPath), "{}");
  expect(refusalOf(out)).toBe(`one has the path 'stacks/one/plan.json', which does not end with cdk.tf.json; ${AGAIN}`);
});

describe("a stack", () => {
  test("may have blocks as objects or as lists, as Terraform reads them", () => {
    const region = "ap-northeast-1";
    const blocks = {
      removed: { from: "aws_s3_bucket.A" },
      moved: { from: "a.A", to: "a.B" },
      import: { to: "a.C", id: "c" },
    };
    const read = { removed: [blocks.removed], moved: [blocks.moved], import: [blocks.import] };
    const provider = (aws: unknown) => readOutput(withStack({ provider: aws, ...blocks }))[0]!.json;
    const expected = { ...read, provider: { aws: [{ region }] } };
    expect(provider({ aws: { region } })).toEqual(expected);
    expect(provider({ aws: [{ region }] })).toEqual(expected);
    expect(provider([{ aws: { region } }])).toEqual(expected);
    expect(provider([{ aws: { region } }, { aws: [null, { alias: "b" }] }]).provider).toEqual({
      aws: [{ region }, { alias: "b" }],
    });
  });

  test.each<[object, string]>([
    [[], "is not a JSON object"],
    [{ provider: "aws" }, "has a 'provider' that is neither a block nor a list of blocks"],
    [{ provider: { aws: "tokyo" } }, "has a 'provider.aws' that is neither a block nor a list of blocks"],
    [{ provider: { aws: { region: 1 } } }, "has a provider.aws whose region is not a string"],
    [{ removed: [{}] }, "has a 'removed' block without from"],
    [{ moved: [{ from: "a.A" }] }, "has a 'moved' block without from and to"],
    [{ "//": { dr: { version: 1 } } }, "describes its workload, in '//.dr', in a form that this version cannot read"],
    [
      { "//": { dr: { version: 1, sites: [{ name: {} }] } } },
      "describes its workload, in '//.dr', in a form that this version cannot read",
    ],
  ])("%j is refused", (stack, what) => {
    expect(refusalOf(withStack(stack))).toBe(`out/stacks/one/cdk.tf.json ${what}; ${AGAIN}`);
  });
});

describe("a JSON file", () => {
  test.each<[string, string | Buffer, string]>([
    ["that is not UTF-8", Buffer.from('{"a": "é"}', "latin1"), "is not UTF-8; write it again as UTF-8"],
    ["as PowerShell writes it", Buffer.from('\ufeff{"a": "é"}', "utf16le"), "is not UTF-8; write it again as UTF-8"],
    [
      "that is nested very deeply",
      `${"[".repeat(200_000)}${"]".repeat(200_000)}`,
      "is nested deeper than 1000 levels, so it is not from Terraform or cdktf; make it again",
    ],
    [
      "with an object nested very deeply",
      `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`,
      "is nested deeper than 1000 levels, so it is not from Terraform or cdktf; make it again",
    ],
  ])("%s is refused", (_, text, what) => {
    expect(refusalOf(withStack(text))).toBe(`out/stacks/one/cdk.tf.json ${what}`);
  });

  test("may begin with a byte order mark, and have brackets in its texts", () => {
    const file = join(folder, "mark.json");
    const value = { a: ["[".repeat(2_000), '"\\['.repeat(2_000)], 주문: "é" };
    writeFileSync(file, `\ufeff${JSON.stringify(value)}`);
    expect(readJson(file)).toEqual(value);
  });

  test("that does not exist or is not JSON is refused", () => {
    expect(() => readJson(join(folder, "none.json"))).toThrow(/^.*none\.json cannot be read: ENOENT/);
    expect(refusalOf(withStack("{"))).toMatch(
      /^out\/stacks\/one\/cdk\.tf\.json cannot be read as JSON: .*; make it again$/,
    );
  });
});
