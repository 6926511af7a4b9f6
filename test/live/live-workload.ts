import { App } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Deployment, Emulator, Given, GivenTo, Terraform, TerraformStackRun } from "../../emulator";
import { readOutput } from "../../terraform/output-folder";
import { CommandFailed } from "../../terraform";
import { readable } from "../support/difference";

/** A workload in the emulator: synthesised as it is, planned and applied by the real Terraform. */
export class LiveWorkload {
  static async start(): Promise<LiveWorkload> {
    const emulator = await Emulator.start({ quickReplicas: true });
    return new LiveWorkload(emulator, mkdtempSync(join(tmpdir(), "live-workload-")));
  }

  private readonly deployment: Deployment;
  private readonly given: Given;

  private constructor(
    readonly emulator: Emulator,
    private readonly outdir: string,
  ) {
    this.deployment = new Deployment(new Terraform(emulator));
    this.given = new Given(emulator);
  }

  async stop(): Promise<void> {
    await this.emulator.stop();
    rmSync(this.outdir, { recursive: true, force: true });
  }

  /** Synthesises a program over what was there. */
  async synthesise(define: (app: App) => unknown): Promise<void> {
    const app = new App({ outdir: this.outdir });
    define(app);
    app.synth();
    const stacks = readOutput(this.outdir);
    const together = stacks.map(({ json }) => json as GivenTo);
    for (const json of together) expect(await this.given.plant(json, together)).toEqual([]);
    await this.deployment.open(stacks);
  }

  stack(name: string): TerraformStackRun {
    return this.deployment.stack(name);
  }

  stackNames(): string[] {
    return this.deployment.stackNames();
  }

  /**
   * Plans a stack while another region is dark. The test has added a reference to the dark region to the stack. The plan must fail, and
   * it must have sent a request to the dark region.
   */
  async expectForeignReferenceFails(name: string, region: string, alias: string): Promise<void> {
    const stack = this.stack(name);
    const file = "foreign.tf.json";
    stack.write(file, {
      provider: { aws: [{ alias: "abroad", region, max_retries: 1 }] },
      data: { aws_kms_alias: { foreign: { provider: "aws.abroad", name: alias } } },
    });
    this.emulator.darken(region, "reset");
    this.emulator.clearRequests();
    try {
      await expect(stack.plan({ limitMs: 120_000 })).rejects.toThrow(CommandFailed);
      expect(this.emulator.requests({ region, dark: true })).not.toEqual([]);
    } finally {
      stack.remove(file);
    }
  }

  /** Applies every stack, or the named ones, as soon as those it depends on are. */
  async apply(...names: readonly string[]): Promise<void> {
    await Promise.all(this.deployment.startApply(names.length === 0 ? undefined : names).values());
  }

  /** Every change of every stack, or of the named ones, as one line: `orders-tokyo: update aws_autoscaling_group.api_Group`. */
  async changes(...names: readonly string[]): Promise<string[]> {
    const plans = await this.deployment.plan(names.length === 0 ? undefined : names);
    const lines = [...plans].flatMap(([name, { changes }]) =>
      changes.map(({ address, actions }) => `${name}: ${actions.join("+")} ${readable(address)}`),
    );
    return lines.sort();
  }
}
