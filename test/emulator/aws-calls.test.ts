/** Proves that the table of AWS calls is what the service models and the naming rules give. The emulator's Python has the models. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/entry-points";
import { awsCallsFile, FILE } from "../../scripts/aws-calls";

test("the table is made from the service models; 'npm run aws-calls' makes it again", async () => {
  expect(readFileSync(join(ROOT, FILE), "utf8")).toBe(await awsCallsFile());
});
