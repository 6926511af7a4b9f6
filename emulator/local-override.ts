import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { localBackend, OWN_FILE, readStackJson, requiredProviders, s3Backend, versionsAtHand } from "../terraform";

const OVERRIDE_FILE = "emulator_override.tf.json";

/**
 * Writes an override file next to a stack's `cdk.tf.json`, which stays as synthesised. The file has the available provider version and the
 * place of the state. It has no provider blocks, because environment variables direct providers to the emulator.
 */
export function writeLocalOverride(stackDir: string, endpoint: string, mirror: string | undefined): void {
  const stack = readStackJson(join(stackDir, OWN_FILE));
  const terraform: Record<string, unknown> = {};
  const providers = mirror === undefined ? {} : versionsAtHand(requiredProviders(stack), mirror);
  if (Object.keys(providers).length > 0) terraform.required_providers = providers;
  const backend = s3Backend(stack);
  if (backend !== undefined) {
    // An override replaces a backend whole, so the stack's own settings are repeated.
    terraform.backend = {
      s3: {
        ...backend,
        endpoints: { s3: endpoint, sts: endpoint, iam: endpoint },
        use_path_style: true,
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: true,
      },
    };
  }
  const local = localBackend(stack);
  // the stack declares no backend, so cdktf names the file of the real state, in the folder where cdktf ran
  if (local?.path !== undefined && isAbsolute(local.path)) {
    terraform.backend = { local: { ...local, path: "terraform.tfstate" } };
  }
  const file = join(stackDir, OVERRIDE_FILE);
  const text = `${JSON.stringify({ terraform }, null, 2)}\n`;
  // another Terraform may be reading it
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
