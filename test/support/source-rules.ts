import ts from "typescript";
import { isOurs } from "./import-rules";
import { importsOf, nodesOf, parse, placeOf, SourceRule, SourceText } from "./source-tree";

const BUILTINS = /^node:(crypto|fs|path|zlib)$/;
const PROVIDER_RESOURCE = /^@cdktf\/provider-aws\/lib\/[a-z0-9-]+$/;

/** Results that would differ from one synthesis to the next. */
const INDETERMINATE = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bMath\.random\b/,
  /\bprocess\.(env|cwd|hrtime|argv|platform)\b/,
  /\brandom(Bytes|UUID|Int|FillSync)\b/,
  /\bgetRandomValues\b/,
  /\bperformance\.now\b/,
  /\bfetch\(/,
];

/** The library imports only cdktf, constructs and the provider. */
export const importsOnlyPeers: SourceRule = (source) =>
  importsOf(source)
    .filter((name) => !isOurs(name) && !["cdktf", "constructs"].includes(name))
    .filter((name) => !PROVIDER_RESOURCE.test(name) && !BUILTINS.test(name))
    .map((name) => `${source.path} imports ${name}`);

/** The provider's root, by any of its names, loads every resource there is. */
export const noProviderRoot: SourceRule = (source) =>
  importsOf(source)
    .filter((name) => /^@cdktf\/provider-aws(\/lib(\/index(\.js)?)?)?\/?$/.test(name))
    .map((name) => `${source.path} imports ${name}`);

/** `index.ts` holds re-exports only. */
export const exportsOnly: SourceRule = (source) =>
  parse(source)
    .statements.filter((statement) => !ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined)
    .map((statement) => `${placeOf(statement)} is not a re-export`);

/** Same input, same bytes. */
export const deterministic: SourceRule = (source) => {
  const code = withoutComments(source);
  return INDETERMINATE.flatMap((word) => {
    const found = word.exec(code);
    return found === null ? [] : [`${source.path} uses ${found[0]}`];
  });
};

function withoutComments(source: SourceText): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, source.text);
  const code: string[] = [];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) {
    const comment = [ts.SyntaxKind.SingleLineCommentTrivia, ts.SyntaxKind.MultiLineCommentTrivia];
    code.push(comment.includes(scanner.getToken()) ? " " : scanner.getTokenText());
  }
  return code.join("");
}

/** Only a Site decides where a resource is created: no resource gets its own region or provider. */
export const placesNothing: SourceRule = (source) => {
  const file = parse(source);
  const resources = providerClasses(file);
  const configured = nodesOf(file, ts.isNewExpression)
    .filter(({ expression }) => ts.isIdentifier(expression) && resources.has(expression.text))
    .flatMap(({ arguments: given = [] }) => given.slice(2).flatMap(propertiesOf))
    .concat(nodesOf(file, ts.isInterfaceDeclaration).flatMap(({ name, members }) => propsMembers(name.text, members)))
    .filter((name) => PLACEMENT.has(name.getText()))
    .map((name) => `${placeOf(name)} sets ${name.getText()}`);
  const assigned = nodesOf(file, ts.isBinaryExpression)
    .filter(({ left, operatorToken }) => {
      const assigns = operatorToken.kind === ts.SyntaxKind.EqualsToken;
      return assigns && ts.isPropertyAccessExpression(left) && PLACEMENT.has(left.name.text);
    })
    .map((node) => `${placeOf(node)} assigns ${node.left.getText()}`);
  return [...configured, ...assigned];
};

const PLACEMENT = new Set(["region", "provider"]);

/** Names of the classes that a file imports from the provider, except the provider itself. */
function providerClasses(file: ts.SourceFile): Set<string> {
  const names = nodesOf(file, ts.isImportDeclaration)
    .filter(({ moduleSpecifier }) => PROVIDER_RESOURCE.test((moduleSpecifier as ts.StringLiteral).text))
    .flatMap(({ importClause }) => {
      const bindings = importClause?.namedBindings;
      return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
    });
  return new Set(names);
}

function propertiesOf(config: ts.Expression): ts.Node[] {
  if (!ts.isObjectLiteralExpression(config)) return [];
  return config.properties.flatMap(({ name }) => (name === undefined ? [] : [name]));
}

function propsMembers(interfaceName: string, members: ts.NodeArray<ts.TypeElement>): ts.Node[] {
  if (!interfaceName.endsWith("Props")) return [];
  return members.flatMap(({ name }) => (name?.getText() === "provider" ? [name] : []));
}

/** A list of codes that is written by hand misses those of the functions that are called. */
export const listsNoRefusals: SourceRule = ({ path, text }) =>
  text.split("\n").flatMap((line, index) => (line.includes("@throws") ? [`${path}:${index + 1} has @throws`] : []));

/** A file has at most a number of lines. A generated one may have more, because no one reads it from top to bottom. */
export const shortEnough =
  (limit: number): SourceRule =>
  ({ path, text }) => {
    if (/^\/\*\* Made from .* (Do not edit|Not to be edited)\. \*\/$/m.test(text.split("\n")[0]!)) return [];
    const lines = text.trimEnd().split("\n").length;
    return lines > limit ? [`${path} has ${lines} lines, ${limit} at most`] : [];
  };

/** No file names a path of one machine or the host of a package registry. */
export const namesNoMachine: SourceRule = ({ path, text }) =>
  text.split("\n").flatMap((line, index) => {
    const found = MACHINE.exec(line);
    return found === null ? [] : [`${path}:${index + 1} names ${found[0]}`];
  });

const MACHINE = new RegExp(
  [
    String.raw`(?<![\w.}*])/(work|root|home/[a-z]\w*|Users/\w+|opt/[a-z][\w-]*)/[\w.]`,
    String.raw`\b[A-Z]:\\Users\\`,
    String.raw`\bregistry\.(npmjs|yarnpkg)\.\w+`,
    String.raw`\b(files\.pythonhosted|test\.pypi|pypi)\.org\b`,
    String.raw`\b(proxy\.golang|static\.crates)\.(org|io)\b`,
  ].join("|"),
);
