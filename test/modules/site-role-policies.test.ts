/**
 * Proves how a role gets what it may do: inline while that is short, in several managed policies when it is long, and refused when AWS has
 * no room for it. Does not prove that IAM counts the same way: the limits are from its page of quotas.
 */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Statement, trustService } from "../../modules/core";
import { Site } from "../../modules/site";
import { countInline, createRolePolicies } from "../../modules/site/role-policies";
import { expectRefusal, expectRefusalInSite, synthInSite, Synthesised } from "../support/synth";

const give = (site: Site, statements: readonly Statement[], roleName = "orders") => {
  const role = new IamRole(site, "Role", { name: roleName, assumeRolePolicy: trustService("ec2.amazonaws.com") });
  return createRolePolicies(site, "RolePolicy", { role, roleName, name: "instances", statements });
};
const given = (statements: readonly Statement[]) => synthInSite((site) => void give(site, statements));

const ROLE = expect.stringMatching(/^\$\{aws_iam_role\.\w+\.name\}$/) as string;

/** A statement whose policy has about so many characters. */
const read = (sid: string, characters: number): Statement => ({
  sid,
  actions: ["s3:GetObject"],
  resources: Array.from({ length: Math.floor(characters / 50) }, (_, index) =>
    `arn:aws:s3:::${sid}-${index}`.padEnd(47, "-"),
  ),
});
const statementsOf = (policy: unknown) =>
  (JSON.parse(policy as string) as { Statement: { Sid: string; Resource: string[] }[] }).Statement;
const managed = (tf: Synthesised) => tf.all("aws_iam_policy").map(({ policy }) => statementsOf(policy));

describe("createRolePolicies", () => {
  test("what one managed policy could hold is inline", () => {
    const tf = given([read("Media", 6_000)]);
    expect(tf.types()).toEqual(["aws_iam_role", "aws_iam_role_policy"]);
    const { policy, ...inline } = tf.only("aws_iam_role_policy");
    expect(inline).toEqual({ provider: "aws", name: "instances", role: ROLE });
    expect(statementsOf(policy).map(({ Sid }) => Sid)).toEqual(["Media"]);
  });

  test("what is longer is in managed policies, each within its limit, in the order given", () => {
    const tf = given([read("Media", 4_000), read("Receipts", 4_000), read("Logs", 1_000)]);
    expect(tf.types()).toEqual([
      "aws_iam_policy",
      "aws_iam_policy",
      "aws_iam_role",
      "aws_iam_role_policy_attachment",
      "aws_iam_role_policy_attachment",
    ]);
    expect(managed(tf).map((part) => part.map(({ Sid }) => Sid))).toEqual([["Media"], ["Receipts", "Logs"]]);
    const { policy: _, ...first } = tf.at("Site/RolePolicy-1");
    expect(first).toEqual({ provider: "aws", name: "orders-1", description: "Part of what orders may do" });
    expect(tf.at("Site/RolePolicy-2").name).toBe("orders-2");
    expect(tf.at("Site/RolePolicy-1-Attachment")).toEqual({
      provider: "aws",
      role: ROLE,
      policy_arn: expect.stringMatching(/^\$\{aws_iam_policy\.\w+RolePolicy-1_\w+\.arn\}$/) as string,
    });
  });

  test("a statement too long for one policy is in several, with every resource once", () => {
    const long = read("Media", 20_000);
    const parts = managed(given([long]));
    expect(parts.every((part) => part.length === 1 && part[0]!.Sid === "Media")).toBe(true);
    expect(parts.flatMap((part) => part[0]!.Resource)).toEqual(long.resources);
    expect(parts).toHaveLength(4);
  });

  test("no statements, no policy", () => {
    expect(given([]).types()).toEqual(["aws_iam_role"]);
  });

  test("fails when more managed policies were needed than a role may have", () => {
    expectRefusalInSite(
      (site) => give(site, [read("Media", 70_000)]),
      "PolicyTooLong",
      /^a role may have 10 managed policies, 'orders' needs 16, for 70\d{3} characters$/,
      "stack/Site",
    );
  });

  test("fails when one resource alone is longer than a policy", () => {
    const statement = { sid: "Media", actions: ["s3:GetObject"], resources: [`arn:aws:s3:::${"a".repeat(7_000)}`] };
    expectRefusalInSite(
      (site) => give(site, [statement]),
      "PolicyTooLong",
      "the managed policy may have 6144 characters, got 7122",
      "stack/Site",
    );
  });
});

describe("countInline", () => {
  test("fails when the inline policies of a role are too long together, whichever construct gives them", () => {
    expectRefusalInSite(
      (site) => {
        give(site, [read("Media", 6_000)]);
        countInline(site, "other", "x".repeat(10_240));
        countInline(site, "orders", "x".repeat(4_000));
        countInline(site, "orders", "x".repeat(1_000));
      },
      "PolicyTooLong",
      /^the inline policies of one role may have 10240 characters, got 11\d{3}$/,
      "stack/Site",
    );
  });
});

test("fails when a trust policy is too long", () => {
  const principals = Array.from({ length: 60 }, (_, index) => `service-${index}.very-long-name.amazonaws.com`);
  expectRefusal(
    () => trustService(principals),
    "PolicyTooLong",
    /^the role's trust policy may have 2048 characters, got 2\d{3}$/,
    "trustService",
  );
});
