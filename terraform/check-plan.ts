import { PlanJson, ResourceChange } from "./plan-json";
import { isObject } from "./stack-json";
import { WrongUse } from "./wrong-use";

const NAME = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`;

/** A number, or a text in which nothing is evaluated. */
const KEY = String.raw`\[(?:\d+|"(?:\$\$\{|%%\{|\\.|\$(?!\{)|%(?!\{)|[^"\\$%])*")\]`;

/** As Terraform writes it: `module.orders["a"].aws_s3_bucket.Media[0]`. */
const ADDRESS = new RegExp(`^(?:module\\.${NAME}(?:${KEY})?\\.)*${NAME}\\.${NAME}(?:${KEY})?$`, "u");

/**
 * Refuses what is no plan as Terraform writes it. Addresses are written into a file that Terraform reads, so they must be addresses.
 *
 * @param name what the plan is called in a refusal
 */
export function checkPlan(read: unknown, name: string): PlanJson {
  // a state, which 'terraform show -json' prints as well, has the same version and no configuration
  const isPlan = isObject(read) && String(read.format_version).startsWith("1.") && isObject(read.configuration);
  if (!isPlan) throw new WrongUse(`${name} is no plan; ${REMEDY}`);
  if (read.complete === false && read.errored !== true) {
    throw new WrongUse(`${name} shows a part of the stack alone, so what it protects is unknown; plan without -target`);
  }
  for (const list of ["resource_changes", "resource_drift"] as const) {
    const changes = read[list] ?? [];
    if (!Array.isArray(changes)) throw new WrongUse(`${name} is no plan: '${list}' is no list; ${REMEDY}`);
    const at = changes.findIndex((change) => !isChange(change));
    if (at !== -1) throw new WrongUse(`${name} is no plan: ${list}[${at}] is no change of a resource; ${REMEDY}`);
  }
  const { prior_state: state, configuration } = read as { prior_state?: unknown; configuration: unknown };
  if (!isState(state)) throw new WrongUse(`${name} is no plan: 'prior_state' is no state; ${REMEDY}`);
  if (!isConfiguration(configuration)) {
    throw new WrongUse(`${name} is no plan: 'configuration' is no configuration; ${REMEDY}`);
  }
  return read as unknown as PlanJson;
}

const REMEDY = "make it with 'terraform plan -out p && terraform show -json p'";

function isChange(value: unknown): value is ResourceChange {
  if (!isObject(value) || !isObject(value.change)) return false;
  const { address, previous_address: previous = address, mode, type, index, deposed, action_reason: reason } = value;
  const { actions, before, after, importing, replace_paths: paths = [] } = value.change;
  return (
    [address, previous].every((one) => isText(one) && (mode !== "managed" || ADDRESS.test(one))) &&
    isText(type) &&
    [deposed, reason].every(isTextOrMissing) &&
    (isTextOrMissing(index) || typeof index === "number") &&
    isListOf(actions, isText) &&
    [before, after, importing].every(isObjectOrMissing) &&
    isTextOrMissing(isObject(importing) ? importing.id : undefined) &&
    isListOf(paths, (path) => isListOf(path, (step) => isText(step) || typeof step === "number"))
  );
}

function isState(state: unknown): boolean {
  const values = isObject(state) ? state.values : undefined;
  const waiting: unknown[] = [isObject(values) ? values.root_module : undefined];
  // the list grows while it is read
  for (const one of waiting) {
    if (one === undefined || one === null) continue;
    if (!isObject(one)) return false;
    const { resources = [], child_modules: modules = [] } = one;
    if (!isListOf(resources, isStateResource) || !Array.isArray(modules)) return false;
    for (const child of modules) waiting.push(child);
  }
  return isObjectOrMissing(state) && isObjectOrMissing(values);
}

function isStateResource(value: unknown): boolean {
  return isObject(value) && isText(value.address) && isListOf(value.depends_on ?? [], isText);
}

function isConfiguration(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { provider_config: providers = {}, root_module: root = {} } = value;
  if (!isObject(providers) || !isObject(root)) return false;
  const isDeclared = (one: unknown): boolean => isObject(one) && isTextOrMissing(one.provider_config_key);
  return Object.values(providers).every(hasPlainRegion) && isListOf(root.resources ?? [], isDeclared);
}

function hasPlainRegion(provider: unknown): boolean {
  const expressions = isObject(provider) ? (provider.expressions ?? {}) : undefined;
  const region = isObject(expressions) ? (expressions.region ?? {}) : undefined;
  return isObject(region) && isTextOrMissing(region.constant_value);
}

function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrMissing(value: unknown): boolean {
  return value === undefined || value === null || isText(value);
}

function isObjectOrMissing(value: unknown): boolean {
  return value === undefined || value === null || isObject(value);
}
