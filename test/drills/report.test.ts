/**
 * Proves the findings, the exit code and the output of a drill for given results of stacks. Does not prove that a drill gets these results.
 */
import { conclude, Drilled, Outcome, renderReport, StackResult } from "../../drills/report";

const NOTHING: Drilled = { given: [], notes: [], deployment: [], rounds: [], failovers: [] };
const SEOUL = { region: "ap-northeast-2", site: "seoul" };

function result(stack: string, outcome: Outcome, more: Partial<StackResult> = {}): StackResult {
  return { stack, outcome, asked: [], changes: [], unanswered: [], ...more };
}

function dark(...stacks: StackResult[]): Drilled {
  return { ...NOTHING, rounds: [{ ...SEOUL, stacks }] };
}

function failedOver(...stacks: StackResult[]): Drilled {
  const promoted = [{ kind: "RDS instance", name: "ledger-tokyo", region: "ap-northeast-1" }];
  const calls = ["rds PromoteReadReplica in ap-northeast-1"];
  return { ...dark(result("tokyo", "empty")), failovers: [{ ...SEOUL, promoted, calls, stacks }] };
}

test.each<[Drilled, string[]]>([
  [dark(result("seoul", "dark"), result("tokyo", "empty"), result("tokyo-replication", "waits")), []],
  [
    dark(result("tokyo", "needs the dark region", { unanswered: ["kms DescribeKey in ap-northeast-2"] })),
    ["seoul dark: tokyo needs the dark region: kms DescribeKey in ap-northeast-2"],
  ],
  [
    dark(result("tokyo", "changes", { changes: ["update aws_s3_bucket.A"] })),
    ["seoul dark: tokyo changes: update aws_s3_bucket.A"],
  ],
  [dark(result("tokyo", "fails", { fault: "no such thing" })), ["seoul dark: tokyo fails: no such thing"]],
  [dark(result("both", "dark")), ["seoul dark: no stack is left that plans and applies"]],
  [dark(result("seoul", "dark"), result("tokyo", "no control plane", { unanswered: ["iam GetRole"] })), []],
  [
    dark(result("seoul", "dark"), result("tokyo", "cannot recover", { unanswered: ["iam GetRole"] })),
    ["seoul dark: tokyo cannot recover: iam GetRole"],
  ],
  [
    dark(
      result("tokyo", "no control plane", { unanswered: ["iam GetRole"] }),
      result("more", "needs the dark region", { unanswered: ["kms DescribeKey in ap-northeast-2"] }),
    ),
    ["seoul dark: more needs the dark region: kms DescribeKey in ap-northeast-2"],
  ],
  [failedOver(result("tokyo", "changes", { changes: ["update aws_lb.A"] })), []],
  [
    failedOver(result("tokyo", "destroys", { changes: ["delete+create aws_db_instance.A"] })),
    ["seoul failed over: tokyo destroys: delete+create aws_db_instance.A"],
  ],
  [
    { ...NOTHING, deployment: [result("tokyo", "fails", { fault: "InvalidParameterValue" })] },
    ["deployed: tokyo fails: InvalidParameterValue"],
  ],
])("%# is concluded", (drilled, findings) => {
  expect(conclude(drilled)).toEqual({ ...drilled, findings, code: findings.length === 0 ? 0 : 1 });
});

test("of many changes a finding names five", () => {
  const changes = ["a", "b", "c", "d", "e", "f", "g"].map((name) => `update ${name}`);
  expect(conclude(dark(result("tokyo", "changes", { changes }))).findings).toEqual([
    "seoul dark: tokyo changes: update a, update b, update c, update d, update e, 2 more",
  ]);
});

test("a report is a table, what was done, and a sentence", () => {
  const drilled = failedOver(
    result("tokyo", "changes", { changes: ["update aws_lb.A"] }),
    result("tokyo-replication", "empty"),
  );
  expect(renderReport(conclude({ ...drilled, given: ["hosted zone example.com"], notes: ["a note"] }))).toBe(
    `stack              seoul dark  seoul failed over
tokyo              empty       1 change
tokyo-replication  -           empty

created because stacks look it up: hosted zone example.com
promoted: RDS instance ledger-tokyo
seoul failed over, tokyo would: update aws_lb.A
note: a note
With seoul dark, every other stack plans, applies and plans empty, and asks nothing of it. After the promotion no plan destroys or replaces anything.
`,
  );
});

test("a report with findings ends with their number", () => {
  const report = renderReport(conclude(dark(result("seoul", "dark"), result("tokyo", "fails", { fault: "x" }))));
  expect(report).toBe("stack  seoul dark\nseoul  -\ntokyo  fails\n\nFOUND seoul dark: tokyo fails: x\n1 finding\n");
});

describe("a region that holds control planes", () => {
  const VIRGINIA = { region: "us-east-1", site: "virginia" };
  const unplannable = [
    result("virginia", "dark"),
    result("oregon", "no control plane", { unanswered: ["iam GetRole", "route53 GetHostedZone"] }),
    result("front-door", "no control plane", { unanswered: ["route53 GetHostedZone"] }),
  ];
  const OREGON = {
    region: "us-west-2",
    site: "oregon",
    stacks: [result("virginia", "empty"), result("oregon", "dark")],
  };
  const promoted = [{ kind: "RDS instance", name: "ledger-oregon", region: "us-west-2" }];
  const calls = ["rds PromoteReadReplica in us-west-2"];

  test("a report says what cannot be planned, why, and which recovery calls were made", () => {
    const drilled: Drilled = {
      ...NOTHING,
      rounds: [{ ...VIRGINIA, stacks: unplannable }, OREGON],
      failovers: [{ ...VIRGINIA, promoted, calls, stacks: [result("oregon", "empty")] }],
    };
    expect(renderReport(conclude(drilled))).toBe(
      `stack       virginia dark     oregon dark  virginia failed over
virginia    -                 empty        -
oregon      no control plane  -            empty
front-door  no control plane  -            -

promoted: RDS instance ledger-oregon
virginia dark: oregon, front-door cannot be planned while us-east-1 is dark, because it holds the control planes of: iam, route53
virginia dark: recovery calls made: rds PromoteReadReplica in us-west-2
With oregon dark, every other stack plans, applies and plans empty, and asks nothing of it. After the promotion no plan destroys or replaces anything.
`,
    );
  });

  test("a report without a promotion does not say that a stack plans", () => {
    expect(renderReport(conclude({ ...NOTHING, rounds: [{ ...VIRGINIA, stacks: unplannable }] }))).toBe(
      `stack       virginia dark
virginia    -
oregon      no control plane
front-door  no control plane

virginia dark: oregon, front-door cannot be planned while us-east-1 is dark, because it holds the control planes of: iam, route53
virginia dark: recovery calls made: none
Nothing else was found.
`,
    );
  });

  test("a stack that can only recover by a deployment is a finding", () => {
    const stacks = [result("virginia", "dark"), result("oregon", "cannot recover", { unanswered: ["iam GetRole"] })];
    expect(renderReport(conclude({ ...NOTHING, rounds: [{ ...VIRGINIA, stacks }] }))).toBe(
      `stack     virginia dark
virginia  -
oregon    cannot recover

virginia dark: oregon cannot be planned while us-east-1 is dark, because it holds the control planes of: iam
virginia dark: recovery calls made: none
FOUND virginia dark: oregon cannot recover: iam GetRole
1 finding
`,
    );
  });
});
