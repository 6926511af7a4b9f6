/**
 * Proves that some kinds of resources are created in one folder only, and some conditions too. So a change for all of them is a change in one place. Reads the
 * source. Does not prove that the code that creates them is correct.
 */
import ts from "typescript";
import { nodesOf, parse, placeOf, SourceText, typescriptBelow } from "./support/source-tree";

const PROVIDER = "@cdktf/provider-aws/lib/";

/** Resources by the provider's file, and the path that may create them. */
const MAKERS = [
  { resources: "IAM roles and their policies", files: /^iam-(role|policy)/, maker: "modules/iam-role/" },
  { resources: "log groups", files: /^cloudwatch-log-group$/, maker: "modules/log-group/" },
  { resources: "alarms", files: /^cloudwatch-(metric|composite)-alarm$/, maker: "modules/signals/" },
] as const;

const library = typescriptBelow("modules", "stacks");

/** Places of a text that create what belongs to another maker. */
function madeElsewhere(source: SourceText, files: RegExp, maker: string): string[] {
  const imported = [...source.text.matchAll(/@cdktf\/provider-aws\/lib\/([\w-]+)/g)].map(([, name]) => name!);
  if (source.path.startsWith(maker) || !imported.some((name) => files.test(name))) return [];
  const file = parse(source);
  const names = providerNames(file, files);
  const made = [
    ...nodesOf(file, ts.isNewExpression).map(({ expression }) => expression),
    ...nodesOf(file, ts.isExpressionWithTypeArguments).map(({ expression }) => expression),
  ];
  return made.filter((node) => names.has(firstName(node))).map((node) => `${placeOf(node)} uses ${node.getText()}`);
}

/** Local names of the classes and namespaces that a file imports from the provider's files. */
function providerNames(file: ts.SourceFile, files: RegExp): Set<string> {
  const imports = nodesOf(file, ts.isImportDeclaration).filter(({ moduleSpecifier }) => {
    const path = (moduleSpecifier as ts.StringLiteral).text;
    return path.startsWith(PROVIDER) && files.test(path.slice(PROVIDER.length));
  });
  return new Set(
    imports.flatMap(({ importClause }) => {
      const bindings = importClause?.namedBindings;
      if (bindings === undefined) return [];
      return ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [bindings.name.text];
    }),
  );
}

/** `iam` of `iam.IamRole`, `IamRole` of `IamRole`. */
function firstName(node: ts.Expression): string {
  return ts.isPropertyAccessExpression(node) ? firstName(node.expression) : node.getText();
}

describe.each(MAKERS)("$resources", ({ files, maker }) => {
  test(`are created in ${maker} only`, () => {
    expect(library.flatMap((source) => madeElsewhere(source, files, maker))).toEqual([]);
  });

  test("are found by this test in their own folder", () => {
    const own = library.filter(({ path }) => path.startsWith(maker));
    expect(own.flatMap((source) => madeElsewhere(source, files, "nowhere"))).not.toEqual([]);
  });
});

test.each([
  ['import { IamRole } from "@cdktf/provider-aws/lib/iam-role"; new IamRole(scope, "Role", {});', "IamRole"],
  ['import { IamRole as Role } from "@cdktf/provider-aws/lib/iam-role"; new Role(scope, "Role", {});', "Role"],
  ['import * as iam from "@cdktf/provider-aws/lib/iam-policy"; new iam.IamPolicy(scope, "P", {});', "iam.IamPolicy"],
  ['import { IamRole } from "@cdktf/provider-aws/lib/iam-role"; class Own extends IamRole {}', "IamRole"],
])("the test sees %s", (text, used) => {
  const [{ files, maker }] = MAKERS;
  expect(madeElsewhere({ path: "stacks/a.ts", text }, files, maker)).toEqual([`stacks/a.ts:1 uses ${used}`]);
  expect(madeElsewhere({ path: `${maker}a.ts`, text }, files, maker)).toEqual([]);
});

test("the test allows a role as a type", () => {
  const text = 'import { IamRole } from "@cdktf/provider-aws/lib/iam-role"; interface A { readonly role: IamRole }';
  expect(madeElsewhere({ path: "stacks/a.ts", text }, MAKERS[0].files, MAKERS[0].maker)).toEqual([]);
});

/** Arguments of the provider that name who is notified. Each is what the notifier answers. */
const NOTIFIED = /^(alarmActions|okActions|insufficientDataActions|snsTopicArn|notificationTopicArn)$/;

/** Event targets that are not notifications: they invoke the user's function. */
const INVOKES = "modules/lambda-function/event-rule.ts";

/** Places of a text that notify without asking the notifier. */
function notifiesItself(source: SourceText): string[] {
  if (source.path.startsWith("modules/signals/") || source.path.endsWith("/shapes.ts")) return [];
  const file = parse(source);
  const targets = source.path === INVOKES ? new Set() : providerNames(file, /^cloudwatch-event-target$/);
  const named = nodesOf(file, ts.isObjectLiteralElement).filter((node) => {
    const name = node.name?.getText() ?? "";
    if (NOTIFIED.test(name)) return true;
    const call = node.parent.parent;
    return name === "arn" && ts.isNewExpression(call) && targets.has(call.expression.getText());
  });
  return named
    .filter((node) => !(ts.isPropertyAssignment(node) && asksNotifier(node.initializer)))
    .map((node) => `${placeOf(node)} sets ${node.name!.getText()}`);
}

function asksNotifier(value: ts.Expression): boolean {
  return nodesOf(value, ts.isCallExpression).some(({ expression }) => expression.getText() === "notifierOf");
}

describe("notifications", () => {
  test("are those that the notifier decides", () => {
    expect(library.flatMap(notifiesItself)).toEqual([]);
  });

  test.each([
    ['createSomething(scope, { alarmActions: ["arn"] });', "alarmActions"],
    ["createSomething(scope, { snsTopicArn: props.topicArn });", "snsTopicArn"],
    ["createSomething(scope, { notificationTopicArn });", "notificationTopicArn"],
    [
      'import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target"; new CloudwatchEventTarget(this, "T", { arn: props.topicArn });',
      "arn",
    ],
  ])("the test sees %s", (text, argument) => {
    expect(notifiesItself({ path: "modules/a.ts", text })).toEqual([`modules/a.ts:1 sets ${argument}`]);
  });
});

/** `kms-keys` has no roles. Importing `iam-role` would make it load the provider's roles and policies. */
const SOURCE_CONDITIONS = ["modules/iam-role/source-conditions.ts", "modules/kms-keys/key-policy.ts"];

test("the condition that a service acts for one account is written in one place", () => {
  const found = library.filter(({ text }) => text.includes('"aws:SourceAccount"')).map(({ path }) => path);
  expect(found).toEqual(SOURCE_CONDITIONS);
});

/** A refusal that compares the place of something with the site's. */
const WRONG_PLACE = /, the (site|cluster|selection|alarm|health check) (is|in|of)\b/;

/** A secret is in several regions, so its refusal lists them. */
const OWN_WORDING = "modules/secret-replica/secret-ref.ts";

test("a refusal of another region or account is written in modules/site only", () => {
  const found = library.filter(({ text }) => WRONG_PLACE.test(text)).map(({ path }) => path);
  expect(found.filter((path) => !path.startsWith("modules/site/"))).toEqual([OWN_WORDING]);
});
