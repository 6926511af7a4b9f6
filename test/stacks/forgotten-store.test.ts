/** Proves that a store which is given up is forgotten in every stack, address by address, and that nothing else changes. */
import { auroraPostgres, failedOver, forgotten, Pattern, rebuilt } from "../../stacks";
import { difference, forgotten as addressesForgotten, resources } from "../support/difference";
import { shop, synthPattern } from "../support/workloads";

const { data } = shop();
const history = [failedOver("tokyo", { on: "2027-03-02" }), rebuilt("seoul", { on: "2027-03-09" })];
/** Those that hold the least and the most of a store. */
const PATTERNS: readonly Pattern[] = ["backup-restore", "multi-site"];

describe.each([
  ["ledger", data.ledger!],
  ["carts", data.carts!],
  ["receipts", data.receipts!],
  ["prices", auroraPostgres({ instanceClass: "db.r6g.large" })],
])("'%s'", (name, store) => {
  test.each(PATTERNS)("is forgotten as a whole in %s, also after a failover and a rebuild", (pattern) => {
    const own = (address: string) => address.includes(`.${name}_`);
    const before = synthPattern(pattern, { data: { ...data, [name]: store }, history });
    const after = synthPattern(pattern, { data: { ...data, [name]: forgotten(store) }, history });
    for (const [stack, synthesised] of before) {
      const theirs = [...resources(synthesised).keys()].filter(own);
      const now = after.get(stack)!;
      expect(addressesForgotten(now).filter(own)).toEqual(expect.arrayContaining(theirs));
      const changes = difference(synthesised, now);
      expect(changes.filter((line) => !line.startsWith("- ") || !own(line))).toEqual([]);
    }
  });
});

test("a forgotten store has no objective", () => {
  const stacks = synthPattern("pilot-light", { data: { ...data, ledger: forgotten(data.ledger!) } });
  const { dr } = stacks.get("orders-tokyo")!.json["//"] as { dr: { estimates: { store: string }[] } };
  expect(dr.estimates.map(({ store }) => store)).toEqual(["carts", "receipts"]);
});
