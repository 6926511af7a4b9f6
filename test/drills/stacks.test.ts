/**
 * Proves, over folders as cdktf synthesises them, what a drill reads of stacks, what it refuses to deploy, and that it works in a copy that
 * leaves the real state alone. Does not prove what Terraform makes of them: the live test does.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { callersAccount, darkPlaces, hasTableReplicas, homeOf, ownRegions, placesOf } from "../../drills/stack-facts";
import { refuseForeign, refuseForeignLocked, WorkFolder } from "../../drills/work-folder";
import { readOutput, StackFolder } from "../../review/output-folder";
import { WrongUse } from "../../review/wrong-use";
import { outputFolder } from "../review/plans";

const SEOUL = "ap-northeast-2";
const TOKYO = "ap-northeast-1";
const ACCOUNT = "111122223333";
const SITES = [
  { name: "seoul", region: SEOUL },
  { name: "tokyo", region: TOKYO },
];
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function stacks(jsons: Readonly<Record<string, object>>): readonly StackFolder[] {
  const out = outputFolder(jsons);
  folders.push(out);
  return readOutput(out);
}

function stack(json: object): StackFolder {
  return stacks({ one: json })[0]!;
}

function inRegion(region: string, more: object = {}): object {
  return {
    provider: { aws: [{ region, allowed_account_ids: [ACCOUNT] }] },
    terraform: { backend: { s3: { bucket: "states", key: "one", region } } },
    ...more,
  };
}

const PAIR = { seoul: inRegion(SEOUL, { "//": { dr: { version: 1, sites: SITES } } }), tokyo: inRegion(TOKYO) };

describe("a stack", () => {
  test("belongs to the region of the provider that its resources take", () => {
    const both = { provider: { aws: [{ region: TOKYO, alias: "tokyo" }, { region: SEOUL }] } };
    expect(homeOf(stack(both))).toBe(SEOUL);
    expect(homeOf(stack({ provider: { aws: [{ region: TOKYO, alias: "tokyo" }] } }))).toBe(TOKYO);
  });

  test("may ask the regions of its providers and of its state", () => {
    const abroad = inRegion(TOKYO, { terraform: { backend: { s3: { region: SEOUL } } } });
    expect([...ownRegions(stack(abroad))]).toEqual([TOKYO, SEOUL]);
  });

  test.each([
    [{ aws_dynamodb_table_replica: { Carts: {} } }, true],
    [{ aws_dynamodb_table: { Carts: { replica: [{ region_name: TOKYO }] } } }, true],
    [{ aws_dynamodb_table: { Carts: { lifecycle: { ignore_changes: ["replica"] } } } }, true],
    [{ aws_dynamodb_table: { Carts: { lifecycle: { ignore_changes: ["ttl"] } } } }, false],
    [{ aws_dynamodb_table: { Carts: {} } }, false],
  ])("with %j has table replicas: %p", (resource, expected) => {
    expect(hasTableReplicas(stack(inRegion(SEOUL, { resource })))).toBe(expected);
  });
});

describe("the regions that go dark", () => {
  test("are all the stacks work in, under the names of their sites", () => {
    const places = [
      { region: SEOUL, site: "seoul" },
      { region: TOKYO, site: "tokyo" },
    ];
    expect(darkPlaces(stacks(PAIR), [])).toEqual(places);
    expect(darkPlaces(stacks(PAIR), ["tokyo"])).toEqual(places.slice(1));
    expect(darkPlaces(stacks(PAIR), [SEOUL])).toEqual(places.slice(0, 1));
  });

  test.each<[Readonly<Record<string, object>>, string[], string]>([
    [PAIR, ["osaka"], "no site 'osaka'; there is: seoul (ap-northeast-2), tokyo (ap-northeast-1)"],
    [{ seoul: PAIR.seoul }, [], "all stacks are of ap-northeast-2; a drill needs a second region"],
  ])("%# are refused", (jsons, asked, message) => {
    expect(() => darkPlaces(stacks(jsons), asked)).toThrow(new WrongUse(message));
  });
});

describe("the account of the caller", () => {
  const other = { aws: [{ region: TOKYO, allowed_account_ids: ["444455556666"] }] };
  const assuming = { aws: [{ ...other.aws[0], assume_role: [{ role_arn: "arn" }] }] };

  test("is the one of providers that assume no role", () => {
    expect(callersAccount(stacks({ ...PAIR, tokyo: inRegion(TOKYO, { provider: assuming }) }))).toBe(ACCOUNT);
    expect(callersAccount(stacks({ any: { provider: { aws: [{ region: SEOUL }] } } }))).toBeUndefined();
  });

  test("is one", () => {
    const two = stacks({ ...PAIR, tokyo: inRegion(TOKYO, { provider: other }) });
    expect(() => callersAccount(two)).toThrow(
      new WrongUse("stacks of 111122223333 and 444455556666 assume no role; the emulator's caller is of one account"),
    );
  });

  test("is one of the places where something may follow a database", () => {
    const all = stacks({ ...PAIR, more: inRegion(TOKYO), other: inRegion(TOKYO, { provider: other }) });
    expect(placesOf(all)).toEqual([
      { region: SEOUL, account: ACCOUNT },
      { region: TOKYO, account: ACCOUNT },
      { region: TOKYO, account: "444455556666" },
    ]);
  });
});

describe("a stack that would lead a drill past the emulator", () => {
  const aws = { region: SEOUL };

  test.each<[object, RegExp]>([
    [{ provider: { aws: [aws], datadog: [{}] } }, /^one has a provider 'datadog'; a drill applies/],
    [{ provider: { aws: [{ ...aws, endpoints: [{ s3: "https://s3" }] }] } }, /^the provider of one has 'endpoints'/],
    [{ provider: { aws: [{ ...aws, profile: "prod" }] } }, /^the provider of one has 'profile'/],
    [
      inRegion(SEOUL, { terraform: { backend: { s3: { region: SEOUL, profile: "prod" } } } }),
      /^the backend of one has 'profile'/,
    ],
    [{ provider: { aws: [{}] } }, /^one does not say the region of its provider/],
    [{ provider: { aws: [{ region: "${var.region}" }] } }, /^one does not say the region of its provider/],
    [inRegion(SEOUL, { resource: { aws_instance: { A: { provisioner: [] } } } }), /^one has a provisioner/],
  ])("%j is refused", (json, message) => {
    expect(() => refuseForeign([stack(json)])).toThrow(WrongUse);
    expect(() => refuseForeign([stack(json)])).toThrow(message);
  });

  test("is refused for a module's provider too", () => {
    const one = stack(inRegion(SEOUL));
    const lock = (name: string) =>
      writeFileSync(join(one.dir, ".terraform.lock.hcl"), `provider "registry.terraform.io/${name}" {\n}\n`);
    lock("hashicorp/aws");
    refuseForeignLocked([one]);
    lock("datadog/datadog");
    expect(() => refuseForeignLocked([one])).toThrow(
      new WrongUse("one needs the provider datadog/datadog; a drill applies, and only AWS is emulated"),
    );
  });
});

describe("the work folder", () => {
  const local = inRegion(TOKYO, { terraform: { backend: { local: { path: "/home/terraform.tfstate" } } } });
  const originals = stacks({ seoul: PAIR.seoul, local });
  for (const file of ["terraform.tfstate", ".terraform.lock.hcl", "reconcile.tf.json", "own_override.tf.json"]) {
    writeFileSync(join(originals[0]!.dir, file), "{}");
  }
  const work = new WorkFolder(originals);
  const [seoul, inFile] = work.stacks;

  afterAll(() => work.remove());

  test("holds the stacks as synthesised, without what belongs to their real states", () => {
    expect(readdirSync(seoul!.dir).sort()).toEqual(["cdk.tf.json", "own_override.tf.json"]);
    const textOf = ({ dir }: StackFolder) => readFileSync(join(dir, "cdk.tf.json"), "utf8");
    expect(textOf(seoul!)).toBe(textOf(originals[0]!));
  });

  test("keeps a state that is not in S3 to itself", () => {
    expect(JSON.parse(readFileSync(join(inFile!.dir, "drill_override.tf.json"), "utf8"))).toEqual({
      terraform: { backend: { local: { path: join(inFile!.dir, "drill.tfstate") } } },
    });
  });

  test("goes as a whole", () => {
    work.remove();
    expect(existsSync(seoul!.dir)).toBe(false);
  });
});
