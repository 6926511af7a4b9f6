import { arn, Conditions } from "../core";
import { Site } from "../site";

/**
 * Conditions under which a service acts for one account only. Without them, a service could act here for another account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function onlyForAccount(account: string): Conditions {
  return { StringEquals: { "aws:SourceAccount": account } };
}

/**
 * Conditions under which a service acts only for resources of the site's account and region.
 *
 * @param service service of the resources in their ARN
 * @param resource last part of their ARN; it may contain `*`
 */
export function onlyForResources(
  { partition, region, account }: Pick<Site, "partition" | "region" | "account">,
  service: string,
  resource: string,
): Conditions {
  const source = arn({ partition, service, region, account, resource });
  return { ...onlyForAccount(account), ArnLike: { "aws:SourceArn": source } };
}
