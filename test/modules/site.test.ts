/**
 * Proves which provider a site makes, and what it places where. Does not prove that the provider reaches the account, nor
 * that it can take the role.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformHclModule, TerraformProvider, TerraformResource, TerraformStack, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import "cdktf/lib/testing/adapters/jest";
import { SiteKey } from "../../modules/kms-keys";
import { Site, SiteProps } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, OSAKA, SEOUL, synth, Synthesised, TOKYO } from "../support/synth";

const queue = (scope: Construct, id = "Queue") => new SqsQueue(scope, id, { name: id });
const providers = (tf: Synthesised) => (tf.json.provider as { aws: object[] }).aws;
/** Provider of each queue by its name. */
const placed = (tf: Synthesised) =>
  Object.fromEntries(tf.all("aws_sqs_queue").map(({ name, provider }) => [name, provider])) as object;
/** Any provider that is not AWS's. */
class RandomProvider extends TerraformProvider {}
const stack = () => new TerraformStack(Testing.app(), "stack");

describe("a stack with one site", () => {
  const alone = (props: Partial<SiteProps> = {}) =>
    synth((scope) => queue(new Site(scope, "Seoul", { ...SEOUL, ...props })));

  test("has one plain provider, which works in the site's region and account alone", () => {
    expect(providers(alone())).toEqual([{ region: "ap-northeast-2", allowed_account_ids: ["111122223333"] }]);
    expect(placed(alone())).toEqual({ Queue: "aws" });
  });

  test("asks for hashicorp/aws in a range, not for an exact version", () => {
    expect(alone().json.terraform).toMatchObject({
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
    });
  });

  test("asks for a provider that knows its region", () => {
    expect(alone({ region: "ap-southeast-6" }).json.terraform).toMatchObject({
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 6.14.0, < 7.0.0" } },
    });
  });

  test("refuses the releases that break what it holds, in order, once, and none below the first that will do", () => {
    const tf = synth((scope) => {
      const site = new Site(scope, "Seoul", SEOUL);
      queue(site);
      site.avoidBrokenProviders("targetGroup");
      site.avoidBrokenProviders("autoScalingGroup");
      site.avoidBrokenProviders("lambdaVersion");
      site.avoidBrokenProviders("dynamodbIndex");
      site.requireProvider("6.9.0");
      site.requireProvider("6.25.0");
    });
    const version = ">= 6.25.0, != 6.26.0, != 6.27.0, != 6.28.0, != 6.32.0, != 6.32.1, != 6.33.0, < 7.0.0";
    expect(tf.json.terraform).toMatchObject({ required_providers: { aws: { version } } });
  });

  test("takes a role", () => {
    const roleArn = "arn:aws:iam::111122223333:role/deploy";
    expect(providers(alone({ assumeRole: { roleArn } }))).toMatchObject([{ assume_role: [{ role_arn: roleArn }] }]);
    expect(providers(alone({ assumeRole: { roleArn, externalId: "e", sessionName: "s" } }))).toEqual([
      {
        region: "ap-northeast-2",
        allowed_account_ids: ["111122223333"],
        assume_role: [{ role_arn: roleArn, external_id: "e", session_name: "s" }],
      },
    ]);
  });

  test("tags everything", () => {
    expect(providers(alone({ tags: { workload: "orders" } }))).toEqual([
      {
        region: "ap-northeast-2",
        allowed_account_ids: ["111122223333"],
        default_tags: [{ tags: { workload: "orders" } }],
      },
    ]);
  });

  test("Terraform's matchers see it too", () => {
    const text = Testing.synthScope((scope) => queue(new Site(scope, "Seoul", SEOUL)));
    expect(text).toHaveProviderWithProperties(AwsProvider, { region: "ap-northeast-2" });
  });
});

describe("a stack with several sites", () => {
  const several = () =>
    synth((scope) => {
      for (const [id, props] of Object.entries({ Seoul: SEOUL, Tokyo: TOKYO, Osaka: OSAKA })) {
        queue(new Site(scope, id, props), id);
      }
    });

  test("tells their providers apart by the sites' names", () => {
    expect(providers(several())).toEqual([
      { alias: "seoul", region: "ap-northeast-2", allowed_account_ids: ["111122223333"] },
      { alias: "tokyo", region: "ap-northeast-1", allowed_account_ids: ["111122223333"] },
      { alias: "osaka", region: "ap-northeast-3", allowed_account_ids: ["111122223333"] },
    ]);
  });

  test("places every resource in the site above it", () => {
    expect(placed(several())).toEqual({ Seoul: "aws.seoul", Tokyo: "aws.tokyo", Osaka: "aws.osaka" });
  });

  test("keeps every alias whatever the order of the sites, and gives the same bytes each time", () => {
    const reversed = synth((scope) => {
      for (const [id, props] of Object.entries({ Osaka: OSAKA, Tokyo: TOKYO, Seoul: SEOUL })) {
        queue(new Site(scope, id, props), id);
      }
    });
    expect(placed(reversed)).toEqual(placed(several()));
    expect(several().text).toBe(several().text);
  });

  test("a site's name may be given, and is the alias", () => {
    const tf = synth((scope) => {
      queue(new Site(scope, "A", { ...SEOUL, name: "kr1" }), "one");
      queue(new Site(scope, "B", TOKYO), "two");
    });
    expect(placed(tf)).toEqual({ one: "aws.kr1", two: "aws.b" });
  });

  test("fails when two have one name", () => {
    const here = stack();
    new Site(here, "Seoul", SEOUL);
    expectRefusal(
      () => new Site(here, "Other", { ...TOKYO, name: "seoul" }),
      "NameTaken",
      "the site name 'seoul' is already taken by stack/Seoul",
      "stack/Other",
    );
  });
});

describe("a stack with providers of its own", () => {
  test("a site uses the one it is given, as it is, and others get an alias", () => {
    const tf = synth((scope) => {
      const own = new AwsProvider(scope, "aws", { region: "ap-northeast-2", maxRetries: 3 });
      queue(new Site(scope, "Seoul", { ...SEOUL, provider: own }), "one");
      queue(new Site(scope, "Tokyo", TOKYO), "two");
    });
    expect(providers(tf)).toEqual([
      { region: "ap-northeast-2", max_retries: 3 },
      { alias: "tokyo", region: "ap-northeast-1", allowed_account_ids: ["111122223333"] },
    ]);
    expect(placed(tf)).toEqual({ one: "aws", two: "aws.tokyo" });
  });

  test("a given alias stays", () => {
    const tf = synth((scope) => {
      const own = new AwsProvider(scope, "aws", { alias: "main", region: "ap-northeast-2" });
      queue(new Site(scope, "Seoul", { ...SEOUL, provider: own }));
    });
    expect(placed(tf)).toEqual({ Queue: "aws.main" });
  });

  test("resources outside keep the plain provider, and a single site then has an alias", () => {
    const tf = synth((scope) => {
      new AwsProvider(scope, "aws", { region: "us-east-1" });
      queue(scope, "outside");
      queue(new Site(scope, "Seoul", SEOUL), "inside");
    });
    expect(providers(tf)).toEqual([
      { region: "us-east-1" },
      { alias: "seoul", region: "ap-northeast-2", allowed_account_ids: ["111122223333"] },
    ]);
    expect(placed(tf)).toEqual({ outside: undefined, inside: "aws.seoul" });
  });

  test("a provider for something else does not count", () => {
    const tf = synth((scope) => {
      new RandomProvider(scope, "random", { terraformResourceType: "random", terraformProviderSource: "random" });
      queue(new Site(scope, "Seoul", SEOUL));
    });
    expect(placed(tf)).toEqual({ Queue: "aws" });
  });

  test("fails when the alias is taken by a provider of the stack's own", () => {
    expectRefusal(
      () =>
        synth((scope) => {
          new AwsProvider(scope, "aws-tokyo", { alias: "tokyo", region: "ap-northeast-1" });
          queue(new Site(scope, "Tokyo", TOKYO));
        }),
      "NameTaken",
      /^the provider alias 'tokyo' is already taken by .*aws-tokyo$/,
    );
  });

  test.each<[string, ConstructorParameters<typeof AwsProvider>[2], string]>([
    ["region", { region: "us-east-1" }, "'provider' works in 'us-east-1' and 'region' is 'ap-northeast-2'"],
    [
      "account",
      { region: "ap-northeast-2", allowedAccountIds: ["444455556666", "777788889999"] },
      "'provider' works in account 444455556666 or 777788889999 and 'account' is '111122223333'",
    ],
  ])("fails when the provider works in another %s", (_, config, problem) => {
    const here = stack();
    const provider = new AwsProvider(here, "aws", config);
    expectRefusal(() => new Site(here, "Seoul", { ...SEOUL, provider }), "ConflictingSettings", problem, "stack/Seoul");
  });

  test("a provider whose region only an apply would tell is trusted", () => {
    const here = stack();
    const region = Token.asString({ resolve: () => "${var.region}" });
    const provider = new AwsProvider(here, "aws", { region, allowedAccountIds: [SEOUL.account] });
    expect(new Site(here, "Seoul", { ...SEOUL, provider }).provider).toBe(provider);
  });

  test.each(["assumeRole", "tags"])(
    "fails when '%s' is set together with a provider, which would ignore it",
    (setting) => {
      const here = stack();
      const provider = new AwsProvider(here, "aws", { region: SEOUL.region });
      expectRefusal(
        () => new Site(here, "Seoul", { ...SEOUL, provider, [setting]: { roleArn: "arn" } }),
        "ConflictingSettings",
        `'provider' and '${setting}' are both given`,
        "stack/Seoul",
      );
      expect(here.node.tryFindChild("Seoul")!.node.children).toEqual([]);
    },
  );
});

describe("placement", () => {
  const pair = (define: (seoul: Site, tokyo: Site, scope: Construct) => void) =>
    synth((scope) => define(new Site(scope, "Seoul", SEOUL), new Site(scope, "Tokyo", TOKYO), scope));

  test("reaches whatever depth, and data sources too", () => {
    const tf = pair((seoul, tokyo) => {
      queue(new Construct(new Construct(seoul, "A"), "B"));
      new DataAwsCallerIdentity(new Construct(tokyo, "C"), "Me");
    });
    expect(tf.only("aws_sqs_queue").provider).toBe("aws.seoul");
    expect(tf.only("data.aws_caller_identity").provider).toBe("aws.tokyo");
  });

  test("does not override a provider that was set", () => {
    const tf = pair((seoul, tokyo) => {
      new SqsQueue(seoul, "Queue", { name: "abroad", provider: tokyo.provider });
      new DataAwsCallerIdentity(seoul, "Me", { provider: tokyo.provider });
    });
    expect(placed(tf)).toEqual({ abroad: "aws.tokyo" });
    expect(tf.only("data.aws_caller_identity").provider).toBe("aws.tokyo");
  });

  test("leaves resources of other providers alone", () => {
    const tf = pair((seoul) => {
      new TerraformResource(seoul, "Pet", { terraformResourceType: "random_pet" });
    });
    expect(tf.only("random_pet")).toEqual({});
  });

  test("gives a Terraform module the provider, unless it has one for AWS", () => {
    const tf = pair((seoul, tokyo) => {
      const module = { source: "terraform-aws-modules/sqs/aws", version: "5.0.0" };
      new TerraformHclModule(seoul, "A", module);
      new TerraformHclModule(seoul, "B", { ...module, providers: [tokyo.provider] });
      new TerraformHclModule(seoul, "C", {
        ...module,
        providers: [{ moduleAlias: "dr", provider: tokyo.provider }],
      });
      queue(seoul);
    });
    const modules = Object.values(tf.json.module as Record<string, { providers: object }>);
    expect(modules.map((module) => module.providers)).toEqual([
      { aws: "aws.seoul" },
      { aws: "aws.tokyo" },
      { "aws.dr": "aws.tokyo" },
    ]);
  });
});

describe("Site.of", () => {
  test("returns the site of a construct, or the site itself", () => {
    const seoul = new Site(stack(), "Seoul", SEOUL);
    const below = new Construct(new Construct(seoul, "A"), "B");
    expect(Site.of(below)).toBe(seoul);
    expect(Site.of(seoul)).toBe(seoul);
    expect([Site.isSite(seoul), Site.isSite(below)]).toEqual([true, false]);
  });

  test("knows all that is known of the place", () => {
    const { siteName, region, account, partition, dnsSuffix } = new Site(stack(), "Beijing", {
      region: "cn-north-1",
      account: "111122223333",
    });
    expect({ siteName, region, account, partition, dnsSuffix }).toEqual({
      siteName: "beijing",
      region: "cn-north-1",
      account: "111122223333",
      partition: "aws-cn",
      dnsSuffix: "amazonaws.com.cn",
    });
  });

  test("fails outside of any site, and says what to write", () => {
    expectRefusal(
      () => new SiteKey(stack(), "Key", { alias: "media" }),
      "OutsideSite",
      "SiteKey is in no Site",
      "stack/Key",
    );
  });
});

describe("Site refuses", () => {
  test("inside of another site", () => {
    expectRefusalInSite(
      (site) => new Site(new Construct(site, "Inner"), "Tokyo", TOKYO),
      "SiteInsideSite",
      "a site cannot be in another site, got one under stack/Site",
      "stack/Site/Inner/Tokyo",
    );
  });

  test("an invalid region", () => {
    expectRefusal(
      () => new Site(stack(), "Seoul", { ...SEOUL, region: "ap-northest-2" }),
      "UnknownRegion",
      /^this library does not know the region 'ap-northest-2', it knows 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'$/,
      "stack/Seoul",
    );
  });

  test("an invalid account", () => {
    expectRefusal(
      () => new Site(stack(), "Seoul", { ...SEOUL, account: "1234" }),
      "InvalidAccount",
      "an AWS account id has 12 digits, got '1234'",
      "stack/Seoul",
    );
  });

  test.each([
    ["an id with a hyphen", "Seoul-A", undefined, "seoul-a"],
    ["a capital", "Seoul", "Seoul", "Seoul"],
    ["a digit first", "Seoul", "1a", "1a"],
    ["thirteen characters", "Seoul", "abcdefghijklm", "abcdefghijklm"],
    ["nothing", "Seoul", "", ""],
  ])("a name with %s", (_, id, name, got) => {
    expectRefusal(
      () => new Site(stack(), id, { ...SEOUL, name }),
      "InvalidName",
      new RegExp(`^'name' is not a valid site name, got '${got}', allowed: `),
      `stack/${id}`,
    );
  });

  test.each(["region", "account", "name"])("a token for '%s'", (setting) => {
    const later = Token.asString({ resolve: () => "later" });
    expectRefusal(
      () => new Site(stack(), "Seoul", { ...SEOUL, [setting]: later }),
      "TokenForPlainString",
      `'${setting}' must be known at synth, got a token`,
    );
  });

  test("a token for the role", () => {
    const assumeRole = { roleArn: Token.asString({ resolve: () => "later" }) };
    expectRefusal(
      () => new Site(stack(), "Seoul", { ...SEOUL, assumeRole }),
      "TokenForPlainString",
      "'assumeRole.roleArn' must be known at synth, got a token",
    );
  });
});
