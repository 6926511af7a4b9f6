/**
 * Proves what a pilot light consists of in each site, and what it refuses. That AWS's provider accepts it is proven by the provider
 * tests, that it deploys and recovers by the live tests.
 */

import { dns, PilotLight, PilotLightProps } from "../../stacks";
import { Block, synthApp, Synthesised } from "../support/synth";
import { defineShop, OSAKA_SITE, shop, SITES, synthShop } from "../support/workloads";

const stacks = synthShop();
const seoul = stacks.get("orders-seoul")!;
const tokyo = stacks.get("orders-tokyo")!;

describe("stacks", () => {
  test("are named by site, by the replication of a site, and by the front door", () => {
    expect([...stacks.keys()].sort()).toEqual([
      "orders-front-door",
      "orders-seoul",
      "orders-seoul-replication",
      "orders-tokyo",
      "orders-tokyo-replication",
    ]);
  });

  test("deploy in order: the home, the other sites, the replication of the home, the replication of the others", () => {
    const { sites, replication, frontDoor } = define().stacks;
    const needs = (stack: { dependencies: { node: { id: string } }[] }) =>
      stack.dependencies.map(({ node }) => node.id).sort();
    expect(needs(sites.get("seoul")!)).toEqual([]);
    expect(needs(sites.get("tokyo")!)).toEqual(["orders-seoul"]);
    expect(needs(replication.get("seoul")!)).toEqual(["orders-seoul", "orders-tokyo"]);
    expect(needs(replication.get("tokyo")!)).toEqual(["orders-seoul", "orders-seoul-replication", "orders-tokyo"]);
    expect(needs(frontDoor!)).toEqual(["orders-seoul", "orders-tokyo"]);
  });

  test("of data alone have no front door, and without a store that is copied no replication", () => {
    const { stacks } = define({ frontDoor: undefined, data: { ledger: shop().data.ledger! } });
    expect([stacks.frontDoor, stacks.replication.size, stacks.sites.size]).toEqual([undefined, 0, 2]);
  });

  test("are the same bytes for the same input, in any order of stores and of the sites after the home", () => {
    const three = { ...SITES, osaka: OSAKA_SITE };
    const { seoul, tokyo, osaka } = three;
    const frontDoor = dns({ zone: "example.com", record: "orders", stateIn: "tokyo" });
    const { ledger, carts, receipts } = shop().data;
    const one = synthShop({ sites: three, frontDoor });
    const other = synthShop({
      sites: { seoul, osaka, tokyo },
      frontDoor,
      data: { receipts: receipts!, carts: carts!, ledger: ledger! },
    });
    expect([...other].map(([name, { text }]) => [name, text]).sort()).toEqual(
      [...one].map(([name, { text }]) => [name, text]).sort(),
    );
  });

  test("of two workloads and a development environment share no name", () => {
    const { stacks } = synthApp((app) => {
      new PilotLight(app, "orders", shop());
      new PilotLight(app, "orders-dev", { ...shop(), frontDoor: dns({ zone: "example.com", record: "orders-dev" }) });
    });
    expect(stacks.size).toBe(10);
  });
});

describe("a site", () => {
  test("tags everything with workload and site, and works in its own account alone", () => {
    expect(tokyo.json.provider).toEqual({
      aws: [
        {
          region: "ap-northeast-1",
          allowed_account_ids: ["111122223333"],
          default_tags: [{ tags: { Site: "tokyo", Workload: "orders" } }],
        },
      ],
    });
  });

  test("has one key, by the alias other sites know", () => {
    expect(tokyo.only("aws_kms_alias").name).toBe("alias/orders-tokyo");
  });

  test("has a network of its region's own, or the one it is given", () => {
    expect([seoul, tokyo].map((stack) => stack.only("aws_vpc").cidr_block)).toEqual(["10.68.0.0/16", "10.67.0.0/16"]);
    const given = synthShop({ sites: { ...SITES, tokyo: { ...SITES.tokyo, cidr: "10.9.0.0/16" } } });
    expect(given.get("orders-tokyo")!.only("aws_vpc").cidr_block).toBe("10.9.0.0/16");
  });

  test.each([seoul, tokyo])("publishes what the application looks for, under names no failover changes", (stack) => {
    const parameters = stack.all("aws_ssm_parameter");
    expect(parameters.map(({ name }) => name).sort()).toEqual([
      "/orders/carts/table",
      "/orders/home-is-seoul", // another home would have to replace it
      "/orders/ledger/address",
      "/orders/ledger/backups",
      "/orders/ledger/port",
      "/orders/ledger/secret",
      "/orders/ledger/standby-holds-replica", // stepping down would remove it
      "/orders/receipts/bucket",
    ]);
    const value = (name: string) => parameters.find((parameter) => parameter.name === name)!.value;
    expect(value("/orders/carts/table")).toBe("orders-carts");
    expect(value("/orders/ledger/address")).toMatch(/^\$\{aws_db_instance\.ledger_Instance_\w+\.address\}$/);
    expect(value("/orders/ledger/port")).toBe("5432");
    expect(value("/orders/ledger/secret")).toBe("orders/ledger/master-user");
  });
});

test("another home makes every plan fail, because Terraform must replace a protected parameter", () => {
  const stacks = synthShop({ sites: { tokyo: SITES.tokyo, seoul: SITES.seoul } });
  const keeper = (shop: typeof stacks, name: string) =>
    shop
      .get(name)!
      .all("aws_ssm_parameter")
      .find(({ description }) => description === "The home of orders: the site that is written first")!;
  for (const name of ["orders-seoul", "orders-tokyo"]) {
    expect(keeper(synthShop(), name)).toMatchObject({
      name: "/orders/home-is-seoul",
      lifecycle: { prevent_destroy: true },
    });
    expect(keeper(stacks, name).name).toBe("/orders/home-is-tokyo");
  }
});

describe("the active site and the standby", () => {
  test("run six instances and none, with the same ceiling", () => {
    const capacity = (stack: Synthesised) =>
      pick(stack.only("aws_autoscaling_group"), "min_size", "desired_capacity", "max_size");
    expect(capacity(seoul)).toEqual({ min_size: 6, desired_capacity: 6, max_size: 12 });
    expect(capacity(tokyo)).toEqual({ min_size: 0, desired_capacity: 0, max_size: 12 });
  });

  test("hold a source in two zones, and its replica", () => {
    const database = (stack: Synthesised) =>
      pick(stack.only("aws_db_instance"), "identifier", "multi_az", "replicate_source_db", "engine");
    expect(database(seoul)).toEqual({ identifier: "orders-ledger-seoul", multi_az: true, engine: "postgres" });
    expect(database(tokyo)).toEqual({
      identifier: "orders-ledger-tokyo",
      multi_az: false,
      replicate_source_db: "arn:aws:rds:ap-northeast-2:111122223333:db:orders-ledger-seoul",
    });
    expect(tokyo.only("aws_db_instance_automated_backups_replication").source_db_instance_arn).toBe(
      "arn:aws:rds:ap-northeast-2:111122223333:db:orders-ledger-seoul",
    );
  });

  test("let only the compute into the database", () => {
    for (const stack of [seoul, tokyo]) {
      const rules = stack.all("aws_vpc_security_group_ingress_rule").filter(({ from_port }) => from_port === 5432);
      expect(rules.map((rule) => rule.referenced_security_group_id)).toEqual([
        expect.stringMatching(/^\$\{aws_security_group\.api_Group_/),
      ]);
    }
  });

  test("keep the master password in the home's secret, copied to the standby, and in no JSON", () => {
    expect(seoul.only("aws_secretsmanager_secret")).toMatchObject({
      name: "orders/ledger/master-user",
      replica: [{ region: "ap-northeast-1" }],
    });
    expect(tokyo.all("aws_secretsmanager_secret")).toEqual([]);
  });

  test("watch every lag at the RPO", () => {
    const alarms = (stack: Synthesised) =>
      stack.all("aws_cloudwatch_metric_alarm").map(({ alarm_name, threshold }) => [alarm_name, threshold]);
    expect(alarms(tokyo)).toEqual(
      expect.arrayContaining([
        ["orders-ledger-tokyo-replica-lag", 900],
        ["orders-receipts-seoul-111122223333-to-orders-receipts-tokyo-111122223333-replication-latency", 900],
      ]),
    );
    expect(alarms(seoul).map(([name]) => name)).not.toContain("orders-ledger-seoul-replica-lag");
  });
});

describe("replication", () => {
  test("copies the bucket both ways, with replication time control", () => {
    const rules = (site: string) =>
      stacks.get(`orders-${site}-replication`)!.only("aws_s3_bucket_replication_configuration").rule as {
        destination: Block;
      }[];
    expect(rules("seoul").map(({ destination }) => destination.bucket)).toEqual([
      "arn:aws:s3:::orders-receipts-tokyo-111122223333",
    ]);
    expect(rules("tokyo").map(({ destination }) => destination.bucket)).toEqual([
      "arn:aws:s3:::orders-receipts-seoul-111122223333",
    ]);
    expect(rules("seoul")[0]!.destination.replication_time).toEqual({ status: "Enabled", time: { minutes: 15 } });
  });

  test("names a bucket, and a key by its alias, as the site stack makes them", () => {
    const configuration = stacks.get("orders-seoul-replication")!.only("aws_s3_bucket_replication_configuration");
    expect(configuration.bucket).toBe(seoul.only("aws_s3_bucket").bucket);
    const { destination } = (configuration.rule as { destination: { encryption_configuration: Block } }[])[0]!;
    const alias = tokyo.only("aws_kms_alias").name as string;
    expect(destination.encryption_configuration.replica_kms_key_id).toBe(
      `arn:aws:kms:ap-northeast-1:111122223333:${alias}`,
    );
  });

  test("holds the table in the home, a replica of it in the standby", () => {
    expect(stacks.get("orders-seoul-replication")!.only("aws_dynamodb_table").name).toBe("orders-carts");
    expect(stacks.get("orders-tokyo-replication")!.only("aws_dynamodb_table_replica").global_table_arn).toBe(
      "arn:aws:dynamodb:ap-northeast-2:111122223333:table/orders-carts",
    );
  });

  test("with three sites copies every bucket to the two others", () => {
    const three = synthShop({
      sites: { ...SITES, osaka: OSAKA_SITE },
      frontDoor: dns({ zone: "example.com", record: "orders", stateIn: "tokyo" }),
    });
    const destinations = (site: string) =>
      (
        three.get(`orders-${site}-replication`)!.only("aws_s3_bucket_replication_configuration").rule as {
          id: string;
        }[]
      ).map(({ id }) => id);
    expect(destinations("seoul")).toEqual(["orders-receipts-osaka-111122223333", "orders-receipts-tokyo-111122223333"]);
    expect(destinations("osaka")).toEqual(["orders-receipts-seoul-111122223333", "orders-receipts-tokyo-111122223333"]);
  });
});

function define(change: Partial<PilotLightProps> = {}): PilotLight {
  return defineShop(change)();
}

function pick(block: Block, ...names: readonly string[]): Block {
  return Object.fromEntries(Object.entries(block).filter(([name]) => names.includes(name)));
}
