/**
 * Proves that any input of a construct, store, compute or pattern gives the same bytes twice, or a refusal with a code. A refusal has no
 * raw error, no digits of a token and no control character for a terminal. The test spoils valid properties in one place. A value is
 * missing, has another type, is out of range, or is known only after an apply. Or a key has a name that every object has.
 *
 * The cases are the same in every run. `API_RUNS=9000 API_SEED=$RANDOM npx jest test/properties/public-api` draws others.
 */
import * as fc from "fast-check";
import { Site } from "../../modules/site";
import { CONSTRUCTS } from "../support/constructs";
import { synthWorkload, WORKLOADS } from "../support/constructs/of-workloads";
import { EXTRA_KEYS, MISTAKES, outcomeOf, Path, pathsOf, replaced, valueAt } from "../support/mistakes";
import { synth } from "../support/synth";

const RUNS = { numRuns: Number(process.env.API_RUNS ?? 2_000), seed: Number(process.env.API_SEED ?? 20261130) };

interface Mistake {
  readonly path: Path;
  /** Key of {@link MISTAKES}. */
  readonly mistake: string;
  /** Key that is added to the object at the path, instead of a value being replaced. */
  readonly extra?: string;
}

function mistakesIn(props: object): fc.Arbitrary<Mistake> {
  return fc.record({
    path: fc.constantFrom(...pathsOf(props)),
    mistake: fc.constantFrom(...Object.keys(MISTAKES)),
    extra: fc.option(fc.constantFrom(...EXTRA_KEYS), { nil: undefined, freq: 6 }),
  });
}

const CASES: Readonly<Record<string, object>> = {
  ...Object.fromEntries(Object.entries(CONSTRUCTS).map(([name, { props }]) => [name, props])),
  ...Object.fromEntries(Object.entries(WORKLOADS).map(([name, { props }]) => [name, props])),
};

const drawn = fc
  .constantFrom(...Object.keys(CASES))
  .chain((name) => mistakesIn(CASES[name]!).map((mistake) => ({ name, mistake })));

function spoilt(props: object, { path, mistake, extra }: Mistake, scope: Site["node"]["root"] | undefined): unknown {
  const value = MISTAKES[mistake]!(scope as never);
  if (extra === undefined) return replaced(props, path, value);
  const at = valueAt(props, path);
  const added = Object.fromEntries([[extra, value]]);
  return replaced(props, path, typeof at === "object" && !Array.isArray(at) ? { ...at, ...added } : added);
}

function outcome(name: string, mistake: Mistake): string {
  return outcomeOf(() => {
    const workload = WORKLOADS[name];
    if (workload !== undefined) {
      return synthWorkload(workload, (stack) => spoilt(workload.props, mistake, stack));
    }
    const { place, props, make } = CONSTRUCTS[name as keyof typeof CONSTRUCTS]!;
    return synth((scope) => {
      const site = new Site(scope, "Site", { ...place, name: "seoul" });
      make(site, spoilt(props, mistake, site) as object);
    }).text;
  });
}

test.each(Object.keys(CASES))("%s: its properties are right as they are", (name) => {
  const workload = WORKLOADS[name];
  if (workload !== undefined) synthWorkload(workload, () => workload.props);
});

/** Settings whose limits a construct cannot know: settings of engines, and settings that `refOf` has checked. */
const UNLIMITED = [
  "BackupPlan rules.daily.copies.0.vault.minRetentionDays",
  "GlobalReplicationGroup parameters.timeout",
  "SourceDatabase groupSettings.parameters.work_mem",
  "SourceDatabase groupSettings.staticParameters.max_connections",
  "aurora OriginCluster parameters.work_mem",
  "aurora OriginCluster staticInstanceParameters.max_connections",
  "documentdb OriginCluster parameters.ttl_monitor",
  "postgres parameters.work_mem",
];

/** Numbers of the properties that a mistake may replace without a refusal. */
function acceptedAt(mistake: string): string[] {
  return Object.entries(CASES).flatMap(([name, props]) => {
    const paths = pathsOf(props).filter((path) => typeof valueAt(props, path) === "number");
    const accepted = paths.filter((path) => !/^\[[A-Z]\w+\] /.test(outcome(name, { path, mistake })));
    return accepted.map((path) => `${name} ${path.join(".")}`);
  });
}

test("a count must not be negative or a fraction", () => {
  // an ACU has halves, and EFS takes any throughput
  const fractions = [
    "FileSystem throughput.provisionedMibps",
    "aurora OriginCluster serverlessV2Scaling.maxAcu",
    "aurora OriginCluster serverlessV2Scaling.minAcu",
    "aurora SecondaryCluster that pauses serverlessV2Scaling.maxAcu",
  ];
  expect(acceptedAt("a negative number").sort()).toEqual(UNLIMITED);
  expect(acceptedAt("a fraction").sort()).toEqual([...UNLIMITED, ...fractions].sort());
}, 60_000);

test("an input gives the same JSON twice, or a refusal with a message", () => {
  fc.assert(
    fc.property(drawn, ({ name, mistake }) => {
      expect(outcome(name, mistake)).toBe(outcome(name, mistake));
    }),
    RUNS,
  );
}, 120_000);
