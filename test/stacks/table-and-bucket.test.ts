/**
 * Proves which settings of a table and of a bucket reach their resources in every pattern. The tests of the modules and of the
 * emulator show how AWS uses them.
 */
import { bucket, Duration, Pattern, table, TableOptions } from "../../stacks";
import { synthPattern } from "../support/workloads";

const PATTERNS: readonly Pattern[] = ["backup-restore", "pilot-light", "warm-standby", "multi-site"];
const LONG = { rto: Duration.hours(60), rpo: Duration.hours(50) };

const DEFINITION: TableOptions = {
  partitionKey: { name: "id", type: "S" },
  globalIndexes: { byDay: { partitionKey: { name: "day", type: "S" } } },
  provisioned: { read: { min: 5, max: 50 }, write: { min: 6, max: 60 } },
};
const CONTENT = [
  "import_table",
  "restore_date_time",
  "restore_source_name",
  "restore_source_table_arn",
  "restore_to_latest_time",
];

describe.each(PATTERNS)("in %s", (pattern) => {
  test.each<[string, Partial<TableOptions>, string[]]>([
    ["leaves capacities to auto scaling", {}, ["read_capacity", "write_capacity", "global_secondary_index"]],
    ["may change its indexes", { ignoreIndexChanges: false }, ["read_capacity", "write_capacity"]],
    ["may become provisioned", { ignoreCapacityChanges: false }, []],
  ])("a provisioned table %s", (_, change, ignored) => {
    const stacks = synthPattern(pattern, { data: { carts: table({ ...DEFINITION, ...change }) } });
    expect(stacks.get("orders-seoul-replication")!.only("aws_dynamodb_table")).toMatchObject({
      read_capacity: 5,
      write_capacity: 6,
      global_secondary_index: [{ name: "byDay", read_capacity: 5, write_capacity: 6 }],
      lifecycle: { ignore_changes: ["replica", ...CONTENT, ...ignored], prevent_destroy: true },
    });
  });

  test("a bucket without replication time control has metrics without a threshold, both ways", () => {
    const receipts = bucket({ replicationTimeControl: false });
    const stacks = synthPattern(pattern, { data: { receipts }, objectives: LONG });
    for (const site of ["seoul", "tokyo"]) {
      const { rule } = stacks.get(`orders-${site}-replication`)!.only("aws_s3_bucket_replication_configuration");
      const [{ destination }] = rule as [{ destination: object }];
      expect(destination).toHaveProperty("metrics", { status: "Enabled" });
      expect(destination).not.toHaveProperty("replication_time");
    }
  });
});
