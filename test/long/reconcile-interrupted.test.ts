/**
 * Proves, with the real Terraform, that `reconcile` leaves a stack's folder unchanged, no matter how and when it ends. Neither Terraform nor
 * a copy outlives it unless it is killed. It can plan a stack that uses files above its folder or has a local state.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCommand } from "../../terraform/run-command";
import { Report } from "../../reconcile/reconcile";
import { hasTerraform } from "../emulator/support";
import { bundledCli, snapshot } from "../support/cli";

const MINUTE = 60_000;
const MOMENTS = 10;
const SIGNALS: readonly NodeJS.Signals[] = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGKILL"];
const describeLive = hasTerraform() ? describe : describe.skip;

describeLive("a stack that reaches above its folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "interrupted-"));
  const out = join(folder, "project", "cdktf.out");
  const dir = join(out, "stacks", "one");
  let cli: string;

  /** With a local state and a module above its folder, and nothing that needs a provider. */
  function synth(resource?: object): void {
    const stack = {
      terraform: { backend: { local: { path: "../../../states/one.tfstate" } } },
      module: { text: { source: "../../../modules/text" } },
      resource,
    };
    write("cdktf.out/stacks/one/cdk.tf.json", JSON.stringify(stack));
  }

  function write(path: string, text: string): void {
    const file = join(folder, "project", path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
  }

  beforeAll(async () => {
    cli = bundledCli(folder);
    const synthesizedStackPath = "stacks/one/cdk.tf.json";
    write("cdktf.out/manifest.json", JSON.stringify({ stacks: { one: { name: "one", synthesizedStackPath } } }));
    write(
      "modules/text/main.tf",
      'resource "terraform_data" "text" {\n  input = file("${path.module}/../text.txt")\n}\n',
    );
    write("modules/text.txt", "text");
    mkdirSync(join(folder, "project", "states"));
    synth({ terraform_data: { Old: { input: "data" } } });
    const options = { cwd: dir, env: process.env, limitMs: MINUTE };
    await runCommand("terraform", ["init", "-no-color"], options);
    await runCommand("terraform", ["apply", "-auto-approve", "-no-color"], options);
    synth();
    write(
      "cdktf.out/stacks/one/reconcile.tf.json",
      '{"removed": {"from": "terraform_data.Old", "lifecycle": {"destroy": false}}}',
    );
  }, 2 * MINUTE);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test(
    "is planned in a copy, without the reconcile.tf.json of an earlier run",
    async () => {
      const before = snapshot(join(folder, "project"));
      const { code, left, report } = await run("whole");
      expect({ code, left }).toEqual({ code: 1, left: [] });
      expect(report!.stacks[0]!.destroyed.map(({ from }) => from)).toEqual(["terraform_data.Old"]);
      expect(snapshot(join(folder, "project"))).toEqual(before);
    },
    MINUTE,
  );

  test(
    "is planned in a copy if it is not initialised",
    async () => {
      const data = join(dir, ".terraform");
      const moved = join(folder, "terraform-data");
      await runCommand("mv", [data, moved], { cwd: folder, env: process.env, limitMs: MINUTE });
      const before = snapshot(join(folder, "project"));
      const { code, report } = await run("uninitialised");
      expect({ code, planned: report!.stacks[0]!.planned }).toEqual({ code: 1, planned: true });
      expect(snapshot(join(folder, "project"))).toEqual(before);
      await runCommand("mv", [moved, data], { cwd: folder, env: process.env, limitMs: MINUTE });
    },
    MINUTE,
  );

  test.each(SIGNALS)(
    "is as it was after %s at any moment",
    async (signal) => {
      const before = snapshot(join(folder, "project"));
      const started = Date.now();
      await run(`${signal}-whole`);
      const whole = Date.now() - started;
      for (let moment = 0; moment < MOMENTS; moment++) {
        const ms = ((moment + 0.5) / MOMENTS) * whole;
        const { left } = await run(`${signal}-${moment}`, { signal, ms });
        if (signal !== "SIGKILL") expect(left).toEqual([]);
      }
      await sleep(2_000); // a Terraform whose reader was killed ends by itself
      expect(snapshot(join(folder, "project"))).toEqual(before);
    },
    5 * MINUTE,
  );

  async function run(name: string, end?: { readonly signal: NodeJS.Signals; readonly ms: number }) {
    const temporary = join(folder, name);
    mkdirSync(temporary);
    const env = { ...process.env, TMPDIR: temporary };
    const args = [cli, "reconcile", "--json", "--out", out];
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    const closed = once(child, "close") as Promise<[number | null]>;
    if (end !== undefined) void sleep(end.ms).then(() => child.kill(end.signal));
    const [code] = await closed;
    const report = code === 0 || code === 1 ? (JSON.parse(output) as Report) : undefined;
    return { code, left: readdirSync(temporary), report };
  }

  test("has nothing to hide from a hostile folder", async () => {
    const victim = join(folder, "project", "victim");
    write("victim/reconcile.tf.json", "mine");
    const manifest = readFileSync(join(out, "manifest.json"), "utf8");
    write("cdktf.out/manifest.json", manifest.replace("stacks/one", "../victim"));
    const before = snapshot(join(folder, "project"));
    expect((await run("hostile")).code).toBe(2);
    expect(snapshot(join(folder, "project"))).toEqual(before);
    expect(readdirSync(victim)).toEqual(["reconcile.tf.json"]);
    write("cdktf.out/manifest.json", manifest);
  });
});
