/**
 * Proves what is synthesised for images that are copied, published and shared, and what is refused of them. Does not prove that EC2
 * copies an image, nor that one starts.
 */
import { AmiCopy } from "@cdktf/provider-aws/lib/ami-copy";
import { TerraformStack, Testing, Token } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import {
  imageById,
  imageByParameter,
  ImageCopy,
  ImageCopyProps,
  ImagePublication,
  ImagePublicationProps,
  ImageSharing,
  ImageSharingProps,
  sharedImageKeyStatements,
} from "../../modules/ami-distribution";
import { AutoScalingGroup } from "../../modules/auto-scaling";
import { policyDocument, protectionsBelow, RefusalCode } from "../../modules/core";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, synthInSite, TOKYO } from "../support/synth";

const IMAGE = "ami-0123456789abcdef0";
const KEY = "arn:aws:kms:ap-northeast-2:111122223333:key/1234";
const reference = (type: string, name: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${name}\\}$`)) as string;

const copyProps: ImageCopyProps = { name: "orders-1.4.2", kmsKeyArn: KEY, source: imageById(IMAGE, TOKYO.region) };
const copy = (change: Partial<ImageCopyProps> = {}) =>
  synthInSite((site) => new ImageCopy(site, "Release", { ...copyProps, ...change }));

const COPY = {
  provider: "aws",
  name: "orders-1.4.2-ami-0123456789abcdef0",
  description: "Copy of ami-0123456789abcdef0 of ap-northeast-1",
  source_ami_id: IMAGE,
  source_ami_region: "ap-northeast-1",
  encrypted: true,
  kms_key_id: KEY,
  tags: { Name: "orders-1.4.2" },
  lifecycle: { create_before_destroy: true },
};

describe("ImageCopy", () => {
  test("defaults", () => {
    const tf = copy();
    expect(tf.types()).toEqual(["aws_ami_copy"]); // image and snapshots of the site's own
    expect(tf.only("aws_ami_copy")).toEqual(COPY);
    expect(tf.text).toHaveResourceWithProperties(AmiCopy, { encrypted: true, kms_key_id: KEY });
  });

  test.each<[Partial<ImageCopyProps>, object]>([
    [{ deprecateOn: "2028-02-29" }, { deprecation_time: "2028-02-29T00:00:00Z" }],
    [{ description: "Release 1.4.2" }, { description: "Release 1.4.2" }],
  ])("%j", (change, expected) => {
    expect(copy(change).only("aws_ami_copy")).toEqual({ ...COPY, ...expected });
  });

  test("a source by parameter is read in the copy's own site, and a new value makes a new name", () => {
    const tf = copy({ source: imageByParameter("/orders/source", TOKYO.region) });

    expect(tf.only("data.aws_ssm_parameter")).toEqual({ provider: "aws", name: "/orders/source" });
    const value = "${data.aws_ssm_parameter.Site_Release_Source_";
    const { name, description, source_ami_id, ...rest } = tf.only("aws_ami_copy");
    for (const text of [name, description, source_ami_id]) expect(text).toContain(value);
    expect(name).toMatch(/^orders-1\.4\.2-\$\{.+\.insecure_value\}$/);
    const { name: _, description: __, source_ami_id: ___, ...others } = COPY;
    expect(rest).toEqual(others);
  });

  test("says what is not known of it", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    new ImageCopy(site, "Release", copyProps);
    expect(protectionsBelow(site).map(({ model }) => model)).toEqual([
      {
        protection: {
          mechanism: "Amazon Machine Image copied to another Region",
          copiesFrom: "ap-northeast-1",
          copiesIn: ["seoul"],
          loss: {
            basis: "unknown",
            source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html",
            note: "AWS publishes no time a copy takes; an image that was built and not yet copied is lost with its region",
          },
        },
        recovery: [],
        evidence: [],
      },
    ]);
  });

  test("two of them live in one stack, as two releases do", () => {
    const tf = synthInSite((site) => {
      new ImageCopy(site, "One", copyProps);
      new ImageCopy(site, "Two", { ...copyProps, source: imageById("ami-12345678", TOKYO.region) });
      new ImageCopy(site, "Three", { ...copyProps, source: imageByParameter("a", TOKYO.region) });
      new ImageCopy(site, "Four", { ...copyProps, source: imageByParameter("b", TOKYO.region) });
    });
    expect(tf.all("aws_ami_copy")).toHaveLength(4);
  });

  test.each<[Partial<ImageCopyProps>, RefusalCode, string]>([
    [
      { source: imageById(IMAGE, SEOUL.region) },
      "ReplicaInSourceRegion",
      "the image and its copy are both in 'ap-northeast-2'",
    ],
    [
      { source: imageById(IMAGE, "cn-north-1") },
      "ForeignPartition",
      "'ap-northeast-2' lies in partition aws, 'cn-north-1' in aws-cn",
    ],
    [
      { source: imageById("snap-12345678", TOKYO.region) },
      "InvalidName",
      "'source' is not a valid AMI id, got 'snap-12345678', allowed: 'ami-' and 8 or 17 hexadecimal digits",
    ],
    [
      { source: imageById(Token.asString({ resolve: () => "ami-1" }), TOKYO.region) },
      "TokenForPlainString",
      "'source' must be known at synth, got a token",
    ],
    [
      { source: imageByParameter("/orders//source", TOKYO.region) },
      "InvalidName",
      "'source' is not a valid SSM parameter name, got '/orders//source', allowed: letters, digits and any of ._-, after a slash for each of up to 15 levels, or without any slash",
    ],
    [{ kmsKeyArn: "" }, "InvalidArn", "'kmsKeyArn' must be an ARN, got ''"],
    [
      { kmsKeyArn: "arn:aws:kms:ap-northeast-1:111122223333:key/1234" },
      "ArnOfOtherRegion",
      "'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2', got 'arn:aws:kms:ap-northeast-1:111122223333:key/1234'",
    ],
    [
      { name: "orders:1" },
      "InvalidName",
      "'name' is not a valid AMI name, got 'orders:1', allowed: letters, digits, spaces and any of ()[]./-'@_",
    ],
    [{ deprecateOn: "2027-02-29" }, "InvalidDate", "'deprecateOn' must be a calendar day, got '2027-02-29'"],
    [{ deprecateOn: "2027-13-01" }, "InvalidDate", "'deprecateOn' must be a calendar day, got '2027-13-01'"],
    [{ deprecateOn: "tomorrow" }, "InvalidDate", "'deprecateOn' must be a calendar day, got 'tomorrow'"],
  ])("fails of %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => {
        try {
          new ImageCopy(site, "Release", { ...copyProps, ...change });
        } finally {
          expect(site.node.findChild("Release").node.children).toEqual([]);
        }
      },
      code,
      problem,
      "stack/Site/Release",
    );
  });

  test("fails of a name that is taken", () => {
    expectRefusalInSite(
      (site) => [new ImageCopy(site, "One", copyProps), new ImageCopy(site, "Two", copyProps)],
      "NameTaken",
      "the AMI name 'orders-1.4.2-ami-0123456789abcdef0' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});

const publicationProps: ImagePublicationProps = { parameter: "/orders/ami", imageId: IMAGE };
const PARAMETER = {
  provider: "aws",
  name: "/orders/ami",
  description: "Image that instances start from",
  type: "String",
  data_type: "aws:ec2:image",
  tier: "Standard",
  insecure_value: IMAGE,
};

describe("ImagePublication", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => new ImagePublication(site, "Image", publicationProps));
    expect(tf.types()).toEqual(["aws_ssm_parameter"]); // launch templates name the parameter
    expect(tf.only("aws_ssm_parameter")).toEqual(PARAMETER);
  });

  test("publishes a copy, before the group that starts from it", () => {
    const tf = synthInSite((site) => {
      const { imageId } = new ImageCopy(site, "Release", copyProps);
      const { image } = new ImagePublication(site, "Image", {
        ...publicationProps,
        imageId,
        rootDeviceName: "/dev/sda1",
      });
      expect(image).toMatchObject({ rootDeviceName: "/dev/sda1", fixed: false });
      new AutoScalingGroup(site, "Api", {
        name: "orders-api",
        capacity: { min: 0, desired: 0, max: 6 },
        image,
        instanceType: "m7g.large",
        kmsKeyArn: KEY,
        subnetIds: ["subnet-1", "subnet-2"],
        vpcId: "vpc-1",
      });
    });
    expect(tf.only("aws_ssm_parameter").insecure_value).toEqual(reference("aws_ami_copy", "id"));
    expect(tf.only("aws_launch_template").image_id).toMatch(/^resolve:ssm:\$\{aws_ssm_parameter\.\w+\.name\}$/);
  });

  test("refOf names what is created", () => {
    synthInSite((site) => {
      const { ref } = new ImagePublication(site, "Image", publicationProps);
      expect(ref).toEqual(ImagePublication.refOf({ ...SEOUL, parameter: "/orders/ami" }));
      expect(ref).toEqual({
        name: "/orders/ami",
        arn: "arn:aws:ssm:ap-northeast-2:111122223333:parameter/orders/ami",
        region: "ap-northeast-2",
        account: "111122223333",
      });
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new ImagePublication(site, "One", publicationProps);
      new ImagePublication(site, "Two", { ...publicationProps, parameter: "/catalog/ami" });
    });
    expect(tf.all("aws_ssm_parameter").map(({ name }) => name)).toEqual(["/orders/ami", "/catalog/ami"]);
  });

  test.each<[Partial<ImagePublicationProps>, RefusalCode, RegExp]>([
    [{ parameter: "/aws/service/ami" }, "InvalidName", /^'parameter' .+ not beginning with 'aws' or 'ssm'$/],
    [{ parameter: "/orders/ami:1" }, "InvalidName", /^'parameter' is not a valid SSM parameter name/],
    [
      { imageId: "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/orders:1" },
      "InvalidName",
      /^'imageId' is not a valid AMI id/,
    ],
  ])("fails of %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => new ImagePublication(site, "Image", { ...publicationProps, ...change }),
      code,
      problem,
      "stack/Site/Image",
    );
  });
});

const sharingProps: ImageSharingProps = {
  accounts: ["444455556666", "777788889999"],
  imageId: IMAGE,
  snapshotIds: { root: "snap-1", data: "snap-2" },
};

describe("ImageSharing", () => {
  const share = (change: Partial<ImageSharingProps> = {}) =>
    synthInSite((site) => new ImageSharing(site, "Share", { ...sharingProps, ...change }));

  test("defaults", () => {
    const tf = share({ accounts: ["444455556666"], snapshotIds: { root: "snap-1" } });
    expect(tf.types()).toEqual([
      "aws_ami_launch_permission", // to see the image
      "aws_snapshot_create_volume_permission", // to copy what it is made of
    ]);
    expect(tf.only("aws_ami_launch_permission")).toEqual({
      provider: "aws",
      image_id: IMAGE,
      account_id: "444455556666",
    });
    expect(tf.only("aws_snapshot_create_volume_permission")).toEqual({
      provider: "aws",
      snapshot_id: "snap-1",
      account_id: "444455556666",
    });
  });

  test("shares each snapshot with each account; two of them live in one stack", () => {
    expect(share().all("aws_snapshot_create_volume_permission")).toHaveLength(4);
    const tf = synthInSite((site) => [
      new ImageSharing(site, "One", sharingProps),
      new ImageSharing(site, "Two", { ...sharingProps, imageId: "ami-12345678" }),
    ]);
    expect(tf.all("aws_ami_launch_permission")).toHaveLength(4);
  });

  test.each<[Partial<ImageSharingProps>, RefusalCode, string]>([
    [{ accounts: [] }, "MissingSetting", "'accounts' is empty"],
    [{ accounts: ["4444"] }, "InvalidAccount", "an AWS account id has 12 digits, got '4444'"],
    [{ accounts: ["444455556666", "444455556666"] }, "RepeatedItem", "'accounts' names '444455556666' twice"],
    [
      { accounts: ["111122223333"] },
      "InvalidAccount",
      "'accounts' must be other accounts, got the site's own '111122223333'",
    ],
    [
      { imageId: "ami-x" },
      "InvalidName",
      "'imageId' is not a valid AMI id, got 'ami-x', allowed: 12 to 21 characters (it has 5); 'ami-' and 8 or 17 hexadecimal digits",
    ],
  ])("fails of %j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => new ImageSharing(site, "Share", { ...sharingProps, ...change }),
      code,
      problem,
      "stack/Site/Share",
    );
  });

  test("sharedImageKeyStatements let other accounts copy what a key encrypts", () => {
    synthInSite((site) => {
      new ImageSharing(site, "Share", sharingProps);
      const Principal = { AWS: ["arn:aws:iam::444455556666:root"] };
      expect(JSON.parse(policyDocument(sharedImageKeyStatements(site, ["444455556666"])))).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AllowSharedImages",
            Effect: "Allow",
            Principal,
            Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
            Resource: "*",
          },
          {
            Sid: "AllowSharedImageGrants",
            Effect: "Allow",
            Principal,
            Action: "kms:CreateGrant",
            Resource: "*",
            Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
          },
        ],
      });
    });
  });
});
