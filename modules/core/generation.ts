/** Parts of a name for a generation: names of generation 2 and later end in its number. */
export function generationParts(generation: number): readonly string[] {
  return generation > 1 ? [`${generation}`] : [];
}
