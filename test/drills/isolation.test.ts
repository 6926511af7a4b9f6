/** Proves what must run without the home folder of the user. Does not prove what a drill does there: the live test does. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runInside } from "../../drills/isolation";
import { WorkFolder } from "../../drills/work-folder";
import { Progress } from "../../terraform/progress";
import { WrongUse } from "../../terraform/wrong-use";

const { PATH, HOME } = process.env;
const folder = mkdtempSync(join(tmpdir(), "isolation-"));
const work = WorkFolder.of([]);

beforeEach(() => {
  process.env.HOME = join(folder, "home");
  process.env.PATH = `${folder}${delimiter}${PATH}`;
});
afterEach(() => Object.assign(process.env, { HOME, PATH }));
afterAll(() => {
  work.remove();
  rmSync(folder, { recursive: true });
});

/** As a version manager's, which reads below the home folder what it is to run. */
function writeCommand(name: string, needsHome: boolean): void {
  const text = `#!/bin/sh\n${needsHome ? 'test -d "$HOME/versions"' : "exit 0"}\n`;
  writeFileSync(join(folder, name), text, { mode: 0o755 });
  mkdirSync(join(folder, "home", "versions"), { recursive: true });
}

test.each([
  ["terraform", true, false, "set TERRAFORM_BINARY_NAME to the path of the binary itself"],
  ["python3", false, true, "put the folder of the Python itself first on the PATH"],
])("%s that needs the home folder is refused", async (name, terraform, python, remedy) => {
  writeCommand("terraform", terraform);
  writeCommand("python3", python);
  const job = { stacks: [], places: [], account: undefined, cache: folder, notes: [] };
  const inside = runInside(work, job, new Progress(() => undefined));
  await expect(inside).rejects.toThrow(
    new WrongUse(`'${name}' does not run without your home folder, which a drill hides; ${remedy}`),
  );
});
