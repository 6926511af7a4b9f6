/**
 * Proves, with the real Terraform and the embedded AWS, that the pilot light deploys. Its second plan is empty. Each site plans and
 * applies while the other region is unavailable, and sends no request there. `failover.test.ts` tests the failover.
 *
 * Does not prove that data is replicated, how long AWS takes, or that AWS accepts every request: the emulator keeps configuration. Each
 * test needs the ones before it.
 */
import { DarkMode } from "../../emulator";
import { autoScaling, PilotLight, PilotLightProps, ssmImage } from "../../stacks";
import { readable } from "../support/difference";
import { shop, SITES } from "../support/workloads";
import { databases } from "./databases";
import { LiveWorkload } from "./live-workload";

const MINUTES = 60_000;
const SEOUL = "ap-northeast-2";
const TOKYO = "ap-northeast-1";

let live: LiveWorkload;

beforeAll(async () => {
  live = await LiveWorkload.start();
}, 2 * MINUTES);

afterAll(() => live.stop(), MINUTES);

test(
  "it deploys, and the second plan of every stack is empty",
  async () => {
    await synthesise();
    await live.apply();
    expect(await live.changes()).toEqual([]);
    expect(await databases(live.emulator, SEOUL)).toEqual({ "orders-ledger-seoul": null });
    expect(await databases(live.emulator, TOKYO)).toEqual({ "orders-ledger-tokyo": "orders-ledger-seoul" });
  },
  12 * MINUTES,
);

test(
  "a plan with another home fails: it would promote the replica",
  async () => {
    await synthesise({ sites: { tokyo: SITES.tokyo, seoul: SITES.seoul } });
    for (const stack of ["orders-seoul", "orders-tokyo"]) {
      await expect(live.stack(stack).plan()).rejects.toThrow(
        /HomeCannotChange[\s│]+has[\s│]+lifecycle\.prevent_destroy/,
      );
    }
  },
  2 * MINUTES,
);

test(
  "the master password is in no state, and Terraform never shows it",
  async () => {
    const state = JSON.parse(await live.stack("orders-seoul").statePull()) as {
      resources: { type: string; instances: { attributes: Record<string, unknown> }[] }[];
    };
    const attributes = (type: string) =>
      state.resources
        .filter((resource) => resource.type === type)
        .flatMap(({ instances }) => instances.map((instance) => instance.attributes));
    expect(attributes("aws_db_instance").map(({ password, password_wo }) => [password, password_wo])).toEqual([
      [null, null],
    ]);
    expect(
      attributes("aws_secretsmanager_secret_version").map(({ secret_string, secret_string_wo }) => [
        secret_string,
        secret_string_wo,
      ]),
    ).toEqual([["", null]]);
  },
  MINUTES,
);

describe("with a region dark", () => {
  afterEach(() => live.emulator.lighten());

  /** Each case changes the ceiling of the group once more, so that there is something to apply. */
  let ceiling = 12;

  test.each<[string, string, string, DarkMode]>([
    ["orders-tokyo", TOKYO, SEOUL, "reset"],
    ["orders-tokyo", TOKYO, SEOUL, "hang"],
    ["orders-tokyo", TOKYO, SEOUL, "503"],
    ["orders-seoul", SEOUL, TOKYO, "reset"],
    ["orders-seoul", SEOUL, TOKYO, "hang"],
    ["orders-seoul", SEOUL, TOKYO, "503"],
  ])(
    "%s in %s plans and applies a change, and asks nothing of %s (%s)",
    async (stack, here, there, mode) => {
      ceiling += 1;
      const api = autoScaling({
        image: ssmImage("/acme/api"),
        instanceType: "m7g.large",
        capacity: { active: 6, max: ceiling },
      });
      await synthesise({ compute: { api } });
      live.emulator.darken(there, mode);
      live.emulator.clearRequests();

      const plan = await live.stack(stack).plan();
      expect(plan.changes.map(({ address, actions }) => [readable(address), actions])).toEqual([
        ["aws_autoscaling_group.api_Group", ["update"]],
      ]);
      await live.stack(stack).apply();
      expect((await live.stack(stack).plan()).changes).toEqual([]);

      const regions = new Set(live.emulator.requests().map(({ region }) => region));
      expect([...regions].sort()).toEqual([here, "global"].sort());
    },
    3 * MINUTES,
  );

  test(
    "a provider of the dark region, put in by hand, makes the same plan fail",
    () => live.expectForeignReferenceFails("orders-tokyo", SEOUL, "alias/orders-seoul"),
    3 * MINUTES,
  );

  test(
    "afterwards every stack is brought level",
    async () => {
      const api = autoScaling({
        image: ssmImage("/acme/api"),
        instanceType: "m7g.large",
        capacity: { active: 6, max: 12 },
      });
      await synthesise({ compute: { api } });
      await live.apply("orders-seoul", "orders-tokyo");
      expect(await live.changes()).toEqual([]);
    },
    4 * MINUTES,
  );
});

function synthesise(change: Partial<PilotLightProps> = {}): Promise<void> {
  return live.synthesise((app) => new PilotLight(app, "orders", shop(change)));
}
