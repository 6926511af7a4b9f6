/** Proves what a stack's JSON says of its workload, for a review that has no access to the program. */

import { Block, Json } from "../support/synth";
import { synthShop } from "../support/workloads";

const stacks = synthShop();
const tokyo = stacks.get("orders-tokyo")!;

describe("the model in the JSON", () => {
  const model = (tokyo.json["//"] as { dr: { [key: string]: Json } }).dr;

  test("is the contract", () => {
    expect(
      pick(model, "version", "workload", "pattern", "objectives", "history", "sites", "stores", "compute"),
    ).toEqual({
      version: 1,
      workload: "orders",
      pattern: "pilot-light",
      objectives: { rtoSeconds: 2700, rpoSeconds: 900 },
      history: [],
      sites: [
        { name: "seoul", region: "ap-northeast-2", account: "111122223333", home: true, role: "active", generation: 1 },
        {
          name: "tokyo",
          region: "ap-northeast-1",
          account: "111122223333",
          home: false,
          role: "standby",
          generation: 1,
        },
      ],
      stores: { ledger: "postgres", carts: "table", receipts: "bucket" },
      compute: { api: "auto-scaling" },
    });
  });

  test("lists the possible data loss of each store with its basis, and treats an unknown loss as not met", () => {
    const estimates = model.estimates as {
      store: string;
      standby: string;
      verdict: string;
      loss: { value?: number; basis: string };
    }[];
    expect(
      estimates.map(({ store, standby, verdict, loss }) => [store, standby, verdict, loss.basis, loss.value ?? null]),
    ).toEqual([
      ["carts", "tokyo", "met", "typical", 3],
      ["ledger", "tokyo", "unknown", "unknown", null],
      ["receipts", "tokyo", "met", "committed", 900],
    ]);
  });

  test("holds the recovery steps of the site's own constructs", () => {
    const steps = (model.protections as { path: string; recovery: { call: string }[] }[]).flatMap(
      ({ path, recovery }) => recovery.map(({ call }) => [path.split("/").slice(2, 4).join("/"), call]),
    );
    expect(steps).toEqual(
      expect.arrayContaining([
        ["ledger/Instance", "rds:PromoteReadReplica"],
        ["ledger/Backups", "rds:RestoreDBInstanceToPointInTime"],
        ["api/Group", "autoscaling:UpdateAutoScalingGroup"],
      ]),
    );
  });
});

test("names the site of every copy, in every stack", () => {
  const places = [...stacks].map(([name, { json }]) => {
    const { protections } = (json["//"] as { dr: { protections: { protection: { copiesIn: string[] } }[] } }).dr;
    return [name, [...new Set(protections.flatMap(({ protection }) => protection.copiesIn))].sort()];
  });
  expect(Object.fromEntries(places)).toEqual({
    "orders-front-door": [],
    "orders-seoul": ["seoul"],
    "orders-seoul-replication": ["tokyo"],
    "orders-tokyo": ["tokyo"],
    "orders-tokyo-replication": ["seoul", "tokyo"], // the bucket there copies to Seoul; the table in Seoul has its replica there
  });
});

function pick(block: Block, ...names: readonly string[]): Block {
  return Object.fromEntries(Object.entries(block).filter(([name]) => names.includes(name)));
}
