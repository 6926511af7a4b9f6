import { DefaultTokenResolver, StringConcat, TerraformElement, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";

/** What stands in a text for a token: `${TfToken[TOKEN.7]}`. */
const TOKEN_IN_TEXT = "${TfToken[";
/** What stands for a whole list, as its only item, or a whole map, as its only key: cdktf knows it by what is around it. */
const [LIST, MAP] = ["#{TfToken[", "&{TfToken["];
/** Only a number that stands for a token has so many digits that a text writes it with an exponent. */
const NUMBER_IN_TEXT = "e+";

/** Has tokens say what cdktf itself has them say. */
export const RESOLVER = new DefaultTokenResolver(new StringConcat());

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
    if (value.includes(TOKEN_IN_TEXT) || value.includes(NUMBER_IN_TEXT)) found.add(value);
  } else if (typeof value === "number") {
    if (Token.isUnresolved(value)) found.add(value);
  } else if (typeof value === "object" && value !== null) {
    if (Tokenization.isResolvable(value) || Construct.isConstruct(value)) found.add(value);
    else if (Array.isArray(value)) collectInside(value, value, LIST, found);
    else collectInside(value, Object.keys(value), MAP, found);
  }
}

/** @param marker of a collection, in one of the texts: then it is the collection that stands for a token */
function collectInside(collection: object, texts: readonly unknown[], marker: string, found: Set<unknown>): void {
  if (texts.some((text) => typeof text === "string" && text.includes(marker))) {
    found.add(collection);
    return;
  }
  for (const text of texts) collectTokens(text, found);
  if (!Array.isArray(collection)) for (const item of Object.values(collection)) collectTokens(item, found);
}
