/** Values of a resource, as a plan knows them. */
export type Values = Readonly<Record<string, unknown>>;

/** `{attribute}` is replaced by its value. The provider's page of a type says how its id is written. */
export type ImportId = string | ((values: Values) => string | undefined);

/** Fills the attributes in. Returns undefined if one is unknown. */
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

/** Table and region of the table it is a replica of, as in the table's ARN: the provider asks there. */
export function tableReplica({ global_table_arn: table }: Values): string | undefined {
  const [, , , region, , resource] = typeof table === "string" ? table.split(":") : [];
  const name = lastPart(resource);
  return region && name ? `${name}:${region}` : undefined;
}

/** What follows the last slash: the name in an ARN. */
export function lastPart(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.split("/").at(-1) : undefined;
}
