import type { TerraformStackRun } from "./terraform";

const ADOPT_FILE = "emulator_adopt.tf.json";

/** A resource of a stack that was created through the API, as the stack describes it. */
export interface Adoption {
  /** Terraform address, e.g. `aws_db_instance.Ledger`. */
  readonly address: string;
  /** The id Terraform imports it by: for a DB instance its identifier. */
  readonly id: string;
}

/**
 * Creates slow resources by one API call each and lets the next apply import them.
 *
 * The provider waits 80 s before it first asks after a DB instance it has created; an import does not wait. If the call differs from the
 * stack, the next plan shows a change. So an exact call leaves an empty plan.
 *
 * @param create makes the resources, in the order they need, and says which is which
 * @param deploy applies the stack, if Terraform alone does not
 */
export async function adopt(
  stack: TerraformStackRun,
  create: () => Promise<readonly Adoption[]>,
  deploy: () => Promise<unknown> = () => stack.apply(),
): Promise<void> {
  const adoptions = await create();
  stack.write(ADOPT_FILE, { import: adoptions.map(({ address, id }) => ({ to: address, id })) });
  try {
    await deploy();
  } finally {
    // Import blocks are for one apply: a later one would refuse a resource that is gone.
    stack.remove(ADOPT_FILE);
  }
}
