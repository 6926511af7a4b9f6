/** What a drill refuses in a file of Terraform, in words, by the name of its block. */
export const REASONS = {
  provisioner: "a provisioner, which would run on this machine; drill without it",
  connection: "a connection, which would lead out of this machine; drill without it",
  data: "a data source that reads from outside the emulator; drill without it",
  provider: "a provider block; only a stack's own cdk.tf.json may have one in a drill",
  backend: "a backend; only a stack's own cdk.tf.json may have one in a drill",
} as const;

/** Data sources that ask something else than AWS, or run a program. */
export const FOREIGN_DATA: ReadonlySet<string> = new Set(["external", "http", "terraform_remote_state"]);

type Body = Readonly<Record<string, unknown>>;

/**
 * What a drill refuses in a JSON file of Terraform.
 *
 * @param isOwn whether it is the file that cdktf has synthesised: its provider and backend are checked by their settings
 */
export function foreignInJson(json: unknown, isOwn: boolean): string | undefined {
  for (const file of listOf(json)) {
    const resources = [...blocks(file.resource, 2), ...blocks(file.removed, 0)];
    if (resources.some((body) => "provisioner" in body)) return REASONS.provisioner;
    if (resources.some((body) => "connection" in body)) return REASONS.connection;
    const holders = [file, ...blocks(file.check, 1)];
    if (holders.some(({ data }) => listOf(data).some(isForeignData))) return REASONS.data;
    if (isOwn) continue;
    if ("provider" in file) return REASONS.provider;
    if (listOf(file.terraform).some((settings) => "backend" in settings || "cloud" in settings)) return REASONS.backend;
  }
  return undefined;
}

function isForeignData(data: Body): boolean {
  return Object.keys(data).some((type) => FOREIGN_DATA.has(type));
}

/** Bodies of the blocks with so many labels. At each level, Terraform takes an object or a list of them. */
function blocks(value: unknown, labels: number): readonly Body[] {
  const found = listOf(value);
  return labels === 0 ? found : found.flatMap(Object.values).flatMap((inner) => blocks(inner, labels - 1));
}

function listOf(value: unknown): readonly Body[] {
  return [value].flat(Infinity).filter((one): one is Body => typeof one === "object" && one !== null);
}
