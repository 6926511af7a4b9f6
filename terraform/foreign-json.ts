/**
 * A block that runs a program, or that reads or writes outside the AWS accounts of the stack. `data` reads from a program or a server.
 * `state` reads the state of another stack.
 */
export type Foreign = "provisioner" | "connection" | "data" | "state" | "provider" | "backend";

/**
 * Types of data sources that run a program, or send requests to a server other than AWS.
 *
 * @see https://github.com/hashicorp/terraform-provider-local/blob/main/docs/data-sources/command.md
 */
const FOREIGN_DATA: ReadonlySet<string> = new Set(["external", "http", "local_command"]);

const STATE = "terraform_remote_state";

export type Body = Readonly<Record<string, unknown>>;

/** The kind of a data source. Returns undefined if the data source is harmless. */
export function foreignData(type: string): Foreign | undefined {
  if (type === STATE) return "state";
  return FOREIGN_DATA.has(type) ? "data" : undefined;
}

/** The kinds of foreign blocks in a Terraform JSON file. */
export function foreignInJson(json: unknown): ReadonlySet<Foreign> {
  return new Set(listOf(json).flatMap(foreignInFile));
}

function foreignInFile(file: Body): readonly Foreign[] {
  const resources = [...blocks(file.resource, 2), ...blocks(file.removed, 0)];
  const holders = [file, ...blocks(file.check, 1)];
  const types = holders.flatMap(({ data, ephemeral }) => [...listOf(data), ...listOf(ephemeral)]).flatMap(Object.keys);
  const settings = listOf(file.terraform);
  return [
    ...(["provisioner", "connection"] as const).filter((name) => resources.some((body) => name in body)),
    ...types.flatMap((type) => foreignData(type) ?? []),
    ...("provider" in file ? (["provider"] as const) : []),
    ...(settings.some((one) => "backend" in one || "cloud" in one) ? (["backend"] as const) : []),
  ];
}

/** Local sources of modules: paths from the folder of the file. */
export function localModulesInJson(json: unknown): readonly string[] {
  const sources = blocks(json, 0).flatMap((file) => blocks(file.module, 1).map(({ source }) => source));
  return sources.filter((source): source is string => typeof source === "string" && /^\.\.?\//.test(source));
}

/** Settings of AWS providers in a JSON file. They may be written in `dynamic` blocks. */
export function awsProviders(json: unknown): readonly Body[] {
  const providers = listOf(json).flatMap((file) => listOf(file.provider).flatMap(({ aws }) => listOf(aws)));
  return providers.flatMap((provider) => [provider, ...listOf(provider.dynamic)]);
}

/** Settings of backends in S3 in a JSON file. */
export function s3Backends(json: unknown): readonly Body[] {
  return settingsIn(json).flatMap(({ backend }) => listOf(backend).flatMap(({ s3 }) => listOf(s3)));
}

/** Types of the backends in a JSON file, as Terraform notes them. */
export function backendTypes(json: unknown): readonly string[] {
  return settingsIn(json).flatMap((one) => [
    ...listOf(one.backend).flatMap(Object.keys),
    ...("cloud" in one ? ["cloud"] : []),
  ]);
}

function settingsIn(json: unknown): readonly Body[] {
  return listOf(json).flatMap((file) => listOf(file.terraform));
}

/** Every object in a JSON file. */
export function objectsIn(json: unknown): readonly Body[] {
  return listOf(json).flatMap((one) => [one, ...Object.values(one).flatMap(objectsIn)]);
}

/** Bodies of the blocks with so many labels. At each level, Terraform takes an object or a list of them. */
function blocks(value: unknown, labels: number): readonly Body[] {
  const found = listOf(value);
  return labels === 0 ? found : found.flatMap(Object.values).flatMap((inner) => blocks(inner, labels - 1));
}

function listOf(value: unknown): readonly Body[] {
  return [value].flat(Infinity).filter((one): one is Body => typeof one === "object" && one !== null);
}
