/**
 * Proves how values are read and written: durations, texts and numbers known at synth, ARNs, and how a refusal reads. Does
 * not prove that AWS takes them.
 */
import { TerraformStack, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import {
  arn,
  ArnParts,
  DrError,
  Duration,
  inRange,
  oneOf,
  parseArn,
  plain,
  refuse,
  REFUSALS,
  refuseBoth,
  refuseEmpty,
  refuseNone,
  refuseWithout,
} from "../../modules/core";
import { expectRefusal, expectRefusalInSite, refusal } from "../support/synth";

const token = () => Token.asString({ resolve: () => "later" });
const seconds = fc.integer({ min: 0, max: 1_000_000_000 });
const UNITS = ["seconds", "minutes", "hours", "days"] as const;

describe("Duration", () => {
  test.each([
    ["seconds", 1],
    ["minutes", 60],
    ["hours", 3_600],
    ["days", 86_400],
  ] as const)("one of %s is %d s", (unit, length) => {
    expect(Duration[unit](1).inSeconds).toBe(length);
    expect(Duration[unit](0).inSeconds).toBe(0);
  });

  test.each([
    [0, 0, 0, 0],
    [1, 1, 1, 1],
    [60, 1, 1, 1],
    [61, 2, 1, 1],
    [3_600, 60, 1, 1],
    [3_601, 61, 2, 1],
    [86_400, 1_440, 24, 1],
    [86_401, 1_441, 25, 2],
  ])("%d s are %d minutes, %d hours, %d days", (inSeconds, inMinutes, inHours, inDays) => {
    const { inMinutes: minutes, inHours: hours, inDays: days } = Duration.seconds(inSeconds);
    expect([minutes, hours, days]).toEqual([inMinutes, inHours, inDays]);
  });

  test("a larger unit never promises less than was asked, nor a whole unit more", () => {
    fc.assert(
      fc.property(seconds, (amount) => {
        const asked = Duration.seconds(amount);
        for (const [rounded, length] of [
          [asked.inMinutes, 60],
          [asked.inHours, 3_600],
          [asked.inDays, 86_400],
        ] as const) {
          expect(rounded * length).toBeGreaterThanOrEqual(amount);
          expect((rounded - 1) * length).toBeLessThan(Math.max(amount, 1));
        }
      }),
    );
  });

  test("adds, takes away and compares", () => {
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const [one, other] = [Duration.seconds(a), Duration.seconds(b)];
        expect(one.plus(other).inSeconds).toBe(a + b);
        expect(one.plus(other).minus(other).inSeconds).toBe(a);
        expect(one.isLongerThan(other)).toBe(a > b);
      }),
    );
  });

  test.each([
    [0, "0 seconds"],
    [1, "1 second"],
    [59, "59 seconds"],
    [60, "1 minute"],
    [900, "15 minutes"],
    [3_600, "1 hour"],
    [93_600, "1 day 2 hours"],
    [183_845, "2 days 3 hours 4 minutes 5 seconds"],
  ])("%d s read '%s'", (amount, text) => {
    expect(Duration.seconds(amount).toString()).toBe(text);
  });

  test("the parts of an ARN join to the same ARN", () => {
    const length = { second: 1, minute: 60, hour: 3_600, day: 86_400 };
    fc.assert(
      fc.property(seconds, (amount) => {
        const parts = [
          ...Duration.seconds(amount)
            .toString()
            .matchAll(/(\d+) (second|minute|hour|day)/g),
        ];
        const sum = parts.reduce((so, [, count, unit]) => so + Number(count) * length[unit as keyof typeof length], 0);
        expect(sum).toBe(amount);
      }),
    );
  });

  test("is seconds in JSON", () => {
    expect(JSON.stringify({ lag: Duration.minutes(15) })).toBe('{"lag":900}');
  });

  test.each(UNITS)("fails when it is not a whole number of %s", (unit) => {
    for (const amount of [-1, 0.5, NaN, Infinity]) {
      expectRefusal(
        () => Duration[unit](amount),
        "InvalidDuration",
        `a duration must be a whole number of ${unit}, got ${amount}`,
        `Duration.${unit}`,
      );
    }
  });

  test("fails when less than nothing is left", () => {
    expectRefusal(
      () => Duration.minutes(1).minus(Duration.minutes(2)),
      "InvalidDuration",
      "a duration must be a whole number of seconds, got -60",
    );
  });
});

describe("plain", () => {
  test("gives the text itself", () => {
    expect(plain("here", "name", "media")).toBe("media");
  });

  test("fails when only an apply would tell", () => {
    expectRefusal(
      () => plain("here", "name", token()),
      "TokenForPlainString",
      "'name' must be known at synth, got a token",
      "here",
    );
    expectRefusal(() => plain("here", "name", `media-${token()}`), "TokenForPlainString", /got a token$/);
  });

  test("gives numbers and lists, and fails on those that only an apply knows", () => {
    const [ports, subnets] = [[80, 443], ["subnet-a"]];
    expect(plain("here", "port", 443)).toBe(443);
    expect(plain("here", "ports", ports)).toBe(ports);
    expect(plain("here", "subnetIds", subnets)).toBe(subnets);
    const later = { resolve: () => "later" };
    const [numbers, texts] = [Token.asNumberList(later), Token.asList(later)];
    for (const unknown of [Token.asNumber(later), numbers, texts, numbers[0]!, texts[0]!]) {
      expectRefusal(
        () => plain("here", "p", unknown),
        "TokenForPlainString",
        "'p' must be known at synth, got a token",
      );
    }
  });
});

describe("inRange", () => {
  const inDays = (value: number) => (scope: Construct) => inRange(scope, "days", value, 7, 30);

  test("gives the number, and a token as it is", () => {
    const later = Token.asNumber({ resolve: () => 1_000 });
    const scope = new TerraformStack(Testing.app(), "stack");
    for (const value of [7, 30, later]) expect(inDays(value)(scope)).toBe(value);
    expect(inRange(scope, "days", 5, later, 30)).toBe(5); // only an apply could tell
  });

  test("fails on an item of a list that only an apply knows", () => {
    const [item] = Token.asNumberList({ resolve: () => [8, 9] });
    expectRefusalInSite(
      inDays(item!),
      "TokenForPlainString",
      "'days' must be known at synth, got a token",
      "stack/Site",
    );
  });

  test.each([6, 31, 7.5, NaN, Infinity, -7])("fails on %d", (value) => {
    expectRefusalInSite(
      inDays(value),
      "SettingOutOfRange",
      `'days' must be a whole number from 7 to 30, got ${value}`,
      "stack/Site",
    );
  });
});

describe("arn", () => {
  test.each<[string, ArnParts]>([
    ["arn:aws:s3:::media", { partition: "aws", service: "s3", resource: "media" }],
    [
      "arn:aws:iam::111122223333:role/r",
      { partition: "aws", service: "iam", account: "111122223333", resource: "role/r" },
    ],
    [
      "arn:aws-cn:rds:cn-north-1:111122223333:db:ledger",
      { partition: "aws-cn", service: "rds", region: "cn-north-1", account: "111122223333", resource: "db:ledger" },
    ],
  ])("writes %s", (text, parts) => {
    expect(arn(parts)).toBe(text);
    expect(parseArn("here", "arn", text)).toEqual({ region: "", account: "", ...parts });
  });

  test("reads what it has written", () => {
    const word = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
    const maybe = fc.oneof(fc.constant(""), word);
    const resource = fc.stringMatching(/^[a-zA-Z0-9/:._*-]{1,40}$/);
    fc.assert(
      fc.property(fc.record({ partition: word, service: word, region: maybe, account: maybe, resource }), (parts) => {
        expect(parseArn("here", "arn", arn(parts))).toEqual(parts);
      }),
    );
  });

  test.each(["", "media", "arn:aws", "arn:aws:s3::media", "arn:aws:s3:::", "arn::s3:::media", "urn:aws:s3:::media"])(
    "fails on '%s'",
    (text) => {
      expectRefusal(
        () => parseArn("here", "source", text),
        "InvalidArn",
        `'source' must be an ARN, got '${text}'`,
        "here",
      );
    },
  );

  test("fails on a token", () => {
    expectRefusal(() => parseArn("here", "source", token()), "TokenForPlainString", /^'source' must be known at synth/);
  });
});

describe("a refusal", () => {
  test("says code, place, problem and remedy, in this order", () => {
    const error = refusal(() => refuse("here", "InvalidArn", "it names a table"));
    expect(error.message).toBe("[InvalidArn] here: it names a table; give the full ARN as AWS prints it");
    expect(error).toMatchObject({ name: "DrError", code: "InvalidArn", problem: "it names a table", path: "here" });
    expect(error).toBeInstanceOf(DrError);
  });

  test("may know a better remedy than the catalogue", () => {
    expect(refusal(() => refuse("here", "InvalidArn", "it names a table", "do this")).remedy).toBe("do this");
  });

  test.each(Object.entries(REFUSALS))("%s has a remedy that reads on after the problem", (code, remedy) => {
    expect(code).toMatch(/^[A-Z][A-Za-z0-9]+$/);
    expect(remedy).toMatch(/^\S.{8,}[^.\s]$/);
  });
});

describe("oneOf", () => {
  test("returns a number that is offered, and one that only an apply knows", () => {
    const later = Token.asNumber({ resolve: () => 3 });
    expect(oneOf("f", "days", 3, [1, 3])).toBe(3);
    expect(oneOf("f", "days", later, [1, 3])).toBe(later);
  });

  test("fails with the numbers that are offered", () => {
    expectRefusal(() => oneOf("f", "days", 2, [1, 3]), "SettingOutOfRange", "'days' must be one of 1, 3, got 2", "f");
  });
});

describe("settings that depend on each other", () => {
  test("pass when they fit, and false counts as left out", () => {
    refuseBoth("f", { a: "x", b: undefined, c: false });
    refuseNone("f", { a: undefined, b: 0 });
    refuseWithout("f", { a: "x" }, { b: true });
    refuseWithout("f", { a: false }, { b: false });
    refuseEmpty("f", "a", ["x"]);
  });

  test("fail when two of them exclude each other", () => {
    const problem = "'a' and 'b' are both given";
    expectRefusal(() => refuseBoth("f", { a: "x", b: true }), "ConflictingSettings", problem, "f");
    expect(refusal(() => refuseBoth("f", { a: 1, b: 1 })).remedy).toBe(REFUSALS.ConflictingSettings);
    expect(refusal(() => refuseBoth("f", { a: 1, b: 1 }, "leave 'b' out")).remedy).toBe("leave 'b' out");
  });

  test("fail when none is given and one is needed", () => {
    expectRefusal(() => refuseNone("f", { a: undefined, b: false }), "MissingSetting", "neither 'a' nor 'b' is given");
    expectRefusal(() => refuseNone("f", { a: undefined }), "MissingSetting", "'a' is not given");
  });

  test("fail when one needs another", () => {
    expectRefusal(() => refuseWithout("f", { a: 1 }, { b: false }), "MissingSetting", "'a' is given without 'b'");
    const either = { b: undefined, c: undefined };
    expectRefusal(() => refuseWithout("f", { a: 1 }, either), "MissingSetting", "'a' is given without 'b' or 'c'");
  });

  test.each([[[]], [{}]])("fail when %j has no items", (items) => {
    expectRefusal(() => refuseEmpty("f", "a", items), "MissingSetting", "'a' is empty");
  });
});
