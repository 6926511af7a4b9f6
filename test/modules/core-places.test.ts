/**
 * Proves what is known of regions, partitions and accounts. Does not prove that a region is switched on in an account, nor
 * that it knows opened none since.
 */
import { Token } from "cdktf";
import fc from "fast-check";
import {
  checkAccount,
  CONTROL_PLANES,
  dnsSuffix,
  partitionOf,
  refuseForeignPartition,
  regionNumber,
} from "../../modules/core";
import { expectRefusal, refusal } from "../support/synth";

const token = () => Token.asString({ resolve: () => "later" });

describe("partitionOf", () => {
  test.each([
    ["ap-northeast-2", "aws"],
    ["us-east-1", "aws"],
    ["eu-central-2", "aws"],
    ["cn-north-1", "aws-cn"],
    ["cn-northwest-1", "aws-cn"],
    ["us-gov-east-1", "aws-us-gov"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("%s lies in %s", (region, partition) => {
    expect(partitionOf("here", region)).toBe(partition);
  });

  test.each([
    [
      "ap-northeast-9",
      /^this library does not know the region 'ap-northeast-9', it knows .*'ap-northeast-1', 'ap-northeast-2'/,
    ],
    ["eu-west-4", /it knows 'eu-west-1', 'eu-west-2', 'eu-west-3'$/],
    ["us-east1", /it knows 'us-east-1', 'us-east-2'$/],
    ["AP-NORTHEAST-2", /^this library does not know the region 'AP-NORTHEAST-2'$/],
    ["seoul", /^this library does not know the region 'seoul'$/],
    ["ap-northeast-2a", /it knows/],
  ])("fails on '%s', with regions near by where there are any", (region, problem) => {
    expectRefusal(() => partitionOf("here", region), "UnknownRegion", problem, "here");
  });

  test("fails on a token", () => {
    expectRefusal(
      () => partitionOf("here", token()),
      "TokenForPlainString",
      "'region' must be known at synth, got a token",
    );
  });
});

describe("refuseForeignPartition", () => {
  test("lets regions of one partition copy to each other", () => {
    expect(() => refuseForeignPartition("here", "ap-northeast-2", "us-east-1")).not.toThrow();
    expect(() => refuseForeignPartition("here", "cn-north-1", "cn-northwest-1")).not.toThrow();
  });

  test.each([
    ["us-east-1", "cn-north-1", "'us-east-1' lies in partition aws, 'cn-north-1' in aws-cn"],
    ["us-gov-west-1", "us-west-1", "'us-gov-west-1' lies in partition aws-us-gov, 'us-west-1' in aws"],
  ])("fails between %s and %s", (one, other, problem) => {
    expectRefusal(() => refuseForeignPartition("here", one, other), "ForeignPartition", problem, "here");
  });
});

test("a partition's domain", () => {
  expect(dnsSuffix("aws")).toBe("amazonaws.com");
  expect(dnsSuffix("aws-cn")).toBe("amazonaws.com.cn");
  expect(dnsSuffix("aws-us-gov")).toBe("amazonaws.com");
});

describe("checkAccount", () => {
  test("takes any twelve digits, also with zeros in front", () => {
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{12}$/), (account) => checkAccount("here", account) === account));
  });

  test("takes nothing else", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/^[0-9]{12}$/.test(text)),
        (account) => refusal(() => checkAccount("here", account)).code === "InvalidAccount",
      ),
    );
  });

  test.each(["1111-2222-3333", "11112222333", "1111222233334", "11112222333a", ""])("fails on '%s'", (account) => {
    expectRefusal(
      () => checkAccount("here", account),
      "InvalidAccount",
      `an AWS account id has 12 digits, got '${account}'`,
      "here",
    );
  });

  test("fails on a token", () => {
    expectRefusal(
      () => checkAccount("here", token()),
      "TokenForPlainString",
      "'account' must be known at synth, got a token",
    );
  });
});

describe("regionNumber", () => {
  test.each([
    ["af-south-1", 0],
    ["ap-northeast-1", 3],
    ["ap-northeast-2", 4],
    ["us-west-2", 33],
    ["cn-north-1", 0],
    ["us-gov-west-1", 1],
  ])("%s has number %d in its partition permanently, because the numbers of networks use it", (region, number) => {
    expect(regionNumber("somewhere", region)).toBe(number);
  });

  test("fails when there is no such region", () => {
    expect(refusal(() => regionNumber("somewhere", "ap-north-1")).code).toBe("UnknownRegion");
  });
});

describe("CONTROL_PLANES", () => {
  test("places each service in a region of its partition", () => {
    for (const [partition, services] of Object.entries(CONTROL_PLANES)) {
      for (const region of Object.values(services)) expect(partitionOf("here", region)).toBe(partition);
    }
  });

  test.each([
    ["aws", "us-east-1"],
    ["aws-cn", "cn-north-1"],
    ["aws-us-gov", undefined],
  ] as const)("has IAM of %s in %s", (partition, region) => {
    expect(CONTROL_PLANES[partition].iam).toBe(region);
  });
});
