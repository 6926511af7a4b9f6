/**
 * Runs the program of an example with other regions and other accounts. Only the text of the program changes, as a reader in such a
 * region would change it.
 */
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { ROOT } from "../../../scripts/entry-points";
import { newOutdir, takeStacks } from "../examples";
import { read } from "../source-tree";

/** The account of the home; of all sites if they share one. */
export const HOME_ACCOUNT = "111122223333";
/** The account of all other sites if they do not. */
const OTHER_ACCOUNT = "444455556666";

/** Where the sites of an example are put. */
export interface Places {
  /** Name in the message of a fault. */
  readonly title: string;
  readonly partition: "aws" | "aws-cn" | "aws-us-gov";
  readonly accounts: 1 | 2;
  /** Regions of the home and of all other sites. @default - those that the program names */
  readonly regions?: readonly [string, string];
}

/** A region that AWS opened after December 2023 needs more endpoints for Fargate. */
const MAPS: readonly Omit<Places, "accounts">[] = [
  { title: "as written", partition: "aws" },
  { title: "new region", partition: "aws", regions: ["ca-central-1", "ca-west-1"] },
  { title: "China", partition: "aws-cn", regions: ["cn-north-1", "cn-northwest-1"] },
  { title: "GovCloud", partition: "aws-us-gov", regions: ["us-gov-west-1", "us-gov-east-1"] },
];

/** Every place an example is put into. */
export const ALL_PLACES: readonly Places[] = MAPS.flatMap((map) => [
  { ...map, accounts: 1 },
  { ...map, title: `${map.title}, two accounts`, accounts: 2 },
]);

const REGION = /\bap-(north|south)east-\d\b/g;

/**
 * The program of an example for other places, and its home region: the first region that the program names. A third site moves to the
 * region of the second, because China and GovCloud have two regions.
 */
export function relocated(name: string, { partition, regions }: Places): { text: string; home: string } {
  const { text } = read(`examples/${name}/main.ts`);
  const [first = ""] = text.match(REGION) ?? [];
  if (regions === undefined) return { text, home: first };
  const moved = text.replace(REGION, (region) => regions[region === first ? 0 : 1]);
  return { text: moved.replaceAll("arn:aws:", `arn:${partition}:`), home: regions[0] };
}

/** Synthesises an example in other places. Returns the text of every stack, by name; throws what the library refuses. */
export function synthesiseRelocated(name: string, places: Places): Map<string, string> {
  const main = join(ROOT, "examples", name, "main.ts");
  const outdir = newOutdir(name);
  const { text, home } = relocated(name, places);
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    transformers: { before: [accountsByRegion] },
  });
  const accountIn = (region: string) => (places.accounts === 1 || region === home ? HOME_ACCOUNT : OTHER_ACCOUNT);
  const program = compileFunction(outputText, ["require", "exports", "__dirname", ACCOUNT_IN]);
  const { env } = process;
  const cwd = process.cwd();
  process.env = { ...env, CDKTF_OUTDIR: outdir };
  process.chdir(tmpdir());
  try {
    Reflect.apply(program, undefined, [createRequire(main), {}, dirname(main), accountIn]);
  } finally {
    process.chdir(cwd);
    process.env = env;
  }
  return takeStacks(outdir);
}

const ACCOUNT_IN = "accountIn";

/** `{ region: R, account: A }` becomes `{ region: R, account: accountIn(R) }`. */
const accountsByRegion: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const { factory } = context;
  const visit = (node: ts.Node): ts.Node => {
    const inner = ts.visitEachChild(node, visit, context);
    if (!ts.isObjectLiteralExpression(inner)) return inner;
    const region = valueOf(inner, "region");
    if (region === undefined || valueOf(inner, "account") === undefined) return inner;
    const account = factory.createCallExpression(factory.createIdentifier(ACCOUNT_IN), undefined, [region]);
    const properties = inner.properties.map((property) =>
      nameOf(property) === "account" ? factory.createPropertyAssignment("account", account) : property,
    );
    return factory.updateObjectLiteralExpression(inner, properties);
  };
  return (file) => ts.visitNode(file, visit) as ts.SourceFile;
};

function nameOf({ name }: ts.ObjectLiteralElementLike): string | undefined {
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}

function valueOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find((property) => nameOf(property) === name);
  if (found === undefined) return undefined;
  if (ts.isPropertyAssignment(found)) return found.initializer;
  return ts.isShorthandPropertyAssignment(found) ? found.name : undefined;
}
