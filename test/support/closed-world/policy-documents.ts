/** Every policy document of a world, its statements read. */
import { resolved } from "./created-arns";
import { documentIn } from "./texts";
import { Thing, World } from "./world";

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A document as it is written. */
export interface WrittenPolicy {
  readonly Statement: Statement | readonly Statement[];
  readonly Version?: string;
}

export interface PolicyDocument {
  readonly thing: Thing;
  /** The argument that holds it: `assume_role_policy`. */
  readonly argument: string;
  /** As AWS gets it: references replaced, no white space between its parts. */
  readonly text: string;
  readonly document: WrittenPolicy;
  readonly statements: readonly Statement[];
}

/** One or several, as policies write it. */
export const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

/** Every argument of every resource that is a policy document. */
export function policyDocumentsOf(world: World): PolicyDocument[] {
  return world.things.flatMap((thing) =>
    Object.entries(thing.block).flatMap(([argument, value]) => {
      const document = typeof value === "string" ? documentIn(resolved(thing, value)) : undefined;
      if (!isPolicy(document)) return [];
      const statements = [document.Statement].flat();
      return [{ thing, argument, text: JSON.stringify(document), document, statements }];
    }),
  );
}

function isPolicy(document: unknown): document is WrittenPolicy {
  return typeof document === "object" && document !== null && "Statement" in document;
}

/** Condition keys of a statement with their values, for every operator. */
export function conditionsOf({
  Condition = {},
}: Statement): { operator: string; key: string; values: readonly string[] }[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: list(values) })),
  );
}

/** Principals of one kind: `Service`, `AWS`. */
export function principalsOf({ Principal }: Statement, kind: "AWS" | "Service"): readonly string[] {
  if (Principal === undefined) return [];
  if (Principal === "*") return kind === "AWS" ? ["*"] : [];
  return list(Principal[kind]);
}
