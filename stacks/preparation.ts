import { DefaultTokenResolver, StringConcat, TerraformElement, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";

/** What stands in a text for a token, a list or a map: `${TfToken[TOKEN.7]}`; and a number so large that it stands for a token. */
const TOKEN_IN_TEXT = /\{TfToken\[|e\+\d{3}/;
/** A whole list or a whole map: cdktf knows it by the array or the object around it. */
const COLLECTION = /[#&]\{TfToken\[/;

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/**
 * Prepares a stack by its tokens. Before it writes an app, cdktf resolves each stack as a whole, only to find tokens of other stacks and
 * what tokens add to a stack, and throws the result away: a tenth of the time of a whole run. Here each token, in the least that stands
 * around it, is resolved once; what follows from that is cdktf's own doing, as before.
 */
export function prepareByTokens(stack: TerraformStack): void {
  const found = new Set<unknown>();
  for (const element of elementsOf(stack)) collectTokens(element.toTerraform(), found);
  for (const value of found) Tokenization.resolve(value, { scope: stack, preparing: true, resolver: RESOLVER });
}

function elementsOf(stack: TerraformStack): TerraformElement[] {
  const elements = stack.node.findAll().filter((node) => TerraformElement.isTerraformElement(node));
  return elements.filter((element) => element.cdktfStack === stack);
}

/** @param found takes the smallest values that cdktf can resolve by themselves */
function collectTokens(value: unknown, found: Set<unknown>): void {
  if (typeof value === "string") {
    if (TOKEN_IN_TEXT.test(value)) found.add(value);
  } else if (typeof value !== "object" || value === null) {
    if (typeof value === "number" && Token.isUnresolved(value)) found.add(value);
  } else if (Tokenization.isResolvable(value) || Construct.isConstruct(value)) {
    found.add(value);
  } else {
    collectInside(value, found);
  }
}

function collectInside(value: object, found: Set<unknown>): void {
  const texts: unknown[] = Array.isArray(value) ? value : Object.keys(value);
  if (texts.some((text) => typeof text === "string" && COLLECTION.test(text))) {
    found.add(value);
    return;
  }
  if (!Array.isArray(value)) for (const key of texts) collectTokens(key, found);
  for (const item of Object.values(value)) collectTokens(item, found);
}
