/**
 * Proves the roles and generations that a workload's sites have after a history. The tests of the patterns and the live
 * tests prove how these change resources.
 */
import * as fc from "fast-check";
import { Construct } from "constructs";
import {
  evacuated,
  failedOver,
  HistoryEvent,
  rebuilt,
  rejoined,
  siteAdded,
  storeAdded,
} from "../../stacks/history/events";
import { historyOf, readHistory, Sharing } from "../../stacks/history/read-history";
import { expectRefusal } from "../support/synth";

const scope = new Construct(undefined as unknown as Construct, "");
const SITES = ["seoul", "tokyo", "osaka"];
const ONE_SITE: Sharing = { everySiteAnswers: false, everySiteWrites: false };
const ONE_WRITER: Sharing = { everySiteAnswers: true, everySiteWrites: false };
const EVERY_SITE: Sharing = { everySiteAnswers: true, everySiteWrites: true };

/** Role, then what each generation follows; a promoted one is marked with an exclamation mark. */
const read = (history: readonly HistoryEvent[], sites = SITES, sharing = ONE_SITE) =>
  Object.fromEntries(
    [...readHistory(scope, sites, history, sharing).sites].map(([site, { role, generations }]) => [
      site,
      [
        role,
        ...generations.map(({ follows, promoted }) => {
          return (follows ? `${follows.site}-${follows.generation}` : "origin") + (promoted ? "!" : "");
        }),
      ],
    ]),
  );

describe("readHistory", () => {
  test("on day one the home is active and every other site follows it", () => {
    expect(read([])).toEqual({
      seoul: ["active", "origin!"],
      tokyo: ["standby", "seoul-1"],
      osaka: ["standby", "seoul-1"],
    });
  });

  test("after a failover no site follows the new active site yet, and no generation is new", () => {
    expect(read([failedOver("tokyo", { on: "2027-03-02" })])).toEqual({
      seoul: ["detached", "origin!"],
      tokyo: ["active", "seoul-1!"],
      osaka: ["detached", "seoul-1"],
    });
  });

  test("a rebuild makes a generation that follows the active site's latest", () => {
    expect(read([failedOver("tokyo", { on: "2027-03-02" }), rebuilt("seoul", { on: "2027-03-09" })])).toEqual({
      seoul: ["standby", "origin!", "tokyo-1"],
      tokyo: ["active", "seoul-1!"],
      osaka: ["detached", "seoul-1"],
    });
  });

  test("there and back again: failed over, rebuilt, failed back, rebuilt", () => {
    const history = [
      failedOver("tokyo", { on: "2027-03-02" }),
      rebuilt("seoul", { on: "2027-03-09" }),
      failedOver("seoul", { on: "2027-03-16" }),
      rebuilt("tokyo", { on: "2027-03-16" }),
    ];
    expect(read(history, ["seoul", "tokyo"])).toEqual({
      seoul: ["active", "origin!", "tokyo-1!"],
      tokyo: ["standby", "seoul-1!", "seoul-2"],
    });
  });

  test("a site that was left behind may still take over, because the history records real events", () => {
    const history = [failedOver("tokyo", { on: "2027-03-02" }), failedOver("osaka", { on: "2027-03-02" })];
    expect(read(history)).toEqual({
      seoul: ["detached", "origin!"],
      tokyo: ["detached", "seoul-1!"],
      osaka: ["active", "seoul-1!"],
    });
  });

  test("every history has one active site and one more generation for each rebuild, and no generation changes its source", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(failedOver, rebuilt), fc.constantFrom(...SITES))), (wishes) => {
        const history: HistoryEvent[] = [];
        for (const [event, site] of wishes) {
          const before = readHistory(scope, SITES, history, ONE_SITE).sites;
          const role = before.get(site)!.role;
          if (event === failedOver ? role === "active" : role !== "detached") continue;
          history.push(event(site, { on: "2027-03-02" }));
          const after = readHistory(scope, SITES, history, ONE_SITE).sites;
          expect(SITES.filter((name) => after.get(name)!.role === "active")).toHaveLength(1);
          for (const name of SITES) {
            const [old, fresh] = [before.get(name)!.generations, after.get(name)!.generations];
            const lasting = old.map(({ number, follows }) => ({ number, follows }));
            expect(fresh.slice(0, old.length)).toMatchObject(lasting);
            expect(fresh.length - old.length).toBe(event === rebuilt && name === site ? 1 : 0);
          }
        }
      }),
    );
  });
});

describe("readHistory of a workload that answers in every site", () => {
  const on = { on: "2027-03-02" };
  const roles = (history: readonly HistoryEvent[], sharing: Sharing) => {
    const { writer, sites } = readHistory(scope, SITES, history, sharing);
    return [writer, ...SITES.map((site) => sites.get(site)!.role)];
  };

  test("on day one every site is active, and the home is the writer", () => {
    expect(roles([], EVERY_SITE)).toEqual(["seoul", "active", "active", "active"]);
  });

  test("an evacuated site is left out until it rejoins, and the next site replaces it", () => {
    expect(roles([evacuated("seoul", on)], EVERY_SITE)).toEqual(["tokyo", "evacuated", "active", "active"]);
    expect(roles([evacuated("seoul", on), rejoined("seoul", on)], EVERY_SITE)).toEqual([
      "tokyo",
      "active",
      "active",
      "active",
    ]);
  });

  test("if one site takes the writes, it keeps them while it is evacuated, until they are failed over", () => {
    expect(roles([evacuated("seoul", on)], ONE_WRITER)).toEqual(["seoul", "evacuated", "active", "active"]);
    expect(roles([failedOver("tokyo", on), rebuilt("osaka", on)], ONE_WRITER)).toEqual([
      "tokyo",
      "detached",
      "active",
      "active",
    ]);
  });

  test("evacuating and rejoining makes no generation", () => {
    expect(read([evacuated("tokyo", on), rejoined("tokyo", on)], SITES, EVERY_SITE).tokyo).toEqual([
      "active",
      "seoul-1",
    ]);
  });

  test.each([
    [
      "fails over what has no one writer",
      [failedOver("tokyo", on)],
      EVERY_SITE,
      "FailedOverWithoutWriter",
      "history[0] fails over to 'tokyo', every site takes writes, and 'seoul' follows no site",
    ],
    [
      "evacuates twice",
      [evacuated("tokyo", on), evacuated("tokyo", on)],
      EVERY_SITE,
      "EvacuatedNotAnswering",
      "history[1] evacuates 'tokyo', which is evacuated",
    ],
    [
      "evacuates the last site",
      [evacuated("seoul", on), evacuated("tokyo", on), evacuated("osaka", on)],
      EVERY_SITE,
      "EvacuatedLast",
      "history[2] evacuates 'osaka', and no other site answers",
    ],
    [
      "has an answering site rejoin",
      [rejoined("tokyo", on)],
      ONE_WRITER,
      "RejoinedNotEvacuated",
      "history[0] has 'tokyo' rejoin, which is active",
    ],
    [
      "was failed over and is not whole again",
      [failedOver("tokyo", on), rebuilt("seoul", on)],
      EVERY_SITE,
      "FailedOverWithoutWriter",
      "history[0] fails over to 'tokyo', every site takes writes, and 'osaka' follows no site",
    ],
  ] as const)("fails when it %s", (_, history, sharing, code, problem) => {
    expectRefusal(() => read(history, SITES, sharing), code, problem);
  });
});

describe("readHistory of a workload that moved on the ladder", () => {
  const on = { on: "2027-03-02" };

  test("up to multi-site: a site that was failed over and rebuilt answers", () => {
    const whole = [failedOver("tokyo", on), rebuilt("seoul", on), rebuilt("osaka", on)];
    expect(read(whole, SITES, EVERY_SITE)).toEqual({
      seoul: ["active", "origin!", "tokyo-1"],
      tokyo: ["active", "seoul-1!"],
      osaka: ["active", "seoul-1", "tokyo-1"],
    });
  });

  test("up to multi-site: a forgotten site need not be rebuilt", () => {
    const history = [failedOver("tokyo", on), rebuilt("seoul", on)];
    expect(read(history, SITES, { ...EVERY_SITE, forgotten: ["osaka"] })).toMatchObject({
      osaka: ["detached", "seoul-1"],
    });
  });

  test("down from multi-site: a site that was evacuated and has rejoined is a normal site", () => {
    const there = failedOver("tokyo", on);
    const history = [
      evacuated("osaka", on),
      evacuated("seoul", on),
      rejoined("osaka", on),
      there,
      rejoined("seoul", on),
    ];
    expect(read(history)).toEqual(read([there]));
  });

  test.each([
    [
      "a site is still evacuated",
      [evacuated("osaka", on), evacuated("seoul", on), rejoined("osaka", on)],
      "StillEvacuated",
      "history[1] evacuates 'seoul', and nothing has it rejoin",
    ],
    [
      "a site rejoins that was not evacuated",
      [evacuated("osaka", on), rejoined("seoul", on)],
      "RejoinedNotEvacuated",
      "history[1] has 'seoul' rejoin, which is active",
    ],
    [
      "a site was evacuated twice",
      [evacuated("osaka", on), evacuated("osaka", on)],
      "EvacuatedNotAnswering",
      "history[1] evacuates 'osaka', which is evacuated",
    ],
  ] as const)("fails when %s", (_, history, code, problem) => {
    expectRefusal(() => read(history), code, problem);
  });
});

describe("a history is refused", () => {
  test.each([
    [
      "names an unknown site",
      [failedOver("busan", { on: "2027-03-02" })],
      "UnknownSite",
      "history[0] names 'busan', the sites are 'seoul', 'tokyo', 'osaka'",
    ],
    [
      "fails over to the active site",
      [failedOver("seoul", { on: "2027-03-02" })],
      "FailedOverToActive",
      "history[0] fails over to 'seoul', which takes the writes already",
    ],
    [
      "rebuilds a standby",
      [rebuilt("tokyo", { on: "2027-03-02" })],
      "RebuiltNotDetached",
      "history[0] rebuilds 'tokyo', which is standby",
    ],
    [
      "rebuilds the active site",
      [rebuilt("seoul", { on: "2027-03-02" })],
      "RebuiltNotDetached",
      "history[0] rebuilds 'seoul', which is active",
    ],
    [
      "runs backwards",
      [failedOver("tokyo", { on: "2027-03-02" }), rebuilt("seoul", { on: "2027-03-01" })],
      "HistoryOutOfOrder",
      "history[1] happened on 2027-03-01, before history[0] on 2027-03-02",
    ],
  ] as const)("fails when it %s", (_, history, code, problem) => {
    expectRefusal(() => read(history), code, problem);
  });

  test.each(["2027-3-2", "2027-02-30", "yesterday", "2027-13-01", ""])("fails when the day is '%s'", (on) => {
    expectRefusal(() => failedOver("tokyo", { on }), "InvalidDate", `'on' must be a day, got '${on}'`, "failedOver");
    expectRefusal(() => rebuilt("tokyo", { on }), "InvalidDate", `'on' must be a day, got '${on}'`, "rebuilt");
    expectRefusal(() => evacuated("tokyo", { on }), "InvalidDate", `'on' must be a day, got '${on}'`, "evacuated");
    expectRefusal(() => rejoined("tokyo", { on }), "InvalidDate", `'on' must be a day, got '${on}'`, "rejoined");
  });

  test("29 February exists in leap years", () => {
    expect(failedOver("tokyo", { on: "2028-02-29" })).toEqual({ event: "failedOver", site: "tokyo", on: "2028-02-29" });
  });
});

describe("a site or store that is added later", () => {
  const on = { on: "2027-03-02" };
  const there = [failedOver("tokyo", on), rebuilt("seoul", on), rebuilt("osaka", on)];
  const back = [...there, failedOver("seoul", on), rebuilt("tokyo", on), rebuilt("osaka", on)];
  const withStock: Sharing = { ...ONE_SITE, stores: ["ledger", "stock"] };

  test("a site begins as a standby of the site that is active at that time", () => {
    expect(read([failedOver("tokyo", on), siteAdded("osaka", on)])).toEqual({
      seoul: ["detached", "origin!"],
      tokyo: ["active", "seoul-1!"],
      osaka: ["standby", "tokyo-1"],
    });
  });

  test("without siteAdded, the history says that a failover left the site behind", () => {
    expect(read([failedOver("tokyo", on)]).osaka).toEqual(["detached", "seoul-1"]);
  });

  test("a store has a history of its own from then on", () => {
    const history = [...back, storeAdded("stock", on), failedOver("osaka", on)];
    expect(historyOf("stock", history)).toEqual([failedOver("osaka", on)]);
    expect(historyOf("ledger", history)).toBe(history);
    expect(read(history, SITES, withStock).seoul).toEqual(["detached", "origin!", "tokyo-1!"]);
  });

  test.each([
    [[storeAdded("stok", on)], "UnknownStore", "history[0] adds 'stok', the stores are 'ledger', 'stock'"],
    [
      [...there, storeAdded("stock", on)],
      "StoreAddedTooEarly",
      "history[3] adds 'stock' while 'tokyo' takes the writes, which is not the home",
    ],
    [
      [...back.slice(0, -1), storeAdded("stock", on)],
      "StoreAddedTooEarly",
      "history[5] adds 'stock' while 'osaka' is detached",
    ],
    [
      [evacuated("tokyo", on), storeAdded("stock", on), rejoined("tokyo", on)],
      "StoreAddedTooEarly",
      "history[1] adds 'stock' while 'tokyo' is evacuated",
    ],
    [
      [failedOver("osaka", on), siteAdded("osaka", on)],
      "UnknownSite",
      "history[0] names 'osaka', which is added later",
    ],
    [
      [siteAdded("osaka", on), siteAdded("osaka", on)],
      "UnknownSite",
      "history[1] adds 'osaka', which was added before",
    ],
    [[siteAdded("kyoto", on)], "UnknownSite", "history[0] names 'kyoto', the sites are 'seoul', 'tokyo', 'osaka'"],
  ] as const)("is refused when it cannot be so (%#)", (history, code, problem) => {
    expectRefusal(() => read(history, SITES, withStock), code, problem);
  });
});
