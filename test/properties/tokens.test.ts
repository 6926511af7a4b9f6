/**
 * Proves that constructs accept numbers and lists that are unknown until an apply. Each is an expression in the JSON, or is refused
 * with `TokenForPlainString`. A sample of every module's constructs. Does not prove that Terraform's types fit.
 */
import { Duration } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { CONSTRUCTS } from "../support/constructs";
import { SEOUL } from "../support/synth";
import { faultsWithTokens } from "../support/tokens";

test.each(Object.entries(CONSTRUCTS))("numbers and lists that only an apply knows: %s", (_, { place, props, make }) => {
  expect(faultsWithTokens(place, props, make)).toEqual([]);
});

test.each(["seconds", "minutes", "hours", "days"] as const)("Duration.%s is refused a token", (unit) => {
  const make = (_: Site, { amount }: { readonly amount: number }) => Duration[unit](amount);
  expect(
    faultsWithTokens(SEOUL, { amount: 5 }, (site, props) => [
      new SiteKey(site, "K", { alias: "k" }),
      make(site, props),
    ]),
  ).toEqual([]);
});
