import { AWS_CALLS, Condition, isOutput, Path, PathElement, Scalar, SDK_MEMBERS, Value } from "../core/model";

/**
 * JSONata of a state machine for the paths, conditions and values of the model. Step Functions spells the members of answers and parameters
 * as the AWS SDK for Java does.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function expression(jsonata: string): string {
  return `{% ${jsonata} %}`;
}

/** A condition on the answer of a task. It is always true or false, because a Choice state refuses anything else. */
export function conditionOn(condition: Condition): string {
  if ("all" in condition) return joined(condition.all, " and ", "true");
  if ("any" in condition) return joined(condition.any, " or ", "false");
  const path = pathIn(condition.path);
  if ("exists" in condition) return `$count(${path}) ${condition.exists ? "> 0" : "= 0"}`;
  if ("is" in condition) return every(path, (value) => `${value} in ${list(condition.is)}`);
  if ("atMost" in condition) return every(path, (value) => `${value} <= ${condition.atMost}`);
  if (condition.counted) return `$count(${path}) >= ${condition.atLeast}`;
  return every(path, (value) => `${value} >= ${condition.atLeast}`);
}

function joined(conditions: readonly Condition[], operator: string, empty: string): string {
  return conditions.length === 0 ? empty : `(${conditions.map(conditionOn).join(operator)})`;
}

/**
 * There is a value, and the test holds for each. Without the brackets, JSONata would test each element that the last member is read from,
 * also one that lacks it.
 */
function every(path: string, test: (value: string) => string): string {
  return `($count(${path}) > 0 and $count((${path})[$not(${test("$")})]) = 0)`;
}

/** The place of a path in the answer of a task. */
export function pathIn(path: Path): string {
  return path.reduce<string>(extended, "$states.result");
}

function extended(before: string, element: PathElement): string {
  if (typeof element === "string") return `${before}.${member(element)}`;
  if (typeof element === "number") return `${before}[${element}]`;
  const tests = Object.entries(element.where).map(([name, wanted]) => `${member(name)} = ${literal(wanted)}`);
  const selected = tests.length === 0 ? before : `${before}[${tests.join(" and ")}]`;
  return element.newest === undefined ? selected : `(${selected}^(>${member(element.newest)}))[0]`;
}

/** A member in Step Functions' spelling. */
function memberName(name: string): string {
  return SDK_MEMBERS[name] ?? name;
}

/** A member in Step Functions' spelling, quoted if it is not a plain name. */
function member(name: string): string {
  const spelled = memberName(name);
  return /^[A-Za-z_]\w*$/.test(spelled) ? spelled : `\`${spelled}\``;
}

function list(wanted: Scalar | readonly Scalar[]): string {
  return `[${(typeof wanted === "object" ? wanted : [wanted]).map(literal).join(", ")}]`;
}

function literal(value: Scalar): string {
  return JSON.stringify(value);
}

/** The parameters of a call as a task takes them. Outputs of earlier steps are variables of the state machine. */
export function argumentsOf(
  api: string,
  parameters: Readonly<Record<string, Value>>,
  variableOf: (output: string) => string,
): unknown {
  const dataKeys = AWS_CALLS[api]?.dataKeys ?? [];
  const spelled = (value: Value, names: boolean): unknown => {
    if (typeof value !== "object") return value;
    if (isOutput(value)) return expression(`$${variableOf(value.output)}`);
    if (Array.isArray(value)) return (value as readonly Value[]).map((item) => spelled(item, true));
    const entries = Object.entries(value as Readonly<Record<string, Value>>);
    return Object.fromEntries(
      entries.map(([name, item]) => [names ? memberName(name) : name, spelled(item, !dataKeys.includes(name))]),
    );
  };
  return spelled(parameters, true);
}
