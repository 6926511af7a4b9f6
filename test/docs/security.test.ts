/**
 * Proves that the security page shows a valid service control policy. It is JSON within AWS's limits, and its actions, resources and
 * condition keys exist. It protects the namespace of the switches. Does not prove that an organisation can attach it.
 */
import { denySwitches, switchNamespace } from "../../modules/core";
import { Statement } from "../support/closed-world/policy-documents";
import { documentFaults } from "../support/closed-world/policy-grammar";
import { statementFaults } from "../support/closed-world/policy-faults";
import { codeBlocks } from "../support/markdown";
import { read } from "../support/source-tree";

/** @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const SCP_BYTES = 5_120;

const [block, ...others] = codeBlocks(read("docs/security.md"), "json");
const policy = JSON.parse(block!.text) as { readonly Statement: readonly Statement[] };
const statements = policy.Statement;
const named = (sid: string) => statements.find(({ Sid }) => Sid === sid)!;

test("there is one policy, within AWS's limit even with its white space", () => {
  expect(others).toEqual([]);
  expect(Buffer.byteLength(block!.text)).toBeLessThanOrEqual(SCP_BYTES);
});

test("its grammar is that of a service control policy, whose every statement denies", () => {
  expect(documentFaults(policy, "organisation")).toEqual([]);
  expect([...new Set(statements.map(({ Effect }) => Effect))]).toEqual(["Deny"]);
});

test("its actions, resources and condition keys fit together", async () => {
  expect((await Promise.all(statements.map(statementFaults))).flat()).toEqual([]);
});

test("it protects the namespaces that the library denies to its own roles", () => {
  const { Condition } = named("OnlyOperatorsTripSwitches");
  expect(Condition!.StringLike).toEqual(denySwitches().conditions!.StringLike);
  const [pattern] = Object.values(Condition!.StringLike!) as [string];
  expect(switchNamespace("orders").startsWith(pattern.replace(/\*$/, ""))).toBe(true);
});

test("every statement leaves out one role, by its ARN", () => {
  for (const { Condition } of statements) {
    const role = expect.stringMatching(/^arn:\*:iam::\*:role\/\w+$/) as string;
    expect(Condition!.ArnNotLike).toEqual({ "aws:PrincipalArn": role });
  }
});
