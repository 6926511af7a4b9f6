/**
 * Proves which tags are refused, by the modules that take some. Does not prove what a service allows beyond AWS's common rules.
 */
import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { BackupPlan, BackupRole, BackupVault, Schedule } from "../../modules/aws-backup";
import { AutoScalingGroup, ssmImage } from "../../modules/auto-scaling";
import { checkRoleTags, checkTags, Tags } from "../../modules/core";
import { GlobalTable } from "../../modules/dynamodb-global-table";
import { ReplicaBucket } from "../../modules/s3-replication";
import { Site } from "../../modules/site";
import { StateBucket } from "../../modules/state-bucket";
import { expectRefusal, expectRefusalInSite, SEOUL, synth, synthInSite } from "../support/synth";
import { defineShop, SITES } from "../support/workloads";

const many = (count: number): Tags => Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, ""]));

describe("checkTags", () => {
  test.each<[string, Tags | undefined]>([
    ["none", undefined],
    ["fifty, an empty value, the longest key and value", { ...many(49), ["k".repeat(128)]: "v".repeat(256) }],
    ["keys that differ in case only", { Name: "a", name: "b" }],
    ["a key that holds 'aws:' further on", { "team:aws:x": "a" }],
  ])("passes %s", (_, tags) => {
    synthInSite((site) => {
      expect(checkTags(site, "tags", tags)).toBe(tags);
      new ReplicaBucket(site, "Bucket", { name: "acme-media", tags });
    });
  });

  test("passes a value that only an apply knows", () => {
    const tf = synth((scope) => {
      const team = new TerraformVariable(scope, "team", {}).stringValue;
      new ReplicaBucket(new Site(scope, "Seoul", SEOUL), "Bucket", { name: "acme-media", tags: { team } });
    });
    expect(tf.only("aws_s3_bucket").tags).toEqual({ team: "${var.team}" });
  });

  const WRONG: readonly [Tags, string][] = [
    [many(51), " must have 50 tags at most, got 51"],
    [{ "aws:team": "a" }, " has a key that begins with 'aws:', got 'aws:team'"],
    [{ "AWS:team": "a" }, " has a key that begins with 'aws:', got 'AWS:team'"],
    [{ "": "a" }, " must have keys of 1 to 128 characters, got one of 0"],
    [{ ["k".repeat(129)]: "a" }, " must have keys of 1 to 128 characters, got one of 129"],
  ];
  const vault = BackupVault.refOf({ ...SEOUL, name: "orders" });
  const rule = { vault, schedule: Schedule.daily(), retention: { deleteAfterDays: 35 } };
  const TAKERS: Readonly<Record<string, (site: Construct, tags: Tags) => unknown>> = {
    tags: (site, tags) => new ReplicaBucket(site, "X", { name: "acme-media", tags }),
    "tags ": (site, tags) => new StateBucket(site, "X", { name: "acme-media", tags }),
    "tags  ": (site, tags) => new BackupVault(site, "X", { name: "orders", tags }),
    "tags   ": (site, tags) => new BackupPlan(site, "X", { name: "orders", rules: { daily: rule }, tags }),
    "tags    ": (site, tags) => new BackupRole(site, "X", { name: "orders", tags }),
    "tags     ": (site, tags) =>
      new GlobalTable(site, "X", { name: "carts", partitionKey: { name: "id", type: "S" }, tags }),
    "rules.daily.recoveryPointTags": (site, tags) =>
      new BackupPlan(site, "X", { name: "orders", rules: { daily: { ...rule, recoveryPointTags: tags } } }),
    instanceTags: (site, tags) =>
      new AutoScalingGroup(site, "X", {
        name: "orders-api",
        capacity: { min: 1, desired: 1, max: 1 },
        image: ssmImage("/acme/api"),
        instanceType: "m7g.large",
        kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:key/1234",
        subnetIds: ["subnet-1", "subnet-2"],
        vpcId: "vpc-1",
        instanceTags: tags,
      }),
  };
  test.each(Object.entries(TAKERS))("fails in '%s'", (property, make) => {
    for (const [tags, problem] of WRONG) {
      expectRefusalInSite((site) => make(site, tags), "InvalidTag", `'${property.trim()}'${problem}`);
    }
    expectRefusalInSite(
      (site) => make(site, { team: "v".repeat(257) }),
      "InvalidTag",
      `'${property.trim()}.team' must have 256 characters at most, got 257`,
    );
  });
});

describe("checkRoleTags", () => {
  test("passes keys that differ in more than their case", () => {
    synthInSite((site) => {
      expect(checkRoleTags(site, "tags", { team: "a" }, { Site: "seoul", team: "b" })).toEqual({ team: "a" });
      new BackupRole(site, "Role", { name: "backup", tags: { team: "b" } });
    });
  });

  test("fails on a site whose keys differ in case only", () => {
    expectRefusalInSite(
      (site) => new Site(TerraformStack.of(site), "Tokyo", { ...SEOUL, tags: { Name: "a", name: "b" } }),
      "InvalidTag",
      "'tags' has 'name' next to 'Name', and IAM tells keys apart without their case",
    );
  });

  test("fails on a role whose key differs from one of its site in case only", () => {
    expectRefusal(
      () =>
        synthInSite((site) => new BackupRole(site, "Role", { name: "backup", tags: { team: "b" } }), {
          ...SEOUL,
          tags: { Team: "a" },
        }),
      "InvalidTag",
      "'tags' has 'team' next to 'Team', and IAM tells keys apart without their case",
    );
  });

  test.each([
    ["workload", "Workload"],
    ["SITE", "Site"],
  ])("fails on a workload's site with the key '%s'", (key, own) => {
    expectRefusal(
      defineShop({ sites: { ...SITES, tokyo: { ...SITES.tokyo, tags: { [key]: "a" } } } }),
      "InvalidTag",
      `'sites.tokyo.tags' has '${key}' next to '${own}', and IAM tells keys apart without their case`,
      "orders",
    );
  });
});
