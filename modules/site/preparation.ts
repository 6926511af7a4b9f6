import { DefaultTokenResolver, StringConcat, TerraformElement, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";

/** What stands in a text for a token: `${TfToken[TOKEN.7]}`. */
const TOKEN_IN_TEXT = "${TfToken[";
/** What stands for a whole list, as its only item, or a whole map, as its only key: cdktf knows it by what is around it. */
const [LIST, MAP] = ["#{TfToken[", "&{TfToken["];
/** Only a number that stands for a token has so many digits that a text writes it with an exponent. */
const NUMBER_IN_TEXT = "e+";

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/**
 * Has a stack prepared by its tokens. Before it writes an app, cdktf resolves each stack as a whole, only to find tokens of other stacks
 * and what tokens add to a stack, and throws the result away: a tenth of the time of a whole run. Here each token, in the least that
 * stands around it, is resolved by itself, and one that names what stands in the same stack is not; what follows from that is cdktf's
 * own doing, as before.
 *
 * A stack with a preparation of its own keeps it.
 */
export function prepareByTokens(stack: TerraformStack): void {
  if (stack.prepareStack !== TerraformStack.prototype.prepareStack) return;
  stack.prepareStack = () => {
    stack.ensureBackendExists();
    const preparation = new Preparation(stack);
    for (const element of elementsOf(stack)) preparation.prepare(element.toTerraform());
  };
}

function elementsOf(stack: TerraformStack): TerraformElement[] {
  const elements = stack.node.findAll().filter((node) => TerraformElement.isTerraformElement(node));
  return elements.filter((element) => element.cdktfStack === stack);
}

class Preparation {
  private readonly seen = new Set<string>();

  constructor(private readonly stack: TerraformStack) {}

  /** Resolves the smallest values in `value` that cdktf can resolve by themselves. */
  prepare(value: unknown): void {
    if (typeof value === "string") this.prepareText(value);
    else if (typeof value === "number") {
      if (Token.isUnresolved(value)) this.resolve(value);
    } else if (typeof value === "object" && value !== null) {
      if (Tokenization.isResolvable(value) || Construct.isConstruct(value)) this.resolve(value);
      else if (Array.isArray(value)) this.prepareList(value);
      else this.prepareMap(value as Readonly<Record<string, unknown>>);
    }
  }

  private prepareText(text: string): void {
    const numbers = text.includes(NUMBER_IN_TEXT);
    if ((!numbers && !text.includes(TOKEN_IN_TEXT)) || this.seen.has(text)) return;
    this.seen.add(text);
    if (numbers || !this.isOwn(text)) this.resolve(text);
  }

  private prepareList(list: readonly unknown[]): void {
    if (list.some((item) => typeof item === "string" && item.includes(LIST))) this.resolve(list);
    else for (const item of list) this.prepare(item);
  }

  private prepareMap(map: Readonly<Record<string, unknown>>): void {
    const keys = Object.keys(map);
    if (keys.some((key) => key.includes(MAP))) this.resolve(map);
    else {
      for (const key of keys) {
        this.prepareText(key);
        this.prepare(map[key]);
      }
    }
  }

  private resolve(value: unknown): void {
    Tokenization.resolve(value, { scope: this.stack, preparing: true, resolver: RESOLVER });
  }

  /**
   * Whether all tokens in a text name attributes of what stands in the same stack. Of cdktf's tokens only those have a stack; it
   * keeps that to itself, hence the cast.
   */
  private isOwn(text: string): boolean {
    const tokens = Tokenization.reverseString(text).tokens as { readonly originStack?: TerraformStack }[];
    return tokens.every(({ originStack }) => originStack === this.stack);
  }
}
