import { credentialsFor } from "./accounts";
import type { Emulator, SdkConfig } from "./emulator";
import { Item, READERS, readGlobal } from "./inventory-readers";

/** Of a terminal. */
const WIDTH = 120;

/** One place to look at: a region of an account, under a name of the caller's. */
export interface InventorySite {
  readonly name: string;
  readonly region: string;
  /** @default - the emulator's default account */
  readonly account?: string;
}

export interface SiteInventory {
  readonly site: InventorySite;
  readonly dark: boolean;
  readonly items: readonly Item[];
}

/**
 * The resources of each site, from the emulator's own APIs. It bypasses the proxy, so its requests are not in the log. It also shows the
 * resources of a dark region, because they exist again after the outage.
 */
export async function inventory(emulator: Emulator, sites: readonly InventorySite[]): Promise<SiteInventory[]> {
  const dark = emulator.darkRegions();
  const found: SiteInventory[] = [];
  for (const site of sites) {
    const config = await configFor(emulator, site);
    const items = await Promise.all(READERS.map((read) => read(config)));
    found.push({ site, dark: dark.has(site.region), items: items.flat() });
  }
  return found;
}

/** DNS and health checks, which belong to no region. */
export async function globalInventory(emulator: Emulator, account?: string): Promise<Item[]> {
  return readGlobal(await configFor(emulator, { name: "global", region: "us-east-1", account }));
}

/** A table for people to read, one block per site. */
export function renderInventory(found: readonly SiteInventory[], global: readonly Item[] = []): string {
  const blocks = found.map(({ site, dark, items }) =>
    block(`${site.name}  ${site.region}${dark ? "  (dark)" : ""}`, items),
  );
  return [...blocks, ...(global.length > 0 ? [block("global", global)] : [])].join("\n\n");
}

function block(title: string, items: readonly Item[]): string {
  const kind = Math.max(0, ...items.map((item) => item.kind.length));
  const name = Math.max(0, ...items.map((item) => item.name.length));
  const lines = items.flatMap((item) => row(`  ${item.kind.padEnd(kind)}  ${item.name.padEnd(name)}  `, item.facts));
  return [title, ...(lines.length > 0 ? lines : ["  nothing"])].join("\n");
}

/** Facts that do not fit a line go below those before them. */
function row(head: string, facts: readonly string[]): string[] {
  const lines: string[] = [];
  let line = head;
  for (const [index, fact] of facts.entries()) {
    const text = index < facts.length - 1 ? `${fact}, ` : fact;
    if (index > 0 && line.length + text.trimEnd().length > WIDTH) {
      lines.push(line);
      line = " ".repeat(head.length);
    }
    line += text;
  }
  return [...lines, line].map((text) => text.trimEnd());
}

async function configFor(emulator: Emulator, site: InventorySite): Promise<SdkConfig> {
  const credentials = await credentialsFor(emulator, site.account ?? emulator.account, site.region);
  return { ...emulator.sdkConfig(site.region, credentials), endpoint: emulator.endpointBehindProxy };
}
