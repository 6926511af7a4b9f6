import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformRemoteState,
  TerraformStack,
  Tokenization,
} from "cdktf";
import { Construct } from "constructs";
import { refuse } from "../core";

/** Elements of a stack that must not use values of other stacks. */
interface Guard {
  readonly scopes: Construct[];
  /** Elements that take none. */
  readonly sound: WeakSet<TerraformElement>;
}

/** Thrown in place of adding a remote state, while the guard looks for the element that would need one. */
class WouldReadState extends Error {
  constructor(readonly origin: TerraformStack) {
    super(`would read the state of '${origin.node.id}'`);
  }
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());
/** How long a value may be in a message. */
const SHOWN = 120;

const guards = new WeakMap<TerraformStack, Guard>();

/**
 * Makes everything below a construct refuse values of other stacks. cdktf would silently read them from the other stack's remote state, in
 * the other stack's region. Such a stack cannot be planned while that region is unavailable. The rest of the stack may use such values.
 *
 * cdktf has no hook for this. The method replaced here is the one place where it adds the `terraform_remote_state`, and it does not say
 * which element needs it. So the guard resolves the elements that it guards, once each, when a stack reads another one at all.
 */
export function refuseCrossStackTokens(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  const known = guards.get(stack);
  if (known === undefined) guards.set(stack, guardStack(stack, scope));
  else known.scopes.push(scope);
}

function guardStack(stack: TerraformStack, scope: Construct): Guard {
  const guard: Guard = { scopes: [scope], sound: new WeakSet() };
  const register = stack.registerIncomingCrossStackReference.bind(stack);
  let looking = false;
  stack.registerIncomingCrossStackReference = (origin): TerraformRemoteState => {
    if (looking) throw new WouldReadState(origin);
    looking = true;
    try {
      refuseReaders(guard);
    } finally {
      looking = false;
    }
    return register(origin);
  };
  return guard;
}

function refuseReaders({ scopes, sound }: Guard): void {
  const elements = scopes
    .flatMap((scope) => scope.node.findAll())
    .filter((node) => TerraformElement.isTerraformElement(node));
  for (const element of elements.filter((candidate) => !sound.has(candidate))) {
    const json: unknown = element.toTerraform();
    const origin = originOf(element, json);
    if (origin !== undefined) refuseReader(element, origin, json);
    sound.add(element);
  }
}

function refuseReader(element: TerraformElement, origin: TerraformStack, json: unknown): never {
  const [path, value] = findReader(element, json)!;
  // resources and data sources are below section, type and id; outputs and modules below section and id
  const argument = path.slice(path[0] === "resource" || path[0] === "data" ? 3 : 2).join(".");
  const text = Tokenization.resolve(value, { scope: element, resolver: RESOLVER }) as unknown;
  const shown = typeof text === "string" ? text : JSON.stringify(text);
  const got = shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown;
  const problem = `'${argument}' references an attribute of stack '${origin.node.path}' that is unknown at synth, got '${got}'`;
  refuse(element, "CrossStackToken", problem);
}

/** The innermost value that reads another stack, and the keys that lead to it. */
function findReader(
  element: TerraformElement,
  value: unknown,
  path: readonly string[] = [],
): [readonly string[], unknown] | undefined {
  if (originOf(element, value) === undefined) return undefined;
  const inner = Tokenization.isResolvable(value) || typeof value !== "object" || value === null ? {} : value;
  for (const [key, child] of Object.entries(inner)) {
    const found = findReader(element, child, [...path, key]);
    if (found !== undefined) return found;
  }
  return [path, value];
}

/** The other stack whose state cdktf would read for this value. */
function originOf(element: TerraformElement, value: unknown): TerraformStack | undefined {
  try {
    Tokenization.resolve(value, { scope: element, resolver: RESOLVER, preparing: true });
  } catch (fault) {
    // an item of a list token does not resolve alone; cdktf reports any other fault when it resolves the element
    if (fault instanceof WouldReadState) return fault.origin;
  }
  return undefined;
}
