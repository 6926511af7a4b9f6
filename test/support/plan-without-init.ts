import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator, Terraform, TerraformStackRun } from "../../emulator";

/**
 * Plans stacks with a provider that another stack has installed. `terraform init` and the check of the provider's hash take longer than the
 * plan of a small stack. Both are the same for every stack.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers
 */
export class PlanWithoutInit {
  private readonly terraform: Terraform;
  private readonly folder = mkdtempSync(join(tmpdir(), "plan-without-init-"));

  /** @param initialised a stack that was initialised and that is kept as long as this is used */
  constructor(emulator: Emulator, initialised: TerraformStackRun) {
    const cliConfigFile = join(this.folder, "terraform.rc");
    const provider = JSON.stringify(providerOf(initialised.dir));
    writeFileSync(
      cliConfigFile,
      `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${provider}\n  }\n}\n`,
    );
    this.terraform = new Terraform(emulator, { providers: { cliConfigFile, mirror: undefined } });
  }

  /** A stack, ready to plan. Its backend is removed from its file, because Terraform uses a backend only after `init`. */
  stack(dir: string): TerraformStackRun {
    const file = join(dir, "cdk.tf.json");
    const { terraform, ...blocks } = JSON.parse(readFileSync(file, "utf8")) as { terraform: object };
    writeFileSync(file, JSON.stringify({ ...blocks, terraform: { ...terraform, backend: undefined } }));
    return new TerraformStackRun(this.terraform, dir);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The folder of the AWS provider's program, below `registry.terraform.io/hashicorp/aws/<version>/<platform>`. */
function providerOf(dir: string): string {
  const versions = join(dir, ".terraform", "providers", "registry.terraform.io", "hashicorp", "aws");
  const platforms = join(versions, readdirSync(versions)[0]!);
  return join(platforms, readdirSync(platforms)[0]!);
}
