/** Every text in a world, with its references replaced. A text that is JSON is parsed, and its own texts are listed. */
import { Json } from "../synth";
import { resolved } from "./created-arns";
import { Thing, World } from "./world";

export interface Text {
  readonly thing: Thing;
  /** Arguments down to the text: `policy.Statement.0.Resource`. */
  readonly path: string;
  readonly text: string;
}

/** Every text of resources, data sources, models and outputs. */
export function textsOf(world: World): Text[] {
  const others = world.stacks.flatMap(({ others }) => others);
  return [...world.things, ...others].flatMap((thing) => textsBelow(thing, "", thing.block));
}

function textsBelow(thing: Thing, path: string, value: Json): Text[] {
  if (typeof value === "string") {
    const document = documentIn(value);
    if (document === undefined) return [{ thing, path, text: resolved(thing, value) }];
    return textsBelow(thing, path, document);
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    return textsBelow(thing, path === "" ? key : `${path}.${key}`, inner);
  });
}

/** The document in a text; undefined if the text is not JSON. */
export function documentIn(text: string): Json | undefined {
  return /^[[{]"?/.test(text) && /[\]}]$/.test(text) ? (JSON.parse(text) as Json) : undefined;
}
