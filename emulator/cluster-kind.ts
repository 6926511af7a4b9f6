const KINDS: Readonly<Record<string, string>> = { docdb: "DocumentDB cluster", neptune: "Neptune cluster" };

/** AWS's name for a cluster of an engine. The RDS API serves three products. */
export function clusterKind(engine: string | undefined): string {
  return KINDS[engine ?? ""] ?? "Aurora cluster";
}
