/** Reads from the types what {@link Shapes} says of them: which keys an object has, and what each has to be. */
import { dirname, relative } from "node:path";
import ts from "typescript";
import { Shape } from "../modules/core/internal";
import { typeProgram } from "../test/support/type-program";
import { nodesOf, typescriptBelow } from "../test/support/source-tree";
import { ROOT } from "./entry-points";

type ObjectShape = { [property: string]: Shape };

/** The data for a folder's own checker. */
export interface FolderShapes {
  readonly folder: string;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly makers: Readonly<Record<string, string>>;
}

/** A call of a folder's checker: `checkProps(this, "SiteKeyProps", props)`. Its second argument names a type of the folder. */
const CHECKERS = /^check(Props|Settings)$/;

/** Shapes of every type that a call of a checker names, by folder. */
export function readShapes(): FolderShapes[] {
  const sources = typescriptBelow("modules", "stacks").map(({ path }) => path);
  const program = typeProgram(sources);
  const calls = new Map<string, Set<string>>();
  for (const path of sources) {
    const folder = path.startsWith("stacks/") ? "stacks" : dirname(path);
    const file = program.getSourceFile(`${ROOT}/${path}`)!;
    for (const { expression, arguments: given } of nodesOf(file, ts.isCallExpression)) {
      if (!ts.isIdentifier(expression) || !CHECKERS.test(expression.text)) continue;
      if (given[1] !== undefined && ts.isStringLiteral(given[1])) {
        calls.set(folder, (calls.get(folder) ?? new Set()).add(given[1].text));
      }
    }
  }
  return [...calls]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([folder, names]) => {
      const reader = new ShapeReader(program, folder);
      const shapes = reader.read([...names].sort());
      return { folder, shapes, makers: folder === "stacks" ? makersOf(program, Object.keys(shapes)) : {} };
    });
}

/** Functions of the workload's entry point, by the type they return. */
function makersOf(program: ts.Program, types: readonly string[]): Record<string, string> {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(`${ROOT}/stacks/index.ts`)!;
  const makers = new Map<string, string[]>();
  for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(file)!)) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    for (const signature of checker.getTypeOfSymbol(target).getCallSignatures()) {
      const made = nameOf(signature.getReturnType());
      const [taken] = signature.parameters.map((parameter) => nameOf(checker.getTypeOfSymbol(parameter)));
      if (made === undefined || made === taken || !types.includes(made)) continue;
      makers.set(made, [...new Set([...(makers.get(made) ?? []), symbol.name])]);
    }
  }
  return Object.fromEntries([...makers].sort().map(([type, names]) => [type, names.sort().join(", ")]));
}

function nameOf(type: ts.Type): string | undefined {
  const name = (type.aliasSymbol ?? type.getSymbol())?.name;
  return name === undefined || name.startsWith("__") ? undefined : name;
}

class ShapeReader {
  private readonly checker: ts.TypeChecker;
  private readonly shapes = new Map<string, Shape>();
  private readonly namedTypes = new Map<string, ts.Symbol>();

  constructor(
    private readonly program: ts.Program,
    private readonly folder: string,
  ) {
    this.checker = program.getTypeChecker();
  }

  read(names: readonly string[]): Record<string, Shape> {
    for (const name of names) this.declare(name);
    return Object.fromEntries([...this.shapes].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  private declare(name: string): void {
    const type = this.declared(name);
    if (type.isUnion()) this.shapes.set(name, this.unionShape(type));
    else this.named(name, type, type.aliasSymbol ?? type.symbol);
  }

  /** The type of a name that is declared once in the folder. */
  private declared(name: string): ts.Type {
    const found = this.program
      .getSourceFiles()
      .filter(({ fileName }) => relative(ROOT, fileName).startsWith(`${this.folder}/`))
      .flatMap((file) => file.statements)
      .filter((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      .filter((node) => node.name.text === name);
    if (found.length !== 1) throw new Error(`${this.folder} declares ${found.length} types '${name}'`);
    return this.checker.getTypeAtLocation(found[0]!.name);
  }

  /** Reads an object type under its name, once. */
  private named(name: string, type: ts.Type, symbol: ts.Symbol | undefined): string {
    const taken = this.namedTypes.get(name);
    if (this.shapes.has(name) && taken !== undefined && symbol !== undefined && taken !== symbol) {
      return this.named(`${name}2`, type, symbol);
    }
    if (symbol !== undefined) this.namedTypes.set(name, symbol);
    if (!this.shapes.has(name)) {
      this.shapes.set(name, {});
      this.shapes.set(name, this.objectShape(type));
    }
    return name;
  }

  private shapeOf(type: ts.Type): Shape {
    if (type.flags & ts.TypeFlags.TypeParameter) {
      const constraint = this.checker.getBaseConstraintOfType(type);
      return constraint === undefined ? "any" : this.shapeOf(constraint);
    }
    if (type.isUnion()) return this.unionShape(type);
    if (type.flags & ts.TypeFlags.StringLike && !type.isStringLiteral()) return "string";
    if (type.flags & ts.TypeFlags.NumberLike && !type.isNumberLiteral()) return "number";
    if (type.flags & ts.TypeFlags.Boolean) return "boolean";
    const literal = this.literalOf(type);
    if (literal !== undefined) return ["one of", literal];
    if (type.flags & ts.TypeFlags.NonPrimitive) return "object";
    if (type.isIntersection() && type.types.some(({ flags }) => flags & ts.TypeFlags.String)) return "string";
    return type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection) ? this.compoundShape(type) : "any";
  }

  private compoundShape(type: ts.Type): Shape {
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type)) {
      const items = this.checker.getTypeArguments(type as ts.TypeReference).map((item) => this.shapeOf(item));
      return ["list", oneShape(items)];
    }
    if (type.getCallSignatures().length > 0) return "function";
    if (type.getProperty("node") !== undefined) return "construct";
    if (nameOf(type) === "Duration") return "Duration";
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    if (index !== undefined && type.getProperties().length === 0) return ["record", this.shapeOf(index.type)];
    const name = nameOf(type);
    if (name === undefined || GENERIC.has(name)) return this.objectShape(type);
    if (!this.isOurs(type)) return "object";
    return this.named(name, type, type.aliasSymbol ?? type.symbol);
  }

  private isOurs(type: ts.Type): boolean {
    const declarations = (type.aliasSymbol ?? type.symbol).declarations ?? [];
    return declarations.every((node) => !node.getSourceFile().fileName.includes("node_modules"));
  }

  private unionShape(type: ts.UnionType): Shape {
    const types = given(type);
    const literals = types.flatMap((one) => this.literalOf(one) ?? []);
    const booleans = literals.filter((literal) => typeof literal === "boolean");
    const others = types.filter((one) => this.literalOf(one) === undefined).map((one) => this.shapeOf(one));
    const known = literals.filter((literal) => booleans.length < 2 || typeof literal !== "boolean");
    const rest = known.filter((literal) => !others.includes(typeof literal));
    const shapes = [
      ...(booleans.length === 2 ? ["boolean"] : []),
      ...(rest.length > 0 ? [["one of", ...rest.sort(inOrder)] as const] : []),
      ...others,
    ];
    return shapes.length === 0 ? "any" : oneShape(shapes);
  }

  private literalOf(type: ts.Type): string | number | boolean | undefined {
    if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
    if (!(type.flags & ts.TypeFlags.BooleanLiteral)) return undefined;
    return this.checker.typeToString(type) === "true";
  }

  /**
   * Describes only the simple properties of a class, of an object with methods, and of a link to another site. Such an object may have more
   * properties than its type declares.
   */
  private objectShape(type: ts.Type): ObjectShape {
    const isClass = type.isClass();
    const properties = this.checker.getPropertiesOfType(type).filter((property) => !isHidden(property));
    const shapes = properties.map((property) => {
      const of = this.checker.getTypeOfSymbol(property);
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0 || includesUndefined(of);
      const isMethod = (property.flags & ts.SymbolFlags.Method) !== 0;
      return { name: property.name, of, optional, isMethod };
    });
    const open = isClass || shapes.some(({ name, optional, isMethod }) => name === "arn" || (!optional && isMethod));
    const isSimple = (of: ts.Type) => !isClass && given(of).every((one) => isPrimitive(one) || isCallable(one));
    const kept = open ? shapes.filter(({ of, optional }) => !optional || isSimple(of)) : shapes;
    const entries = kept.map(({ name, of, optional }) => {
      const shape = isClass && !isPrimitive(of) ? "any" : this.shapeOf(of);
      return [optional ? `${name}?` : name, shape] as const;
    });
    return Object.fromEntries([...entries, ...(open ? [["...", "any"] as const] : [])]);
  }
}

/** Names of generic helper types, which do not describe a type. */
const GENERIC = new Set(["Omit", "Partial", "Pick", "Readonly", "Record", "Required"]);

/** A type without `undefined`. */
function given(type: ts.Type): readonly ts.Type[] {
  const types = type.isUnion() ? type.types : [type];
  return types.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)));
}

function isCallable(type: ts.Type): boolean {
  return type.getCallSignatures().length > 0;
}

function isPrimitive({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike)) !== 0;
}

function includesUndefined(type: ts.Type): boolean {
  return type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Undefined);
}

/** Whether a member is private or a getter. */
function isHidden(property: ts.Symbol): boolean {
  return (property.declarations ?? []).some((node) => {
    const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
    return ts.isGetAccessor(node) || modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  });
}

function inOrder(one: string | number | boolean, other: string | number | boolean): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one) < String(other) ? -1 : 1;
}

function oneShape(shapes: readonly Shape[]): Shape {
  const different = [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
  return different.length === 1 ? different[0]! : ["either", ...different];
}
