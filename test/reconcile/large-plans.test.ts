/** Proves that plans are judged in a time that grows with their size alone. The long test reads plans of 10 and 100 MB. */
import { handOver } from "../../reconcile/hand-over";
import { rehearse } from "../../reconcile/rehearsal";
import { judge } from "../../reconcile/judge";
import { change, planOf } from "../support/plans";

const MANY = 6_000;
/** Of the processor's time, which other programs do not lengthen. A comparison of each with each takes minutes. */
const LIMIT_MS = 5_000;
const all = [...Array(MANY).keys()];
const alarm = (name: string, actions: ["create"] | ["delete"], id: string) =>
  change(`aws_cloudwatch_metric_alarm.${name}`, actions, { alarm_name: id });
const stack = (name: string) => ({ name, dir: name, dependencies: [], json: {}, model: undefined });

async function within<T>(action: () => T | Promise<T>): Promise<T> {
  const before = process.cpuUsage();
  const result = await action();
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(LIMIT_MS);
  return result;
}

test("thousands of resources under new names", async () => {
  const plan = planOf(
    all.flatMap((n) => [alarm(`Old${n}`, ["delete"], `a${n}`), alarm(`New${n}`, ["create"], `a${n}`)]),
  );
  const { moved } = await within(() => judge(plan, {}));
  expect([moved.length, moved.at(-1)]).toEqual([
    MANY,
    {
      from: "aws_cloudwatch_metric_alarm.Old5999",
      to: "aws_cloudwatch_metric_alarm.New5999",
      why: "both are aws_cloudwatch_metric_alarm a5999",
    },
  ]);
});

test("thousands of resources of one name", async () => {
  const plan = planOf(all.flatMap((n) => [alarm(`Old${n}`, ["delete"], "a"), alarm(`New${n}`, ["create"], "a")]));
  const { moved, left } = await within(() => judge(plan, {}));
  expect([moved, left.length, left[0]!.problem]).toEqual([
    [],
    MANY,
    "may be any of aws_cloudwatch_metric_alarm.Old0, aws_cloudwatch_metric_alarm.Old1, aws_cloudwatch_metric_alarm.Old2, aws_cloudwatch_metric_alarm.Old3, aws_cloudwatch_metric_alarm.Old4 and 5995 more, which are all aws_cloudwatch_metric_alarm a",
  ]);
});

test("thousands of buckets that depend on keys", async () => {
  const buckets = all.map((n) => change(`aws_s3_bucket.B${n}`, ["delete"], { bucket: `b${n}` }));
  const groups = all.map((n) => change(`aws_security_group.G${n}`, ["delete"], { id: `sg-${n}` }));
  const needs = Object.fromEntries(all.map((n) => [`aws_s3_bucket.B${n}`, [`aws_security_group.G${n}`]]));
  const { removed } = await within(() => judge(planOf([...buckets, ...groups], { needs }), {}));
  expect([removed.length, removed.at(-1)!.why]).toEqual([2 * MANY, "aws_s3_bucket.B5999 depends on it"]);
});

test("thousands of resources that another stack takes over", async () => {
  const gone = judge(planOf(all.map((n) => alarm(`A${n}`, ["delete"], `a${n}`))), {});
  const come = judge(planOf(all.map((n) => alarm(`A${n}`, ["create"], `a${n}`))), {});
  // neither says its region: both are what the provider's block says
  const inTokyo = <T extends object>(things: readonly T[]) =>
    things.map((one) => ({ ...one, region: "ap-northeast-1" }));
  const [from, to] = await within(() =>
    handOver([
      { stack: stack("one"), verdict: { ...gone, destroyed: inTokyo(gone.destroyed) } },
      { stack: stack("two"), verdict: { ...come, offers: inTokyo(come.offers) } },
    ]),
  );
  expect([from!.verdict.removed.length, to!.verdict.imports.length, to!.verdict.offers]).toEqual([MANY, MANY, []]);
});

test("thousands of imports of missing resources are dropped", async () => {
  const plan = planOf(all.map((n) => alarm(`A${n}`, ["create"], `a${n}`)));
  const errors = all.map((n) => ({
    severity: "error" as const,
    summary: "Cannot import non-existent remote object",
    detail: `While attempting to import an existing object to "aws_cloudwatch_metric_alarm.A${n}", the provider detected`,
  }));
  const answers = [{ failed: "refused" as const, errors }, { plan }];
  const wish = { existing: true, named: new Map<string, string>() };
  const plans = () => Promise.resolve(answers.shift()!);
  expect(await within(() => rehearse(judge(plan, {}), {}, wish, plans))).toMatchObject({ imports: [], left: [] });
});
