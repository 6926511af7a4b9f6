/**
 * Proves which facts a drill reads from synthesised stacks, and that it works in a copy and leaves the real state alone. Does not prove how
 * Terraform deploys them: the live test does.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuseForeign } from "../../drills/foreign";
import {
  callersAccount,
  darkPlaces,
  hasTableReplicas,
  homeOf,
  ownRegions,
  placesOf,
  recoversByDeploying,
} from "../../drills/stack-facts";
import { readUnanswered } from "../../drills/unanswered";
import { keepStatesInFiles, refuseLongPath, WorkFolder } from "../../drills/work-folder";
import { LoggedRequest } from "../../emulator/request-log";
import { readOutput, StackFolder } from "../../terraform/output-folder";
import { WrongUse } from "../../terraform/wrong-use";
import { outputFolder } from "../support/plans";

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

/** Stacks of a workload whose first site, in us-east-1, is the active one. */
function workload(pattern: string): ReadonlyMap<string, StackFolder> {
  const sites = [
    { name: "virginia", region: "us-east-1", role: "active" },
    { name: "oregon", region: "us-west-2", role: "standby" },
  ];
  const json = inRegion("us-west-2", { "//": { dr: { version: 1, workload: "orders", pattern, sites } } });
  const names = ["orders-oregon", "orders-oregon-replication", "orders-front-door"];
  return new Map(stacks(Object.fromEntries(names.map((name) => [name, json]))).map((one) => [one.name, one]));
}

describe("a workload that recovers by deploying", () => {
  test.each([
    ["backup-restore", "us-east-1", "orders-oregon", true],
    ["backup-restore", "us-east-1", "orders-front-door", true],
    ["backup-restore", "us-east-1", "orders-oregon-replication", false], // copies again once all is well
    ["backup-restore", "us-west-2", "orders-front-door", false], // the active site is not lost
    ["pilot-light", "us-east-1", "orders-oregon", false],
  ])("%s, with %s lost, needs %s: %p", (pattern, lost, name, expected) => {
    expect(recoversByDeploying(workload(pattern).get(name)!, lost)).toBe(expected);
  });

  test("is not one without a workload", () => {
    expect(recoversByDeploying(stack(inRegion(TOKYO)), SEOUL)).toBe(false);
  });
});

describe("requests that a dark region did not answer", () => {
  const request = (service: string, action: string, region: string): LoggedRequest => ({
    at: 0,
    region,
    service,
    action,
    method: "GET",
    host: "aws.test",
    path: "/2013-04-01/hostedzone/Z1",
    accessKey: "AKID",
    outcome: "reset",
    dark: true,
  });
  const iam = request("iam", "GetRole", "global");
  const zone = request("route53", "", "global");
  const bucket = request("s3", "PUT /acme", "us-west-2");
  const key = request("kms", "DescribeKey", "us-east-1");
  const table = request("dynamodb", "DescribeTable", "us-east-1");
  const tables = stack(inRegion("us-west-2", { resource: { aws_dynamodb_table_replica: { Carts: {} } } }));
  const plain = workload("pilot-light").get("orders-oregon")!;

  test.each<[string, StackFolder, LoggedRequest[], ReturnType<typeof readUnanswered>]>([
    [
      "to control planes",
      plain,
      [iam, iam, zone, bucket],
      {
        outcome: "no control plane",
        unanswered: ["iam GetRole", "route53 GET /2013-04-01/hostedzone/Z1", "s3 PUT /acme in us-west-2"],
      },
    ],
    [
      "to control planes, where a deployment is the recovery",
      workload("backup-restore").get("orders-oregon")!,
      [iam],
      { outcome: "cannot recover", unanswered: ["iam GetRole"] },
    ],
    [
      "to the region as well",
      plain,
      [iam, key],
      { outcome: "needs the dark region", unanswered: ["kms DescribeKey in us-east-1"] },
    ],
    [
      "for a table's replicas as well",
      tables,
      [iam, table],
      { outcome: "waits", unanswered: ["dynamodb DescribeTable in us-east-1"] },
    ],
    [
      "for more than a table's replicas",
      tables,
      [table, key],
      {
        outcome: "needs the dark region",
        unanswered: ["dynamodb DescribeTable in us-east-1", "kms DescribeKey in us-east-1"],
      },
    ],
  ])("%s", (_, one, requests, expected) => {
    expect(readUnanswered(one, "us-east-1", requests)).toEqual(expected);
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

describe("the work folder", () => {
  const local = inRegion(TOKYO, { terraform: { backend: { local: { path: "/home/terraform.tfstate" } } } });
  const originals = stacks({ seoul: PAIR.seoul, local });
  for (const file of ["terraform.tfstate", ".terraform.lock.hcl", "reconcile.tf.json", "own_override.tf.json"]) {
    writeFileSync(join(originals[0]!.dir, file), "{}");
  }
  const work = WorkFolder.of(originals);
  const [seoul, inFile] = work.stacks;

  afterAll(() => work.remove());

  test("holds the stacks as synthesised, without what belongs to their real states", () => {
    // the lock file as well: a drill runs the providers that a deployment would
    expect(readdirSync(seoul!.dir).sort()).toEqual([".terraform.lock.hcl", "cdk.tf.json", "own_override.tf.json"]);
    const jsonOf = ({ dir }: StackFolder): unknown => JSON.parse(readFileSync(join(dir, "cdk.tf.json"), "utf8"));
    expect(jsonOf(seoul!)).toEqual(jsonOf(originals[0]!));
  });

  test("keeps a state that is not in S3 to itself, once its stack is checked", () => {
    refuseForeign(work.stacks);
    keepStatesInFiles(work.stacks);
    expect(JSON.parse(readFileSync(join(inFile!.dir, "drill_override.tf.json"), "utf8"))).toEqual({
      terraform: { backend: { local: { path: join(inFile!.dir, "drill.tfstate") } } },
    });
  });

  test("is refused where its path is too long for a socket", () => {
    // 108 bytes on Linux, else 104, without the zero and '/plugin4294967295'
    const most = process.platform === "linux" ? 90 : 86;
    refuseLongPath(`/${"a".repeat(most - 1)}`);
    const path = `/${"a".repeat(most - 3)}한`;
    expect(() => refuseLongPath(path)).toThrow(
      new WrongUse(
        `${path} is too long for the sockets of providers: ${most + 1} bytes, allowed ${most}; name a shorter folder in TMPDIR`,
      ),
    );
  });

  test("goes as a whole", () => {
    work.remove();
    expect(existsSync(seoul!.dir)).toBe(false);
  });
});
