/**
 * Proves the HCL of a workload's stack. It covers every kind of block, every form of a setting, and strings that HCL would read
 * differently. It covers the refusals for blocks that cdktf would omit. Does not prove that Terraform reads the HCL in this way:
 * test/provider/hcl.test.ts parses it.
 */
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import {
  LocalBackend,
  TerraformHclModule,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import { EphemeralResource, Site } from "../../modules/site";
import { failedOver, PilotLight, rebuilt } from "../../stacks";
import { forget } from "../../stacks/stacks/forget";
import { hclOf } from "../../stacks/stacks/hcl/stack-hcl";
import { expectRefusal, SEOUL } from "../support/synth";
import { shop } from "../support/workloads";

/** HCL of the resources that `define` adds to a site, without the blocks that every stack begins with. */
function hclOfSite(define: (site: Site, stack: TerraformStack) => void): string {
  const stack = new TerraformStack(Testing.app(), "stack");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  define(new Site(stack, "Default", { name: "seoul", ...SEOUL }), stack);
  const { hcl } = hclOf(stack, stack.toTerraform() as Readonly<Record<string, unknown>>);
  const blocks = hcl.trimEnd().split("\n\n");
  return blocks.filter((block) => !/^(terraform|provider) /.test(block)).join("\n\n");
}

/** HCL of a parameter with such a value, from the value on. */
function valueOf(value: string): string {
  const hcl = hclOfSite(
    (site) => new SsmParameter(site, "P", { name: "p", type: "String", value, provider: site.provider }),
  );
  return /^ {2}value = (.*)\n {2}provider = aws\n}$/ms.exec(hcl)![1]!;
}

describe("a stack of a workload", () => {
  const app = Testing.app();
  const history = [failedOver("tokyo", { on: "2026-03-14" }), rebuilt("seoul", { on: "2026-03-21" })];
  const { stacks } = new PilotLight(app, "orders", shop({ history }));
  const stack = stacks.sites.get("seoul")!;
  const { hcl, metadata } = stack.toHclTerraform();

  test("begins with its backend, the versions it needs, and its provider", () => {
    expect(hcl.split("\n\n").slice(0, 2)).toEqual([
      `terraform {
  backend "s3" {
    bucket = "acme-tf-seoul"
    key = "seoul/orders-seoul.tfstate"
    region = "ap-northeast-2"
    use_lockfile = true
  }
  required_providers {
    aws = {
      "version" = ">= 5.100.0, != 6.32.0, != 6.32.1, != 6.33.0, < 7.0.0"
      "source" = "hashicorp/aws"
    }
  }
  required_version = ">= 1.11.0"
}`,
      `provider "aws" {
  allowed_account_ids = [
    "111122223333",
  ]
  region = "ap-northeast-2"
  default_tags {
    tags = {
      "Site" = "seoul"
      "Workload" = "orders"
    }
  }
}`,
    ]);
  });

  test("forgets the resources that a rebuild leaves behind", () => {
    const { removed } = stack.toTerraform() as { removed?: { from: string }[] };
    const blocks = hcl.split("\n\n").filter((block) => block.startsWith("removed "));
    expect(removed!.map(({ from }) => from.split(".")[0])).toContain("aws_db_instance");
    expect(blocks).toEqual(
      removed!.map(({ from }) => `removed {\n  from = ${from}\n  lifecycle {\n    destroy = false\n  }\n}`),
    );
  });

  test("creates a password with an ephemeral resource", () => {
    expect(hcl.split("\n\n").filter((block) => block.includes('_random_password"'))).toEqual([
      expect.stringMatching(
        /^ephemeral "aws_secretsmanager_random_password" "\w+" \{\n {2}provider = aws\n {2}password_length = 32\n/,
      ),
    ]);
  });

  test("keeps the model of the workload in cdktf's metadata, next to the HCL", () => {
    const notes = (stack.toTerraform() as { "//": { dr: object } })["//"];
    expect(notes.dr).toMatchObject({ workload: "orders" });
    expect(metadata).toMatchObject({ "//": notes, terraform: { backend: { s3: { bucket: "acme-tf-seoul" } } } });
    expect(hcl).not.toContain("//");
  });
});

describe("a text", () => {
  test.each([
    ["plain", '"plain"'],
    ["", '""'],
    ["42", '"42"'],
    ["[1]", '"[1]"'],
    ['say "no"', '"say \\"no\\""'],
    ["C:\\dir", '"C:\\\\dir"'],
    ["two\nlines\t\r\u0007", '"two\\nlines\\t\\r\\u0007"'],
    ["$${literal} 100%%{x}", '"$${literal} 100%%{x}"'],
    ["costs $5", '"costs $5"'],
    ["${aws_kms_key.k.arn}", "aws_kms_key.k.arn"],
    ["${aws_kms_key.k.arn}/*", '"${aws_kms_key.k.arn}/*"'],
    ['{"a":"${b["c"].d}\\n"}', '"{\\"a\\":\\"${b["c"].d}\\\\n\\"}"'],
    ['${jsonencode({"a" = "}${b.c}"})}', 'jsonencode({"a" = "}${b.c}"})'],
    ['x${jsonencode({"a" = "\\"}"})}"', '"x${jsonencode({"a" = "\\"}"})}\\""'],
    ['%{ if a }b"%{ endif }', '"%{ if a }b\\"%{ endif }"'],
    ["${a}${b}", '"${a}${b}"'],
    ["${~ a ~}", '"${~ a ~}"'],
    ["${a", '"${a"'],
  ])("%j is %s", (value, written) => {
    expect(valueOf(value)).toBe(written);
  });
});

describe("a resource", () => {
  test("has its meta-arguments as Terraform reads them in HCL", () => {
    const hcl = hclOfSite((site) => {
      const { provider } = site;
      const bucket = new S3Bucket(site, "Bucket", { bucket: "b", provider });
      new Instance(site, "I", {
        provider,
        count: 2,
        dependsOn: [bucket],
        tags: { "a:b": "${each.key}", for: "c" },
        lifecycle: {
          ignoreChanges: "all",
          preventDestroy: true,
          replaceTriggeredBy: ["aws_s3_bucket.Bucket.id"],
          precondition: [{ condition: "${true}", errorMessage: "no" }],
        },
        connection: { type: "ssh", host: "h" },
        provisioners: [{ type: "local-exec", command: "echo", when: "destroy" }],
        ebsBlockDevice: [{ deviceName: "a", volumeSize: 1 }, { deviceName: "b" }],
        timeouts: { create: "1m" },
      });
    });
    expect(hcl.split("\n\n")[1]).toBe(`resource "aws_instance" "I" {
  tags = {
    "a:b" = each.key
    "for" = "c"
  }
  ebs_block_device {
    device_name = "a"
    volume_size = 1
  }
  ebs_block_device {
    device_name = "b"
  }
  timeouts {
    create = "1m"
  }
  depends_on = [
    aws_s3_bucket.Bucket,
  ]
  count = 2
  provider = aws
  lifecycle {
    ignore_changes = all
    prevent_destroy = true
    replace_triggered_by = [
      aws_s3_bucket.Bucket.id,
    ]
    precondition {
      condition = true
      error_message = "no"
    }
  }
  connection {
    type = "ssh"
    host = "h"
  }
  provisioner "local-exec" {
    command = "echo"
    when = destroy
  }
}`);
  });

  test("has the blocks that an iterator makes, and one for each of its items", () => {
    const hcl = hclOfSite((site) => {
      const devices = TerraformIterator.fromList(["a", "b"]);
      const names = TerraformIterator.fromMap({ x: "y" });
      new Instance(site, "I", {
        provider: site.provider,
        forEach: names,
        ebsBlockDevice: devices.dynamic({ device_name: devices.value as string }),
      });
    });
    expect(hcl).toBe(`resource "aws_instance" "I" {
  dynamic "ebs_block_device" {
    iterator = each
    for_each = toset(["a", "b"])
    content {
      device_name = each.value
    }
  }
  provider = aws
  for_each = {
    "x" = "y"
  }
}`);
  });

  test("has the overrides of the resource and of its stack", () => {
    const hcl = hclOfSite((site, stack) => {
      const { provider } = site;
      const instance = new Instance(site, "I", { provider, metadataOptions: { httpTokens: "optional" } });
      instance.addOverride("metadata_options.http_tokens", "required");
      instance.addOverride("ami", null);
      instance.addOverride("provisioner", [{ "local-exec": { command: "echo", on_failure: "continue" } }]);
      stack.addOverride("resource.aws_s3_bucket.Other", { "//": "by hand", bucket: "other" });
    });
    expect(hcl).toBe(`resource "aws_instance" "I" {
  ami = null
  metadata_options {
    http_tokens = "required"
  }
  provider = aws
  provisioner "local-exec" {
    command = "echo"
    on_failure = continue
  }
}

resource "aws_s3_bucket" "Other" {
  bucket = "other"
}`);
  });

  test("is moved and imported", () => {
    const hcl = hclOfSite((site) => {
      const { provider } = site;
      new S3Bucket(site, "A", { bucket: "a", provider }).moveFromId("aws_s3_bucket.Old");
      new S3Bucket(site, "B", { bucket: "b", provider }).importFrom("b", provider);
    });
    expect(hcl.split("\n\n").slice(0, 2)).toEqual([
      "moved {\n  to = aws_s3_bucket.A\n  from = aws_s3_bucket.Old\n}",
      'import {\n  provider = aws\n  id = "b"\n  to = aws_s3_bucket.B\n}',
    ]);
  });

  test("keeps an empty list where that means none of them, and leaves out blocks of which there are none", () => {
    const hcl = hclOfSite((site) => {
      const { provider } = site;
      new SecurityGroup(site, "G", { provider, ingress: [], egress: [{ fromPort: 0, toPort: 0, protocol: "-1" }] });
      new Instance(site, "I", { provider, ebsBlockDevice: [], securityGroups: [] });
    });
    expect(hcl).toBe(`resource "aws_security_group" "G" {
  egress {
    cidr_blocks = null
    description = null
    from_port = 0
    ipv6_cidr_blocks = null
    prefix_list_ids = null
    protocol = "-1"
    security_groups = null
    self = null
    to_port = 0
  }
  ingress = []
  provider = aws
}

resource "aws_instance" "I" {
  security_groups = []
  provider = aws
}`);
  });
});

test("variables, locals and other blocks than resources are written too", () => {
  const hcl = hclOfSite((site, stack) => {
    const size = new TerraformVariable(stack, "size", { type: "number", default: 0, nullable: false });
    new TerraformLocal(stack, "off", false);
    new TerraformHclModule(stack, "m", { source: "acme/m/aws", providers: [site.provider], variables: { size: "2" } });
    new TerraformOutput(stack, "out", { value: { a: size.stringValue, b: [] }, sensitive: false });
  });
  expect(hcl).toBe(`variable "size" {
  default = 0
  type = number
  nullable = false
}

locals {
  off = false
}

module "m" {
  size = "2"
  source = "acme/m/aws"
  providers = {
    aws = aws
  }
}

output "out" {
  value = {
    "a" = var.size
    "b" = []
  }
  sensitive = false
}`);
});

describe("fails", () => {
  test("NotInHcl of a kind of block that is not written", () => {
    expectRefusal(
      () => hclOfSite((_, stack) => stack.addOverride("check.health", { assert: [] })),
      "NotInHcl",
      "the stack has a block 'check', which is written in JSON only",
      "stack",
    );
  });

  test("NotInHcl of an ephemeral resource in a stack that cdktf writes", () => {
    const stack = new TerraformStack(Testing.app(), "own");
    const site = new Site(stack, "Seoul", { name: "seoul", ...SEOUL });
    new EphemeralResource(site, "Password", { type: "aws_secretsmanager_random_password", arguments: {} });
    expectRefusal(
      () => Testing.synthHcl(stack),
      "NotInHcl",
      "cdktf writes no 'ephemeral' block in HCL, got an 'aws_secretsmanager_random_password'",
      "own/Seoul/Password",
    );
  });

  test("NotInHcl of a forgotten resource in a stack that cdktf writes", () => {
    const stack = new TerraformStack(Testing.app(), "own");
    const site = new Site(stack, "Seoul", { name: "seoul", ...SEOUL });
    forget(new S3Bucket(site, "Old", { bucket: "old", provider: site.provider }));
    expectRefusal(
      () => Testing.synthHcl(stack),
      "NotInHcl",
      "cdktf writes no 'removed' block in HCL, and without it Terraform destroys",
      "own/Forgotten-own-Seoul-Old",
    );
  });
});
