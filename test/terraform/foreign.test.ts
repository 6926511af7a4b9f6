/**
 * Proves which blocks of a Terraform file count as foreign: they run a program or ask another server. Proves which modules are followed.
 * Does not prove how a command reacts to them.
 */
import { foreignInHcl, localModulesInHcl } from "../../terraform/foreign-hcl";
import {
  awsProviders,
  backendTypes,
  foreignInJson,
  localModulesInJson,
  s3Backends,
} from "../../terraform/foreign-json";

describe("in a JSON file", () => {
  const provisioner = [{ "local-exec": { command: "id" } }];

  test.each<[string, unknown, string[]]>([
    ["a provisioner", { resource: { terraform_data: { a: { provisioner } } } }, ["provisioner"]],
    ["one in lists", [{ resource: [{ null_resource: [{ a: [{ provisioner }] }] }] }], ["provisioner"]],
    ["one of something removed", { removed: [{ from: "a.b", provisioner }] }, ["provisioner"]],
    ["a connection", { resource: { aws_instance: { a: { connection: {} } } } }, ["connection"]],
    ["a state elsewhere", { data: { terraform_remote_state: { a: {} } } }, ["state"]],
    ["a program's answer", { data: [{ external: { a: {} } }] }, ["data"]],
    ["a command's output", { data: { local_command: { a: {} } } }, ["data"]],
    ["a check's lookup", { check: { a: { data: { http: { b: {} } } } } }, ["data"]],
    ["an ephemeral resource", { ephemeral: { http: { b: {} } } }, ["data"]],
    ["a provider", { provider: { aws: {} } }, ["provider"]],
    ["a backend", { terraform: [{ backend: { http: {} } }] }, ["backend"]],
    ["a cloud", { terraform: { cloud: {} } }, ["backend"]],
    ["several", { provider: {}, data: { external: {}, terraform_remote_state: {} } }, ["data", "state", "provider"]],
    ["a tag of such a name", { resource: { aws_instance: { a: { tags: { provisioner: "x" } } } } }, []],
    ["providers' versions", { terraform: { required_providers: { aws: {} } } }, []],
    ["a question to AWS", { data: { aws_vpc: { a: {} } } }, []],
  ])("%s", (_, json, kinds) => {
    expect([...foreignInJson(json)]).toEqual(kinds);
  });

  test("modules at local paths are found", () => {
    const sources = ["./a", "../../b", "terraform-aws-modules/vpc/aws", "git::https://example.com/x", 1];
    const module = Object.fromEntries(sources.map((source, index) => [`m${index}`, { source }]));
    expect(localModulesInJson({ module })).toEqual(["./a", "../../b"]);
    expect(localModulesInJson([{ module: [{ m: [{ source: "./a" }] }] }])).toEqual(["./a"]);
  });

  test("settings of AWS providers and of backends in S3 are found, however they are written", () => {
    const json = [{ provider: [{ aws: [{ a: 1 }] }, { random: {} }], terraform: [{ backend: [{ s3: { b: 1 } }] }] }];
    expect([awsProviders(json), s3Backends(json)]).toEqual([[{ a: 1 }], [{ b: 1 }]]);
    expect(backendTypes([...json, { terraform: { cloud: {} } }])).toEqual(["s3", "cloud"]);
    const dynamic = { endpoints: { for_each: [] } };
    expect(awsProviders({ provider: { aws: { dynamic } } })).toEqual([{ dynamic }, dynamic]);
  });
});

describe("in an HCL file", () => {
  test.each<[string, string | undefined]>([
    ['  provisioner "local-exec" {', "provisioner"],
    ["\tconnection {", "connection"],
    ["/* a comment */ connection {", "connection"],
    ['/*\n*/ provisioner /* = */ "local-exec" {', "provisioner"],
    ['provider "aws" {', "provider"],
    ["provider aws {", "provider"],
    ['  backend "http" {', "backend"],
    ["  cloud {", "backend"],
    ['data "terraform_remote_state" "a" {', "state"],
    ["data external a {", "data"],
    ['data "local_command" "a" {', "data"],
    ['ephemeral "http" "a" {', "data"],
    ['data "\\u0065xternal" "a" {', "data"],
    ['data /* */ "http" "a" {', "data"],
    ['data "aws_vpc" "a" {', undefined],
    ['ephemeral "aws_secretsmanager_secret_version" "a" {', undefined],
    ["  provider = aws.tokyo", undefined],
    ["  connection_string = 1", undefined],
    ["  connection-string = 1", undefined],
    ["  provider: 1", undefined],
    ["  data.aws_vpc.a.id,", undefined],
    ["# provisioner", undefined],
    ['  // provider "aws" {', undefined],
    ['variable "provider" {', undefined],
    ["  provider::aws::arn_parse(a)", undefined],
  ])("%j", (line, kind) => {
    const found = kind === undefined ? undefined : { kind, line: 1 + line.split("\n").length };
    expect(foreignInHcl(`terraform {\n${line}\n`)).toEqual(found);
  });

  test("a mark of UTF-8 before the first line hides nothing", () => {
    expect(foreignInHcl('\uFEFFdata "external" "a" {\n')).toEqual({ line: 1, kind: "data" });
  });

  test("modules at local paths are found", () => {
    const text = 'module "a" {\n  source = "./a"\n}\nmodule "b" {\n  source="../b" # c\n  x = 1\n}\n';
    expect(localModulesInHcl(`${text}module "c" {\n  source = "hashicorp/x/y"\n}\n`)).toEqual(["./a", "../b"]);
  });
});
