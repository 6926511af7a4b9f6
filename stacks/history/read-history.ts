import { IConstruct } from "constructs";
import { refuse, RefusalCode } from "../../modules/core";
import { HistoryEvent } from "./events";
import { Generation, ReadHistory, Role, Succession } from "./site-history";

/** How the sites of a workload share its work. */
export interface Sharing {
  /** Whether every site answers, as in a multi-site workload. */
  readonly everySiteAnswers: boolean;
  /** Whether every site takes writes. */
  readonly everySiteWrites: boolean;
  /** Sites that were given up. They need not be rebuilt. @default - none */
  readonly forgotten?: readonly string[];
  /** Names of the workload's stores, including those that were given up. @default - none */
  readonly stores?: readonly string[];
}

/**
 * Derives the role and the generations of each site from the events.
 *
 * @param sites names, home first
 */
export function readHistory(
  scope: IConstruct,
  sites: readonly string[],
  history: readonly HistoryEvent[],
  sharing: Sharing,
): ReadHistory {
  const added = history.flatMap((entry) => (entry.event === "siteAdded" ? [entry.site] : []));
  const story = new Story(
    scope,
    sites.filter((site) => !added.includes(site)),
    sharing,
  );
  history.forEach((entry, index) => {
    refuseOutOfOrder(scope, history, index);
    const what = `history[${index}]`;
    if (entry.event === "storeAdded") return story.storeAdded(entry.store, what);
    if (!sites.includes(entry.site)) {
      refuse(scope, "UnknownSite", `${what} names '${entry.site}', the sites are ${quoted(sites)}`);
    }
    story[entry.event](entry.site, what);
    if (entry.event !== "failedOver") story.settle();
  });
  return story.read();
}

/**
 * The events since a store was added.
 *
 * @returns the whole history if no entry adds the store
 */
export function historyOf(store: string, history: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const index = history.findIndex((entry) => entry.event === "storeAdded" && entry.store === store);
  return index < 0 ? history : history.slice(index + 1);
}

/** The state of the sites, and how each event changes it. */
class Story {
  private readonly roles: Map<string, Role>;
  private readonly generations: Map<string, Generation[]>;
  private writer: string;
  private succession: Succession;
  /** The entry of the last failover. */
  private failover = "";
  /**
   * Entries that evacuated a site which has not rejoined, in a pattern in which only the writer answers. They come from
   * an earlier pattern.
   */
  private readonly evacuations = new Map<string, string>();

  private readonly sites: string[];

  /** @param sites the sites that existed from the beginning */
  constructor(
    private readonly scope: IConstruct,
    sites: readonly string[],
    private readonly sharing: Sharing,
  ) {
    this.sites = [...sites];
    const [home] = sites as [string];
    this.writer = home;
    this.roles = new Map(sites.map((site) => [site, site === home ? "active" : this.following]));
    this.generations = new Map(sites.map((site) => [site, [firstGeneration(site, home)]]));
    this.succession = this.currentSuccession;
  }

  settle(): void {
    this.succession = this.currentSuccession;
  }

  failedOver(to: string, what: string): void {
    this.refuseNotAdded(to, what);
    if (to === this.writer) {
      this.refuse("FailedOverToActive", `${what} fails over to '${to}', which takes the writes already`);
    }
    this.sites.forEach((site) => this.roles.set(site, site === to ? "active" : "detached"));
    this.writer = to;
    this.failover = `${what} fails over to '${to}'`;
    const last = this.generations.get(to)!.pop()!;
    this.generations.get(to)!.push({ ...last, promoted: true });
  }

  rebuilt(site: string, what: string): void {
    this.refuseNotAdded(site, what);
    if (this.roles.get(site) !== "detached") {
      this.refuse("RebuiltNotDetached", `${what} rebuilds '${site}', which is ${this.roles.get(site)}`);
    }
    this.roles.set(site, this.following);
    const own = this.generations.get(site)!;
    own.push({ number: own.length + 1, follows: this.followed, promoted: false });
  }

  siteAdded(site: string, what: string): void {
    if (this.sites.includes(site)) this.refuse("UnknownSite", `${what} adds '${site}', which was added before`);
    this.sites.push(site);
    this.roles.set(site, this.following);
    this.generations.set(site, [{ number: 1, follows: this.followed, promoted: false }]);
  }

  storeAdded(store: string, what: string): void {
    const { stores = [] } = this.sharing;
    if (!stores.includes(store)) {
      this.refuse("UnknownStore", `${what} adds '${store}', the stores are ${quoted(stores)}`);
    }
    const unsettled = this.sites.find((site) => !["active", "standby"].includes(this.roles.get(site)!));
    if (this.writer !== this.sites[0]) {
      this.refuse(
        "StoreAddedTooEarly",
        `${what} adds '${store}' while '${this.writer}' takes the writes, which is not the home`,
      );
    }
    if (unsettled !== undefined || this.evacuations.size > 0) {
      const [evacuated] = this.evacuations.keys();
      const site = unsettled ?? evacuated!;
      const role = unsettled === undefined ? "evacuated" : this.roles.get(site)!;
      this.refuse("StoreAddedTooEarly", `${what} adds '${store}' while '${site}' is ${role}`);
    }
  }

  evacuated(site: string, what: string): void {
    this.refuseNotAdded(site, what);
    if (!this.sharing.everySiteAnswers) {
      if (this.evacuations.has(site)) {
        this.refuse("EvacuatedNotAnswering", `${what} evacuates '${site}', which is evacuated`);
      }
      this.evacuations.set(site, what);
      return;
    }
    const answering = this.sites.filter((other) => this.roles.get(other) === "active");
    if (!answering.includes(site)) {
      this.refuse("EvacuatedNotAnswering", `${what} evacuates '${site}', which is ${this.roles.get(site)}`);
    }
    const next = answering.find((other) => other !== site);
    if (next === undefined) this.refuse("EvacuatedLast", `${what} evacuates '${site}', and no other site answers`);
    this.roles.set(site, "evacuated");
    if (site === this.writer && this.sharing.everySiteWrites) this.writer = next;
  }

  rejoined(site: string, what: string): void {
    this.refuseNotAdded(site, what);
    if (this.evacuations.delete(site)) return;
    if (this.roles.get(site) !== "evacuated") {
      this.refuse("RejoinedNotEvacuated", `${what} has '${site}' rejoin, which is ${this.roles.get(site)}`);
    }
    this.roles.set(site, "active");
  }

  read(): ReadHistory {
    const { writer, roles, generations } = this;
    for (const [site, what] of this.evacuations) {
      this.refuse("StillEvacuated", `${what} evacuates '${site}', and nothing has it rejoin`);
    }
    const { everySiteWrites, forgotten = [] } = this.sharing;
    const detached = this.sites.find((site) => roles.get(site) === "detached" && !forgotten.includes(site));
    if (everySiteWrites && detached !== undefined) {
      this.refuse(
        "FailedOverWithoutWriter",
        `${this.failover}, every site takes writes, and '${detached}' follows no site`,
      );
    }
    return {
      writer,
      succession: this.succession,
      sites: new Map(this.sites.map((site) => [site, { role: roles.get(site)!, generations: generations.get(site)! }])),
    };
  }

  private get currentSuccession(): Succession {
    return { first: this.writer, standbys: this.sites.filter((site) => this.roles.get(site) === "standby") };
  }

  /** The source that a new standby follows. */
  private get followed(): NonNullable<Generation["follows"]> {
    return { site: this.writer, generation: this.generations.get(this.writer)!.length };
  }

  private refuseNotAdded(site: string, what: string): void {
    if (!this.sites.includes(site)) this.refuse("UnknownSite", `${what} names '${site}', which is added later`);
  }

  private get following(): Role {
    return this.sharing.everySiteAnswers ? "active" : "standby";
  }

  private refuse(code: RefusalCode, problem: string): never {
    refuse(this.scope, code, problem);
  }
}

function firstGeneration(site: string, home: string): Generation {
  const origin = site === home;
  return { number: 1, follows: origin ? undefined : { site: home, generation: 1 }, promoted: origin };
}

function refuseOutOfOrder(scope: IConstruct, history: readonly HistoryEvent[], index: number): void {
  const { on } = history[index]!;
  const before = history[index - 1];
  if (before !== undefined && on < before.on) {
    refuse(
      scope,
      "HistoryOutOfOrder",
      `history[${index}] happened on ${on}, before history[${index - 1}] on ${before.on}`,
    );
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}
