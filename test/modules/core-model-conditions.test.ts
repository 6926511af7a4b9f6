/** Proves what paths read from an answer of AWS and when a condition holds. */
import { Condition, holds, Path, valuesAt } from "../../modules/core/model";

const ANSWER = {
  DBInstances: [
    { DBInstanceStatus: "available", StatusInfos: [], BackupRetentionPeriod: 7 },
    { DBInstanceStatus: "creating", StatusInfos: [{ Status: "replicating" }] },
  ],
  Points: [
    { Arn: "a", Status: "COMPLETED", At: "2026-11-30T10:00:00Z" },
    { Arn: "c", Status: "FAILED", At: "2026-11-30T12:00:00Z" },
    { Arn: "b", Status: "COMPLETED", At: "2026-11-30T11:00:00Z" },
  ],
  Nothing: null,
};

test.each<[Path, readonly unknown[]]>([
  [["DBInstances", 0, "DBInstanceStatus"], ["available"]],
  [["DBInstances", 1, "BackupRetentionPeriod"], []],
  [["DBInstances", 2, "DBInstanceStatus"], []],
  [
    ["Points", { where: { Status: "COMPLETED" } }, "Arn"],
    ["a", "b"],
  ],
  [["Points", { where: { Status: "COMPLETED" }, newest: "At" }, "Arn"], ["b"]],
  [["Points", { where: { Status: "RUNNING" }, newest: "At" }, "Arn"], []],
  [
    ["Points", "Arn"],
    ["a", "c", "b"],
  ],
  [["Points", { where: { Status: "COMPLETED" } }, 1, "Arn"], ["b"]],
  [["DBInstances", 0, "StatusInfos"], []],
  [["DBInstances", 1, "StatusInfos"], [{ Status: "replicating" }]],
  [
    ["Points", { where: {} }, "Arn"],
    ["a", "c", "b"],
  ],
  [["Nothing", "Arn"], []],
  [["Unknown", 0], []],
])("%j leads to %j", (path, values) => {
  expect(valuesAt(path, ANSWER)).toEqual(values);
});

const status: Path = ["DBInstances", 0, "DBInstanceStatus"];
const retention: Path = ["DBInstances", 0, "BackupRetentionPeriod"];
const missing: Path = ["DBInstances", 0, "LatestRestorableTime"];
const completed: Path = ["Points", { where: { Status: "COMPLETED" } }];

test.each<[Condition, boolean]>([
  [{ path: status, is: "available" }, true],
  [{ path: status, is: ["modifying", "available"] }, true],
  [{ path: status, is: "creating" }, false],
  [{ path: missing, is: "available" }, false],
  [{ path: missing, exists: false }, true],
  [{ path: missing, exists: true }, false],
  [{ path: ["DBInstances", 0, "StatusInfos"], exists: false }, true],
  [{ path: ["DBInstances", 1, "StatusInfos"], exists: true }, true],
  [{ path: retention, atLeast: 7 }, true],
  [{ path: retention, atLeast: 8 }, false],
  [{ path: retention, atMost: 7 }, true],
  [{ path: retention, atMost: 6 }, false],
  [{ path: missing, atLeast: 0 }, false],
  [{ path: missing, atMost: 0 }, false],
  [{ path: completed, atLeast: 2, counted: true }, true],
  [{ path: completed, atLeast: 3, counted: true }, false],
  [{ path: ["Points", { where: {} }, "Status"], is: "COMPLETED" }, false],
  [
    {
      all: [
        { path: status, is: "available" },
        { path: missing, exists: false },
      ],
    },
    true,
  ],
  [
    {
      all: [
        { path: status, is: "available" },
        { path: missing, exists: true },
      ],
    },
    false,
  ],
  [
    {
      any: [
        { path: status, is: "creating" },
        { path: missing, exists: false },
      ],
    },
    true,
  ],
  [{ any: [] }, false],
  [{ all: [] }, true],
])("%j: %s", (condition, expected) => {
  expect(holds(condition, ANSWER)).toBe(expected);
});
