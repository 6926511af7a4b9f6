/** Condition operators to condition keys to values, as in IAM's JSON. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** The principal of a statement, as in IAM's JSON. `"*"` means everyone. */
export type Principal = "*" | Readonly<Partial<Record<"AWS" | "Service" | "Federated", string | readonly string[]>>>;

/** One statement of a policy. */
export interface Statement {
  /** Purpose of the statement; unique in its document. */
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  /** @default - none, as in a policy attached to a role */
  readonly principal?: Principal;
  readonly actions: readonly string[];
  /** Everything but these; or `resources`. @default - none */
  readonly notResources?: readonly string[];
  /** @default - none, as in a role's trust policy */
  readonly resources?: readonly string[];
  /** @default - none */
  readonly conditions?: Conditions;
}

/**
 * IAM's own variables, such as `${aws:PrincipalTag/team}` or `${*}`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
const POLICY_VARIABLE = /\$\{(?=([a-z0-9-]+:[^}]+|[*?$])\})/gi;

/**
 * Writes a policy document as JSON, keys in IAM's order. IAM's variables reach IAM: Terraform would take them for its own.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyDocument(statements: readonly Statement[]): string {
  const document = {
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", principal, actions, resources, notResources, conditions }) => ({
      Sid: sid,
      Effect: effect,
      Principal: principal,
      Action: oneOrMany(actions),
      Resource: resources && oneOrMany(resources),
      NotResource: notResources && oneOrMany(notResources),
      Condition: conditions,
    })),
  };
  return JSON.stringify(document).replace(POLICY_VARIABLE, "$$$${");
}

/**
 * Merges statements of one `sid` that differ only in their resources. A statement with other differences stays separate. It gets a number,
 * because a `sid` is unique in its document.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */
export function mergeStatements(statements: readonly Statement[]): readonly Statement[] {
  const merged = new Map<string, Statement>();
  const sids = new Set<string>();
  for (const statement of statements) {
    const { sid, effect = "Allow", principal, actions, notResources, conditions, resources } = statement;
    const key = JSON.stringify([sid, effect, principal, actions, notResources, conditions, resources === undefined]);
    const said = merged.get(key);
    const free = said?.sid ?? freeSid(sids, sid);
    sids.add(free);
    const all = resources && [...new Set([...(said?.resources ?? []), ...resources])];
    merged.set(key, { ...statement, sid: free, resources: all });
  }
  return [...merged.values()];
}

function freeSid(taken: ReadonlySet<string>, sid: string): string {
  let free = sid;
  for (let number = 2; taken.has(free); number += 1) free = `${sid}${number}`;
  return free;
}

/** IAM stores a list of one as the value itself; writing it so keeps the next plan empty. */
function oneOrMany(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0]! : values;
}
