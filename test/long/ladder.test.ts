/**
 * Proves, with the real Terraform and the embedded AWS, that you can change from each pattern to the next, up and down. Every stack's
 * plan creates and resizes. It neither destroys nor replaces a store, a key, a bucket, a zone or a network. After each apply the next
 * plan is empty. Stepping down from a replica to backups fails without `steppedDownFrom`. In every pattern, each site's stack plans and
 * applies while the other region is dark. `pilot-light.test.ts` proves this for the pilot light, with every kind of outage.
 *
 * Does not prove that AWS accepts every request, nor that data is there. Each test needs the ones before it.
 */
import { CommandFailed, isPrecious } from "../../terraform";
import { Duration, Pattern } from "../../stacks";
import { OBJECTIVES, ShopChange, SHOPS } from "../support/workloads";
import { databases } from "../live/databases";
import { LiveWorkload } from "../live/live-workload";

const MINUTES = 60_000;
const SEOUL = "ap-northeast-2";
const TOKYO = "ap-northeast-1";

let live: LiveWorkload;
/** Each round in the dark has another objective, so that there is something to apply. */
let rpoMinutes = 15;

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

darkRegions("backup-restore");
step("up to a pilot light", "pilot-light", { create: 30, update: 1, "delete+create": 2 });

test(
  "down from a pilot light to backup and restore fails without a word: the replica would be left behind",
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

planned("down from a pilot light to backup and restore, with a word", "backup-restore", {
  forget: 3,
  update: 1,
  delete: 27,
  "delete+create": 2,
});
step("up to a warm standby", "warm-standby", { update: 1 });
darkRegions("warm-standby");
planned("down from a warm standby to a pilot light", "pilot-light", { update: 1 });
step("up to multi-site", "multi-site", { create: 6, update: 3, delete: 5 });
darkRegions("multi-site");
planned("down from multi-site to a warm standby", "warm-standby", { create: 5, update: 3, delete: 6 });

test(
  "all the way down, with a word, the replica is forgotten, and still there",
  async () => {
    await synthesise("backup-restore", { steppedDownFrom: "multi-site" });
    await applyAll(await expectChanges({ forget: 3, update: 1, delete: 28, "delete+create": 2 }));
    expect(await databases(live.emulator, TOKYO)).toEqual({ "orders-ledger-tokyo": "orders-ledger-seoul" });
    expect(await live.changes()).toEqual([]);
  },
  8 * MINUTES,
);

/** How many resources a step creates, updates and so on, in all stacks. */
type Counts = Readonly<Record<string, number>>;

function synthesise(pattern: Pattern, change?: ShopChange): Promise<void> {
  const objectives = { ...OBJECTIVES, rpo: Duration.minutes(rpoMinutes) };
  return live.synthesise((app) => SHOPS[pattern](app, { ...change, objectives }));
}

/** Another rung, planned on the state of the one there is. */
function planned(title: string, pattern: Pattern, counts: Counts): void {
  test(
    title,
    async () => {
      await synthesise(pattern, { steppedDownFrom: pattern === "backup-restore" ? "pilot-light" : undefined });
      await expectChanges(counts);
    },
    3 * MINUTES,
  );
}

/** The next rung, planned on the state of the one before, and applied. */
function step(title: string, pattern: Pattern, counts: Counts): void {
  test(
    title,
    async () => {
      await synthesise(pattern);
      await applyAll(await expectChanges(counts));
    },
    8 * MINUTES,
  );
}

/**
 * With either region dark, the other site's stack plans and applies a new RPO, which its alarms use. It sends no request to another region. A
 * stack that does fails.
 */
function darkRegions(pattern: Pattern): void {
  test(
    `${pattern}: with either region dark, the other site's stack applies and then plans empty; a reference to the dark region fails`,
    async () => {
      for (const [stack, here, there] of [
        ["orders-tokyo", TOKYO, SEOUL],
        ["orders-seoul", SEOUL, TOKYO],
      ] as const) {
        rpoMinutes += 1;
        await synthesise(pattern);
        live.emulator.darken(there, "reset");
        live.emulator.clearRequests();
        const changes = await live.changes(stack);
        expect(changes.length).toBeGreaterThan(0);
        expect(changes.filter((line) => !line.startsWith(`${stack}: update aws_cloudwatch_metric_alarm.`))).toEqual([]);
        await live.apply(stack);
        expect(await live.changes(stack)).toEqual([]);
        const regions = new Set(live.emulator.requests().map(({ region }) => region));
        expect([...regions].sort()).toEqual([here, "global"].sort());
        await live.expectForeignReferenceFails(stack, there, `alias/orders-${there === SEOUL ? "seoul" : "tokyo"}`);
        live.emulator.lighten();
      }
      await live.apply("orders-tokyo"); // level with the last RPO
    },
    8 * MINUTES,
  );
}

/** Returns the stacks that change. Nothing precious is destroyed or replaced. */
async function expectChanges(counts: Counts): Promise<string[]> {
  const changes = await live.changes();
  expect(changes.filter((line) => line.includes("delete") && isPrecious(typeOf(line)))).toEqual([]);
  const actions = changes.map((line) => line.split(" ")[1]!);
  expect(Object.fromEntries([...new Set(actions)].map((action) => [action, count(actions, action)]))).toEqual(counts);
  return [...new Set(changes.map((line) => line.split(":")[0]!))];
}

/** Applies the stacks that change, after which they do not. */
async function applyAll(stacks: readonly string[]): Promise<void> {
  await live.apply(...stacks);
  expect(await live.changes(...stacks)).toEqual([]);
}

/** Type of the resource that a line is about. */
function typeOf(line: string): string {
  return /\b(aws|terraform)_\w+(?=\.)/.exec(line)![0];
}

function count(all: readonly string[], wanted: string): number {
  return all.filter((one) => one === wanted).length;
}
