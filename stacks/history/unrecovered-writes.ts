import { HistoryEvent } from "./events";

/**
 * Lists the writes that databases lack after a failover to a site that was left behind and not rebuilt. The library
 * accepts such a failover, because a history records facts. Buckets and tables follow every site at all times.
 */
export function unrecoveredWrites(sites: readonly string[], history: readonly HistoryEvent[]): readonly string[] {
  const leftBehind = new Map<string, { readonly writer: string; readonly on: string }>();
  return history.flatMap((entry, index) => {
    if (entry.event === "rebuilt") leftBehind.delete(entry.site);
    if (entry.event !== "failedOver") return [];
    const { site: writer, on } = entry;
    const left = leftBehind.get(writer);
    leftBehind.delete(writer);
    for (const site of sites) if (site !== writer && !leftBehind.has(site)) leftBehind.set(site, { writer, on });
    if (left === undefined) return [];
    return [
      `history[${index}] fails over to '${writer}', which was not rebuilt: its databases do not have what '${left.writer}' wrote since ${left.on}`,
    ];
  });
}
