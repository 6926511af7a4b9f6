import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { findProviderSource, versionAtHand } from "../../terraform/provider-mirror";

function mirrorWith(...entries: string[]): string {
  const mirror = mkdtempSync(join(tmpdir(), "mirror-"));
  for (const entry of entries)
    mkdirSync(join(mirror, "registry.terraform.io/hashicorp/aws", entry), { recursive: true });
  return mirror;
}

describe("where Terraform takes providers from", () => {
  test("an existing CLI configuration is honoured, and the mirror it names is read", () => {
    const mirror = mirrorWith("6.25.0");
    const file = join(mirror, "terraform.rc");
    writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`);
    const source = { cliConfigFile: file, mirror };
    expect(findProviderSource({ TF_CLI_CONFIG_FILE: file })).toEqual(source);
    expect(findProviderSource({ TF_CLI_CONFIG_FILE: relative(process.cwd(), file) })).toEqual(source);
  });

  test("a CLI configuration that does not exist is passed over for a mirror that does", () => {
    const mirror = mirrorWith("6.25.0");
    const TF_PROVIDER_MIRROR = relative(process.cwd(), mirror);
    const source = findProviderSource({ TF_CLI_CONFIG_FILE: "/nowhere/terraform.rc", TF_PROVIDER_MIRROR });
    expect(source.mirror).toBe(mirror);
    expect(readFileSync(source.cliConfigFile ?? "", "utf8")).toBe(
      `provider_installation {\n  filesystem_mirror {\n    path    = "${mirror}"\n    include = ["registry.terraform.io/*/*"]\n  }\n}\n`,
    );
  });

  test.each([["aws"], ["hashicorp/aws"], ["registry.terraform.io/hashicorp/aws"]])(
    "%s is the same provider",
    (source) => {
      expect(versionAtHand(mirrorWith("5.100.0"), source)).toBe("5.100.0");
    },
  );

  test("the newest version counts, unpacked or packed", () => {
    expect(versionAtHand(mirrorWith("5.9.0", "5.100.0", "terraform-provider-aws_6.2.0_linux_amd64.zip"), "aws")).toBe(
      "6.2.0",
    );
  });

  test("a provider that is not in the mirror has no version", () => {
    expect(versionAtHand(mirrorWith("5.100.0"), "hashicorp/random")).toBeUndefined();
  });
});
