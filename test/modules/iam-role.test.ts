/**
 * Proves how a role gets its permissions. Short ones are inline, long ones are in several managed policies, and too long ones are
 * refused. Does not prove that IAM counts in the same way: the limits are from its page of quotas.
 */
import { Statement, trustService } from "../../modules/core";
import { addInlinePolicy, createRole, roleArn } from "../../modules/iam-role";
import { Site } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, synthInSite, Synthesised } from "../support/synth";

const trust = trustService("ec2.amazonaws.com");
const give = (site: Site, statements: readonly Statement[], name = "orders") =>
  createRole(site, "Role", { name, description: "Orders", trust, policy: { name: "instances", statements } });
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
const add = (site: Site, id: string, statement: Statement, roleName = "orders") =>
  addInlinePolicy(site, id, { roleName, namePrefix: "source-", statements: [statement], dependsOn: [] });
const managed = (tf: Synthesised) => tf.all("aws_iam_policy").map(({ policy }) => statementsOf(policy));

describe("createRole", () => {
  test("creates a role with its managed policies, before its own", () => {
    const made: unknown[] = [];
    const tf = synthInSite((site) => {
      const { policies } = createRole(site, "Role", {
        name: "orders",
        description: "Orders",
        trust,
        awsPolicies: { Monitoring: "service-role/AmazonRDSEnhancedMonitoringRole" },
        forceDetachPolicies: true,
        managedPolicyArns: { Audit: "arn:aws:iam::111122223333:policy/audit" },
        policy: { name: "instances", statements: [read("Media", 100)] },
        tags: { team: "orders" },
      });
      made.push(...policies.map(({ node }) => node.id));
    });
    expect(made).toEqual(["Monitoring", "ManagedPolicy-Audit", "RolePolicy"]);
    expect(tf.only("aws_iam_role")).toEqual({
      provider: "aws",
      name: "orders",
      description: "Orders",
      assume_role_policy: trust,
      force_detach_policies: true,
      tags: { team: "orders" },
    });
    expect(tf.at("Site/Monitoring")).toEqual({
      provider: "aws",
      role: ROLE,
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    });
    expect(tf.at("Site/ManagedPolicy-Audit").policy_arn).toBe("arn:aws:iam::111122223333:policy/audit");
  });

  test("gives the policy the construct id that is set", () => {
    const tf = synthInSite(
      (site) =>
        void createRole(site, "Resource", {
          name: "orders",
          description: "Orders",
          trust,
          policy: { id: "PassRoles", name: "pass-roles", statements: [read("Media", 100)] },
        }),
    );
    expect(tf.at("Site/PassRoles").name).toBe("pass-roles");
  });

  test("keeps permissions inline if one managed policy could hold them", () => {
    const tf = given([read("Media", 6_000)]);
    expect(tf.types()).toEqual(["aws_iam_role", "aws_iam_role_policy"]);
    const { policy, ...inline } = tf.only("aws_iam_role_policy");
    expect(inline).toEqual({ provider: "aws", name: "instances", role: ROLE });
    expect(statementsOf(policy).map(({ Sid }) => Sid)).toEqual(["Media"]);
  });

  test("puts longer permissions into managed policies, each within its limit, in the order given", () => {
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

  test("divides a statement that is too long for one policy, with every resource once", () => {
    const long = read("Media", 20_000);
    const parts = managed(given([long]));
    expect(parts.every((part) => part.length === 1 && part[0]!.Sid === "Media")).toBe(true);
    expect(parts.flatMap((part) => part[0]!.Resource)).toEqual(long.resources);
    expect(parts).toHaveLength(4);
  });

  test("creates no policy without statements", () => {
    expect(given([]).types()).toEqual(["aws_iam_role"]);
  });

  test("fails when a role would need more managed policies than AWS allows", () => {
    expectRefusalInSite(
      (site) => give(site, [read("Media", 70_000)]),
      "PolicyTooLong",
      /^a role may have 10 managed policies, 'orders' needs 16, for 70\d{3} characters$/,
      "stack/Site",
    );
  });

  test("fails when one resource name is longer than a policy", () => {
    const statement = { sid: "Media", actions: ["s3:GetObject"], resources: [`arn:aws:s3:::${"a".repeat(7_000)}`] };
    expectRefusalInSite(
      (site) => give(site, [statement]),
      "PolicyTooLong",
      "the managed policy may have 6144 characters, got 7122",
      "stack/Site",
    );
  });
});

describe("addInlinePolicy", () => {
  test("adds a policy to a role of another construct", () => {
    const tf = synthInSite((site) => void add(site, "Source", read("Media", 100)));
    const { policy, ...inline } = tf.only("aws_iam_role_policy");
    expect(inline).toEqual({ provider: "aws", name_prefix: "source-", role: "orders", depends_on: [] });
    expect(statementsOf(policy).map(({ Sid }) => Sid)).toEqual(["Media"]);
  });

  test("fails when the inline policies of a role are too long together, whichever construct gives them", () => {
    expectRefusalInSite(
      (site) => {
        give(site, [read("Media", 6_000)]);
        add(site, "Other", read("Media", 9_000), "other");
        add(site, "First", read("Media", 3_500));
        add(site, "Second", read("Media", 1_500));
      },
      "PolicyTooLong",
      /^the inline policies of one role may have 10240 characters, got 1[01]\d{3}$/,
      "stack/Site",
    );
  });
});

test("roleArn names what is created", () => {
  expect(roleArn({ partition: "aws", account: "111122223333", name: "orders" })).toBe(
    "arn:aws:iam::111122223333:role/orders",
  );
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
