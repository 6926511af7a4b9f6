/**
 * Proves where images are pulled from in each site, and everything that is refused of repositories and their replication. Does not
 * prove that an image exists.
 */
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Duration, policyDocument } from "../../modules/core";
import {
  expireOlderThan,
  expireUntagged,
  ImageReplicationRule,
  imagePullStatements,
  ImageRepository,
  ImageRepositoryProps,
  imageUri,
  keepNewest,
  registryImage,
  RegistryPolicy,
  RegistryReplication,
  RepositoryCreationTemplate,
  siteImage,
} from "../../modules/ecr-replication";
import { Site } from "../../modules/site";
import { expectRefusal, expectRefusalInSite, SEOUL, TOKYO, TOKYO_ABROAD } from "../support/synth";

const DIGEST = `sha256:${"0a".repeat(32)}`;
const api = ImageRepository.refOf({ ...SEOUL, name: "orders/api" });
const newSite = (props = SEOUL) => new Site(new TerraformStack(Testing.app(), "stack"), "Site", props);

describe("siteImage", () => {
  test("is pulled from the registry of the site that uses it, whatever site its ref points to", () => {
    expect(imageUri(newSite(SEOUL), siteImage(api, "1.4.2"))).toBe(
      "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/orders/api:1.4.2",
    );
    expect(imageUri(newSite(TOKYO_ABROAD), siteImage(api, "1.4.2"))).toBe(
      "444455556666.dkr.ecr.ap-northeast-1.amazonaws.com/orders/api:1.4.2",
    );
  });

  test("by digest, by name alone, from the registry of one account, with a tag that an apply tells", () => {
    const site = newSite(TOKYO);
    const shared = siteImage({ name: "orders/api" }, DIGEST, { registryAccount: "777788889999" });
    expect(imageUri(site, shared)).toBe(`777788889999.dkr.ecr.ap-northeast-1.amazonaws.com/orders/api@${DIGEST}`);
    const version = new TerraformVariable(site, "Version", { type: "string" });
    expect(imageUri(site, siteImage(api, version.stringValue))).toMatch(/\/orders\/api:\$\{TfToken\[/);
  });

  test.each(["", "-x", "a b", "a".repeat(129), "sha256:0a"])("fails when the tag is '%.10s'", (tag) => {
    expectRefusal(
      () => siteImage(api, tag),
      "InvalidName",
      /^'tagOrDigest' is not a valid image tag or digest/,
      "siteImage",
    );
  });

  test("fails when the repository's name is invalid", () => {
    expectRefusal(() => siteImage({ name: "Orders" }, "1"), "InvalidName", /^'repository.name' is not a valid ECR/);
  });

  test("fails when the account is invalid", () => {
    const registryAccount = "1";
    expectRefusal(() => siteImage(api, "1", { registryAccount }), "InvalidAccount", /has 12 digits, got '1'$/);
  });
});

describe("registryImage", () => {
  test.each([
    "public.ecr.aws/docker/library/nginx:1.29",
    `ghcr.io/acme/api@${DIGEST}`,
    "registry.acme.example:5000/api:1",
    "444455556666.dkr.ecr.ap-northeast-2.amazonaws.com/orders/api:1.4.2",
    "444455556666.dkr-ecr.ap-northeast-2.on.aws/orders/api:1.4.2",
  ])("%s", (uri) => {
    expect(imageUri(newSite(), registryImage(uri))).toBe(uri);
  });

  test.each(["amazonaws.com", "on.aws"])("fails when it lies in another region, at %s", (domain) => {
    const host = `111122223333.${domain === "on.aws" ? "dkr-ecr" : "dkr.ecr"}.ap-northeast-1.${domain}`;
    const image = registryImage(`${host}/orders/api:1.4.2`);
    expectRefusalInSite(
      (site) => imageUri(site, image),
      "ImageInOtherRegion",
      `the image '${host}/orders/api:1.4.2' is in 'ap-northeast-1', the site is 'ap-northeast-2'`,
      "stack/Site",
    );
  });

  test.each(["nginx", "nginx:1.29", "public.ecr.aws/nginx/nginx", "https://public.ecr.aws/nginx:1"])(
    "fails when the URI is '%s'",
    (uri) => {
      const problem = `'uri' must name host, repository and a tag or digest, got '${uri}'`;
      expectRefusal(() => registryImage(uri), "InvalidName", problem, "registryImage");
    },
  );
});

describe("imagePullStatements", () => {
  const pulls = (...images: Parameters<typeof imagePullStatements>[1]) =>
    JSON.parse(policyDocument(imagePullStatements(newSite(TOKYO), images))) as { Statement: unknown[] };

  test("name the repositories of the site, each once", () => {
    const inSite = "444455556666.dkr.ecr.ap-northeast-1.amazonaws.com/shared/proxy:1";
    const found = pulls(
      siteImage(api, "1"),
      siteImage(api, "2"),
      registryImage(inSite),
      registryImage("ghcr.io/a/b:1"),
    );
    expect(found.Statement).toEqual([
      { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Sid: "PullImages",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: [
          "arn:aws:ecr:ap-northeast-1:111122223333:repository/orders/api",
          "arn:aws:ecr:ap-northeast-1:444455556666:repository/shared/proxy",
        ],
      },
    ]);
  });

  test("are none for other registries", () => {
    expect(pulls(registryImage("public.ecr.aws/nginx/nginx:1")).Statement).toEqual([]);
  });
});

describe("refusals", () => {
  const kmsKeyArn = "arn:aws:kms:ap-northeast-2:111122223333:key/1234";
  const foreignKey = kmsKeyArn.replace("ap-northeast-2", "ap-northeast-1");
  const make = (change: Partial<ImageRepositoryProps>) => (site: Site) =>
    new ImageRepository(site, "Repository", { name: "orders/api", kmsKeyArn, ...change });

  test.each(["o", "Orders", "orders//api", "orders/", "orders--api", "a".repeat(257)])(
    "fails when the repository is named '%.12s'",
    (name) => {
      expectRefusalInSite(
        make({ name }),
        "InvalidName",
        /^'name' is not a valid ECR repository name/,
        "stack/Site/Repository",
      );
    },
  );

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => [make({})(site), new ImageRepository(site, "Two", { name: "orders/api", kmsKeyArn })],
      "NameTaken",
      "the ECR repository name 'orders/api' is already taken by stack/Site/Repository",
      "stack/Site/Two",
    );
  });

  test.each<[Partial<ImageRepositoryProps>, Parameters<typeof expectRefusalInSite>[1], string]>([
    [{ kmsKeyArn: foreignKey }, "KeyInOtherRegion", "'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'"],
    [
      { kmsKeyArn: "arn:aws:s3:ap-northeast-2:111122223333:x" },
      "InvalidArn",
      "'kmsKeyArn' must be the ARN of a key, got 'arn:aws:s3:ap-northeast-2:111122223333:x'",
    ],
    [{ kmsKeyArn: "alias/x" }, "InvalidArn", "'kmsKeyArn' must be an ARN, got 'alias/x'"],
    [{ pullAccounts: ["4444"] }, "InvalidAccount", "an AWS account id has 12 digits, got '4444'"],
    [
      { lifecycle: [expireUntagged(Duration.days(0))] },
      "SettingOutOfRange",
      "'lifecycle (untagged images after 0 seconds)' must be a whole number from 1 to 1000000, got 0",
    ],
    [
      { lifecycle: Array.from({ length: 51 }, () => expireUntagged(Duration.days(1))) },
      "SettingOutOfRange",
      "'lifecycle' must have at most 50 rules, got 51",
    ],
    [
      { lifecycle: [keepNewest(5), expireUntagged(Duration.days(1))] },
      "ConflictingSettings",
      "lifecycle (all but the newest 5 of images): a rule about any image comes before others",
    ],
    [
      { lifecycle: [keepNewest(5, { prefixes: ["a"], patterns: ["b*"] })] },
      "ConflictingSettings",
      "lifecycle (all but the newest 5 of images tagged a*, b*): 'prefixes' and 'patterns' are both given",
    ],
    [
      { lifecycle: [expireOlderThan(Duration.days(1), {})] },
      "MissingSetting",
      "lifecycle (images tagged  after 1 day): neither 'prefixes' nor 'patterns' names a tag",
    ],
  ])("fails on %j", (change, code, problem) => {
    expectRefusalInSite(make(change), code, problem, "stack/Site/Repository");
  });

  const tokyo = RegistryReplication.refOf(TOKYO);
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      return RegistryReplication.refOf({ region: "eu-west-1", account: String(100_000_000_000 + index) });
    });

  test.each<[string, string, ImageReplicationRule[], Parameters<typeof expectRefusalInSite>[1]]>([
    ["no rule", "'number of rules' must be a whole number from 1 to 10, got 0", [], "SettingOutOfRange"],
    [
      "too many rules",
      "'number of rules' must be a whole number from 1 to 10, got 11",
      Array.from({ length: 11 }, () => ({ destinations: [tokyo] })),
      "SettingOutOfRange",
    ],
    [
      "no destination",
      "'number of destinations of a rule' must be a whole number from 1 to 25, got 0",
      [{ destinations: [] }],
      "SettingOutOfRange",
    ],
    [
      "too many destinations",
      "'number of destinations of all rules' must be a whole number from 1 to 25, got 26",
      [{ destinations: many(25) }, { destinations: [tokyo] }],
      "SettingOutOfRange",
    ],
    [
      "too many prefixes",
      "'number of repositoryPrefixes of a rule' must be a whole number from 0 to 100, got 101",
      [{ destinations: [tokyo], repositoryPrefixes: Array.from({ length: 101 }, (_, index) => `team${index}/`) }],
      "SettingOutOfRange",
    ],
    [
      "a destination twice",
      "'rules.destinations' names 'ap-northeast-1 of 111122223333' twice",
      [{ destinations: [tokyo, tokyo] }],
      "RepeatedItem",
    ],
    [
      "a prefix twice",
      "'rules.repositoryPrefixes' names 'orders/' twice",
      [{ destinations: [tokyo], repositoryPrefixes: ["orders/", "orders/"] }],
      "RepeatedItem",
    ],
    [
      "its own registry",
      "a registry is not copied into itself, got 'ap-northeast-2' of '111122223333'",
      [{ destinations: [RegistryReplication.refOf(SEOUL)] }],
      "ReplicaInSourceRegion",
    ],
    [
      "another partition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
      [{ destinations: [RegistryReplication.refOf({ region: "cn-north-1", account: "111122223333" })] }],
      "ForeignPartition",
    ],
  ])("fails on %s", (_, problem, rules, code) => {
    expectRefusalInSite(
      (site) => new RegistryReplication(site, "Replication", { rules }),
      code,
      problem,
      "stack/Site/Replication",
    );
  });

  test("fails when a prefix is invalid", () => {
    const rules = [{ destinations: [tokyo], repositoryPrefixes: ["/orders"] }];
    expectRefusalInSite(
      (site) => new RegistryReplication(site, "Replication", { rules }),
      "InvalidName",
      /^'repositoryPrefixes' is not a valid prefix of repository names, got '\/orders'/,
    );
  });

  test("fails when a registry has two replication configurations, or two policies", () => {
    const rules = [{ destinations: [tokyo] }];
    expectRefusalInSite(
      (site) => [new RegistryReplication(site, "One", { rules }), new RegistryReplication(site, "Two", { rules })],
      "NameTaken",
      "the replication configuration of the ECR registry '111122223333' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
    const sourceAccounts = ["444455556666"];
    expectRefusalInSite(
      (site) => [
        new RegistryPolicy(site, "One", { sourceAccounts }),
        new RegistryPolicy(site, "Two", { sourceAccounts }),
      ],
      "NameTaken",
      "the policy of the ECR registry '111122223333' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test("fails when a registry policy names no account, or none that is one", () => {
    const policy = (sourceAccounts: string[], repositoryPrefixes?: string[]) => (site: Site) =>
      new RegistryPolicy(site, "Policy", { sourceAccounts, repositoryPrefixes });
    expectRefusalInSite(policy([]), "MissingSetting", "'sourceAccounts' is empty", "stack/Site/Policy");
    expectRefusalInSite(policy(["acme"]), "InvalidAccount", "an AWS account id has 12 digits, got 'acme'");
    expectRefusalInSite(policy(["444455556666"], ["*"]), "InvalidName", /^'repositoryPrefixes' is not a valid prefix/);
  });

  test.each(["orders/", "ROOT/x", "Orders"])("fails when a template's prefix is '%s'", (prefix) => {
    expectRefusalInSite(
      (site) => new RepositoryCreationTemplate(site, "Template", { prefix, kmsKeyArn }),
      "InvalidName",
      /^'prefix' is not a valid prefix of a repository creation template/,
      "stack/Site/Template",
    );
  });

  test("fails when a template's prefix is taken, or its key lies elsewhere", () => {
    const template = (id: string, key: string) => (site: Site) =>
      new RepositoryCreationTemplate(site, id, { prefix: "orders", kmsKeyArn: key });
    expectRefusalInSite(
      (site) => [template("One", kmsKeyArn)(site), template("Two", kmsKeyArn)(site)],
      "NameTaken",
      "the prefix of a repository creation template 'orders' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
    expectRefusalInSite(
      template("One", foreignKey),
      "KeyInOtherRegion",
      "'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'",
    );
  });
});
