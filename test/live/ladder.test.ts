/**
 * Proves on the embedded AWS, with the real Terraform and AWS provider: from each pattern to the next, up and down, every stack's
 * plan creates and resizes, and neither destroys nor replaces a store, a key, a bucket, a zone or a network; after each apply the next
 * plan is empty. Stepping down from a replica to backups fails without a word.
 *
 * Does not prove that AWS accepts every request, nor that data is there. The tests stand on each other, in this order.
 */
import { CommandFailed } from "../../emulator";
import { Pattern } from "../../stacks";
import { ShopChange, SHOPS } from "../support/workloads";
import { databases } from "./databases";
import { LiveWorkload } from "./live-workload";

const MINUTES = 60_000;
const TOKYO = "ap-northeast-1";

/** What holds data, or what data cannot be read or reached without. */
const PRECIOUS =
  /\baws_(db_instance|dynamodb_table\w*|s3_bucket|kms_key|kms_alias|route53_zone|vpc|subnet|db_subnet_group|secretsmanager_secret)\./;

let live: LiveWorkload;

beforeAll(async () => {
  live = await LiveWorkload.start();
}, 2 * MINUTES);

afterAll(() => live.stop(), MINUTES);

test(
  "backup and restore deploys, with no database in the standby, and the second plan is empty",
  async () => {
    await synthesise("backup-restore");
    await live.apply();
    expect(await live.changes()).toEqual([]);
    expect(await databases(live.emulator, TOKYO)).toEqual({});
  },
  12 * MINUTES,
);

test.each<[string, Pattern, ShopChange, Counts]>([
  ["up to a pilot light", "pilot-light", {}, { create: 30, update: 1, "delete+create": 2 }],
  ["up to a warm standby", "warm-standby", {}, { update: 1 }],
  ["up to multi-site", "multi-site", {}, { create: 6, update: 3, delete: 4 }],
  ["down to a warm standby", "warm-standby", {}, { create: 4, update: 3, delete: 6 }],
  ["down to a pilot light", "pilot-light", {}, { update: 1 }],
])(
  "%s",
  async (_, pattern, change, counts) => {
    await synthesise(pattern, change);
    await expectLadder(counts);
  },
  8 * MINUTES,
);

describe("down to backup and restore", () => {
  test(
    "fails without a word: the replica would be left behind",
    async () => {
      await synthesise("backup-restore");
      const plan = live.stack("orders-tokyo").plan();
      await expect(plan).rejects.toThrow(CommandFailed);
      await expect(plan).rejects.toThrow(
        /SteppingDownNeeds-steppedDownFrom_\w+[\s│]+has[\s│]+lifecycle\.prevent_destroy/,
      );
    },
    2 * MINUTES,
  );

  test(
    "with a word, the replica is forgotten, and still there",
    async () => {
      await synthesise("backup-restore", { steppedDownFrom: "pilot-light" });
      await expectLadder({ forget: 3, update: 1, delete: 27, "delete+create": 2 });
      expect(await databases(live.emulator, TOKYO)).toEqual({ "orders-ledger-tokyo": "orders-ledger-seoul" });
    },
    8 * MINUTES,
  );
});

/** How many resources a step creates, updates and so on, in all stacks. */
type Counts = Readonly<Record<string, number>>;

function synthesise(pattern: Pattern, change?: ShopChange): Promise<void> {
  return live.synthesise((app) => SHOPS[pattern](app, change));
}

async function expectLadder(counts: Counts): Promise<void> {
  const changes = await live.changes();
  expect(changes.filter((line) => line.includes("delete") && PRECIOUS.test(line))).toEqual([]);
  const actions = changes.map((line) => line.split(" ")[1]!);
  expect(Object.fromEntries([...new Set(actions)].map((action) => [action, count(actions, action)]))).toEqual(counts);
  const changed = [...new Set(changes.map((line) => line.split(":")[0]!))];
  await live.apply(...changed);
  expect(await live.changes(...changed)).toEqual([]);
}

function count(all: readonly string[], wanted: string): number {
  return all.filter((one) => one === wanted).length;
}
