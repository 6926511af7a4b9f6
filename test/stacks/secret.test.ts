/**
 * Proves which resources a secret of a workload has in each site, pattern and step of a history. There is one secret in the home, with a
 * replica in every other site. No failover moves it. The tests of the module and of the emulator show how Secrets Manager handles a
 * promoted replica.
 */
import { expectRefusal, Block, Synthesised } from "../support/synth";
import {
  bucket,
  failedOver,
  forgotten,
  HistoryEvent,
  Pattern,
  rebuilt,
  secret,
  SecretOptions,
  writtenElsewhere,
} from "../../stacks";
import { difference, forgotten as left } from "../support/difference";
import { ABROAD_SITE, defineShop, OSAKA_SITE, published, ShopChange, SITES, synthPattern } from "../support/workloads";

const NOTHING_ELSE = { frontDoor: undefined, compute: {} };
const LADDER: readonly Pattern[] = ["backup-restore", "pilot-light", "multi-site"];

function synth(options: SecretOptions = {}, change: ShopChange = {}, pattern: Pattern = "pilot-light") {
  return synthPattern(pattern, { data: { payment: secret(options) }, ...NOTHING_ELSE, ...change });
}

interface Model {
  readonly dr: {
    readonly estimates: readonly { standby: string; verdict: string; loss: { basis: string; value?: number } }[];
    readonly protections: readonly { path: string; recovery: readonly { call: string }[] }[];
  };
}
const modelOf = (stack: Synthesised) => (stack.json["//"] as unknown as Model).dr;

describe("a secret", () => {
  const stacks = synth({}, { sites: { ...SITES, osaka: OSAKA_SITE } });

  test("is in the home's replication stack, encrypted in each region with the site's own key", () => {
    const all = [...stacks].filter(([, stack]) => stack.types().includes("aws_secretsmanager_secret"));
    expect(all.map(([name]) => name)).toEqual(["orders-seoul-replication"]);
    const key = (region: string, site: string) => `arn:aws:kms:${region}:111122223333:alias/orders-${site}`;
    expect(all[0]![1].only("aws_secretsmanager_secret")).toMatchObject({
      name: "orders/payment",
      kms_key_id: key("ap-northeast-2", "seoul"),
      replica: [
        { region: "ap-northeast-1", kms_key_id: key("ap-northeast-1", "tokyo") },
        { region: "ap-northeast-3", kms_key_id: key("ap-northeast-3", "osaka") },
      ],
      lifecycle: { prevent_destroy: true },
    });
  });

  test("is published by its name in every site", () => {
    for (const site of ["seoul", "tokyo", "osaka"]) {
      expect(published(stacks.get(`orders-${site}`)!)).toEqual([["/orders/payment/secret", "orders/payment"]]);
    }
  });

  test("passes settings to its module", () => {
    const home = synth({ value: writtenElsewhere(), recoveryWindowDays: 7, promotable: true }).get(
      "orders-seoul-replication",
    )!;
    expect(home.types()).not.toContain("aws_secretsmanager_secret_version");
    expect(home.only("aws_secretsmanager_secret")).toMatchObject({
      recovery_window_in_days: 7,
      lifecycle: { prevent_destroy: true, ignore_changes: ["replica"] },
    });
  });

  test("is the same in every pattern", () => {
    const [first, ...others] = LADDER.map((pattern) => synth({}, {}, pattern));
    for (const other of others) {
      for (const [name, stack] of first!) {
        expect(difference(stack, other.get(name)!).filter((line) => line.includes(".payment_"))).toEqual([]);
      }
    }
  });

  test("is forgotten like any store", () => {
    const data = { payment: forgotten(secret()), receipts: bucket() };
    const gone = synthPattern("pilot-light", { data, ...NOTHING_ELSE });
    expect(left(gone.get("orders-seoul-replication")!)).toEqual([
      "aws_secretsmanager_secret.payment_Secret",
      "aws_secretsmanager_secret_policy.payment_Secret_Policy",
      "aws_secretsmanager_secret_version.payment_Secret_Version",
    ]);
  });

  test("is refused when its sites lie in two accounts", () => {
    expectRefusal(
      defineShop({ data: { payment: secret() }, ...NOTHING_ELSE, sites: { ...SITES, tokyo: ABROAD_SITE } }),
      "ReplicaInOtherAccount",
      "store 'payment' is a secret, its sites 'seoul' and 'tokyo' lie in different accounts",
      "orders",
    );
  });
});

describe("a history", () => {
  const THERE = failedOver("tokyo", { on: "2027-03-02" });
  const SEOUL = rebuilt("seoul", { on: "2027-03-09" });
  const BACK = failedOver("seoul", { on: "2027-03-16" });
  const TOKYO = rebuilt("tokyo", { on: "2027-03-16" });
  const STEPS: readonly (readonly HistoryEvent[])[] = [
    [],
    [THERE],
    [THERE, SEOUL],
    [THERE, SEOUL, BACK],
    [THERE, SEOUL, BACK, TOKYO],
  ];
  const told = (promotable: boolean) =>
    STEPS.map((history) => synth({ promotable }, { history, sites: { ...SITES, osaka: OSAKA_SITE } }));
  const [kept, promoted] = [told(false), told(true)];

  test.each([
    ["that stays", kept],
    ["that may be promoted", promoted],
  ])("changes nothing of a secret %s, anywhere", (_, all) => {
    for (const after of all.slice(1)) {
      for (const [name, stack] of all[0]!) expect([name, ...difference(stack, after.get(name)!)]).toEqual([name]);
    }
  });

  const promotions = (stacks: ReadonlyMap<string, Synthesised>, site: string) =>
    modelOf(stacks.get(`orders-${site}`)!).protections.flatMap(({ recovery }) => recovery.map(({ call }) => call));

  test("promotes a replica once, and only if the secret is promotable", () => {
    expect(promotions(kept[0]!, "tokyo")).toEqual([]);
    expect(promoted.map((step) => promotions(step, "tokyo").length)).toEqual([1, 0, 0, 0, 1]);
    expect(promotions(promoted[0]!, "seoul")).toEqual([]);
  });

  const estimates = (stacks: ReadonlyMap<string, Synthesised>) =>
    modelOf(stacks.get("orders-seoul")!).estimates.map(({ standby, verdict, loss }) => {
      return [standby, verdict, loss.basis, loss.value ?? null] as Block[string];
    });

  test("is written only in the home, so that no value is lost, no matter which site is active", () => {
    expect(estimates(kept[0]!)).toEqual([
      ["osaka", "unknown", "unknown", null],
      ["tokyo", "unknown", "unknown", null],
    ]);
    expect(estimates(kept[2]!)).toEqual([["seoul", "met", "configured", 0]]);
  });

  test("leaves it to the operator to copy a value that was written to a promoted replica", () => {
    expect(estimates(promoted[2]!)).toEqual([["seoul", "unknown", "unknown", null]]);
    expect(estimates(promoted[4]!)).toEqual([["tokyo", "unknown", "unknown", null]]);
  });
});
