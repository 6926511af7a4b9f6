/**
 * Proves what is synthesised for image repositories, their replication and what other accounts may do. Does not prove that Amazon ECR
 * copies an image, nor that it accepts a policy.
 */
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import "cdktf/lib/testing/adapters/jest";
import { TerraformStack, Testing } from "cdktf";
import { Duration, protectionsBelow } from "../../modules/core";
import {
  expireOlderThan,
  expireUntagged,
  ImageRepository,
  ImageRepositoryProps,
  keepNewest,
  RegistryPolicy,
  RegistryPolicyProps,
  RegistryReplication,
  RepositoryCreationTemplate,
  RepositoryCreationTemplateProps,
} from "../../modules/ecr-replication";
import { Site } from "../../modules/site";
import { OSAKA, SEOUL, synth, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const kmsKeyArn = "arn:aws:kms:ap-northeast-2:111122223333:key/1234";
const props: ImageRepositoryProps = { name: "orders/api", kmsKeyArn };
const make = (change: Partial<ImageRepositoryProps> = {}) =>
  synthInSite((site) => new ImageRepository(site, "Repository", { ...props, ...change }));
const parsed = (value: unknown) => JSON.parse(value as string) as unknown;

const REPOSITORY = {
  provider: "aws",
  name: "orders/api",
  image_tag_mutability: "IMMUTABLE",
  image_scanning_configuration: { scan_on_push: true },
  encryption_configuration: [{ encryption_type: "KMS", kms_key: kmsKeyArn }],
  force_delete: false,
  lifecycle: { prevent_destroy: true },
};
const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

describe("ImageRepository", () => {
  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_ecr_repository", // the repository
    ]);
    expect(tf.only("aws_ecr_repository")).toEqual(REPOSITORY);
    expect(tf.text).toHaveResourceWithProperties(EcrRepository, { name: "orders/api" });
  });

  test.each<[Partial<ImageRepositoryProps>, object]>([
    [{ destroyable: true }, { force_delete: true, lifecycle: { prevent_destroy: false } }],
    [{ mutableTags: true }, { image_tag_mutability: "MUTABLE" }],
    [{ scanOnPush: false }, { image_scanning_configuration: { scan_on_push: false } }],
  ])("%j", (change, expected) => {
    expect(make(change).only("aws_ecr_repository")).toEqual({ ...REPOSITORY, ...expected });
  });

  test("lifecycle", () => {
    const tf = make({
      lifecycle: [
        expireUntagged(Duration.days(14)),
        keepNewest(30, { prefixes: ["release-"] }),
        expireOlderThan(Duration.days(365), { patterns: ["*-rc*", "*-beta*"] }),
        keepNewest(500),
      ],
    });

    const { policy, ...rest } = tf.only("aws_ecr_lifecycle_policy");
    expect(rest).toEqual({
      provider: "aws",
      repository: expect.stringMatching(/^\$\{aws_ecr_repository\.\w+\.name\}$/) as string,
    });
    const expire = { type: "expire" };
    expect(parsed(policy)).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: "untagged images after 14 days",
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
          action: expire,
        },
        {
          rulePriority: 2,
          description: "all but the newest 30 of images tagged release-*",
          selection: {
            tagStatus: "tagged",
            tagPrefixList: ["release-"],
            countType: "imageCountMoreThan",
            countNumber: 30,
          },
          action: expire,
        },
        {
          rulePriority: 3,
          description: "images tagged *-rc*, *-beta* after 365 days",
          selection: {
            tagStatus: "tagged",
            tagPatternList: ["*-rc*", "*-beta*"],
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 365,
          },
          action: expire,
        },
        {
          rulePriority: 4,
          description: "all but the newest 500 of images",
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 500 },
          action: expire,
        },
      ],
    });
  });

  test("pullAccounts and statements", () => {
    const statement = { sid: "Lambda", principal: { Service: "lambda.amazonaws.com" }, actions: ["ecr:BatchGetImage"] };
    const policyOf = (change: Partial<ImageRepositoryProps>) =>
      parsed(make(change).only("aws_ecr_repository_policy").policy);
    const allowPull = (AWS: string | string[]) => ({
      Sid: "AllowPull",
      Effect: "Allow",
      Principal: { AWS },
      Action: PULL,
    });
    const lambda = { Sid: "Lambda", Effect: "Allow", Principal: statement.principal, Action: "ecr:BatchGetImage" };
    const [one, two] = ["arn:aws:iam::444455556666:root", "arn:aws:iam::777788889999:root"];

    expect(policyOf({ pullAccounts: ["444455556666"] })).toEqual({
      Version: "2012-10-17",
      Statement: [allowPull(one)],
    });
    expect(policyOf({ pullAccounts: ["444455556666", "777788889999"], statements: [statement] })).toEqual({
      Version: "2012-10-17",
      Statement: [allowPull([one, two]), lambda],
    });
    expect(policyOf({ statements: [statement] })).toEqual({ Version: "2012-10-17", Statement: [lambda] });
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const { ref } = new ImageRepository(site, "Repository", props);
      expect(ref).toEqual(ImageRepository.refOf({ ...SEOUL, name: "orders/api" }));
      expect(ref).toEqual({
        name: "orders/api",
        arn: "arn:aws:ecr:ap-northeast-2:111122223333:repository/orders/api",
        region: "ap-northeast-2",
        account: "111122223333",
        uri: "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/orders/api",
      });
    });
    expect(tf.only("aws_ecr_repository").name).toBe("orders/api");
  });

  test("has the partition's domain", () => {
    const at = { region: "cn-north-1", account: "111122223333", name: "orders/api" };
    expect(ImageRepository.refOf(at)).toMatchObject({
      uri: "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/orders/api",
      arn: "arn:aws-cn:ecr:cn-north-1:111122223333:repository/orders/api",
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      for (const name of ["one", "two"]) {
        const lifecycle = [expireUntagged(Duration.days(1))];
        new ImageRepository(site, name, { ...props, name, lifecycle, pullAccounts: ["444455556666"] });
      }
    });
    expect(tf.all("aws_ecr_repository").map(({ name }) => name)).toEqual(["one", "two"]);
  });

  test("the same name lives in two regions", () => {
    const tf = synth((scope) => {
      new ImageRepository(new Site(scope, "Seoul", SEOUL), "Repository", props);
      const key = kmsKeyArn.replace("ap-northeast-2", "ap-northeast-1");
      new ImageRepository(new Site(scope, "Tokyo", TOKYO), "Repository", { ...props, kmsKeyArn: key });
    });
    expect(tf.all("aws_ecr_repository").map(({ provider }) => provider)).toEqual(["aws.seoul", "aws.tokyo"]);
  });
});

describe("RegistryReplication", () => {
  const tokyo = RegistryReplication.refOf(TOKYO);

  test("defaults", () => {
    const tf = synthInSite(
      (site) => new RegistryReplication(site, "Replication", { rules: [{ destinations: [tokyo] }] }),
    );

    expect(tf.types()).toEqual([
      "aws_ecr_replication_configuration", // one for the registry
    ]);
    expect(tf.only("aws_ecr_replication_configuration")).toEqual({
      provider: "aws",
      replication_configuration: {
        rule: [{ destination: [{ region: "ap-northeast-1", registry_id: "111122223333" }] }],
      },
    });
  });

  test("several rules, prefixes and accounts", () => {
    const abroad = RegistryReplication.refOf(TOKYO_ABROAD);
    const tf = synthInSite((site) => {
      const rules = [
        { destinations: [tokyo, RegistryReplication.refOf(OSAKA)], repositoryPrefixes: ["orders/", "shared-"] },
        { destinations: [abroad] },
      ];
      new RegistryReplication(site, "Replication", { rules });
    });

    expect(tf.only("aws_ecr_replication_configuration").replication_configuration).toEqual({
      rule: [
        {
          destination: [
            { region: "ap-northeast-1", registry_id: "111122223333" },
            { region: "ap-northeast-3", registry_id: "111122223333" },
          ],
          repository_filter: [
            { filter: "orders/", filter_type: "PREFIX_MATCH" },
            { filter: "shared-", filter_type: "PREFIX_MATCH" },
          ],
        },
        { destination: [{ region: "ap-northeast-1", registry_id: "444455556666" }] },
      ],
    });
  });

  test("takes up to ten rules with 25 destinations among them", () => {
    const regions = ["eu-west-1", "eu-west-2", "eu-west-3"];
    const accounts = Array.from({ length: 9 }, (_, index) => `11112222000${index}`);
    const places = accounts.flatMap((account) => regions.map((region) => ({ region, account }))).slice(0, 25);
    const destinations = places.map((place) => RegistryReplication.refOf(place));
    const rules = Array.from({ length: 10 }, (_, index) => ({ destinations, repositoryPrefixes: [`team${index}/`] }));
    const tf = synthInSite((site) => new RegistryReplication(site, "Replication", { rules }));
    expect(tf.types()).toEqual(["aws_ecr_replication_configuration"]);
  });

  test("copies within a region too, into another account", () => {
    const destinations = [RegistryReplication.refOf({ ...SEOUL, account: "444455556666" })];
    const tf = synthInSite((site) => new RegistryReplication(site, "Replication", { rules: [{ destinations }] }));
    expect(tf.only("aws_ecr_replication_configuration").replication_configuration).toEqual({
      rule: [{ destination: [{ region: "ap-northeast-2", registry_id: "444455556666" }] }],
    });
  });

  test("waits for the policy of a registry in its stack", () => {
    const tf = synth((scope) => {
      const abroad = new Site(scope, "Tokyo", TOKYO_ABROAD);
      const { ref } = new RegistryPolicy(abroad, "Registry", { sourceAccounts: [SEOUL.account] });
      expect(ref).toEqual(RegistryReplication.refOf(TOKYO_ABROAD));
      new RegistryReplication(new Site(scope, "Seoul", SEOUL), "Replication", { rules: [{ destinations: [ref] }] });
    });
    expect(tf.only("aws_ecr_replication_configuration").depends_on).toEqual([
      expect.stringMatching(/^aws_ecr_registry_policy\./),
    ]);
  });

  test("says how long copies take, and that nothing has to be done to use them", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    const rules = [{ destinations: [tokyo, RegistryReplication.refOf(TOKYO_ABROAD)] }];
    new RegistryReplication(site, "Replication", { rules });
    expect(protectionsBelow(site)).toEqual([
      {
        path: "stack/Seoul/Replication",
        model: {
          protection: {
            mechanism: "Amazon ECR private image replication",
            copiesFrom: "ap-northeast-2",
            copiesIn: ["ap-northeast-1"],
            loss: {
              value: Duration.minutes(30),
              basis: "typical",
              source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html",
              note: "most images take less, in rare cases one takes longer; what was pushed before the rule is not copied",
            },
          },
          recovery: [],
          evidence: [],
        },
      },
    ]);
  });

  test("refOf is the registry of an account in a region", () => {
    expect(tokyo).toEqual({
      name: "111122223333",
      arn: "arn:aws:ecr:ap-northeast-1:111122223333:repository/*",
      region: "ap-northeast-1",
      account: "111122223333",
    });
  });

  test("two of them live in one stack, each in its own site", () => {
    const tf = synth((scope) => {
      const rule = (place: typeof TOKYO) => [{ destinations: [RegistryReplication.refOf(place)] }];
      new RegistryReplication(new Site(scope, "Seoul", SEOUL), "Replication", { rules: rule(TOKYO) });
      new RegistryReplication(new Site(scope, "Tokyo", TOKYO), "Replication", { rules: rule(SEOUL) });
    });
    expect(tf.all("aws_ecr_replication_configuration")).toHaveLength(2);
  });
});

describe("RegistryPolicy", () => {
  const policyOf = (change: Partial<RegistryPolicyProps>) => {
    const tf = synthInSite(
      (site) => new RegistryPolicy(site, "Registry", { sourceAccounts: ["444455556666"], ...change }),
    );
    expect(tf.types()).toEqual(["aws_ecr_registry_policy"]);
    return parsed(tf.only("aws_ecr_registry_policy").policy);
  };
  const ALLOW = {
    Sid: "AllowReplication",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::444455556666:root" },
    Action: "ecr:ReplicateImage",
    Resource: "arn:aws:ecr:ap-northeast-2:111122223333:repository/*",
  };

  test("defaults", () => {
    expect(policyOf({})).toEqual({ Version: "2012-10-17", Statement: [ALLOW] });
  });

  test("every setting", () => {
    const statement = {
      sid: "Cache",
      principal: { AWS: "arn:aws:iam::111122223333:role/puller" },
      actions: ["ecr:BatchImportUpstreamImage"],
      resources: ["*"],
    };
    const settings = {
      sourceAccounts: ["444455556666", "777788889999"],
      createRepositories: true,
      repositoryPrefixes: ["orders/", "shared"],
      statements: [statement],
    };
    expect(policyOf(settings)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          ...ALLOW,
          Principal: { AWS: ["arn:aws:iam::444455556666:root", "arn:aws:iam::777788889999:root"] },
          Action: ["ecr:CreateRepository", "ecr:ReplicateImage"],
          Resource: [
            "arn:aws:ecr:ap-northeast-2:111122223333:repository/orders/*",
            "arn:aws:ecr:ap-northeast-2:111122223333:repository/shared*",
          ],
        },
        { Sid: "Cache", Effect: "Allow", Principal: statement.principal, Action: statement.actions[0], Resource: "*" },
      ],
    });
  });
});

describe("RepositoryCreationTemplate", () => {
  const template = (change: Partial<RepositoryCreationTemplateProps> = {}) =>
    synthInSite((site) => new RepositoryCreationTemplate(site, "Template", { prefix: "orders", kmsKeyArn, ...change }));
  const TEMPLATE = {
    provider: "aws",
    prefix: "orders",
    description: "Replicas under orders",
    applied_for: ["REPLICATION"],
    custom_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
    image_tag_mutability: "IMMUTABLE",
    encryption_configuration: [{ encryption_type: "KMS", kms_key: kmsKeyArn }],
    depends_on: [expect.stringMatching(/^aws_iam_role_policy\./) as string],
  };

  test("defaults", () => {
    const tf = template();

    expect(tf.types()).toEqual([
      "aws_ecr_repository_creation_template", // the template
      "aws_iam_role", // creates repositories with a key
      "aws_iam_role_policy",
    ]);
    expect(tf.only("aws_ecr_repository_creation_template")).toEqual(TEMPLATE);
    const { assume_role_policy, ...role } = tf.only("aws_iam_role");
    expect(role).toEqual({
      provider: "aws",
      name: "ecr-template-orders-ap-northeast-2",
      description: "Creates ECR repositories under orders",
    });
    expect(parsed(assume_role_policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Trust", Effect: "Allow", Principal: { Service: "ecr.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    });
    expect(parsed(tf.only("aws_iam_role_policy").policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "CreateRepositories",
          Effect: "Allow",
          Action: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
          Resource: "*",
        },
        {
          Sid: "UseKey",
          Effect: "Allow",
          Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
          Resource: kmsKeyArn,
        },
      ],
    });
  });

  test("every setting", () => {
    const settings = { lifecycle: [keepNewest(5)], mutableTags: true, pullAccounts: ["444455556666"] };
    const { lifecycle_policy, repository_policy, ...rest } = template({ prefix: "ROOT", ...settings }).only(
      "aws_ecr_repository_creation_template",
    );
    expect(rest).toEqual({
      ...TEMPLATE,
      prefix: "ROOT",
      description: "Replicas under ROOT",
      image_tag_mutability: "MUTABLE",
    });
    expect(parsed(lifecycle_policy)).toMatchObject({ rules: [{ rulePriority: 1 }] });
    expect(parsed(repository_policy)).toMatchObject({ Statement: [{ Sid: "AllowPull", Action: PULL }] });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      for (const prefix of ["orders/internal", "shared"]) {
        new RepositoryCreationTemplate(site, `Template-${prefix}`.replace("/", "-"), { prefix, kmsKeyArn });
      }
    });
    expect(tf.all("aws_iam_role").map(({ name }) => name)).toEqual([
      "ecr-template-orders-internal-ap-northeast-2",
      "ecr-template-shared-ap-northeast-2",
    ]);
  });
});
