/**
 * Proves what is synthesised for the distribution of images that EC2 Image Builder makes, and what is refused of it. Does not prove
 * that Image Builder copies anything.
 */
import { ImagebuilderDistributionConfiguration } from "@cdktf/provider-aws/lib/imagebuilder-distribution-configuration";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import {
  ImageBuilderDistribution,
  ImageBuilderDistributionProps,
  ImageDestination,
  ImagePublication,
} from "../../modules/ami-distribution";
import { protectionsBelow, RefusalCode } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

const seoul: ImageDestination = { key: SiteKey.refOf({ ...SEOUL, alias: "seoul" }) };
const tokyo: ImageDestination = { key: SiteKey.refOf({ ...TOKYO, alias: "tokyo" }) };
const props: ImageBuilderDistributionProps = { name: "orders", destinations: { seoul, tokyo } };
const make = (change: Partial<ImageBuilderDistributionProps> = {}) =>
  synthInSite((site) => new ImageBuilderDistribution(site, "Images", { ...props, ...change }));
const TYPE = "aws_imagebuilder_distribution_configuration";
const to = (change: Partial<ImageDestination>) => ({ destinations: { tokyo: { ...tokyo, ...change } } });

const IMAGE = { name: "orders-{{ imagebuilder:buildDate }}" };
const TO_SEOUL = {
  region: "ap-northeast-2",
  ami_distribution_configuration: {
    ...IMAGE,
    kms_key_id: "arn:aws:kms:ap-northeast-2:111122223333:alias/seoul",
  },
};
const TO_TOKYO = {
  region: "ap-northeast-1",
  ami_distribution_configuration: {
    ...IMAGE,
    kms_key_id: "arn:aws:kms:ap-northeast-1:111122223333:alias/tokyo",
  },
};

describe("ImageBuilderDistribution", () => {
  test("defaults", () => {
    const tf = make();
    expect(tf.types()).toEqual([TYPE]); // where images go
    expect(tf.only(TYPE)).toEqual({ provider: "aws", name: "orders", distribution: [TO_SEOUL, TO_TOKYO] });
    expect(tf.text).toHaveResourceWithProperties(ImagebuilderDistributionConfiguration, { name: "orders" });
  });

  test("description, imageName and imageTags are of every copy", () => {
    const image = { name: "api {{ imagebuilder:buildVersion }}", description: "Orders", ami_tags: { Team: "orders" } };
    const change = { description: "Orders", imageName: image.name, imageTags: image.ami_tags };
    const described = (one: typeof TO_SEOUL) => ({
      ...one,
      ami_distribution_configuration: { ...one.ami_distribution_configuration, ...image },
    });
    expect(make(change).only(TYPE)).toEqual({
      provider: "aws",
      name: "orders",
      description: "Orders",
      distribution: [described(TO_SEOUL), described(TO_TOKYO)],
    });
  });

  test("launchAccounts and launchOrganizationArns", () => {
    const organization = "arn:aws:organizations::111122223333:organization/o-abc";
    const launch = { launchAccounts: ["444455556666"], launchOrganizationArns: [organization] };
    expect(make(to(launch)).only(TYPE).distribution).toEqual([
      {
        ...TO_TOKYO,
        ami_distribution_configuration: {
          ...TO_TOKYO.ami_distribution_configuration,
          launch_permission: { user_ids: ["444455556666"], organization_arns: [organization] },
        },
      },
    ]);
  });

  test("parameter and targetAccounts: each account has the id of its own copy", () => {
    let arns: readonly string[] = [];
    const tf = synthInSite((site) => {
      const change = to({ parameter: "/orders/ami", targetAccounts: ["444455556666"] });
      arns = new ImageBuilderDistribution(site, "Images", { ...props, ...change }).parameterArns;
    });
    const common = { parameter_name: "/orders/ami", data_type: "aws:ec2:image" };
    expect(tf.only(TYPE).distribution).toEqual([
      {
        ...TO_TOKYO,
        ami_distribution_configuration: {
          ...TO_TOKYO.ami_distribution_configuration,
          target_account_ids: ["444455556666"],
        },
        ssm_parameter_configuration: [common, { ...common, ami_account_id: "444455556666" }],
      },
    ]);
    expect(arns).toEqual([
      "arn:aws:ssm:ap-northeast-1:111122223333:parameter/orders/ami",
      "arn:aws:ssm:ap-northeast-1:444455556666:parameter/orders/ami",
    ]);
  });

  test("waits for a key of the same stack", () => {
    const tf = synthInSite((site) => {
      const { ref } = new SiteKey(site, "Key", { alias: "seoul" });
      new ImageBuilderDistribution(site, "Images", { ...props, destinations: { seoul: { key: ref }, tokyo } });
    });
    expect(tf.only(TYPE).depends_on).toEqual([
      expect.stringMatching(/^aws_kms_key\./) as string,
      expect.stringMatching(/^aws_kms_alias\./) as string,
    ]);
  });

  test("says what is not known of it", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    new ImageBuilderDistribution(site, "Images", props);
    expect(protectionsBelow(site)[0]!.model).toEqual({
      protection: {
        mechanism: "EC2 Image Builder distribution",
        copiesFrom: "ap-northeast-2",
        copiesIn: ["ap-northeast-1"],
        loss: {
          basis: "unknown",
          source: "https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-distribution-settings.html",
          note: "AWS publishes no time a distribution takes; an image that was built and not yet distributed is lost with its region",
        },
      },
      recovery: [],
      evidence: [],
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new ImageBuilderDistribution(site, "One", props);
      new ImageBuilderDistribution(site, "Two", { ...props, name: "catalog" });
    });
    expect(tf.all(TYPE).map(({ name }) => name)).toEqual(["orders", "catalog"]);
  });

  test.each<[Partial<ImageBuilderDistributionProps>, RefusalCode, string]>([
    [{ destinations: {} }, "MissingSetting", "'destinations' is empty"],
    [{ destinations: { a: tokyo, b: tokyo } }, "RepeatedItem", "'destinations' names 'ap-northeast-1' twice"],
    [
      { destinations: { china: { key: SiteKey.refOf({ ...TOKYO, region: "cn-north-1", alias: "a" }) } } },
      "ForeignPartition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
    ],
    [
      { name: "orders." },
      "InvalidName",
      "'name' is not a valid Image Builder distribution name, got 'orders.', allowed: letters, digits, '_' and '-', and spaces between them",
    ],
    [
      { imageName: "orders/1" },
      "InvalidName",
      "'imageName' is not a valid name of a built AMI, got 'orders/1', allowed: letters, digits, spaces and any of _:{}.-, such as 'orders-{{ imagebuilder:buildDate }}'",
    ],
    [
      to({ parameter: "/ssm/ami" }),
      "InvalidName",
      "'parameter' is not a valid SSM parameter name, got '/ssm/ami', allowed: letters, digits and any of ._-, after a slash for each of up to 15 levels, or without any slash, not beginning with 'aws' or 'ssm'",
    ],
    [to({ launchAccounts: ["4"] }), "InvalidAccount", "an AWS account id has 12 digits, got '4'"],
    [
      to({ targetAccounts: ["111122223333"] }),
      "InvalidAccount",
      "'targetAccounts' must be other accounts, got the site's own '111122223333'",
    ],
    [
      to({ launchOrganizationArns: ["arn:aws:organizations::111122223333:ou/o-abc/ou-1"] }),
      "InvalidArn",
      "'launchOrganizationArns' must be ARNs of organizations, got 'arn:aws:organizations::111122223333:ou/o-abc/ou-1'",
    ],
    [to({ launchOrganizationArns: ["o-abc"] }), "InvalidArn", "'launchOrganizationArns' must be an ARN, got 'o-abc'"],
  ])("fails of %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => {
        try {
          new ImageBuilderDistribution(site, "Images", { ...props, ...change });
        } finally {
          expect(site.node.findChild("Images").node.children).toEqual([]);
        }
      },
      code,
      problem,
      "stack/Site/Images",
    );
  });

  test("fails of a parameter that a site publishes itself", () => {
    const both = () =>
      synth((scope) => {
        const publication = { parameter: "/orders/ami", imageId: "ami-12345678" };
        new ImagePublication(new Site(scope, "Tokyo", TOKYO), "Image", publication);
        new ImageBuilderDistribution(new Site(scope, "Seoul", SEOUL), "Images", {
          ...props,
          ...to({ parameter: "/orders/ami" }),
        });
      });
    expect(both).toThrow("the SSM parameter name '/orders/ami' is already taken by");
  });
});
