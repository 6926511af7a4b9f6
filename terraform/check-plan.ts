import { PlanJson, ResourceChange } from "./plan-json";
import { isObject } from "./stack-json";
import { WrongUse } from "./wrong-use";

const NAME = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`;

/** A number, or a string without a template expression. */
const KEY = String.raw`\[(?:\d+|"(?:\$\$\{|%%\{|\\.|\$(?!\{)|%(?!\{)|[^"\\$%])*")\]`;

/** As Terraform writes it: `module.orders["a"].aws_s3_bucket.Media[0]`. */
const ADDRESS = new RegExp(`^(?:module\\.${NAME}(?:${KEY})?\\.)*${NAME}\\.${NAME}(?:${KEY})?$`, "u");

/**
 * Refuses a file that is not a plan in Terraform's JSON format. The addresses end up in a file that Terraform reads, so their syntax is
 * checked.
 *
 * @param name how a refusal names the plan
 */
export function checkPlan(read: unknown, name: string): PlanJson {
  // a state, which 'terraform show -json' prints as well, has the same version and no configuration
  const isPlan = isObject(read) && String(read.format_version).startsWith("1.") && isObject(read.configuration);
  if (!isPlan) throw new WrongUse(`${name} is not a plan; ${REMEDY}`);
  if (read.complete === false && read.errored !== true) {
    throw new WrongUse(`${name} shows a part of the stack alone, so what it protects is unknown; plan without -target`);
  }
  for (const list of ["resource_changes", "resource_drift"] as const) {
    const changes = read[list] ?? [];
    if (!Array.isArray(changes)) throw new WrongUse(`${name} is not a plan: '${list}' is not a list; ${REMEDY}`);
    const at = changes.findIndex((change) => !isChange(change));
    if (at !== -1) throw new WrongUse(`${name} is not a plan: ${list}[${at}] is not a resource change; ${REMEDY}`);
  }
  const { prior_state: state, configuration } = read as { prior_state?: unknown; configuration: unknown };
  if (!isState(state)) throw new WrongUse(`${name} is not a plan: 'prior_state' is not a state; ${REMEDY}`);
  if (!isConfiguration(configuration)) {
    throw new WrongUse(`${name} is not a plan: 'configuration' is not a configuration; ${REMEDY}`);
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
  // the loop appends to the list that it reads
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
