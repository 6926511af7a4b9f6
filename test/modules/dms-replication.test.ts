/**
 * Proves what is synthesised for the account's roles, replication instances and certificates. Does not prove that DMS
 * accepts a class or version in a region, nor that it takes the roles.
 */
import { DmsReplicationInstance } from "@cdktf/provider-aws/lib/dms-replication-instance";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { RefusalCode } from "../../modules/core";
import {
  AccountRoles,
  Certificate,
  ReplicationInstance,
  ReplicationInstanceProps,
} from "../../modules/dms-replication";
import { Site } from "../../modules/site";
import { INSTANCE, KEY, ROLES } from "../support/dms";
import { expectRefusal, expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

function trust(service: string | string[], condition?: object) {
  const statement = { Sid: "Trust", Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
  return { Version: "2012-10-17", Statement: [condition ? { ...statement, Condition: condition } : statement] };
}

describe("AccountRoles", () => {
  const OF_ACCOUNT = { StringEquals: { "aws:SourceAccount": "111122223333" } };

  test("defaults", () => {
    const tf = synthInSite((site) => new AccountRoles(site, "Roles"));

    expect(tf.types()).toEqual([
      "aws_iam_role", // for endpoints of Redshift
      "aws_iam_role", // for logs
      "aws_iam_role", // for network interfaces
      "aws_iam_role_policy_attachment", // AWS's own policy for each
      "aws_iam_role_policy_attachment",
      "aws_iam_role_policy_attachment",
    ]);
    expect(
      tf
        .all("aws_iam_role")
        .map(({ assume_role_policy, ...role }): unknown[] => [role, JSON.parse(assume_role_policy as string)]),
    ).toEqual([
      [
        {
          provider: "aws",
          name: "dms-access-for-endpoint",
          description: "Files of DMS on their way into Amazon Redshift",
        },
        trust(["dms.amazonaws.com", "redshift.amazonaws.com"]),
      ],
      [
        { provider: "aws", name: "dms-cloudwatch-logs-role", description: "Logs of DMS tasks" },
        trust("dms.amazonaws.com", OF_ACCOUNT),
      ],
      [
        { provider: "aws", name: "dms-vpc-role", description: "Network interfaces of DMS replication instances" },
        trust("dms.amazonaws.com", OF_ACCOUNT),
      ],
    ]);
    expect(tf.all("aws_iam_role_policy_attachment")).toEqual([
      {
        provider: "aws",
        role: expect.stringMatching(/^\$\{aws_iam_role\..*Endpoint.*\.name\}$/) as string,
        policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonDMSRedshiftS3Role",
      },
      {
        provider: "aws",
        role: expect.stringMatching(/^\$\{aws_iam_role\..*Logs.*\.name\}$/) as string,
        policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonDMSCloudWatchLogsRole",
      },
      {
        provider: "aws",
        role: expect.stringMatching(/^\$\{aws_iam_role\..*Vpc.*\.name\}$/) as string,
        policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole",
      },
    ]);
  });

  test("adopt: takes over the roles an account has", () => {
    const tf = synthInSite((site) => new AccountRoles(site, "Roles", { adopt: ["dms-vpc-role"] }));
    expect(tf.json.import).toEqual([
      expect.objectContaining({ id: "dms-vpc-role", to: expect.stringMatching(/^aws_iam_role\..*Vpc/) as string }),
    ]);
  });

  test("refOf names what is created", () => {
    synthInSite((site) => {
      const roles = new AccountRoles(site, "Roles");
      expect(roles.ref).toEqual(AccountRoles.refOf(SEOUL));
      expect(roles.ref).toEqual({
        name: "dms-vpc-role",
        arn: "arn:aws:iam::111122223333:role/dms-vpc-role",
        region: "aws-global",
        account: "111122223333",
      });
    });
    expect(AccountRoles.refOf({ region: "cn-north-1", account: "111122223333" }).arn).toBe(
      "arn:aws-cn:iam::111122223333:role/dms-vpc-role",
    );
  });

  test("fails when a second site of the account creates them", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AccountRoles(new Site(stack, "Seoul", SEOUL), "Roles");
    expectRefusal(
      () => new AccountRoles(new Site(stack, "Tokyo", TOKYO), "Roles"),
      "NameTaken",
      "the IAM role name 'dms-vpc-role' is already taken by stack/Seoul/Roles",
      "stack/Tokyo/Roles",
    );
  });

  test("two of them live in one stack, of two accounts", () => {
    const tf = synth((scope) => {
      new AccountRoles(new Site(scope, "Seoul", SEOUL), "Roles");
      new AccountRoles(new Site(scope, "Tokyo", TOKYO_ABROAD), "Roles");
    });
    expect(tf.all("aws_iam_role")).toHaveLength(6);
  });
});

describe("ReplicationInstance", () => {
  const DEFAULT = {
    provider: "aws",
    replication_instance_id: "orders",
    replication_instance_class: "dms.r6i.large",
    allocated_storage: 100,
    allow_major_version_upgrade: false,
    apply_immediately: false,
    auto_minor_version_upgrade: true,
    kms_key_arn: KEY,
    multi_az: true,
    network_type: "IPV4",
    publicly_accessible: false,
    replication_subnet_group_id: expect.stringMatching(
      /^\$\{aws_dms_replication_subnet_group\.\w+\.replication_subnet_group_id\}$/,
    ) as string,
    vpc_security_group_ids: ["sg-1"],
  };
  const build = (props: Partial<ReplicationInstanceProps>) => (site: Site) =>
    new ReplicationInstance(site, "Instance", { ...INSTANCE, ...props });

  test("defaults", () => {
    const tf = synthInSite(build({}));

    expect(tf.types()).toEqual([
      "aws_dms_replication_instance", // reads and writes
      "aws_dms_replication_subnet_group", // where its network interfaces are
    ]);
    expect(tf.only("aws_dms_replication_instance")).toEqual(DEFAULT);
    expect(tf.only("aws_dms_replication_subnet_group")).toEqual({
      provider: "aws",
      replication_subnet_group_id: "orders",
      replication_subnet_group_description: "DMS orders",
      subnet_ids: ["subnet-1", "subnet-2"],
    });
    expect(tf.text).toHaveResourceWithProperties(DmsReplicationInstance, {
      multi_az: true,
      publicly_accessible: false,
      kms_key_arn: KEY,
    });
  });

  test.each<[string, Partial<ReplicationInstanceProps>, object]>([
    ["allocatedStorageGib", { allocatedStorageGib: 5 }, { allocated_storage: 5 }],
    ["allowMajorVersionUpgrade", { upgrades: { allowMajorVersion: true } }, { allow_major_version_upgrade: true }],
    ["applyImmediately", { upgrades: { applyImmediately: true } }, { apply_immediately: true }],
    ["autoMinorVersionUpgrade", { upgrades: { autoMinorVersion: false } }, { auto_minor_version_upgrade: false }],
    ["availabilityZone", { singleAz: true, availabilityZone: "a" }, { multi_az: false, availability_zone: "a" }],
    ["engineVersion", { engineVersion: "3.5.4" }, { engine_version: "3.5.4", auto_minor_version_upgrade: false }],
    [
      "maintenanceWindow",
      { maintenanceWindow: "sat:23:45-sun:00:15" },
      { preferred_maintenance_window: "sat:23:45-sun:00:15" },
    ],
    ["networkType", { networkType: "DUAL" }, { network_type: "DUAL" }],
    ["publiclyAccessible", { publiclyAccessible: true }, { publicly_accessible: true }],
    ["singleAz", { singleAz: true }, { multi_az: false }],
  ])("%s", (_, props, attributes) => {
    expect(synthInSite(build(props)).only("aws_dms_replication_instance")).toEqual({ ...DEFAULT, ...attributes });
  });

  test("waits for the account's roles of its own stack", () => {
    const tf = synthInSite((site) => {
      const roles = new AccountRoles(site, "Roles");
      new ReplicationInstance(site, "Instance", { ...INSTANCE, accountRoles: roles.ref });
    });
    const { depends_on } = tf.only("aws_dms_replication_subnet_group");
    expect(depends_on).toHaveLength(6);
    expect(depends_on).toContainEqual(expect.stringMatching(/^aws_iam_role_policy_attachment\..*Vpc/));
  });

  test("takes a key and subnets of its own stack", () => {
    const tf = synthInSite((site) => {
      const other = build({ name: "first" })(site);
      new ReplicationInstance(site, "Second", { ...INSTANCE, name: "second", kmsKeyArn: other.resource.kmsKeyArn });
    });
    expect(tf.at("Site/Second/Resource").kms_key_arn).toMatch(/^\$\{aws_dms_replication_instance\./);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new ReplicationInstance(site, "One", { ...INSTANCE, name: "one" });
      new ReplicationInstance(site, "Two", { ...INSTANCE, name: "two" });
    });
    expect(tf.all("aws_dms_replication_instance")).toHaveLength(2);
  });

  test("fails when the identifier is taken", () => {
    expectRefusalInSite(
      (site) => [build({})(site), new ReplicationInstance(site, "Two", INSTANCE)],
      "NameTaken",
      "the DMS replication subnet group 'orders' is already taken by stack/Site/Instance",
      "stack/Site/Two",
    );
  });

  test.each([
    ["Orders", /^'name' is not a valid DMS replication instance identifier, got 'Orders', allowed: lower-case letters/],
    ["1st", /beginning with a letter/],
    ["or--ders", /no two hyphens in a row$/],
    ["orders-", /not ending with a hyphen/],
    ["a".repeat(64), /allowed: 1 to 63 characters \(it has 64\)$/],
    ["", /1 to 63 characters \(it has 0\)/],
  ])("fails when the name is '%.12s'", (name, problem) => {
    expectRefusalInSite(build({ name }), "InvalidName", problem, "stack/Site/Instance");
  });

  test.each(["r6i.large", "dms.large", "dms.r6i", "dms.r6i.huge", "db.r6i.large"])(
    "fails when the class is '%s'",
    (instanceClass) => {
      expectRefusalInSite(
        build({ instanceClass }),
        "InvalidName",
        `'instanceClass' is not a valid DMS replication instance class, got '${instanceClass}', allowed: 'dms.', a family and a size, for example 'dms.r6i.large'`,
      );
    },
  );

  test.each(["3.5", "3.5.x", "latest"])("fails when the engine version is '%s'", (engineVersion) => {
    expectRefusalInSite(
      build({ engineVersion }),
      "InvalidName",
      `'engineVersion' is not a valid DMS engine version, got '${engineVersion}', allowed: three numbers, for example '3.5.4'`,
    );
  });

  test.each([4, 6_145, 20.5])("fails when the storage is %d GiB", (allocatedStorageGib) => {
    expectRefusalInSite(
      build({ allocatedStorageGib }),
      "SettingOutOfRange",
      `'allocatedStorageGib' must be a whole number from 5 to 6144, got ${allocatedStorageGib}`,
    );
  });

  test.each(["Sun:03:00-Sun:04:00", "sun:03:00-sun:03:29", "sun:24:00-mon:01:00", "xxx:03:00-sun:04:00", "sun:03:00"])(
    "fails when the maintenance window is '%s'",
    (maintenanceWindow) => {
      expectRefusalInSite(
        build({ maintenanceWindow }),
        "SettingOutOfRange",
        `'maintenanceWindow' must be 'ddd:hh:mm-ddd:hh:mm' in UTC and lower case, 30 minutes or longer, got '${maintenanceWindow}'`,
      );
    },
  );

  test.each<[string, string[], RefusalCode, string]>([
    [
      "one subnet",
      ["subnet-1"],
      "SettingOutOfRange",
      "'subnetIds' must name subnets of two Availability Zones or more, got 1",
    ],
    ["no subnet", [], "SettingOutOfRange", "'subnetIds' must name subnets of two Availability Zones or more, got 0"],
    ["a subnet twice", ["subnet-1", "subnet-1"], "RepeatedItem", "'subnetIds' names 'subnet-1' twice"],
  ])("fails with %s", (_, subnetIds, code, problem) => {
    expectRefusalInSite(build({ subnetIds }), code, problem);
  });

  test("fails without a security group", () => {
    expectRefusalInSite(build({ securityGroupIds: [] }), "MissingSetting", "'securityGroupIds' is empty");
  });

  test("fails when a zone is named for two zones", () => {
    expectRefusalInSite(
      build({ availabilityZone: "ap-northeast-2a" }),
      "ConflictingSettings",
      "'availabilityZone' is given, got 'ap-northeast-2a', but the instance has a standby in a second zone",
    );
  });

  test("fails when a version is pinned and upgraded", () => {
    expectRefusalInSite(
      build({ engineVersion: "3.5.4", upgrades: { autoMinorVersion: true } }),
      "ConflictingSettings",
      "'engineVersion' is given, got '3.5.4', and 'upgrades.autoMinorVersion' is on",
    );
  });

  test("fails with the roles of another account", () => {
    expectRefusalInSite(
      build({ accountRoles: AccountRoles.refOf(TOKYO_ABROAD) }),
      "WrongSite",
      "'accountRoles' is of account '444455556666', the site is of '111122223333'",
    );
  });

  test.each([
    [
      KEY.replace("ap-northeast-2", "ap-northeast-1"),
      "ArnOfOtherRegion",
      /^'kmsKeyArn' is in 'ap-northeast-1', the site is/,
    ],
    [KEY.replace("key/", "alias/"), "InvalidArn", /^'kmsKeyArn' must be the ARN of a KMS key, got /],
    ["orders", "InvalidArn", "'kmsKeyArn' must be an ARN, got 'orders'"],
  ] as const)("fails when the key is '%s'", (kmsKeyArn, code, problem) => {
    expectRefusalInSite(build({ kmsKeyArn }), code, problem);
  });

  test("fails when the name is a token", () => {
    expectRefusalInSite(
      (site) => build({ name: new AccountRoles(site, "Roles").roles["dms-vpc-role"].name, accountRoles: ROLES })(site),
      "TokenForPlainString",
      "'name' must be known at synth, got a token",
    );
  });
});

describe("Certificate", () => {
  test("defaults", () => {
    const tf = synthInSite((site) => new Certificate(site, "Ca", { name: "rds-ca", pem: PEM }));
    expect(tf.types()).toEqual(["aws_dms_certificate"]); // the certificate of a database
    expect(tf.only("aws_dms_certificate")).toEqual({
      provider: "aws",
      certificate_id: "rds-ca",
      certificate_pem: PEM,
    });
  });

  test("walletBase64: an Oracle wallet", () => {
    const tf = synthInSite((site) => new Certificate(site, "Ca", { name: "wallet", walletBase64: "AAAA" }));
    expect(tf.only("aws_dms_certificate")).toEqual({
      provider: "aws",
      certificate_id: "wallet",
      certificate_wallet: "AAAA",
    });
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new Certificate(site, "One", { name: "one", pem: PEM });
      new Certificate(site, "Two", { name: "two", pem: PEM });
    });
    expect(tf.all("aws_dms_certificate")).toHaveLength(2);
  });

  test.each([
    [{ name: "ca" }, "MissingSetting", "neither 'pem' nor 'walletBase64' is given"],
    [{ name: "ca", pem: PEM, walletBase64: "A" }, "ConflictingSettings", "'pem' and 'walletBase64' are both given"],
    [{ name: "ca", pem: "MIIB" }, "MissingSetting", "'pem' holds no certificate"],
    [{ name: "ca", pem: "-----BEGIN PRIVATE KEY-----" }, "UnsafeText", "'pem' holds a private key"],
    [{ name: "Ca", pem: PEM }, "InvalidName", /is not a valid DMS certificate identifier/],
  ] as const)("fails with %j", (props, code, problem) => {
    expectRefusalInSite((site) => new Certificate(site, "Ca", props), code, problem, "stack/Site/Ca");
  });
});
