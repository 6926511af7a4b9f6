/** Proves the graph of a procedure's steps: order, length, and every fault that keeps it from running. */
import { CallStep, faultsOf, Figure, inOrder, lengthOf, Procedure, ReadStep, Step } from "../../modules/core/model";

const takes = (seconds: number): Figure => ({ seconds, basis: "typical", source: "https://a" });
const UNKNOWN: Figure = { basis: "unknown", source: "https://c" };
const allow = [{ actions: ["rds:DescribeDBInstances"], resources: ["*"] }];

function call(id: string, needs: readonly string[] = [], more: Partial<CallStep> = {}): CallStep {
  return {
    kind: "call",
    owner: "recovery-plan",
    id,
    title: id,
    needs,
    withinSeconds: 60,
    duration: takes(10),
    undo: "one-way",
    call: { api: "rds:PromoteReadReplica", parameters: { DBInstanceIdentifier: "orders" } },
    done: { title: "done", call: { api: "rds:DescribeDBInstances" }, passes: { path: ["A"], exists: true } },
    permissions: allow,
    ...more,
  };
}

function read(id: string, needs: readonly string[] = []): ReadStep {
  const { kind: _kind, done: _done, ...rest } = call(id, needs);
  return { ...rest, kind: "read", gives: { Arn: ["A", "Arn"] } };
}

const procedure = (...steps: Step[]): Procedure => ({ for: "failover", region: "ap-northeast-1", steps });
const ids = (steps: readonly Step[]) => steps.map(({ id }) => id);

test("every step comes after all that it needs", () => {
  const steps = [call("switch", ["scale", "promote"]), call("scale", ["promote"]), call("promote"), call("mount")];
  expect(ids(inOrder(steps))).toEqual(["promote", "mount", "scale", "switch"]);
});

test("the length is that of the longest path, because independent steps run at the same time", () => {
  const steps = [
    call("a", [], { duration: takes(100) }),
    call("b", [], { duration: takes(30) }),
    call("c", ["b"], { duration: takes(60) }),
    call("d", ["a", "c"], { duration: takes(5) }),
  ];
  expect(lengthOf(procedure(...steps))).toEqual({ seconds: 105, basis: "typical", source: "https://a" });
});

test("an unknown step makes the length unknown with the rest as its known part, also next to a longer path", () => {
  const steps = [call("a", [], { duration: takes(100) }), call("b", [], { duration: UNKNOWN }), call("c", ["a", "b"])];
  expect(lengthOf(procedure(...steps))).toEqual({ atLeastSeconds: 110, basis: "unknown", source: "https://c" });
});

test("a procedure without steps takes no time", () => {
  expect(lengthOf(procedure()).seconds).toBe(0);
});

test("durations can be replaced, by measured ones for example", () => {
  expect(lengthOf(procedure(call("a"), call("b", ["a"])), () => takes(1)).seconds).toBe(2);
});

const usesOutput = {
  call: {
    api: "rds:PromoteReadReplica",
    parameters: { DBInstanceIdentifier: "orders", TagSpecifications: [{ Tags: { output: "newest.Arn" } }] },
  },
};
const describe = { api: "rds:DescribeDBInstances" };

test.each<[string, readonly Step[], readonly string[]]>([
  ["nothing", [read("newest"), call("restore", ["newest"], usesOutput)], []],
  [
    "an output of a step before the one before",
    [read("newest"), call("b", ["newest"]), call("c", ["b"], usesOutput)],
    [],
  ],
  ["a name twice", [call("a"), call("a")], ["two steps are called 'a'"]],
  ["a name with capitals", [call("scaleUp")], ["'scaleUp' is not a step name in kebab case"]],
  ["an unknown need", [call("a", ["b"])], ["step 'a' needs 'b', which does not exist"]],
  ["a circle", [call("a", ["b"]), call("b", ["a"]), call("c")], ["steps wait for each other: 'a', 'b'"]],
  ["a step that needs itself", [call("a", ["a"])], ["steps wait for each other: 'a'"]],
  ["no time", [call("a", [], { withinSeconds: 0 })], ["step 'a' has a time limit of 0 s"]],
  [
    "a call that is not in the table",
    [call("a", [], { call: { api: "rds:PromoteReplica" } })],
    ["step 'a' calls 'rds:PromoteReplica', which is not in the table of AWS calls"],
  ],
  [
    "parameters in the spelling of Step Functions",
    [call("a", [], { call: { api: "rds:PromoteReadReplica", parameters: { DbInstanceIdentifier: "orders" } } })],
    [
      "step 'a' gives 'rds:PromoteReadReplica' the parameter 'DbInstanceIdentifier', which it does not have",
      "step 'a' does not give 'rds:PromoteReadReplica' its parameter 'DBInstanceIdentifier'",
    ],
  ],
  [
    "errors in the spelling of Step Functions",
    [
      call("a", [], {
        errors: { done: ["Rds.DbInstanceNotFoundException"], retry: ["InvalidDBInstanceStateFault"] },
        done: {
          title: "",
          call: describe,
          passes: { all: [] },
          passesOn: ["NotFound"],
          failsOn: ["DBInstanceNotFoundFault"],
        },
        underWay: { title: "", call: { api: "rds:Describe" }, passes: { all: [] } },
      }),
    ],
    [
      "step 'a' expects the error 'Rds.DbInstanceNotFoundException', which 'rds:PromoteReadReplica' does not have",
      "step 'a' expects the error 'NotFound', which 'rds:DescribeDBInstances' does not have",
      "step 'a' calls 'rds:Describe', which is not in the table of AWS calls",
    ],
  ],
  ["no permissions", [call("a", [], { permissions: [] })], ["step 'a' has no permissions"]],
  [
    "an output of a step that is not waited for",
    [read("newest"), call("restore", [], usesOutput)],
    ["step 'restore' uses 'newest.Arn', which no step before it gives"],
  ],
  [
    "an output that the step before does not give",
    [call("newest"), call("restore", ["newest"], usesOutput)],
    ["step 'restore' uses 'newest.Arn', which no step before it gives"],
  ],
])("a procedure with %s", (_, steps, faults) => {
  expect(faultsOf(procedure(...steps))).toEqual(faults);
});
