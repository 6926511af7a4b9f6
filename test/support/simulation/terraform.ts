import type { StackModel } from "../../../stacks";
import { typeFacts } from "../../../terraform";
import { Block, Synthesised } from "../synth";
import { same, SimulatedAws, Thing } from "./aws";

/** The arguments of a block that belong to Terraform itself. */
const META_ARGUMENTS = ["//", "provider", "lifecycle", "depends_on", "timeouts"];

interface Lifecycle {
  readonly ignore_changes?: readonly string[];
  readonly prevent_destroy?: boolean;
  readonly replace_triggered_by?: readonly string[];
}

interface Managed {
  readonly identity: string;
  /** Arguments as they were applied. */
  applied: Block;
  lifecycle: Lifecycle;
}

/** A resource as the configuration has it. */
interface Wanted {
  readonly type: string;
  readonly settings: Block;
  readonly lifecycle: Lifecycle;
}

type Action = "create" | "update" | "replace" | "destroy";

/** The state of one stack, and what a deployment does to it. */
export class SimulatedStack {
  private readonly state = new Map<string, Managed>();
  private deployed?: Synthesised;

  constructor(
    private readonly name: string,
    private readonly aws: SimulatedAws,
  ) {}

  /**
   * Regions without which a stack can be neither planned nor applied.
   *
   * @param everyRegion of the workload: a table is read in each
   */
  static needs({ json }: Synthesised, everyRegion: readonly string[]): readonly string[] {
    const { provider, terraform, resource = {} } = json as unknown as Configuration;
    const tables = [
      ...Object.values(resource.aws_dynamodb_table ?? {}),
      ...Object.values(resource.aws_dynamodb_table_replica ?? {}),
    ];
    const regions = [provider.aws[0]!.region, terraform.backend.s3.region];
    return tables.length > 0 ? everyRegion : regions;
  }

  /** Plans and applies. Returns what was planned, `action address` each. Fails where Terraform or AWS would. */
  deploy(stack: Synthesised): string[] {
    const { provider, resource = {}, removed = [] } = stack.json as unknown as Configuration;
    const region = provider.aws[0]!.region;
    for (const { from } of removed) this.state.delete(from);
    const wanted = new Map<string, Wanted>(
      Object.entries(resource).flatMap(([type, blocks]) => {
        return Object.entries(blocks).map(([id, block]) => [`${type}.${id}`, { type, ...split(block) }] as const);
      }),
    );
    const actions = new Map<string, Action>();
    for (const [address, { type, settings, lifecycle }] of wanted) {
      const action = this.actionOn(address, type, settings, lifecycle);
      if (action !== undefined) actions.set(address, action);
    }
    for (const [address, { lifecycle }] of wanted) {
      const triggers = lifecycle.replace_triggered_by ?? [];
      if (this.state.has(address) && triggers.some((by) => actions.get(by) === "update"))
        actions.set(address, "replace");
    }
    const orphans = [...this.state.keys()].filter((address) => !wanted.has(address));
    for (const [address, action] of actions) {
      const { type, settings, lifecycle } = wanted.get(address)!;
      this.apply(action, { address, type, region, settings, lifecycle });
    }
    for (const address of orphans) {
      this.delete(address);
      actions.set(address, "destroy");
    }
    for (const [address, { settings, lifecycle }] of wanted) {
      Object.assign(this.state.get(address)!, { applied: settings, lifecycle });
    }
    this.deployed = stack;
    return [...actions].map(([address, action]) => `${action} ${address}`);
  }

  /** Makes the calls of the recovery that the deployed stack says. */
  recover(): void {
    const { provider, "//": comment } = this.deployed!.json as unknown as Configuration;
    for (const { call, parameters = {} } of comment.dr.protections.flatMap(({ recovery }) => recovery)) {
      this.aws.call(provider.aws[0]!.region, call, parameters, (token) => this.thingOf(token).settings);
    }
  }

  /** The deployed stack's description of its workload. */
  get model(): StackModel | undefined {
    return (this.deployed?.json as unknown as Configuration | undefined)?.["//"].dr;
  }

  /** The address in an expression such as `${aws_x.Y.id}`. */
  thingOf(expression: unknown): Thing & { readonly identity: string } {
    const address = /^\$\{([\w-]+\.[\w-]+)\.\w+\}$/.exec(String(expression))![1]!;
    const { identity } = this.state.get(address)!;
    return { ...this.aws.find(identity)!, identity };
  }

  private actionOn(address: string, type: string, settings: Block, lifecycle: Lifecycle): Action | undefined {
    const managed = this.state.get(address);
    const thing = managed && this.aws.find(managed.identity);
    if (managed === undefined || thing === undefined) {
      this.state.delete(address);
      return "create";
    }
    const { ignore_changes: ignored = [] } = lifecycle;
    const changed = [...new Set([...Object.keys(managed.applied), ...Object.keys(settings)])].filter((argument) => {
      return !ignored.includes(argument) && !same(thing.settings[argument], settings[argument]);
    });
    if (changed.length === 0) return undefined;
    const { replacedBy = [], unique } = typeFacts(type);
    const replacing = [...replacedBy, ...(unique?.by ?? [])];
    return changed.some((argument) => replacing.includes(argument)) ? "replace" : "update";
  }

  private apply(
    action: Action,
    { address, type, region, settings, lifecycle }: Wanted & { readonly address: string; readonly region: string },
  ): void {
    const managed = this.state.get(address);
    if (action === "update") {
      const { ignore_changes: ignored = [] } = lifecycle;
      const present = Object.entries(this.aws.find(managed!.identity)!.settings);
      const kept = present.filter(([argument]) => ignored.includes(argument));
      this.aws.update(managed!.identity, { ...settings, ...Object.fromEntries(kept) });
      return;
    }
    if (action === "replace") {
      if (lifecycle.prevent_destroy) throw new Error(`${address} would be replaced, which 'prevent_destroy' forbids`);
      this.delete(address);
    }
    const identity = this.aws.identity(type, region, `${this.name} ${address}`, settings);
    this.aws.create(identity, { type, region, settings });
    this.state.set(address, { identity, applied: settings, lifecycle });
  }

  private delete(address: string): void {
    const { identity } = this.state.get(address)!;
    if (this.aws.find(identity) !== undefined) this.aws.delete(identity);
    this.state.delete(address);
  }
}

function split(block: Block): { settings: Block; lifecycle: Lifecycle } {
  const settings = Object.fromEntries(Object.entries(block).filter(([argument]) => !META_ARGUMENTS.includes(argument)));
  return { settings, lifecycle: (block.lifecycle ?? {}) as Lifecycle };
}

interface Configuration {
  readonly "//": { readonly dr: StackModel };
  readonly provider: { readonly aws: { readonly region: string }[] };
  readonly terraform: { readonly backend: { readonly s3: { readonly region: string } } };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly removed?: readonly { readonly from: string }[];
}
