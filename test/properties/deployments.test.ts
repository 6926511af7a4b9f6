/**
 * Proves, over random sequences, the state of a workload that is deployed in parts while regions go dark and come back. The running
 * compute follows the role of its site, no matter what was deployed in between. The name answers with a site that can serve. No store is
 * deleted or replaced. The second plan is empty. Terraform and AWS are simulated (test/support/simulation) with the rules that matter
 * here. Therefore this does not prove that the AWS provider makes the same plans. The live and long tests do, for single sequences.
 *
 * The cases are the same in every run. `DEPLOYMENTS_RUNS=500 DEPLOYMENTS_SEED=$RANDOM npx jest test/properties/deployments` draws others.
 */
import * as fc from "fast-check";
import { SimulatedWorkload, STEPS } from "../support/simulation/workload";

const RUNS = {
  numRuns: Number(process.env.DEPLOYMENTS_RUNS ?? 25),
  seed: Number(process.env.DEPLOYMENTS_SEED ?? 20261130),
};

const DRAWN = fc.record({
  sites: fc.constantFrom(2, 2, 3),
  rung: fc.nat(3),
  steps: fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat(255)), { minLength: 3, maxLength: 14 }),
});

type Drawn = typeof DRAWN extends fc.Arbitrary<infer D> ? D : never;

/** The sequences that showed faults before there was a simulation. */
const KNOWN: readonly [Drawn][] = [
  // recorded and rebuilt in one deployment: the timer ran in both sites, and the instances of the lost one went on
  [
    {
      sites: 2,
      rung: 1,
      steps: [
        ["darken", 0],
        ["failover", 1],
        ["record", 0],
        ["lighten", 0],
        ["rebuild", 0],
      ],
    },
  ],
  // up from a pattern without a switch, while the home is not active
  [
    {
      sites: 2,
      rung: 0,
      steps: [
        ["failover", 1],
        ["deploy", 255],
        ["rebuild", 0],
        ["deploy", 255],
        ["up", 0],
        ["deploy", 255],
      ],
    },
  ],
  // there and back, and there again
  [
    {
      sites: 2,
      rung: 2,
      steps: [
        ["darken", 0],
        ["failover", 1],
        ["record", 0],
        ["deploy", 255],
        ["lighten", 0],
        ["rebuild", 0],
        ["deploy", 255],
        ["darken", 1],
        ["failover", 0],
        ["record", 0],
        ["deploy", 255],
        ["lighten", 1],
        ["rebuild", 1],
        ["deploy", 255],
        ["failover", 1],
      ],
    },
  ],
];

test("the running compute follows the role after every deployment, and the name answers with a site that can serve", () => {
  console.log(`seed ${RUNS.seed}, ${RUNS.numRuns} runs`);
  fc.assert(
    fc.property(DRAWN, ({ sites, rung, steps }) => {
      const workload = new SimulatedWorkload(sites, rung);
      for (const [step, detail] of steps) workload.take(step, detail);
      workload.settle();
      expect(workload.faults()).toEqual([]);
      workload.lightenAll();
      workload.settle();
      expect(workload.faults()).toEqual([]);
    }),
    { ...RUNS, examples: [...KNOWN] },
  );
}, 600_000);
