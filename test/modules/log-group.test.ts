/**
 * Proves how log groups are named, kept and encrypted, and which key statement and role permission belong to them. Does not prove that
 * CloudWatch Logs accepts the key: the statement is from its guide.
 */
import { createLogGroup, createServiceLogGroups, logGroupsStatement, logStreamsArn } from "../../modules/log-group";
import { Site } from "../../modules/site";
import { synthInSite } from "../support/synth";

const kmsKeyArn = "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** Calls a function with a site and returns its value. */
function inSite<T>(use: (site: Site) => T): T {
  const values: T[] = [];
  synthInSite((site) => {
    createLogGroup(site, "Log", { name: "/orders/imports", kmsKeyArn, retentionDays: undefined });
    values.push(use(site));
  });
  return values[0]!;
}

test("a log group keeps logs for 90 days by default", () => {
  const tf = synthInSite(
    (site) => void createLogGroup(site, "Log", { name: "/orders/imports", kmsKeyArn, retentionDays: undefined }),
  );
  expect(tf.at("Site/Log")).toEqual({
    provider: "aws",
    name: "/orders/imports",
    kms_key_id: kmsKeyArn,
    retention_in_days: 90,
  });
});

test("a service gets one log group for each log", () => {
  const tf = synthInSite(
    (site) =>
      void createServiceLogGroups(site, ["error", "slowquery"], {
        prefix: "/aws/rds/instance/orders",
        kmsKeyArn: undefined,
        retentionDays: 30,
      }),
  );
  expect(tf.types()).toEqual(["aws_cloudwatch_log_group", "aws_cloudwatch_log_group"]);
  expect(tf.at("Site/Log-error")).toEqual({
    provider: "aws",
    name: "/aws/rds/instance/orders/error",
    retention_in_days: 30,
  });
  expect(tf.at("Site/Log-slowquery").name).toBe("/aws/rds/instance/orders/slowquery");
});

test("the key statement covers the site's log groups with the prefix", () => {
  expect(inSite((site) => logGroupsStatement(site, "AllowOrdersLogs", "/orders/"))).toEqual({
    sid: "AllowOrdersLogs",
    principal: { Service: "logs.ap-northeast-2.amazonaws.com" },
    actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    resources: ["*"],
    conditions: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:ap-northeast-2:111122223333:log-group:/orders/*" },
    },
  });
});

test("logStreamsArn names the streams of one log group", () => {
  expect(inSite((site) => logStreamsArn(site, "/orders/imports"))).toBe(
    "arn:aws:logs:ap-northeast-2:111122223333:log-group:/orders/imports:*",
  );
});
