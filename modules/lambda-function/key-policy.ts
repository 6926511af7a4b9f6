import { arn, Statement } from "../core";
import { logGroupsStatement } from "../log-group";
import { Site } from "../site";

/** Where Lambda looks for the log group of a function. */
export const LOG_GROUP_PREFIX = "/aws/lambda/";

/**
 * Lets CloudWatch Logs encrypt what the site's functions write. For the key's `statements`; without them no function is created.
 * For environments and snapshots Lambda makes grants of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function lambdaKeyStatements(site: Site): readonly Statement[] {
  return [logGroupsStatement(site, "AllowLambdaLogs", LOG_GROUP_PREFIX)];
}

/**
 * Lets the site's functions start from images of a repository. For the repository's `statements`: Lambda would otherwise write into
 * its policy by itself, and the next plan would take that back.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export function lambdaImageStatement({ partition, region, account }: Site): Statement {
  const functions = arn({ partition, service: "lambda", region, account, resource: "function:*" });
  return {
    sid: "AllowLambda",
    principal: { Service: "lambda.amazonaws.com" },
    actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    conditions: { ArnLike: { "aws:SourceArn": functions } },
  };
}
