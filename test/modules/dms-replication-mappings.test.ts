/**
 * Proves what table mappings say, and what of them is refused. Does not prove that DMS reads wildcards as its guide has
 * them, nor that a table or column exists.
 */
import fc from "fast-check";
import {} from "../../modules/core";
import {
  RuleTarget,
  schemas,
  SelectionRule,
  TableMappings,
  tableMappings,
  TableMappingsProps,
  tables,
  toLowercase,
  unlimitedLobs,
} from "../../modules/dms-replication";
import { isExact, mayOverlap, surelyMatches } from "../../modules/dms-replication/wildcards";
import { expectRefusal } from "../support/synth";

const SHOP: SelectionRule = { schema: "shop", table: "%" };

function rulesOf({ json }: TableMappings) {
  return (JSON.parse(json) as { rules: Record<string, unknown>[] }).rules;
}

describe("rule ids and names", () => {
  const ids = (props: TableMappingsProps): Record<string, unknown> =>
    Object.fromEntries(rulesOf(tableMappings(props)).map((rule) => [String(rule["rule-name"]), rule["rule-id"]]));

  test("do not change when other rules come, go or move", () => {
    const alone = ids({ selections: { shop: SHOP } });
    const among = ids({
      selections: { crm: { schema: "crm", table: "%" }, shop: SHOP },
      transformations: { lower: toLowercase(tables("shop", "%")) },
    });
    expect(among.shop).toBe(alone.shop);
    expect(new Set(Object.values(among)).size).toBe(3);
  });

  test("are always the same", () => {
    expect(ids({ selections: { shop: SHOP } })).toEqual({ shop: "767334857" });
  });

  test("id: pins the number", () => {
    expect(
      ids({
        selections: { shop: { ...SHOP, id: 7 } },
        transformations: { a: { ...toLowercase(tables("shop", "a")), id: 8 } },
      }),
    ).toEqual({ shop: "7", a: "8" });
  });

  test("fails when a pinned id is another's", () => {
    expectRefusal(
      () => ids({ selections: { shop: SHOP, crm: { schema: "crm", table: "%", id: 767_334_857 } } }),
      "DuplicateMappingRule",
      "the rules 'shop' and 'crm' have the same id 767334857",
    );
  });

  test("fails when two rules have one name", () => {
    expectRefusal(
      () => ids({ selections: { shop: SHOP }, transformations: { shop: toLowercase(schemas("shop")) } }),
      "DuplicateMappingRule",
      "two rules have the name 'shop'",
    );
  });

  test.each(["", "a.b", "-a", "ä"])("fails when a rule's name is '%s'", (name) => {
    expectRefusal(
      () => ids({ selections: { [name]: SHOP } }),
      "InvalidMappingRule",
      `'${name}' is not a valid rule name, allowed: letters, digits, spaces, '_' and '-', beginning with a letter or digit`,
    );
  });
});

describe("dangling rules", () => {
  const selections: TableMappingsProps["selections"] = {
    shop: SHOP,
    crm: { schema: "crm", table: "ord%" },
    "no audit": { schema: "shop", table: "audit%", action: "exclude" },
    "nothing of the log": { schema: "log%", table: "%", action: "exclude" },
    one: { schema: "log1", table: "kept", action: "explicit" },
  };

  test.each<[string, RuleTarget<"table">]>([
    ["a table of a pattern", tables("shop", "orders")],
    ["a pattern within a pattern", tables("shop", "o%")],
    ["a pattern across a pattern", tables("%", "%s")],
    ["another case, for sources that ignore it", tables("SHOP", "Orders")],
    ["a wildcard for one character", tables("sh_p", "orders")],
    ["a set of characters", tables("[a-s]hop", "orders")],
    ["an underscore taken literally", tables("shop", "order[_]items")],
    ["a pattern that is left out in part", tables("shop", "a%")],
    ["a name in another case than what is left out", tables("shop", "AUDIT1")],
    ["an explicit table that a pattern leaves out", tables("log1", "kept")],
  ])("%s is not dangling", (_, target) => {
    expect(() => tableMappings({ selections, transformations: { rule: toLowercase(target) } })).not.toThrow();
  });

  test.each<[string, RuleTarget<"table">, string]>([
    ["another schema", tables("store", "orders"), "store.orders"],
    ["a table no pattern has", tables("crm", "people"), "crm.people"],
    ["a pattern that meets none", tables("crm", "peo%"), "crm.peo%"],
    ["a set that meets none", tables("[t-z]hop", "orders"), "[t-z]hop.orders"],
    ["a name that is left out", tables("shop", "audit1"), "shop.audit1"],
    ["a pattern that is left out as a whole", tables("shop", "audit_log%"), "shop.audit_log%"],
    ["a schema that is left out", tables("log1", "other"), "log1.other"],
  ])("fails with %s", (_, target, got) => {
    expectRefusal(
      () => tableMappings({ selections, transformations: { rule: toLowercase(target) } }),
      "DanglingMappingRule",
      `the transformation 'rule' matches no selected table, got '${got}'`,
      "tableMappings",
    );
  });

  test("fails with a schema or table settings of no selected table", () => {
    expectRefusal(
      () => tableMappings({ selections, transformations: { rule: toLowercase(schemas("store")) } }),
      "DanglingMappingRule",
      "the transformation 'rule' matches no selected table, got 'store'",
    );
    expectRefusal(
      () =>
        tableMappings({ selections, tableSettings: { rule: { schema: "crm", table: "x", lobs: unlimitedLobs() } } }),
      "DanglingMappingRule",
      "the table settings 'rule' matches no selected table, got 'crm.x'",
    );
  });
});

describe("wildcards", () => {
  const NAMES = ["", "a", "b", "_", "aa", "ab", "ba", "bb", "a_", "_b", "aab", "aba", "abb", "a_b", "AB", "Ab"];
  const pattern = fc.stringMatching(/^(a|b|%|_|\[ab\]|\[_\]){0,4}$/);

  /** The matches of a pattern of a, b, %, _ and sets, computed the simple way. */
  function matches(text: string, name: string, ignoreCase: boolean): boolean {
    const source = text.replace(/\[_\]|%|_/g, (part) => (part === "%" ? ".*" : part === "_" ? "." : "_"));
    return new RegExp(`^${source}$`, ignoreCase ? "i" : "").test(name);
  }

  test("two patterns said to be apart share no name", () => {
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const shared = NAMES.some((name) => matches(left, name, true) && matches(right, name, true));
        return mayOverlap(left, right) || !shared;
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  test("without sets, two patterns said to overlap do", () => {
    const plain = fc.stringMatching(/^[ab%]{0,4}$/);
    fc.assert(
      fc.property(plain, plain, (left, right) => {
        const longer = NAMES.concat(["aaaa", "abab", "baba", "bbbb", "aabb", "bbaa", "abba", "baab"]);
        const shared = longer.some((name) => matches(left, name, true) && matches(right, name, true));
        return !shared || mayOverlap(left, right);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  test("a reported match matches in all its cases, with underscores as literals", () => {
    const named = fc.stringMatching(/^[ab%]{0,4}$/);
    fc.assert(
      fc.property(pattern, named, (outer, inner) => {
        const inside = NAMES.filter((name) => matches(inner, name, false));
        return !surelyMatches(outer, inner) || inside.every((name) => matches(outer, name, false));
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  test("a match of a set is never certain, not even of a senseless set", () => {
    expect(["[ab]", "[b-a]", "[ab"].map((outer) => surelyMatches(outer, "a"))).toEqual([false, false, false]);
  });

  test("exact names have no wildcard", () => {
    expect(["orders", "order_items", "o%", "o[ab]"].map(isExact)).toEqual([true, true, false, false]);
  });
});
