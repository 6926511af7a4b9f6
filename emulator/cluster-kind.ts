const KINDS: Readonly<Record<string, string>> = { docdb: "DocumentDB cluster", neptune: "Neptune cluster" };

/** What AWS calls a cluster of an engine: the API of RDS answers for three of its products. */
export function clusterKind(engine: string | undefined): string {
  return KINDS[engine ?? ""] ?? "Aurora cluster";
}
