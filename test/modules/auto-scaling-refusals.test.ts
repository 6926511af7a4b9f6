/**
 * Proves what a group and its parts refuse, and what its key must allow. Does not prove that AWS refuses nothing else.
 */
import { Token } from "cdktf";
import {
  ami,
  AutoScalingGroup,
  AutoScalingGroupProps,
  autoScalingKeyStatements,
  ssmImage,
} from "../../modules/auto-scaling";
import { Duration, policyDocument, RefusalCode } from "../../modules/core";
import { expectRefusal, expectRefusalInSite, synthInSite } from "../support/synth";

const props: AutoScalingGroupProps = {
  name: "orders-seoul-api",
  capacity: { min: 2, desired: 3, max: 6 },
  image: ssmImage("/acme/image"),
  instanceType: "m7g.large",
  kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:key/1234",
  subnetIds: ["subnet-1", "subnet-2"],
  vpcId: "vpc-1",
};

describe("AutoScalingGroup refuses", () => {
  test.each<[Partial<AutoScalingGroupProps>, RefusalCode, string]>([
    [
      { name: "orders:api" },
      "InvalidName",
      "'name' is not a valid Auto Scaling group name, got 'orders:api', allowed: letters, digits and any of ./_-",
    ],
    [
      { name: "a".repeat(129) },
      "InvalidName",
      `'name' is not a valid launch template name, got '${"a".repeat(129)}', allowed: 3 to 128 characters (it has 129)`,
    ],
    [
      { instanceType: "m7g" },
      "InvalidName",
      "'instanceType' is not a valid instance type, got 'm7g', allowed: 6 to 40 characters (it has 3); a family and a size, such as 'm7g.large'",
    ],
    [
      { instanceType: "m7g large" },
      "InvalidName",
      "'instanceType' is not a valid instance type, got 'm7g large', allowed: a family and a size, such as 'm7g.large'",
    ],
    [
      { capacity: { min: 4, desired: 3, max: 6 } },
      "SettingOutOfRange",
      "'capacity' must have min <= desired <= max, got min 4, desired 3, max 6",
    ],
    [
      { capacity: { min: 2, desired: 7, max: 6 } },
      "SettingOutOfRange",
      "'capacity' must have min <= desired <= max, got min 2, desired 7, max 6",
    ],
    [
      { capacity: { min: -1, desired: 3, max: 6 } },
      "SettingOutOfRange",
      "'capacity.min' must be a whole number from 0 to 10000, got -1",
    ],
    [
      { activeCapacity: { min: 2, desired: 1, max: 6 } },
      "SettingOutOfRange",
      "'activeCapacity' must have min <= desired <= max, got min 2, desired 1, max 6",
    ],
    [
      { capacity: { min: 0, desired: 0, max: 0 }, activeCapacity: { min: 2, desired: 3, max: 6 } },
      "CeilingDiffers",
      "'capacity.max' is 0 and 'activeCapacity.max' is 6",
    ],
    [
      { capacity: { min: 0, desired: 0, max: 9 }, activeCapacity: { min: 2, desired: 3, max: 6 } },
      "CeilingDiffers",
      "'capacity.max' is 9 and 'activeCapacity.max' is 6",
    ],
    [
      { subnetIds: ["subnet-1"] },
      "SettingOutOfRange",
      "'subnetIds' must name subnets of two Availability Zones or more, got 1",
    ],
    [
      { kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234" },
      "ArnOfOtherRegion",
      "'kmsKeyArn' is in 'us-east-1', the site is 'ap-northeast-2', got 'arn:aws:kms:us-east-1:111122223333:key/1234'",
    ],
    [{ kmsKeyArn: "alias/orders" }, "InvalidArn", "'kmsKeyArn' must be an ARN, got 'alias/orders'"],
    [{ outboundCidrs: ["10.0.0.0/8", "10.0.0.0/8"] }, "RepeatedItem", "'outboundCidrs' names '10.0.0.0/8' twice"],
    [{ outboundCidrs: ["home"] }, "InvalidCidr", "'outboundCidrs' must be an IPv4 network, got 'home'"],
    [
      { managedPolicyArns: { a: "arn:aws:iam::aws:policy/P", b: "arn:aws:iam::aws:policy/P" } },
      "RepeatedItem",
      "'managedPolicyArns' names 'arn:aws:iam::aws:policy/P' twice",
    ],
    [{ scaling: {} }, "MissingSetting", "neither 'scaling.cpuPercent' nor 'scaling.requestsPerMinute' is given"],
    [
      { scaling: { cpuPercent: 0 } },
      "SettingOutOfRange",
      "'scaling.cpuPercent' must be a whole number from 1 to 100, got 0",
    ],
    [
      { scaling: { requestsPerMinute: 0 } },
      "SettingOutOfRange",
      "'scaling.requestsPerMinute' must be a whole number from 1 to 1000000000, got 0",
    ],
    [
      { scaling: { requestsPerMinute: 100 } },
      "MissingSetting",
      "'scaling.requestsPerMinute' is given without 'target'",
    ],
    [{ userData: "é".repeat(8_193) }, "SettingOutOfRange", "'userData' must be at most 16384 bytes, got 16386"],
    [
      { healthCheckGracePeriod: Duration.hours(3) },
      "SettingOutOfRange",
      "'healthCheckGracePeriod in seconds' must be a whole number from 0 to 7200, got 10800",
    ],
    [
      { instanceWarmup: Duration.hours(2) },
      "SettingOutOfRange",
      "'instanceWarmup in seconds' must be a whole number from 0 to 3600, got 7200",
    ],
    [
      { maxInstanceLifetime: Duration.hours(23) },
      "SettingOutOfRange",
      "'maxInstanceLifetime in seconds' must be a whole number from 86400 to 31536000, got 82800",
    ],
    [{ metadataHopLimit: 0 }, "SettingOutOfRange", "'metadataHopLimit' must be a whole number from 1 to 64, got 0"],
    [
      { rootVolumeGiB: 20_000 },
      "SettingOutOfRange",
      "'rootVolumeGiB' must be a whole number from 1 to 16384, got 20000",
    ],
  ])("%j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => {
        try {
          new AutoScalingGroup(site, "Api", { ...props, ...change });
        } finally {
          expect(site.node.findChild("Api").node.children).toEqual([]);
        }
      },
      code,
      problem,
      "stack/Site/Api",
    );
  });

  test("a name that is taken", () => {
    expectRefusalInSite(
      (site) => [new AutoScalingGroup(site, "One", props), new AutoScalingGroup(site, "Two", props)],
      "NameTaken",
      "the Auto Scaling group name 'orders-seoul-api' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});

describe("images", () => {
  test("are an id of one region, or a parameter of every region", () => {
    expect(ami("ami-12345678")).toEqual({ id: "ami-12345678", rootDeviceName: "/dev/xvda", fixed: true });
    expect(ssmImage("/acme/image:3", { rootDeviceName: "/dev/sda1" })).toEqual({
      id: "resolve:ssm:/acme/image:3",
      rootDeviceName: "/dev/sda1",
      fixed: false,
    });
  });

  test("may be a value of the stack, such as a copied image", () => {
    const id = Token.asString({ resolve: () => "ami-1" });
    expect(ami(id).id).toBe(id);
  });

  test.each(["ami-1234567", "ami-123456789", "ami-0123456789ABCDEF0", "img-12345678"])("fail of id '%s'", (id) => {
    expectRefusal(() => ami(id), "InvalidName", /^'id' is not a valid AMI id, got '.+', allowed: /, "ami");
  });

  test.each(["", "/acme//image", "arn:aws:ssm:us-east-1:111122223333:parameter/x", "/acme/image/"])(
    "fail of parameter '%s'",
    (name) => {
      expectRefusal(() => ssmImage(name), "InvalidName", /^'parameter' is not a valid SSM parameter name/, "ssmImage");
    },
  );

  test.each([
    "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended",
    "/aws/service/bottlerocket/aws-ecs-2/arm64/latest",
  ])("fail of '%s', which holds no id", (name) => {
    const problem = `'parameter' must be one that holds an AMI id, got '${name}'`;
    expectRefusal(() => ssmImage(name), "InvalidName", problem, "ssmImage");
    expect(ssmImage(`${name}/image_id`).id).toBe(`resolve:ssm:${name}/image_id`);
  });

  test("fail of a device that no image has", () => {
    expectRefusal(
      () => ami("ami-12345678", { rootDeviceName: "C:" }),
      "InvalidName",
      /^'rootDeviceName' is not a valid device name, got 'C:'/,
      "ami",
    );
  });
});

test("autoScalingKeyStatements let Auto Scaling's own role of the account use a key", () => {
  synthInSite((site) => {
    new AutoScalingGroup(site, "Api", props);
    const byAutoScaling = {
      StringEquals: { "kms:CallerAccount": "111122223333" },
      ArnEquals: {
        "aws:PrincipalArn":
          "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
      },
    };
    expect(JSON.parse(policyDocument(autoScalingKeyStatements(site)))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowAutoScaling",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
          Condition: byAutoScaling,
        },
        {
          Sid: "AllowAutoScalingGrants",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:CreateGrant",
          Resource: "*",
          Condition: { ...byAutoScaling, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ],
    });
  });
});
