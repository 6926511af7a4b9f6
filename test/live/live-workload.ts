import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adopt, createTableReplicas, Emulator, Terraform, TerraformStackRun } from "../../emulator";
import { readStackJson } from "../../emulator/stack-json";
import { readable } from "../support/difference";

/** A workload in the emulator: synthesised as it is, planned and applied by the real Terraform. */
export class LiveWorkload {
  static async start(): Promise<LiveWorkload> {
    const emulator = await Emulator.start({ quickReplicas: true });
    const route53 = new Route53Client(emulator.sdkConfig("us-east-1"));
    await route53.send(new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "live" }));
    route53.destroy();
    return new LiveWorkload(emulator, new Terraform(emulator), mkdtempSync(join(tmpdir(), "live-workload-")));
  }

  private readonly runs = new Map<string, TerraformStackRun>();

  private constructor(
    readonly emulator: Emulator,
    private readonly terraform: Terraform,
    private readonly outdir: string,
  ) {}

  async stop(): Promise<void> {
    await this.emulator.stop();
    rmSync(this.outdir, { recursive: true, force: true });
  }

  /** Synthesises a program over what was there. */
  async synthesise(define: (app: App) => unknown): Promise<void> {
    const app = new App({ outdir: this.outdir });
    define(app);
    app.synth();
    for (const stack of this.stackNames()) {
      const dir = join(this.outdir, "stacks", stack);
      if (!this.runs.has(stack)) this.runs.set(stack, await this.terraform.stack(dir));
    }
  }

  stack(name: string): TerraformStackRun {
    const run = this.runs.get(name);
    if (run === undefined) throw new Error(`no stack ${name}`);
    return run;
  }

  stackNames(): string[] {
    return Object.keys(this.dependencies());
  }

  /** Applies every stack, or the named ones, as soon as those it depends on are. */
  async apply(...names: readonly string[]): Promise<void> {
    const dependencies = this.dependencies();
    const chosen = names.length === 0 ? Object.keys(dependencies) : names;
    const applied = new Map<string, Promise<void>>();
    const start = (name: string): Promise<void> => {
      const running = applied.get(name);
      if (running !== undefined) return running;
      const needed = dependencies[name]!.filter((other) => chosen.includes(other));
      const run = Promise.all(needed.map(start)).then(() => this.applyOne(this.stack(name)));
      applied.set(name, run);
      return run;
    };
    await Promise.all(chosen.map(start));
  }

  /** A table replica, for which the provider waits for minutes after it created it, is created by API and imported. */
  private async applyOne(stack: TerraformStackRun): Promise<void> {
    const { resource = {} } = readStackJson(stack.dir) as { resource?: Record<string, object> };
    const creates = "aws_dynamodb_table_replica" in resource && (await stack.stateList()).length === 0;
    if (creates) await adopt(stack, () => createTableReplicas(this.emulator, stack.dir));
    else await stack.apply();
  }

  /** Every change of every stack, or of the named ones, as one line: `orders-tokyo: update aws_autoscaling_group.api_Group`. */
  async changes(...names: readonly string[]): Promise<string[]> {
    const left = names.length === 0 ? this.stackNames() : [...names];
    const lines: string[] = [];
    while (left.length > 0) {
      const pair = left.splice(0, 2);
      await Promise.all(pair.map(async (name) => lines.push(...(await this.changesOf(name)))));
    }
    return lines.sort();
  }

  private async changesOf(name: string): Promise<string[]> {
    const { changes } = await this.stack(name).plan();
    return changes.map(({ address, actions }) => `${name}: ${actions.join("+")} ${readable(address)}`);
  }

  /** Stacks each stack is deployed after, as `cdktf deploy` reads them. */
  private dependencies(): Record<string, string[]> {
    const manifest = JSON.parse(readFileSync(join(this.outdir, "manifest.json"), "utf8")) as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    return Object.fromEntries(Object.entries(manifest.stacks).map(([name, stack]) => [name, stack.dependencies]));
  }
}
