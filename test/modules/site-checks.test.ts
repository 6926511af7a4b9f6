/**
 * Proves what the checks of places accept and refuse, and in which words. Every module that checks a place uses them. Does not prove that
 * AWS refuses the same.
 */
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformStack, TerraformVariable } from "cdktf";
import {
  checkSiteKey,
  checkSubnets,
  refuseArnOfRegion,
  refuseForeignArn,
  refuseForeignAccount,
  refuseForeignRef,
  refuseForeignRegion,
  refuseKeyOfRegion,
  refuseOtherAccount,
  refuseOtherSite,
  refuseRegionsOfCopies,
  refuseRepeated,
  refuseSourceRegion,
  Site,
} from "../../modules/site";
import { RefusalCode } from "../../modules/core";
import { expectRefusalInSite, synthInSite } from "../support/synth";

const ACCOUNT = "111122223333";
const KEY = `arn:aws:kms:ap-northeast-2:${ACCOUNT}:key/1234`;
const QUEUE = `arn:aws:sqs:ap-northeast-2:${ACCOUNT}:orders`;
const inTokyo = (arn: string) => arn.replace("ap-northeast-2", "ap-northeast-1");
const SEOUL = { region: "ap-northeast-2", account: ACCOUNT };

test("a ref of the site passes, and so does a value that only an apply knows", () => {
  synthInSite((site) => {
    const text = new TerraformVariable(site, "Arn", { type: "string" }).stringValue;
    const list = new TerraformVariable(site, "Subnets", { type: "list(string)" }).listValue;
    refuseForeignArn(site, "queueArn", QUEUE, ["sqs"]);
    refuseForeignArn(site, "bucketArn", "arn:aws:s3:::orders", ["s3"]); // has no region
    refuseForeignArn(site, "queueArn", text, ["sqs"]);
    expect(checkSiteKey(site, "kmsKeyArn", KEY)).toBe(KEY);
    expect(checkSiteKey(site, "kmsKeyArn", text)).toBe(text);
    checkSubnets(site, ["subnet-1", "subnet-2"]);
    checkSubnets(site, list);
    refuseForeignRef(site, "'cluster'", SEOUL);
    refuseForeignRegion(site, "'bucket'", SEOUL.region);
    refuseOtherSite(site, "groups", site);
    refuseSourceRegion(site, "'orders'", ["ap-northeast-1", "ap-northeast-2"]);
    refuseOtherAccount(site, "'orders'", [ACCOUNT, ACCOUNT]);
    refuseRegionsOfCopies(site, "replicas", ["ap-northeast-1"], SEOUL.region);
    new SqsQueue(site, "Queue", {}); // a stack with nothing in it fails
  });
});

describe("fails when", () => {
  test.each<[string, RefusalCode, string, (site: Site) => void]>([
    [
      "an ARN is of another service",
      "InvalidArn",
      `'queueArn' must be an ARN of sqs or sns, got '${KEY}'`,
      (site) => refuseForeignArn(site, "queueArn", KEY, ["sqs", "sns"]),
    ],
    [
      "an ARN is of another region",
      "ArnOfOtherRegion",
      `'queueArn' is in 'ap-northeast-1', the site is 'ap-northeast-2', got '${inTokyo(QUEUE)}'`,
      (site) => refuseForeignArn(site, "queueArn", inTokyo(QUEUE), ["sqs"]),
    ],
    [
      "an ARN that must have the site's region has none",
      "ArnOfOtherRegion",
      "'queueArn' is in '', the site is 'ap-northeast-2', got 'arn:aws:s3:::orders'",
      (site) => refuseArnOfRegion(site, "queueArn", "arn:aws:s3:::orders"),
    ],
    [
      "a key is given by an alias",
      "InvalidArn",
      `'kmsKeyArn' must be the ARN of a key, got '${KEY.replace("key/", "alias/")}'`,
      (site) => checkSiteKey(site, "kmsKeyArn", KEY.replace("key/", "alias/")),
    ],
    [
      "a key is of another region",
      "KeyInOtherRegion",
      "'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
      (site) => checkSiteKey(site, "kmsKeyArn", inTokyo(KEY)),
    ],
    [
      "the ref of a key is of another region",
      "KeyInOtherRegion",
      "'key' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
      (site) => {
        refuseKeyOfRegion(site, "key", "ap-northeast-1");
      },
    ],
    [
      "there is one subnet",
      "SettingOutOfRange",
      "'subnetIds' must name subnets of two Availability Zones or more, got 1",
      (site) => checkSubnets(site, ["subnet-1"]),
    ],
    [
      "a list repeats an item",
      "RepeatedItem",
      "'ports' names '80' twice",
      (site) => refuseRepeated(site, "ports", [80, 80]),
    ],
    [
      "a ref is of another account",
      "WrongSite",
      "'cluster' is in 'ap-northeast-2' of '444455556666', the site is 'ap-northeast-2' of '111122223333'",
      (site) => refuseForeignRef(site, "'cluster'", { ...SEOUL, account: "444455556666" }),
    ],
    [
      "something is in another region",
      "WrongSite",
      "the bucket 'orders' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
      (site) => refuseForeignRegion(site, "the bucket 'orders'", "ap-northeast-1"),
    ],
    [
      "code is in another region",
      "CodeInOtherRegion",
      "the bucket 'builds' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
      (site) => refuseForeignRegion(site, "the bucket 'builds'", "ap-northeast-1", { code: "CodeInOtherRegion" }),
    ],
    [
      "something is of another account",
      "WrongSite",
      "the role 'backup' is of account '444455556666', the site is of '111122223333'",
      (site) => refuseForeignAccount(site, "the role 'backup'", "444455556666"),
    ],
    [
      "an alarm is of another account",
      "AlarmInOtherAccount",
      "the alarm 'switch' is of account '444455556666', the site is of '111122223333'",
      (site) => refuseForeignAccount(site, "the alarm 'switch'", "444455556666", { code: "AlarmInOtherAccount" }),
    ],
    [
      "a construct is in another site",
      "WrongSite",
      "'groups' is in stack/Tokyo, the site is stack/Site",
      (site) => {
        const tokyo = new Site(TerraformStack.of(site), "Tokyo", { region: "ap-northeast-1", account: ACCOUNT });
        refuseOtherSite(site, "groups", tokyo);
      },
    ],
    [
      "a copy is in its source's region",
      "ReplicaInSourceRegion",
      "'orders' and its copy are both in 'ap-northeast-2'",
      (site) => refuseSourceRegion(site, "'orders'", [SEOUL.region, SEOUL.region]),
    ],
    [
      "a copy is in another account than its source",
      "ReplicaInOtherAccount",
      "'orders' is in account '444455556666', its copy in '111122223333'",
      (site) => refuseOtherAccount(site, "'orders'", ["444455556666", ACCOUNT]),
    ],
    [
      "a list of regions for copies names the source's",
      "ReplicaInSourceRegion",
      "'replicas' must name other regions, got the source's own 'ap-northeast-2'",
      (site) => refuseRegionsOfCopies(site, "replicas", ["ap-northeast-2"], "ap-northeast-2"),
    ],
  ])("%s", (_, code, problem, check) => {
    expectRefusalInSite(check, code, problem, "stack/Site");
  });
});
