/**
 * Proves how policies are written. Does not prove that IAM takes them, nor what they allow.
 */
import { Token } from "cdktf";
import {
  denySwitches,
  KEY_POLICY,
  mergeStatements,
  policyDocument,
  policySize,
  policyWithin,
  Statement,
  switchNamespace,
  trustService,
} from "../../modules/core";
import { expectRefusal } from "../support/synth";

const written = (...statements: Statement[]) => JSON.parse(policyDocument(statements)) as object;
const READ: Statement = { sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::media/*"] };

describe("policyDocument", () => {
  test("a list of one is written as IAM stores it, a longer one as it is", () => {
    expect(written(READ, { sid: "List", actions: ["s3:List*", "s3:GetBucket*"], resources: ["a", "b"] })).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::media/*" },
        { Sid: "List", Effect: "Allow", Action: ["s3:List*", "s3:GetBucket*"], Resource: ["a", "b"] },
      ],
    });
  });

  test("everything a statement may hold", () => {
    const conditions = {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      Bool: { "aws:SecureTransport": "false" },
    };
    expect(
      written({ ...READ, effect: "Deny", principal: { Service: ["a.amazonaws.com"], AWS: "*" }, conditions }),
    ).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Read",
          Effect: "Deny",
          Principal: { Service: ["a.amazonaws.com"], AWS: "*" },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::media/*",
          Condition: conditions,
        },
      ],
    });
  });

  test("everything but some resources", () => {
    expect(written({ sid: "Only", effect: "Deny", actions: ["s3:PutObject"], notResources: ["a/*"] })).toEqual({
      Version: "2012-10-17",
      Statement: [{ Sid: "Only", Effect: "Deny", Action: "s3:PutObject", NotResource: "a/*" }],
    });
  });

  test("keys have IAM's order, so that the same policy is the same text", () => {
    expect(policyDocument([{ resources: ["*"], actions: ["s3:*"], principal: "*", sid: "All" }])).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}',
    );
  });

  test.each(["${aws:username}", "${aws:PrincipalTag/team, 'none'}", "${saml:sub}", "${*}", "${?}", "${$}"])(
    "IAM's variable %s reaches IAM",
    (variable) => {
      expect(policyDocument([{ ...READ, resources: [`home/${variable}/*`] }])).toContain(`"home/$${variable}/*"`);
    },
  );

  test("Terraform's own expressions stay what they are", () => {
    for (const text of ["${aws_s3_bucket.media.arn}", Token.asString({ resolve: () => "later" })]) {
      expect(policyDocument([{ ...READ, resources: [text] }])).toContain(`"Resource":${JSON.stringify(text)}`);
    }
  });
});

test("trustService lets one service take the role, under conditions where given", () => {
  const trust = {
    Sid: "Trust",
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  expect(JSON.parse(trustService("s3.amazonaws.com"))).toEqual({ Version: "2012-10-17", Statement: [trust] });
  const conditions = { StringEquals: { "aws:SourceAccount": "111122223333" } };
  expect(JSON.parse(trustService("s3.amazonaws.com", conditions))).toEqual({
    Version: "2012-10-17",
    Statement: [{ ...trust, Condition: conditions }],
  });
});

describe("mergeStatements", () => {
  const write = (resource: string, change: Partial<Statement> = {}): Statement => {
    return { sid: "Write", actions: ["s3:PutObject"], resources: [resource], ...change };
  };

  test("says once what differs in its resources alone, each of them once", () => {
    expect(mergeStatements([write("a"), READ, write("b", { effect: "Allow" }), write("a")])).toEqual([
      write("a", { resources: ["a", "b"], effect: undefined }),
      READ,
    ]);
  });

  test("keeps apart what differs in more, under a sid of its own", () => {
    const conditions = { Bool: { "aws:SecureTransport": "true" } };
    const all = [write("a"), write("b", { conditions }), write("c", { effect: "Deny" }), write("d", { conditions })];
    expect(mergeStatements(all)).toEqual([
      write("a"),
      write("b", { conditions, sid: "Write2", resources: ["b", "d"] }),
      write("c", { effect: "Deny", sid: "Write3" }),
    ]);
    expect(mergeStatements([write("a", { sid: "Write2" }), write("b"), write("c", { conditions })])).toEqual([
      write("a", { sid: "Write2" }),
      write("b"),
      write("c", { conditions, sid: "Write3" }),
    ]);
  });
});

describe("a policy's size", () => {
  test("counts what AWS gets: IAM's variables without Terraform's escape, tokens as nothing", () => {
    const size = (resource: string) => policySize(policyDocument([{ ...READ, resources: [resource] }]));
    expect(size("home/${aws:username}/*") - size("")).toBe("home/${aws:username}/*".length);
    expect(size(`home/${Token.asString({ resolve: () => "later" })}/*`) - size("")).toBe("home//*".length);
  });

  test("is refused beyond AWS's limit, and fine up to it", () => {
    const resource = (length: number) => [{ ...READ, resources: ["a".repeat(length)] }];
    const frame = policySize(policyDocument(resource(0)));
    expect(policyWithin("key", KEY_POLICY, resource(32_768 - frame))).toHaveLength(32_768);
    expectRefusal(
      () => policyWithin("key", KEY_POLICY, resource(32_769 - frame)),
      "PolicyTooLong",
      "the KMS key policy may have 32768 characters, got 32769",
      "key",
    );
  });
});

describe("denySwitches", () => {
  test("is one statement over the namespaces of all workloads, which says nothing of metrics without one", () => {
    expect(denySwitches()).toEqual({
      sid: "DenySwitches",
      effect: "Deny",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      conditions: { StringLike: { "cloudwatch:namespace": "DisasterRecovery*" } }, // not StringLikeIfExists
    });
    expect(switchNamespace("orders")).toBe("DisasterRecovery/orders");
  });
});
