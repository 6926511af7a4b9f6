/**
 * Proves what is synthesised for the groups of a site's databases. Does not prove that RDS knows a parameter, nor that the subnets
 * lie in two Availability Zones.
 */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { RefusalCode } from "../../modules/core";
import { DatabaseGroups, DatabaseGroupsProps } from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { NETWORK } from "../support/rds";
import { expectRefusal, expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO } from "../support/synth";

const PROPS: DatabaseGroupsProps = { ...NETWORK, engine: "postgres", engineVersion: "16", name: "ledger-seoul" };

function groups(props: Partial<DatabaseGroupsProps> = {}) {
  return synthInSite((site) => new DatabaseGroups(site, "Groups", { ...PROPS, ...props }));
}

describe("DatabaseGroups", () => {
  test("defaults", () => {
    const tf = groups();

    expect(tf.types()).toEqual([
      "aws_db_parameter_group", // requires TLS
      "aws_db_subnet_group", // subnets
      "aws_iam_role", // Enhanced Monitoring writes logs
      "aws_iam_role_policy_attachment", // permissions
      "aws_security_group", // no way in, no way out
    ]);
    expect(tf.only("aws_db_subnet_group")).toEqual({
      provider: "aws",
      name: "ledger-seoul",
      description: "Subnets of ledger-seoul",
      subnet_ids: ["subnet-a", "subnet-c"],
    });
    expect(tf.only("aws_db_parameter_group")).toEqual({
      provider: "aws",
      name: "ledger-seoul-postgres16",
      description: "Parameters of ledger-seoul",
      family: "postgres16",
      parameter: [{ name: "rds.force_ssl", value: "1", apply_method: "immediate" }],
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.only("aws_security_group")).toEqual({
      provider: "aws",
      name: "ledger-seoul",
      description: "Clients of ledger-seoul",
      vpc_id: "vpc-1",
    });
    expect(tf.text).toHaveResourceWithProperties(SecurityGroup, { vpc_id: "vpc-1" });
  });

  test("the monitoring role trusts RDS for instances of its own site", () => {
    const tf = groups();
    const { assume_role_policy, ...role } = tf.only("aws_iam_role");

    expect(role).toEqual({
      provider: "aws",
      name: "ledger-seoul-ap-northeast-2-monitoring",
      description: "Enhanced Monitoring of ledger-seoul",
    });
    expect(JSON.parse(assume_role_policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Service: "monitoring.rds.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            StringLike: { "aws:SourceArn": "arn:aws:rds:ap-northeast-2:111122223333:db:*" },
          },
        },
      ],
    });
    expect(tf.only("aws_iam_role_policy_attachment")).toEqual({
      provider: "aws",
      role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.name\}$/) as string,
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    });
  });

  test("clients come in by block and by security group, on the engine's port alone", () => {
    const tf = groups({
      clientCidrBlocks: { office: "10.0.0.0/16", six: "fd00::/64" },
      clientSecurityGroups: { api: "sg-1" },
    });
    const rule = {
      provider: "aws",
      security_group_id: expect.stringMatching(/^\$\{aws_security_group\.\w+\.id\}$/) as string,
      ip_protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
    };

    expect(tf.at("Site/Groups/Client-office")).toEqual({ ...rule, description: "office", cidr_ipv4: "10.0.0.0/16" });
    expect(tf.at("Site/Groups/Client-six")).toEqual({ ...rule, description: "six", cidr_ipv6: "fd00::/64" });
    expect(tf.at("Site/Groups/Client-api")).toEqual({
      ...rule,
      description: "api",
      referenced_security_group_id: "sg-1",
    });
  });

  test("parameters are dynamic or static, in the order of their names", () => {
    const tf = groups({
      parameters: { log_min_duration_statement: 500 },
      staticParameters: { shared_preload_libraries: "pg_stat_statements" },
    });
    expect(tf.only("aws_db_parameter_group").parameter).toEqual([
      { name: "log_min_duration_statement", value: "500", apply_method: "immediate" },
      { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
      { name: "shared_preload_libraries", value: "pg_stat_statements", apply_method: "pending-reboot" },
    ]);
  });

  test.each([
    ["mysql", "8.4", "ledger-seoul-mysql8-4", "mysql8.4", "require_secure_transport", 3306],
    ["mysql", "8.0.40", "ledger-seoul-mysql8-0", "mysql8.0", "require_secure_transport", 3306],
    ["mariadb", "10.11", "ledger-seoul-mariadb10-11", "mariadb10.11", "require_secure_transport", 3306],
    ["postgres", "17.2", "ledger-seoul-postgres17", "postgres17", "rds.force_ssl", 5432],
  ] as const)("%s %s has its own family, TLS parameter and port", (engine, engineVersion, name, family, tls, port) => {
    const tf = groups({ engine, engineVersion, clientSecurityGroups: { api: "sg-1" } });

    expect(tf.only("aws_db_parameter_group")).toMatchObject({ name, family, parameter: [{ name: tls, value: "1" }] });
    expect(tf.only("aws_vpc_security_group_ingress_rule")).toMatchObject({ from_port: port, to_port: port });
  });

  test("unencrypted connections have to be asked for", () => {
    const tf = groups({ unencryptedConnections: true });
    expect(tf.only("aws_db_parameter_group").parameter).toEqual([
      { name: "rds.force_ssl", value: "0", apply_method: "immediate" },
    ]);
  });

  test("another port", () => {
    const tf = groups({ port: 5433, clientSecurityGroups: { api: "sg-1" } });
    expect(tf.only("aws_vpc_security_group_ingress_rule")).toMatchObject({ from_port: 5433, to_port: 5433 });
  });

  test("in China the managed policy is that partition's", () => {
    const tf = synthInSite((site) => new DatabaseGroups(site, "Groups", PROPS), {
      region: "cn-north-1",
      account: "111122223333",
    });
    expect(tf.only("aws_iam_role_policy_attachment").policy_arn).toMatch(/^arn:aws-cn:iam::aws:policy\/service-role\//);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      new DatabaseGroups(site, "One", PROPS);
      new DatabaseGroups(site, "Two", { ...PROPS, name: "carts-seoul" });
    });
    expect(tf.all("aws_db_subnet_group")).toHaveLength(2);
  });

  test("the same name lives in two sites: the role's has the region", () => {
    const tf = synth((scope) => {
      new DatabaseGroups(new Site(scope, "Seoul", SEOUL), "Groups", { ...PROPS, name: "ledger" });
      new DatabaseGroups(new Site(scope, "Tokyo", TOKYO), "Groups", { ...PROPS, name: "ledger" });
    });
    expect(tf.all("aws_iam_role").map(({ name }) => name)).toEqual([
      "ledger-ap-northeast-2-monitoring",
      "ledger-ap-northeast-1-monitoring",
    ]);
  });

  test("fails when the name is taken", () => {
    expectRefusalInSite(
      (site) => [new DatabaseGroups(site, "One", PROPS), new DatabaseGroups(site, "Two", PROPS)],
      "NameTaken",
      "the name of database groups 'ledger-seoul' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });

  test.each<[Partial<DatabaseGroupsProps>, RefusalCode, string | RegExp]>([
    [{ name: "Ledger" }, "InvalidName", /^'name' is not a valid name of database groups, got 'Ledger'/],
    [{ name: "a--b" }, "InvalidName", /no two hyphens in a row/],
    [{ name: "a".repeat(64) }, "InvalidName", /1 to 63 characters \(it has 64\)$/],
    [
      { engineVersion: "13" },
      "UnknownEngineVersion",
      "this module knows no PostgreSQL '13', it knows '14', '15', '16', '17', '18'",
    ],
    [
      { engine: "mysql", engineVersion: "8" },
      "UnknownEngineVersion",
      "this module knows no MySQL '8', it knows '5.7', '8.0', '8.4'",
    ],
    [
      { engine: "mariadb", engineVersion: "11.4.x" },
      "UnknownEngineVersion",
      "this module knows no MariaDB '11.4.x', it knows '10.6', '10.11', '11.4', '11.8'",
    ],
    [{ port: 1149 }, "SettingOutOfRange", "'port' must be a whole number from 1150 to 65535, got 1149"],
    [
      { subnetIds: ["subnet-a"] },
      "SettingOutOfRange",
      "'subnetIds' must name subnets of two Availability Zones or more, got 1",
    ],
    [
      { clientCidrBlocks: { all: "0.0.0.0/0" } },
      "OpenToTheWorld",
      "'clientCidrBlocks' opens the database to every address, got '0.0.0.0/0'",
    ],
    [
      { clientCidrBlocks: { all: "::/0" } },
      "OpenToTheWorld",
      "'clientCidrBlocks' opens the database to every address, got '::/0'",
    ],
    [
      { clientCidrBlocks: { vpc: "${TfToken[TOKEN.0]}" } },
      "TokenForPlainString",
      "'clientCidrBlocks' must be known at synth, got a token",
    ],
    [{ parameters: { "rds.force_ssl": 0 } }, "ConflictingSettings", "'rds.force_ssl' is what this module sets itself"],
    [
      { engine: "mysql", engineVersion: "8.4", staticParameters: { require_secure_transport: "OFF" } },
      "ConflictingSettings",
      "'require_secure_transport' is what this module sets itself",
    ],
    [
      { parameters: { work_mem: 1 }, staticParameters: { work_mem: 2 } },
      "ConflictingSettings",
      "'work_mem' is given in 'parameters' and in 'staticParameters'",
    ],
  ])("fails with %j", (props, code, problem) => {
    expectRefusalInSite(
      (site) => new DatabaseGroups(site, "Groups", { ...PROPS, ...props }),
      code,
      problem,
      "stack/Site/Groups",
    );
  });

  test("fails before anything is made", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const site = new Site(stack, "Seoul", SEOUL);
    expectRefusal(() => new DatabaseGroups(site, "Groups", { ...PROPS, port: 1 }), "SettingOutOfRange", /./);
    expect(site.node.findChild("Groups").node.children).toEqual([]);
  });
});
