import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Has Terraform read HCL in the folder of a stack that was initialised from its JSON: it would read both. */
export function useHcl(stackDir: string, text: string): void {
  writeFileSync(join(stackDir, "cdk.tf"), text);
  rmSync(join(stackDir, "cdk.tf.json"));
}
