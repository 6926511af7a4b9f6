import {
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  PromoteReadReplicaCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { App } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adopt, createTableReplicas, Emulator, Plan, Terraform, TerraformStackRun } from "../../emulator";
import { PilotLight, PilotLightProps } from "../../stacks";
import { readable } from "../support/difference";
import { shop } from "../support/workloads";

/** In the order of their dependencies; those of one line are deployed together. */
const ORDER = [["orders-seoul"], ["orders-tokyo"], ["orders-seoul-replication", "orders-front-door"]];
const LAST = "orders-tokyo-replication";
const STACKS = [...ORDER.flat(), LAST];

/** The pilot light of the README in the emulator: synthesised as it is, planned and applied by the real Terraform. */
export class LiveShop {
  static async start(): Promise<LiveShop> {
    const emulator = await Emulator.start({ quickReplicas: true });
    const route53 = new Route53Client(emulator.sdkConfig("us-east-1"));
    await route53.send(new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "live" }));
    route53.destroy();
    return new LiveShop(emulator, new Terraform(emulator), mkdtempSync(join(tmpdir(), "live-shop-")));
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

  /** Synthesises the shop, changed, over what was there. */
  async synthesise(change: Partial<PilotLightProps> = {}): Promise<void> {
    const app = new App({ outdir: this.outdir });
    new PilotLight(app, "orders", shop(change));
    app.synth();
    for (const stack of STACKS) {
      const dir = join(this.outdir, "stacks", stack);
      if (!this.runs.has(stack)) this.runs.set(stack, await this.terraform.stack(dir));
    }
  }

  stack(name: string): TerraformStackRun {
    const run = this.runs.get(name);
    if (run === undefined) throw new Error(`no stack ${name}`);
    return run;
  }

  /** Applies every stack, in the order `cdktf deploy` would; the table replica, for which the provider waits for minutes, is imported. */
  async applyAll(): Promise<void> {
    for (const together of ORDER) await Promise.all(together.map((name) => this.stack(name).apply()));
    const last = this.stack(LAST);
    await adopt(last, () => createTableReplicas(this.emulator, last.dir));
  }

  /** Plans every stack, two at a time. */
  async planAll(): Promise<ReadonlyMap<string, Plan>> {
    const plans = new Map<string, Plan>();
    for (const pair of [STACKS.slice(0, 2), STACKS.slice(2, 4), STACKS.slice(4)]) {
      await Promise.all(pair.map(async (name) => plans.set(name, await this.stack(name).plan())));
    }
    return plans;
  }

  /** Every change of every stack as one line, sorted: `orders-tokyo: update aws_autoscaling_group.api_Group`. */
  async changes(): Promise<string[]> {
    const plans = await this.planAll();
    const lines = STACKS.flatMap((name) =>
      plans.get(name)!.changes.map(({ address, actions }) => `${name}: ${actions.join("+")} ${readable(address)}`),
    );
    return lines.sort();
  }

  /** What an operator, or a recovery plan, does in a failover: the replica takes writes. */
  async promote(region: string, identifier: string): Promise<void> {
    await this.rds(region, (rds) =>
      rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: identifier, BackupRetentionPeriod: 7 })),
    );
  }

  async turnOnMultiAz(region: string, identifier: string): Promise<void> {
    await this.rds(region, (rds) =>
      rds.send(
        new ModifyDBInstanceCommand({ DBInstanceIdentifier: identifier, MultiAZ: true, ApplyImmediately: true }),
      ),
    );
  }

  /** Databases of a region: identifier, and what it is a replica of. */
  async databases(region: string): Promise<Record<string, string | null>> {
    const { DBInstances = [] } = await this.rds(region, (rds) => rds.send(new DescribeDBInstancesCommand({})));
    return Object.fromEntries(
      DBInstances.map(({ DBInstanceIdentifier, ReadReplicaSourceDBInstanceIdentifier: source }) => [
        DBInstanceIdentifier!,
        source?.split(":").pop() ?? null,
      ]),
    );
  }

  private async rds<T>(region: string, action: (client: RDSClient) => Promise<T>): Promise<T> {
    const client = new RDSClient(this.emulator.sdkConfig(region));
    try {
      return await action(client);
    } finally {
      client.destroy();
    }
  }
}
