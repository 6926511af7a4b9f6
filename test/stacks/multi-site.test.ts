/** Proves who writes what in a multi-site workload, what is refused, and that evacuating a site changes no resource. */
import {
  auroraPostgres,
  bucket,
  evacuated,
  failedOver,
  HistoryEvent,
  MultiSite,
  MultiSiteProps,
  mysql,
  rebuilt,
  rejoined,
  table,
} from "../../stacks";
import { difference } from "../support/difference";
import { expectRefusal, synthApp } from "../support/synth";
import { shop } from "../support/workloads";
import { Testing } from "cdktf";

const carts = table({ partitionKey: { name: "id", type: "S" } });
const ON = { on: "2027-03-02" };

function props(change: Partial<MultiSiteProps> = {}): MultiSiteProps {
  return { ...shop({ data: { carts, receipts: bucket() } }), writes: "partitioned", ...change };
}

const synth = (change?: Partial<MultiSiteProps>) =>
  synthApp((app) => new MultiSite(app, "orders", props(change))).stacks;
const define = (change?: Partial<MultiSiteProps>) => () => new MultiSite(Testing.app(), "orders", props(change));

describe("a multi-site workload", () => {
  const stacks = synth();

  test("runs at full capacity in every site", () => {
    for (const site of ["seoul", "tokyo"]) {
      expect(stacks.get(`orders-${site}`)!.only("aws_autoscaling_group")).toMatchObject({ min_size: 6, max_size: 12 });
    }
  });

  test("has every site active, and says in its JSON who writes what", () => {
    const { dr } = stacks.get("orders-tokyo")!.json["//"] as { dr: { writes: string; sites: { role: string }[] } };
    expect(dr.writes).toBe("partitioned");
    expect(dr.sites.map(({ role }) => role)).toEqual(["active", "active"]);
  });

  test("lists the possible data loss of each store in the other site", () => {
    const { dr } = stacks.get("orders-tokyo")!.json["//"] as {
      dr: { estimates: { store: string; standby: string; verdict: string }[] };
    };
    expect(dr.estimates.map(({ store, standby, verdict }) => [store, standby, verdict])).toEqual([
      ["carts", "tokyo", "met"],
      ["receipts", "tokyo", "met"],
    ]);
  });
});

describe("evacuating a site", () => {
  const steps: readonly HistoryEvent[][] = [
    [],
    [evacuated("seoul", ON)],
    [evacuated("seoul", ON), rejoined("seoul", ON)],
  ];
  const shops = steps.map((history) => synth({ history }));

  test.each([0, 1])("changes one record in place, from step %i to the next: the switch is tripped by API", (step) => {
    const changed = [...shops[step]!].flatMap(([name, before]) => difference(before, shops[step + 1]!.get(name)!));
    expect(changed).toEqual(["aws_route53_record.EverySite_seoul alias"]);
  });

  test("makes its record answer with the remaining site, even if the switch is new", () => {
    const answered = shops.map((stacks) => {
      const records = stacks.get("orders-front-door")!.all("aws_route53_record");
      return records.flatMap(({ set_identifier: site, alias }) =>
        site ? [[site, (alias as { name: string }).name]] : [],
      );
    });
    const own = [
      ["seoul", "seoul.orders.example.com"],
      ["tokyo", "tokyo.orders.example.com"],
    ];
    expect(answered).toEqual([own, [["seoul", "tokyo.orders.example.com"], own[1]], own]);
  });

  test("is the site's role in the model until it rejoins", () => {
    const roles = shops.map((stacks) => {
      const { dr } = stacks.get("orders-tokyo")!.json["//"] as { dr: { sites: { role: string }[] } };
      return dr.sites.map(({ role }) => role);
    });
    expect(roles).toEqual([
      ["active", "active"],
      ["evacuated", "active"],
      ["active", "active"],
    ]);
  });
});

describe("a store with one writer", () => {
  const ledger = mysql({ instanceClass: "db.r6g.large", storageGiB: 20 });

  test.each(["local", "partitioned"] as const)("is refused where 'writes' is '%s'", (writes) => {
    expectRefusal(
      define({ data: { ledger }, writes }),
      "StoreHasOneWriter",
      `store 'ledger' (mysql) takes writes in 'seoul' alone, and 'writes' is '${writes}'`,
      "orders",
    );
  });

  test("is accepted if one site takes all writes, and fails over as in a standby", () => {
    const history = [failedOver("tokyo", ON), rebuilt("seoul", ON)];
    const stacks = synth({ data: { ledger }, writes: "global", history });
    expect(stacks.get("orders-seoul")!.only("aws_db_instance")).toMatchObject({
      identifier: "orders-ledger-seoul-2",
      replicate_source_db: "arn:aws:rds:ap-northeast-1:111122223333:db:orders-ledger-tokyo",
      multi_az: true,
    });
  });

  test("is accepted if Aurora forwards its writes, and refused otherwise", () => {
    const aurora = (writeForwarding: boolean) =>
      define({ data: { ledger: auroraPostgres({ instanceClass: "db.r6g.large", writeForwarding }) } });
    expect(aurora(true)).not.toThrow();
    expectRefusal(aurora(false), "StoreHasOneWriter", /store 'ledger' \(aurora-postgresql\)/);
  });
});
