/** Faults in the grammar of policy documents: what IAM refuses before it looks at an action. */
import { list, policyDocumentsOf, Statement, WrittenPolicy } from "./policy-documents";
import { fault, World } from "./world";

/**
 * The kind of a policy, by its attachment: an identity, a role's trust, a resource, or accounts of an organisation.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
 */
export type PolicyKind = "identity" | "organisation" | "repository" | "resource" | "trust";

/** Arguments that are policies of an identity; every other one but a trust policy is a resource's. */
const OF_IDENTITIES = ["aws_iam_policy.policy", "aws_iam_role_policy.policy"];

/**
 * The policy of a repository names no resource: it is the repository.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
const OF_REPOSITORIES = ["aws_ecr_repository_creation_template.repository_policy", "aws_ecr_repository_policy.policy"];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const ELEMENTS = ["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS = new Set(
  [
    "ArnEquals ArnLike ArnNotEquals ArnNotLike Bool BinaryEquals DateEquals DateGreaterThan DateGreaterThanEquals",
    "DateLessThan DateLessThanEquals DateNotEquals IpAddress NotIpAddress Null NumericEquals NumericGreaterThan",
    "NumericGreaterThanEquals NumericLessThan NumericLessThanEquals NumericNotEquals StringEquals",
    "StringEqualsIgnoreCase StringLike StringNotEquals StringNotEqualsIgnoreCase StringNotLike",
  ].flatMap((line) => line.split(" ")),
);

/** A token of the form `service:Action`, or everything. */
const ACTION = /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;

/** An ARN, or everything. The ARN of something that only AWS can name is written as its address. */
const RESOURCE = /^(\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+|<[\w.-]+>(\/\*)?)$/;

/** Faults of every policy document. */
export function grammarFaults(world: World): string[] {
  return policyDocumentsOf(world).flatMap(({ thing, argument, document }) => {
    const kind = kindOf(thing.type, argument);
    return documentFaults(document, kind).map((text) => fault(world, thing, `${argument}: ${text}`));
  });
}

function kindOf(type: string, argument: string): PolicyKind {
  if (argument === "assume_role_policy") return "trust";
  const what = `${type}.${argument}`;
  if (OF_REPOSITORIES.includes(what)) return "repository";
  return OF_IDENTITIES.includes(what) ? "identity" : "resource";
}

/** Faults of one document. */
export function documentFaults(document: WrittenPolicy, kind: PolicyKind): string[] {
  const statements = [document.Statement].flat();
  const sids = statements.map(({ Sid = "" }) => Sid);
  return [
    ...(document.Version === "2012-10-17" ? [] : [`its version is ${JSON.stringify(document.Version)}`]),
    ...unknown(document, ["Id", "Statement", "Version"]),
    ...(statements.length === 0 ? ["it has no statement"] : []),
    ...sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid)).map((sid) => `its sid '${sid}' is malformed`),
    ...sids.filter((sid, index) => sids.indexOf(sid) !== index).map((sid) => `its sid ${sid} is there twice`),
    ...statements.flatMap((statement) => elementFaults(statement, kind).map((text) => `${statement.Sid}: ${text}`)),
  ];
}

const unknown = (object: object, known: readonly string[]) =>
  Object.keys(object).flatMap((key) => (known.includes(key) ? [] : [`there is no element ${key}`]));

function elementFaults(statement: Statement, kind: PolicyKind): string[] {
  const { Effect, Principal, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const names = (elements: readonly unknown[]) => elements.filter((element) => element !== undefined).length;
  const takesPrincipal = kind !== "identity" && kind !== "organisation";
  const takesResource = kind !== "trust" && kind !== "repository";
  return [
    ...unknown(statement, ELEMENTS),
    ...(["Allow", "Deny"].includes(Effect) ? [] : [`its effect is ${Effect}`]),
    ...(names([Principal]) === Number(takesPrincipal) ? [] : [`it ${takesPrincipal ? "needs a" : "has a"} principal`]),
    ...(names([Action, NotAction]) === 1 ? [] : ["it needs actions, once"]),
    ...(names([Resource, NotResource]) === Number(takesResource)
      ? []
      : ["it names resources, and should not, or not once"]),
    ...[...list(Action), ...list(NotAction)].filter((one) => !ACTION.test(one)).map((one) => `${one} is not an action`),
    ...[...list(Resource), ...list(NotResource)]
      .filter((one) => !RESOURCE.test(one))
      .map((one) => `${one} is not an ARN`),
    ...principalFaults(Principal),
    ...Object.keys(Condition)
      .filter((operator) => !OPERATORS.has(operator.replace(/^For(All|Any)Values?:/, "").replace(/IfExists$/, "")))
      .map((operator) => `there is no operator ${operator}`),
  ];
}

function principalFaults(principal: Statement["Principal"]): string[] {
  if (principal === undefined || principal === "*") return [];
  return unknown(principal, ["AWS", "CanonicalUser", "Federated", "Service"]);
}
