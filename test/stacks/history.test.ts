/**
 * Proves what a history makes of a workload's sites. What the roles and generations do to resources is proven in the tests
 * of the patterns and by the live tests.
 */
import * as fc from "fast-check";
import { Construct } from "constructs";
import { failedOver, HistoryEvent, readHistory, rebuilt } from "../../stacks/history";
import { expectRefusal } from "../support/synth";

const scope = new Construct(undefined as unknown as Construct, "");
/** Role, then what each generation follows; a promoted one is marked with an exclamation mark. */
const read = (history: readonly HistoryEvent[], sites = ["seoul", "tokyo", "osaka"]) =>
  Object.fromEntries(
    [...readHistory(scope, sites, history)].map(([site, { role, generations }]) => [
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
  test("on day one home is active and everybody follows it", () => {
    expect(read([])).toEqual({
      seoul: ["active", "origin!"],
      tokyo: ["standby", "seoul-1"],
      osaka: ["standby", "seoul-1"],
    });
  });

  test("after a failover nobody follows the new active site yet, and no generation is new", () => {
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

  test("a site that was left behind may still take over: it is what happened", () => {
    const history = [failedOver("tokyo", { on: "2027-03-02" }), failedOver("osaka", { on: "2027-03-02" })];
    expect(read(history)).toEqual({
      seoul: ["detached", "origin!"],
      tokyo: ["detached", "seoul-1!"],
      osaka: ["active", "seoul-1!"],
    });
  });

  test("whatever happens: one active site, one more generation for each rebuild, and no generation ever follows another than before", () => {
    const sites = ["seoul", "tokyo", "osaka"];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(failedOver, rebuilt), fc.constantFrom(...sites))), (wishes) => {
        const history: HistoryEvent[] = [];
        for (const [event, site] of wishes) {
          const before = readHistory(scope, sites, history);
          const role = before.get(site)!.role;
          if (event === failedOver ? role === "active" : role !== "detached") continue;
          history.push(event(site, { on: "2027-03-02" }));
          const after = readHistory(scope, sites, history);
          expect(sites.filter((name) => after.get(name)!.role === "active")).toHaveLength(1);
          for (const name of sites) {
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
      "history[0] fails over to 'seoul', which is active already",
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
  });

  test("29 February exists in leap years", () => {
    expect(failedOver("tokyo", { on: "2028-02-29" })).toEqual({ event: "failedOver", site: "tokyo", on: "2028-02-29" });
  });
});
