/**
 * Proves that the props of modules and stacks stay short enough to read. An interface has at most 12 fields of its own and groups the
 * others by topic. It does not count the fields that an interface takes over from another.
 */
import ts from "typescript";
import { nodesOf, parse, placeOf, SourceText, typescriptBelow } from "../support/source-tree";

const MOST = 12;

/** An interface that may have more fields: how many it has, and why. */
interface Exception {
  readonly fields: number;
  readonly reason: string;
}

const ONE_DOCUMENT = "mirrors the settings of one DMS endpoint, field by field";
const FLAT = "its fields are not grouped yet";

/** Lowering a number is a step towards the rule. Raising one is not allowed. */
const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  AutoScalingGroupProps: { fields: 29, reason: FLAT },
  FargateServiceProps: { fields: 21, reason: FLAT },
  LambdaFunctionProps: { fields: 21, reason: FLAT },
  PostgresSettings: { fields: 14, reason: ONE_DOCUMENT },
  PostgresSourceSettings: { fields: 14, reason: ONE_DOCUMENT },
};

/** Interfaces of props with more fields than the rule allows. */
function longProps(source: SourceText): ts.InterfaceDeclaration[] {
  return nodesOf(parse(source), ts.isInterfaceDeclaration).filter(
    ({ name, members }) => /(Props|Options|Settings)$/.test(name.text) && members.length > MOST,
  );
}

/** The fault of such an interface, unless it is an exception with no more fields than it may have. */
function faultsOf({ name, members }: ts.InterfaceDeclaration): string[] {
  const most = EXCEPTIONS[name.text]?.fields ?? MOST;
  if (members.length <= most) return [];
  return [`${placeOf(name)} ${name.text} has ${members.length} fields, ${most} at most`];
}

function interfaceOf(name: string, fields: number): string {
  const members = Array.from({ length: fields }, (_, index) => `readonly field${index}: string;`);
  return `export interface ${name} { ${members.join(" ")} }`;
}

test("props with more than 12 fields are a fault", () => {
  const source = { path: "stacks/a.ts", text: interfaceOf("MediaProps", MOST + 1) };
  expect(longProps(source).flatMap(faultsOf)).toEqual(["stacks/a.ts:1 MediaProps has 13 fields, 12 at most"]);
});

test("an exception that gains a field is a fault", () => {
  const source = { path: "modules/a.ts", text: interfaceOf("PostgresSettings", 15) };
  expect(longProps(source).flatMap(faultsOf)).toEqual(["modules/a.ts:1 PostgresSettings has 15 fields, 14 at most"]);
});

describe("modules and stacks", () => {
  const found = typescriptBelow("modules", "stacks").flatMap(longProps);

  test("no props have more fields than they may", () => {
    expect(found.flatMap(faultsOf)).toEqual([]);
  });

  test("every exception has exactly the fields that it names", () => {
    const sizes = Object.fromEntries(found.map(({ name, members }) => [name.text, members.length]));
    const expected = Object.fromEntries(Object.entries(EXCEPTIONS).map(([name, { fields }]) => [name, fields]));
    expect(sizes).toEqual(expected);
  });
});
