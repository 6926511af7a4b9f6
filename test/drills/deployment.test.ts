/**
 * Proves in which order stacks are applied, how many at once, and what a stack that fails does to the others. Terraform is not run: the
 * live tests do that.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { Deployment, Terraform, TerraformStackRun } from "../../emulator";
import { atOnce } from "../../emulator/at-once";

const dir = mkdtempSync(join(tmpdir(), "deployment-"));
writeFileSync(join(dir, "cdk.tf.json"), "{}");
const after = (name: string, ...dependencies: string[]) => ({ name, dir, dependencies });

afterAll(() => rmSync(dir, { recursive: true }));

/** Replaces Terraform: records the applied stacks, in order. */
async function deployment(stacks: readonly ReturnType<typeof after>[], failing?: string) {
  const log: string[] = [];
  const opened: string[] = [];
  const terraform = {
    stack: (): Promise<Pick<TerraformStackRun, "dir" | "apply">> => {
      const { name } = stacks[opened.length]!;
      opened.push(name);
      const apply = async () => {
        log.push(`${name} starts`);
        await turn();
        if (name === failing) throw new Error(`${name} fails`);
        log.push(`${name} ends`);
        return { code: 0, stdout: "", stderr: "", seconds: 0 };
      };
      return Promise.resolve({ dir, apply });
    },
  };
  const made = new Deployment(terraform as unknown as Terraform);
  await made.open(stacks);
  return { made, log, opened };
}

const STACKS = [after("front", "seoul", "tokyo"), after("tokyo", "seoul"), after("seoul")];

test("a stack is applied once those it depends on are", async () => {
  const { made, log } = await deployment(STACKS);
  await Promise.all(made.startApply().values());
  expect(log).toEqual(["seoul starts", "seoul ends", "tokyo starts", "tokyo ends", "front starts", "front ends"]);
});

test("a stack is initialised once", async () => {
  const { made, opened } = await deployment(STACKS);
  await made.open(STACKS);
  expect(opened).toEqual(["front", "tokyo", "seoul"]);
  expect(made.stackNames()).toEqual(["front", "tokyo", "seoul"]);
});

test("of named stacks the others are taken as they are", async () => {
  const { made, log } = await deployment(STACKS);
  await Promise.all(made.startApply(["front"]).values());
  expect(log).toEqual(["front starts", "front ends"]);
});

test("a stack that depends on a failed stack is not applied, and fails for the same reason", async () => {
  const { made, log } = await deployment(STACKS, "tokyo");
  const settled = await Promise.allSettled(made.startApply().values());
  expect(log).toEqual(["seoul starts", "seoul ends", "tokyo starts"]);
  const reasons = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  expect(reasons.map(({ message }) => message)).toEqual(["tokyo fails", "tokyo fails"]);
});

test("only so many run at once, and a fault gives up its place", async () => {
  const limited = atOnce(2);
  let running = 0;
  let most = 0;
  const action = (fails: boolean) => async () => {
    most = Math.max(most, (running += 1));
    await turn();
    running -= 1;
    if (fails) throw new Error("it fails");
  };
  const settled = await Promise.allSettled([true, false, true, false, false].map((fails) => limited(action(fails))));
  expect(settled.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled", "fulfilled"]);
  expect(most).toBe(2);
});
