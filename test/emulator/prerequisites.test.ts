/** Proves which binary runs as Terraform. Does not prove that it is one: the command asks it for its version. */
import { join } from "node:path";
import { terraformBinary } from "../../terraform/prerequisites";

const { TERRAFORM_BINARY_NAME } = process.env;

afterEach(() => {
  delete process.env.TERRAFORM_BINARY_NAME;
  Object.assign(process.env, TERRAFORM_BINARY_NAME !== undefined && { TERRAFORM_BINARY_NAME });
});

test.each([
  ["", "terraform"],
  ["tofu", "tofu"],
  ["/usr/bin/tofu", "/usr/bin/tofu"],
  // Terraform runs in the folders of stacks, from where the path would lead elsewhere
  ["bin/terraform", join(process.cwd(), "bin", "terraform")],
])("TERRAFORM_BINARY_NAME=%s is %s", (name, binary) => {
  process.env.TERRAFORM_BINARY_NAME = name;
  expect(terraformBinary()).toBe(binary);
});
