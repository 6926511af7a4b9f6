import { Token, Tokenization } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { didYouMean, shown } from "./did-you-mean";
import { refuse, REFUSALS, RefusalCode } from "./errors";

/**
 * What a value has to be. A text is a primitive, `"construct"`, `"Duration"`, or the name of a shape in the table. Made from the types by
 * `scripts/shapes.ts`.
 */
export type Shape =
  | string
  | { readonly [property: string]: Shape }
  | readonly ["list" | "record", Shape]
  | readonly ["either", ...Shape[]]
  | readonly ["one of", ...(string | number | boolean)[]];

/** Shapes of objects by name of their type. A key that ends in `?` may be left out; `"..."` allows further ones. */
export type Shapes = Readonly<Record<string, Shape>>;

/** Functions that make values of a type, by its name: `{ Image: "ami or ssmImage" }`. */
type Makers = Readonly<Record<string, string>>;

interface Property {
  readonly name: string;
  readonly optional: boolean;
  readonly shape: Shape;
}

interface Properties {
  readonly byName: ReadonlyMap<string, Property>;
  /** The one value of each property that tells this shape from its alternatives. */
  readonly kinds: readonly (readonly [property: string, value: unknown])[];
  readonly open: boolean;
}

interface Fault {
  readonly code: RefusalCode;
  /** Where it is, from the outside in. */
  readonly path: readonly string[];
  /** Writes the problem, once the place is known. */
  readonly problem: (place: string, title: string) => string;
  readonly remedy: (title: string) => string;
  /** What the property had to be for this shape, when that is what tells it from others. */
  readonly kinds?: readonly unknown[];
}

/** Checks values against shapes: returns at the first fault, and spends nothing on words before there is one. */
class ShapeChecker {
  private readonly compiled = new Map<object, Properties>();

  constructor(
    private readonly shapes: Shapes,
    private readonly makers: Makers,
    private readonly closed: boolean,
  ) {}

  check(scope: IConstruct | string, kind: string, value: unknown): void {
    const fault = this.faultOf(value, kind);
    if (fault === undefined) return;
    const title = typeof scope === "string" ? scope : kind.replace(/Props$/, "");
    refuse(scope, fault.code, fault.problem(placeOf(fault.path), title), fault.remedy(title));
  }

  private faultOf(value: unknown, shape: Shape): Fault | undefined {
    if (typeof shape === "string") return this.namedFault(value, shape);
    if (!isCompound(shape)) return this.objectFault(value, shape);
    const [kind, ...of] = shape;
    if (kind === "one of") return (of as unknown[]).includes(value) ? undefined : this.wrong(value, shape);
    if (kind === "either") return this.eitherFault(value, shape, of as Shape[]);
    if (kind === "list" ? !Array.isArray(value) : !isObject(value)) return this.wrong(value, shape);
    for (const [key, item] of Object.entries(value as object) as [string, unknown][]) {
      if (item === undefined) return missing(kind === "list" ? `[${key}]` : key);
      const fault = this.faultOf(item, of[0] as Shape);
      if (fault !== undefined && isTokenOfWords(value, of[0] as Shape)) return undefined;
      if (fault !== undefined) return below(kind === "list" ? `[${key}]` : key, fault);
    }
    return undefined;
  }

  private namedFault(value: unknown, shape: string): Fault | undefined {
    const named = this.shapes[shape];
    if (named !== undefined) {
      return typeof named === "string" || isCompound(named)
        ? this.faultOf(value, named)
        : this.objectFault(value, named, shape);
    }
    return PRIMITIVES[shape]!(value) ? undefined : this.wrong(value, shape);
  }

  private eitherFault(value: unknown, shape: Shape, shapes: readonly Shape[]): Fault | undefined {
    const faults: Fault[] = [];
    for (const one of shapes) {
      const fault = this.faultOf(value, one);
      if (fault === undefined) return undefined;
      faults.push(fault);
    }
    const kinds = faults.flatMap((fault) => fault.kinds ?? []);
    if (isObject(value) && kinds.length === faults.length) {
      const [property] = faults[0]!.path as [string];
      return this.otherKind(property, value[property], kinds);
    }
    const inside = faults.filter(({ path, code, kinds }) => !kinds && (path.length > 0 || code === "UnknownSetting"));
    return inside.length === 1 ? inside[0] : this.wrong(value, shape);
  }

  private otherKind(property: string, value: unknown, kinds: readonly unknown[]): Fault {
    return { ...below(property, notOneOf(value, kinds)!), kinds }; // kinds are words
  }

  private objectFault(value: unknown, shape: object, name?: string): Fault | undefined {
    if (!isObject(value)) return this.wrong(value, name ?? "object");
    const { byName, kinds, open } = this.propertiesOf(shape);
    for (const [property, kind] of kinds) {
      if (value[property] !== kind) return this.otherKind(property, value[property], [kind]);
    }
    if (this.closed && !open) {
      const unknown = Object.keys(value).filter((key) => value[key] !== undefined && !byName.has(key));
      if (unknown.length > 0) return unknownSettings(unknown, [...byName.keys()]);
      const inherited = [...byName.keys()].find((key) => value[key] !== undefined && !Object.hasOwn(value, key));
      if (inherited !== undefined) return inheritedSetting(inherited);
    }
    for (const property of byName.values()) {
      const given = value[property.name];
      if (given === undefined) {
        if (property.optional) continue;
        return open && name !== undefined ? this.wrong(value, name) : missing(property.name);
      }
      const fault = this.faultOf(given, property.shape);
      if (fault !== undefined) return below(property.name, fault);
    }
    return undefined;
  }

  private propertiesOf(shape: object): Properties {
    const known = this.compiled.get(shape);
    if (known !== undefined) return known;
    const entries = Object.entries(shape as Record<string, Shape>).filter(([key]) => key !== "...");
    const byName = new Map(
      entries.map(([key, of]) => {
        const optional = key.endsWith("?");
        const name = optional ? key.slice(0, -1) : key;
        return [name, { name, optional, shape: of }];
      }),
    );
    const kinds = [...byName.values()].flatMap(({ name, optional, shape: of }) =>
      !optional && isCompound(of) && of[0] === "one of" && of.length === 2 ? [[name, of[1]] as const] : [],
    );
    const properties = { byName, kinds, open: "..." in shape };
    this.compiled.set(shape, properties);
    return properties;
  }

  private wrong(value: unknown, shape: Shape): Fault | undefined {
    if (isCompound(shape) && shape[0] === "one of") return notOneOf(value, shape.slice(1));
    const problem = (place: string) => `${place} must be ${this.wordsFor(shape)}, got ${shown(value)}`;
    const code = shape === "Duration" ? "InvalidDuration" : "WrongType";
    return { code, path: [], problem, remedy: () => this.remedyFor(value, shape) };
  }

  private wordsFor(shape: Shape): string {
    if (typeof shape === "string") return WORDS[shape] ?? this.wordsForNamed(shape);
    if (!isCompound(shape)) return "an object";
    const [kind, ...of] = shape;
    if (kind === "list") return "a list";
    if (kind === "record") return "an object with a key for each";
    if (kind === "one of") return anyOf(of.map(inQuotes));
    return anyOf([...new Set((of as Shape[]).map((one) => this.wordsFor(one)))]);
  }

  /** What functions make has a name; of anything else people write the keys. */
  private wordsForNamed(name: string): string {
    const shape = this.shapes[name]!;
    const { byName, open } = this.propertiesOf(shape as object);
    if (open || Object.hasOwn(this.makers, name)) return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
    const required = [...byName.values()]
      .filter(({ optional }) => !optional)
      .map((property) => inQuotes(property.name));
    return required.length === 0 ? "an object" : `an object with ${required.join(", ")}`;
  }

  private remedyFor(value: unknown, shape: Shape): string {
    if (shape === "Duration") return "write it with its unit: Duration.minutes(15)";
    const names = isCompound(shape) && shape[0] === "either" ? shape.slice(1) : [shape];
    const makers = names.flatMap((name) => (typeof name === "string" && this.makers[name]) || []);
    if (typeof value === "function" && !names.includes("function")) {
      return `call it${value.name ? `: ${value.name}()` : ""}`;
    }
    return makers.length > 0
      ? `make it with ${anyOf(makers.flatMap((names) => names.split(", ")))}`
      : "give a value of that type";
  }
}

/** Checks the properties of constructs against the types they have, for programs that no compiler checked. */
export function propsChecker<S extends Shapes>(shapes: S) {
  const checker = new ShapeChecker(shapes, {}, false);
  return (scope: IConstruct | string, kind: keyof S & string, props: unknown) => checker.check(scope, kind, props);
}

/** {@link propsChecker} that refuses keys that no type has, as the compiler does in a literal. */
export function settingsChecker<S extends Shapes>(shapes: S, makers: Makers) {
  const checker = new ShapeChecker(shapes, makers, true);
  return (scope: IConstruct | string, kind: keyof S & string, settings: unknown) =>
    checker.check(scope, kind, settings);
}

const PRIMITIVES: Readonly<Record<string, (value: unknown) => boolean>> = {
  any: () => true,
  boolean: (value) => typeof value === "boolean",
  construct: (value) => isObject(value) && Construct.isConstruct(value),
  Duration: (value) => isObject(value) && typeof value.inSeconds === "number",
  function: (value) => typeof value === "function",
  number: (value) => typeof value === "number" && !Number.isNaN(value),
  object: (value) => isObject(value),
  string: (value) => typeof value === "string",
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value);
}

/** CDKTF hands over a list that only an apply knows as an array of one encoded item. */
function isTokenOfWords(value: unknown, item: Shape): boolean {
  return isCompound(item) && item[0] === "one of" && Array.isArray(value) && Token.isUnresolved(value);
}

type Compound = Exclude<Shape, string | { readonly [property: string]: Shape }>;

function isCompound(shape: Shape): shape is Compound {
  return Array.isArray(shape);
}

function below(key: string, fault: Fault): Fault {
  return { ...fault, path: [key, ...fault.path] };
}

function placeOf(path: readonly string[]): string {
  if (path.length === 0) return "what it is given";
  return `'${path.join(".").replaceAll(".[", "[")}'`;
}

function notOneOf(value: unknown, values: readonly unknown[]): Fault | undefined {
  const isToken = typeof value === typeof values[0] && Token.isUnresolved(value);
  if (isToken && typeof value === "number") return undefined;
  if (isToken) {
    // what is chosen from a few words decides what is made
    const problem = (place: string) => `${place} must be known at synth, got a token`;
    return { code: "TokenForPlainString", path: [], problem, remedy: () => REFUSALS.TokenForPlainString };
  }
  const code = typeof value === typeof values[0] ? "SettingOutOfRange" : "WrongType";
  const problem = (place: string) => {
    if (values.length === 1) return `${place} must be ${inQuotes(values[0])}, got ${inQuotes(value)}`;
    return `${place} must be one of ${values.map(inQuotes).join(", ")}, got ${inQuotes(value)}`;
  };
  return { code, path: [], problem, remedy: () => "choose one of them" };
}

function missing(name: string): Fault {
  return {
    code: "MissingSetting",
    path: [name],
    problem: (place) => `${place} is not given`,
    remedy: (title) => `set it: ${title} needs it`,
  };
}

function unknownSettings(unknown: readonly string[], known: readonly string[]): Fault {
  const names = unknown.map(inQuotes).join(", ");
  return {
    code: "UnknownSetting",
    path: [],
    problem: (place, title) => {
      const owner = place.startsWith("'") ? place : title;
      return unknown.length === 1 ? `${names} is not a setting of ${owner}` : `${names} are not settings of ${owner}`;
    },
    remedy: () => didYouMean(unknown, known),
  };
}

/** What copies an object reads its own keys alone, so a getter of a class would be left out without a word. */
function inheritedSetting(name: string): Fault {
  return {
    code: "WrongType",
    path: [name],
    problem: (place) => `${place} is inherited, and only an object's own keys are read`,
    remedy: () => `give it in the object itself: { ${name}: … }`,
  };
}

function anyOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)!}`;
}

function inQuotes(value: unknown): string {
  return typeof value === "string" ? `'${shown(value).slice(1, -1)}'` : shown(value);
}

const WORDS: Readonly<Record<string, string>> = {
  boolean: "true or false",
  construct: "a construct",
  Duration: "a Duration",
  function: "a function",
  number: "a number",
  object: "an object",
  string: "a string",
};
