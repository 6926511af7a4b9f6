/** Values of a resource in a plan. */
export type Values = Readonly<Record<string, unknown>>;

/** A template in which `{attribute}` is replaced by its value, or a function. The provider's page of a type documents its import id. */
export type ImportId = string | ((values: Values) => string | undefined);

/** Fills in the attributes. Returns undefined if an attribute is unknown. */
export function fill(template: string, values: Values): string | undefined {
  const parts = template.replaceAll(/\{(\w+)\}/g, (_, attribute: string) => {
    const value = values[attribute];
    return typeof value === "string" ? value : "";
  });
  const attributes = [...template.matchAll(/\{(\w+)\}/g)].map((match) => values[match[1]!]);
  return attributes.every((value) => typeof value === "string" && value !== "") ? parts : undefined;
}

/** The event bus of a rule or a target. */
export function busOf({ event_bus_name: bus }: Values): string {
  return typeof bus === "string" && bus !== "" ? bus : "default";
}

/** The name and the region of the original table, from its ARN. The provider reads the replica from there. */
export function tableReplica({ global_table_arn: table }: Values): string | undefined {
  const [, , , region, , resource] = typeof table === "string" ? table.split(":") : [];
  const name = lastPart(resource);
  return region && name ? `${name}:${region}` : undefined;
}

/** The text after the last slash, such as the name in an ARN. */
export function lastPart(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.split("/").at(-1) : undefined;
}
