import { join } from "node:path";
import ts from "typescript";
import { EntryPoint, ROOT } from "../../scripts/entry-points";
import { nodesOf, placeOf } from "./source-tree";

/** The four things every construct says, in this order. */
const FOUR_LINES = ["Site:", "While the other site is dark:", "On failover:", "Cost:"] as const;

/** The declarations that a consumer can reach through the entry points. */
export class PublicSurface {
  readonly classes: readonly ts.ClassDeclaration[];
  readonly interfaces: readonly ts.InterfaceDeclaration[];
  private readonly checker: ts.TypeChecker;
  private readonly declarations: readonly ts.Declaration[];

  constructor(program: ts.Program, entryPoints: readonly EntryPoint[]) {
    this.checker = program.getTypeChecker();
    const symbols = entryPoints.flatMap(({ folder }) => {
      const file = program.getSourceFile(join(ROOT, folder, "index.ts"));
      const module = file && this.checker.getSymbolAtLocation(file);
      return module ? this.checker.getExportsOfModule(module) : [];
    });
    const declared = symbols.flatMap((symbol) => this.resolved(symbol).declarations ?? []);
    this.declarations = [...new Set(declared)].filter(
      (node) => !node.getSourceFile().fileName.includes("node_modules"),
    );
    this.classes = this.declarations.filter(ts.isClassDeclaration);
    this.interfaces = this.declarations.filter(ts.isInterfaceDeclaration);
  }

  /** Classes of constructs. */
  constructs(): ts.ClassDeclaration[] {
    return this.classes.filter((node) => {
      const type = this.checker.getTypeAtLocation(node);
      return type.getProperty("node") !== undefined && this.extendsConstruct(type);
    });
  }

  private extendsConstruct(type: ts.Type): boolean {
    if (type.symbol.name === "Construct") return true;
    return (type.getBaseTypes() ?? []).some((base) => this.extendsConstruct(base));
  }

  private resolved(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  /** Members, parameters and results whose type is, or has become, `any`. */
  anys(): string[] {
    return this.declarations.flatMap((declaration) => {
      const body = nodesOf(declaration, ts.isBlock);
      const inBody = (node: ts.Node) => body.some((block) => node.pos >= block.pos && node.end <= block.end);
      return nodesOf(declaration, isTyped)
        .filter((node) => !inBody(node) && !isPrivate(node))
        .filter((node) => this.typesOf(node).some((type) => (type.flags & ts.TypeFlags.Any) !== 0))
        .map((node) => `${placeOf(node)} ${node.name?.getText() ?? "constructor"} is any`);
    });
  }

  private typesOf(node: Typed): ts.Type[] {
    if (!ts.isFunctionLike(node)) return [this.checker.getTypeAtLocation(node)];
    const signature = this.checker.getSignatureFromDeclaration(node);
    return signature && !ts.isConstructorDeclaration(node) ? [signature.getReturnType()] : [];
  }
}

type Typed =
  | ts.PropertySignature
  | ts.PropertyDeclaration
  | ts.ParameterDeclaration
  | ts.MethodDeclaration
  | ts.MethodSignature
  | ts.FunctionDeclaration
  | ts.GetAccessorDeclaration
  | ts.VariableDeclaration
  | ts.ConstructorDeclaration;

function isTyped(node: ts.Node): node is Typed {
  return (
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isVariableDeclaration(node)
  );
}

function isPrivate(node: Typed): boolean {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
}

/** The text of the comment before a declaration, without stars. */
function docOf(node: ts.Node): string {
  const comments = ts.getLeadingCommentRanges(node.getSourceFile().text, node.pos) ?? [];
  const docs = comments.map(({ pos, end }) => node.getSourceFile().text.slice(pos, end));
  return (docs.filter((text) => text.startsWith("/**")).at(-1) ?? "")
    .replace(/^\/\*\*|\*\/$/g, "")
    .replace(/^\s*\* ?/gm, "");
}

/** The missing parts of a construct's docstring. */
export function docFaults(construct: ts.ClassDeclaration): string[] {
  const doc = docOf(construct);
  const at = (fault: string) => `${placeOf(construct.name ?? construct)} ${construct.name?.text ?? ""}: ${fault}`;
  const found = [...doc.matchAll(/^(Site:|While the other site is dark:|On failover:|Cost:) \S/gm)].map(
    (match) => match[1],
  );
  const faults =
    found.join() === FOUR_LINES.join() ? [] : [at(`says '${found.join(" ")}', not '${FOUR_LINES.join(" ")}'`)];
  if (!/^@see https:\/\/\S+$/m.test(doc)) faults.push(at("has no '@see' with AWS's page"));
  return faults;
}

/** Optional properties, also of nested types, that do not say what holds without them. */
export function undocumentedDefaults(node: ts.InterfaceDeclaration): string[] {
  return nodesOf(node, ts.isPropertySignature)
    .filter(({ questionToken }) => questionToken !== undefined)
    .filter((property) => !/@default \S/.test(docOf(property)))
    .map((property) => `${placeOf(property)} ${node.name.text}.${property.name.getText()} has no @default`);
}

/** How the props of a construct are written: all readonly, what is required first, the optional from A to Z. */
export function propsFaults(node: ts.InterfaceDeclaration): string[] {
  const members = node.members.filter(ts.isPropertySignature);
  const writable = members.filter(
    ({ modifiers }) => !modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword),
  );
  const optional = members.filter(({ questionToken }) => questionToken !== undefined).map(({ name }) => name.getText());
  const names = members.map(({ name }) => name.getText());
  const required = names.filter((name) => !optional.includes(name));
  const sorted = [...optional].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), "en"));
  const at = (fault: string) => `${placeOf(node.name)} ${node.name.text}: ${fault}`;
  return [
    ...writable.map(({ name }) => at(`'${name.getText()}' is not readonly`)),
    ...(names.join() === [...required, ...sorted].join()
      ? []
      : [at(`order is ${[...required, ...sorted].join(", ")}`)]),
  ];
}
