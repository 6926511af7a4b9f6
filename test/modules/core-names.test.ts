/**
 * Proves which names are taken, how long ones are cut, and that two constructs of an app never claim one. Does not prove that
 * a name is free in AWS, nor that AWS's rules have not changed since.
 */
import { App, TerraformStack, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { checkName, claimName, fittingName, IAM_ROLE, NameRule, NameSpace, S3_BUCKET } from "../../modules/core";
import { expectRefusal, refusal } from "../support/synth";

const check = (rule: NameRule, name: string) => checkName("here", "name", name, rule);
const refuses = (rule: NameRule, name: string) => refusal(() => check(rule, name)).problem;

const word = fc.stringMatching(/^[a-z0-9]{1,20}$/);

describe("an S3 bucket name", () => {
  test.each(["abc", "a-b", "a.b", "a--b", "1ab", "acme.media-1", "a".repeat(63), "1.2.3", "1.2.3.4.5", "xn-media"])(
    "may be '%.20s'",
    (name) => {
      expect(check(S3_BUCKET, name)).toBe(name);
    },
  );

  test.each([
    ["two characters", "ab"],
    ["64 characters", "a".repeat(64)],
    ["nothing", ""],
    ["a capital", "Media"],
    ["an underscore", "my_media"],
    ["a space", "my media"],
    ["a line's end", "media\n"],
    ["another script", "médias"],
    ["a hyphen first", "-media"],
    ["a hyphen last", "media-"],
    ["a dot first", ".media"],
    ["a dot last", "media."],
    ["two dots in a row", "acme..media"],
    ["an IP address", "192.168.5.4"],
    ["AWS's prefix xn--", "xn--media"],
    ["AWS's prefix sthree-", "sthree-media"],
    ["AWS's prefix amzn-s3-demo-", "amzn-s3-demo-media"],
    ["AWS's suffix -s3alias", "media-s3alias"],
    ["AWS's suffix --ol-s3", "media--ol-s3"],
    ["AWS's suffix .mrap", "media.mrap"],
    ["AWS's suffix --x-s3", "media--x-s3"],
    ["AWS's suffix --table-s3", "media--table-s3"],
  ])("has not %s", (_, name) => {
    expect(refuses(S3_BUCKET, name)).toContain(
      `'name' is not a valid S3 bucket name, got '${name.replace("\n", "\\n")}', allowed: `,
    );
  });

  test("is made of words, joined by one dot or by hyphens", () => {
    const joined = fc
      .array(word, { minLength: 1, maxLength: 3 })
      .chain((words) => fc.constantFrom(".", "-", "--").map((by) => words.join(by)));
    const fits = joined.filter((name) => name.length >= 3 && name.length <= 63 && !/^\d+(\.\d+){3}$/.test(name));
    const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;
    fc.assert(
      fc.property(
        fits.filter((name) => !reserved.test(name)),
        (name) => check(S3_BUCKET, name) === name,
      ),
    );
  });
});

describe("an IAM role name", () => {
  test.each(["r", "s3-replication", "A_b+c=d,e.f@g-h", "r".repeat(64)])("may be '%.20s'", (name) => {
    expect(check(IAM_ROLE, name)).toBe(name);
  });

  test.each(["", "r".repeat(65), "a/b", "a b", "rôle", "a:b"])("may not be '%.20s'", (name) => {
    expect(refuses(IAM_ROLE, name)).toMatch(/^'name' is not a valid IAM role name/);
  });
});

describe("checkName", () => {
  test("tells every fault at once, and where the rule is written", () => {
    const { code, problem, path, remedy } = refusal(() => check(S3_BUCKET, "A"));
    expect({ code, path }).toEqual({ code: "InvalidName", path: "here" });
    expect(problem).toBe(
      `'name' is not a valid S3 bucket name, got 'A', allowed: 3 to 63 characters (it has 1); ${S3_BUCKET.allowed}`,
    );
    expect(remedy).toBe(`choose a name within its rule, see ${S3_BUCKET.source}`);
  });

  test("fails on a token", () => {
    const later = Token.asString({ resolve: () => "media" });
    expectRefusal(() => check(S3_BUCKET, later), "TokenForPlainString", "'name' must be known at synth, got a token");
  });
});

describe("fittingName", () => {
  const part = fc.stringMatching(/^[a-z]{1,60}$/);

  test("is the parts themselves while they fit", () => {
    expect(fittingName(IAM_ROLE, "s3-replication", "media")).toBe("s3-replication-media");
    expect(fittingName(IAM_ROLE, "r".repeat(64))).toBe("r".repeat(64));
  });

  test("is cut with a hash of the whole, the same in every stack", () => {
    expect(fittingName(IAM_ROLE, "r".repeat(65))).toBe(`${"r".repeat(55)}-c75c6854`);
  });

  test("always fits, begins as asked, and keeps two names apart", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.array(part, { minLength: 1 }), (some, others) => {
        const [one, other] = [fittingName(IAM_ROLE, ...some), fittingName(IAM_ROLE, ...others)];
        expect(check(IAM_ROLE, one)).toBe(one);
        expect(some.join("-").startsWith(one.slice(0, 55))).toBe(true);
        expect(one === other).toBe(some.join("-") === others.join("-"));
      }),
    );
  });
});

describe("claimName", () => {
  const seoul: NameSpace = { partition: "aws", account: "111122223333", region: "ap-northeast-2" };
  const tokyo = { ...seoul, region: "ap-northeast-1" };
  const abroad = { ...seoul, account: "444455556666" };
  const china = { partition: "aws-cn", account: "111122223333", region: "cn-north-1" };
  const rule = (unique: NameRule["unique"]): NameRule => ({ ...IAM_ROLE, what: `${unique} name`, unique });
  const claims = (unique: NameRule["unique"], first: NameSpace, second: NameSpace) => () => {
    const app = Testing.app();
    claimName(new TerraformStack(app, "one"), rule(unique), "media", first);
    claimName(new TerraformStack(app, "two"), rule(unique), "media", second);
  };

  test.each<[NameRule["unique"], string, NameSpace]>([
    ["region", "the same region", seoul],
    ["account", "the same region", seoul],
    ["account", "another region", tokyo],
    ["partition", "another region", tokyo],
    ["partition", "another account", abroad],
  ])("fails when a name unique in its %s is taken in %s", (unique, _, second) => {
    expectRefusal(
      claims(unique, seoul, second),
      "NameTaken",
      `the ${unique} name 'media' is already taken by one`,
      "two",
    );
  });

  test.each<[NameRule["unique"], string, NameSpace]>([
    ["region", "another region", tokyo],
    ["region", "another account", abroad],
    ["account", "another account", abroad],
    ["account", "another partition", china],
    ["partition", "another partition", china],
  ])("a name unique in its %s is free in %s", (unique, _, second) => {
    expect(claims(unique, seoul, second)).not.toThrow();
  });

  test("a construct may claim a name again", () => {
    const stack = new TerraformStack(Testing.app(), "one");
    claimName(stack, IAM_ROLE, "media", seoul);
    expect(() => claimName(stack, IAM_ROLE, "media", seoul)).not.toThrow();
  });

  test("names of different kinds and names of different apps do not meet", () => {
    const inApp = (app: App, kind: NameRule) => claimName(new Construct(app, kind.what), kind, "media", seoul);
    const app = Testing.app();
    expect(() => {
      inApp(app, IAM_ROLE);
      inApp(app, S3_BUCKET);
      inApp(Testing.app(), IAM_ROLE);
    }).not.toThrow();
  });
});
