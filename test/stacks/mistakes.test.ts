/**
 * Proves that the library refuses a program without a type check, with a clear message. It refuses unknown keys, values of another type
 * and missing settings. There is one case for each mistake that people make on a page. Does not prove which mistakes the types catch.
 */
import { Testing } from "cdktf";
import { inspect } from "node:util";
import { RefusalCode } from "../../modules/core";
import * as stacks from "../../stacks";
import { expectRefusal, refusal } from "../support/synth";
import { defineShop, OBJECTIVES, shop, SITES } from "../support/workloads";

/** The functions as a program without types sees them: every argument may have any type. */
type Untyped = Record<
  Exclude<keyof typeof stacks, "Duration" | "Schedule" | "Workload" | "PilotLight">,
  (...given: unknown[]) => never
>;
const js = stacks as unknown as Untyped;

const page = (change: object) => () => defineShop(change)();
const pilotLight = (props: unknown) => () => new stacks.PilotLight(Testing.app(), "orders", props as never);
const site = (change: object) => page({ sites: { ...SITES, tokyo: { ...SITES.tokyo, ...change } } });
const API = { image: stacks.ssmImage("/acme/api"), instanceType: "m7g.large", capacity: { active: 6 } };
const LEDGER = { instanceClass: "db.r6g.large", storageGiB: 200 };
const ON = { on: "2027-03-02" };

test.each<[mistake: string, action: () => unknown, code: RefusalCode, message: string]>([
  [
    "a key in other case",
    page({ frontdoor: {} }),
    "UnknownSetting",
    "orders: 'frontdoor' is not a setting of PilotLight; did you mean 'frontDoor'",
  ],
  [
    "several wrong keys at once",
    page({ frontdoor: {}, histroy: [] }),
    "UnknownSetting",
    "orders: 'frontdoor', 'histroy' are not settings of PilotLight; did you mean 'frontDoor', 'history'",
  ],
  [
    "a setting of another pattern",
    page({ steppedDownFrom: "warm-standby" }),
    "UnknownSetting",
    "orders: 'steppedDownFrom' is not a setting of PilotLight; it has 'backups', 'compute', 'data', 'frontDoor', 'history', 'natGateways', 'objectives', 'sites'",
  ],
  [
    "a wrong key of a site",
    site({ acount: "1" }),
    "UnknownSetting",
    "orders: 'acount' is not a setting of 'sites.tokyo'; did you mean 'account'",
  ],
  [
    "a wrong key of the objectives",
    page({ objectives: { ...OBJECTIVES, rtp: 1 } }),
    "UnknownSetting",
    "orders: 'rtp' is not a setting of 'objectives'; did you mean 'rto'",
  ],
  [
    "a wrong key of the backups",
    page({ backups: { retention: 3 } }),
    "UnknownSetting",
    "orders: 'retention' is not a setting of 'backups'; did you mean 'retentionDays'",
  ],
  [
    "a size in other letters",
    () => js.postgres({ ...LEDGER, storageGb: 200 }),
    "UnknownSetting",
    "postgres: 'storageGb' is not a setting of postgres; did you mean 'storageGiB'",
  ],
  [
    "encryption switched off",
    () => js.postgres({ ...LEDGER, storageEncrypted: false }),
    "UnknownSetting",
    "postgres: 'storageEncrypted' is not a setting of postgres",
  ],
  [
    "a key of a table by its old name",
    () => js.table({ hashKey: "id" }),
    "UnknownSetting",
    "table: 'hashKey' is not a setting of table; it has 'globalIndexes', ",
  ],
  [
    "the type of a key in full",
    () => js.table({ partitionKey: { name: "id", type: "string" } }),
    "SettingOutOfRange",
    "table: 'partitionKey.type' must be one of 'B', 'N', 'S', got 'string'; choose one of them",
  ],
  [
    "a capacity that is a number",
    () => js.autoScaling({ ...API, capacity: 6 }),
    "WrongType",
    "autoScaling: 'capacity' must be an object with 'active', got 6; give a value of that type",
  ],
  [
    "a capacity in the words of a group",
    () => js.autoScaling({ ...API, capacity: { min: 1, max: 2 } }),
    "UnknownSetting",
    "autoScaling: 'min' is not a setting of 'capacity'; it has 'active', 'max', 'standby'",
  ],
  [
    "a count that is a text",
    () => js.autoScaling({ ...API, capacity: { active: "6" } }),
    "WrongType",
    "autoScaling: 'capacity.active' must be a number, got \"6\"; give a value of that type",
  ],
  [
    "an image that is a text",
    () => js.autoScaling({ ...API, image: "ami-0123456789abcdef0" }),
    "WrongType",
    "autoScaling: 'image' must be an Image or a function, got \"ami-0123456789abcdef0\"; make it with ami or ssmImage",
  ],
  [
    "no image",
    () => js.autoScaling({ ...API, image: undefined }),
    "MissingSetting",
    "autoScaling: 'image' is not given; set it: autoScaling needs it",
  ],
  [
    "a store's name instead of a list of them",
    () => js.autoScaling({ ...API, uses: "ledger" }),
    "WrongType",
    "autoScaling: 'uses' must be a list, got \"ledger\"; give a value of that type",
  ],
  [
    "an account that is a number",
    site({ account: 111122223333 }),
    "WrongType",
    "orders: 'sites.tokyo.account' must be a string, got 111122223333; give a value of that type",
  ],
  [
    "accounts that are numbers",
    page({ sites: { seoul: { ...SITES.seoul, account: 1 }, tokyo: { ...SITES.tokyo, account: 2 } } }),
    "WrongType",
    "orders: 'sites.seoul.account' must be a string, got 1; give a value of that type",
  ],
  [
    "a site without a region",
    site({ region: undefined }),
    "MissingSetting",
    "orders: 'sites.tokyo.region' is not given; set it: PilotLight needs it",
  ],
  [
    "a site without a bucket of its state",
    site({ state: { bucket: undefined } }),
    "MissingSetting",
    "orders: 'sites.tokyo.state.bucket' is not given; set it: PilotLight needs it",
  ],
  [
    "a region there is not",
    site({ region: "ap-northeast-9" }),
    "UnknownRegion",
    "orders: this library does not know the region 'ap-northeast-9' of site 'tokyo', it knows 'ap-northeast-1', ",
  ],
  [
    "an account of too few digits",
    site({ account: "1234" }),
    "InvalidAccount",
    "orders: an AWS account id has 12 digits, got '1234' of site 'tokyo'; give it as a string of 12 digits",
  ],
  [
    "a network of three numbers",
    site({ cidr: "10.0.0/16" }),
    "InvalidCidr",
    "orders: 'sites.tokyo.cidr' must be an IPv4 network, got '10.0.0/16'; write ",
  ],
  [
    "sites that are a list",
    page({ sites: [SITES.seoul, SITES.tokyo] }),
    "WrongType",
    "orders: 'sites' must be an object with a key for each, got a list; give a value of that type",
  ],
  [
    "no sites",
    page({ sites: undefined }),
    "MissingSetting",
    "orders: 'sites' is not given; set it: PilotLight needs it",
  ],
  ["no data", page({ data: undefined }), "MissingSetting", "orders: 'data' is not given; set it: PilotLight needs it"],
  [
    "no properties",
    pilotLight(undefined),
    "WrongType",
    "orders: what it is given must be an object with 'data', 'objectives', 'sites', got nothing; give a value of that type",
  ],
  [
    "no objectives",
    page({ objectives: undefined }),
    "MissingObjective",
    "orders: 'objectives.rto' is not given; give both, for example { rto: Duration.minutes(45), rpo: Duration.minutes(15) }",
  ],
  [
    "an objective that is a text",
    page({ objectives: { ...OBJECTIVES, rpo: "45m" } }),
    "InvalidDuration",
    "orders: 'objectives.rpo' must be a Duration, got \"45m\"; write it with its unit: Duration.minutes(15)",
  ],
  [
    "the settings of a store instead of the store",
    page({ data: { carts: { partitionKey: { name: "id", type: "S" } } } }),
    "WrongType",
    "orders: 'data.carts' must be a DataStore, got an object; make it with auroraMysql, auroraPostgres, bucket, documentDb, mysql, neptune, postgres, redis, secret, table or valkey",
  ],
  [
    "a store that was not called",
    page({ data: { receipts: stacks.bucket } }),
    "WrongType",
    "orders: 'data.receipts' must be a DataStore, got the function 'bucket'; call it: bucket()",
  ],
  [
    "a history in words",
    page({ history: ["failed over to tokyo"] }),
    "WrongType",
    "orders: 'history[0]' must be a FailedOver, a Rebuilt, an Evacuated, a Rejoined, a SiteAdded or a StoreAdded, got \"failed over to tokyo\"; make it with failedOver, rebuilt, evacuated, rejoined, siteAdded or storeAdded",
  ],
  [
    "an event there is not",
    page({ history: [{ event: "failover", site: "tokyo", ...ON }] }),
    "SettingOutOfRange",
    "orders: 'history[0].event' must be one of 'failedOver', 'rebuilt', 'evacuated', 'rejoined', 'siteAdded', 'storeAdded', got 'failover'; choose one of them",
  ],
  [
    "an event of every object",
    page({ history: [{ event: "constructor", site: "tokyo", ...ON }] }),
    "SettingOutOfRange",
    "orders: 'history[0].event' must be one of 'failedOver', ",
  ],
  [
    "a wrong key of an event",
    page({ history: [{ event: "failedOver", site: "tokyo", date: "2027-03-02" }] }),
    "UnknownSetting",
    "orders: 'date' is not a setting of 'history[0]'; it has 'event', 'on', 'site'",
  ],
  [
    "an event without a day",
    () => js.failedOver("tokyo"),
    "MissingSetting",
    "failedOver: 'on' is not given; set it: failedOver needs it",
  ],
  [
    "an event without a site",
    () => js.rebuilt(undefined, ON),
    "MissingSetting",
    "rebuilt: 'site' is not given; set it: rebuilt needs it",
  ],
  [
    "an event with a date",
    () => js.evacuated("tokyo", { on: new Date("2027-03-02") }),
    "WrongType",
    "evacuated: 'on' must be a string, got an object; give a value of that type",
  ],
  [
    "a record that is a number",
    () => js.dns({ zone: "example.com", record: 5 }),
    "WrongType",
    "dns: 'record' must be a string, got 5; give a value of that type",
  ],
  ["a store that is a text", () => js.forgotten("carts"), "WrongType", "forgotten: what it is given must be "],
  [
    "parameters that are objects",
    () => js.postgres({ ...LEDGER, parameters: { work_mem: {} } }),
    "WrongType",
    "postgres: 'parameters.work_mem' must be a string or a number, got an object; give a value of that type",
  ],
  [
    "parameters that are not a number",
    () => js.postgres({ ...LEDGER, parameters: { work_mem: Number.NaN } }),
    "WrongType",
    "postgres: 'parameters.work_mem' must be a string or a number, got NaN; give a value of that type",
  ],
  [
    "a control character for a terminal",
    page({ ["front\u001b[31mdoor"]: 1 }),
    "UnknownSetting",
    "orders: 'front\\u001b[31mdoor' is not a setting of PilotLight; ",
  ],
  [
    "a store that every object has",
    page({ data: { constructor: stacks.bucket() } }),
    "InvalidName",
    "orders: sites, stores ",
  ],
])("a page is refused with %s", (_, action, code, message) => {
  expect(refusal(action).message).toContain(`[${code}] ${message}`);
});

test.each(["constructor", "toString", "__proto__", ""])("a workload is not called '%s'", (name) => {
  expectRefusal(
    () => new stacks.PilotLight(Testing.app(), name, shop()),
    "InvalidName",
    /^'id' is not a valid workload/,
  );
});

test("a setting may be undefined, and a user's own class may have additional keys", () => {
  const own = { ...stacks.bucket(), colour: "red" };
  expect(page({ data: { own }, frontDoor: undefined, compute: undefined, histroy: undefined })).not.toThrow();
});

test("a forgotten store cannot be used by a compute", () => {
  const data = { carts: stacks.forgotten(stacks.bucket()), kept: stacks.bucket() };
  const api = stacks.autoScaling({ ...API, instanceType: "m7g.large", uses: ["carts"] });
  const problem = "'uses' of compute 'api' names 'carts', which the workload has given up";
  expectRefusal(page({ data, compute: { api } }), "MissingSetting", problem, "orders");
});

test("a refusal is printed once", () => {
  const printed = inspect(refusal(page({ frontdoor: {} })));
  expect(printed.match(/did you mean 'frontDoor'/g)).toHaveLength(1);
  expect(printed).not.toContain("remedy");
});
