import { Annotations, App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { refuse } from "../../modules/core";
import { balanced, checkCapacity, Compute } from "../compute/compute";
import { withForgottenSites, WorkloadContract } from "../contract";
import { checkBackups } from "../data/backups";
import { DataStore } from "../data/store";
import { checkWorkloadName, deriveContract } from "../derive-contract";
import { FrontDoor } from "../front-door/dns";
import { FrontDoorStack } from "../front-door/front-door-stack";
import { unrecoveredWrites } from "../history/unrecovered-writes";
import { checkObjectives } from "../objectives";
import { Pattern } from "../policy";
import { PatternProps, WorkloadProps } from "../props";
import { checkSettings } from "../shapes";
import { describeWorkload } from "../stacks/describe-workload";
import { ReplicationStack } from "../stacks/replication-stack";
import { SiteStack } from "../stacks/site-stack";
import { WorkloadStack } from "../stacks/workload-stack";

/** The stacks of a workload. */
export interface WorkloadStacks {
  /** By name of the site. */
  readonly sites: ReadonlyMap<string, SiteStack>;
  /** By name of the source site. A site has one only if a store needs it. */
  readonly replication: ReadonlyMap<string, ReplicationStack>;
  readonly frontDoor: FrontDoorStack | undefined;
  /** Stacks of sites that were given up. Terraform drops their resources from state. */
  readonly forgotten: readonly WorkloadStack[];
}

/**
 * A workload: one stack for each site, one for the replication of each site, and one for the front door. The stacks are created in
 * the app itself, because cdktf finds stacks by their own name. The pattern decides what each site runs. The construct's id is the
 * workload's name: 1 to 19 lower-case letters, digits and single hyphens.
 *
 * Site: it has two or more; stacks of its own for each.
 * While the other site is dark: every other site's stack plans and applies. If us-east-1 is dark, no stack does, because the control
 *   planes of IAM and Route 53 are there.
 * On failover: what the pattern says.
 * Cost: what the pattern runs in a standby.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export abstract class Workload extends Construct {
  /** The contract on which all sites agree. */
  readonly contract: WorkloadContract;
  readonly stacks: WorkloadStacks;

  protected constructor(scope: Construct, id: string, pattern: Pattern, given: WorkloadProps & PatternProps) {
    super(scope, checkWorkloadName(id));
    const app = appOf(this);
    checkGiven(this, pattern, given);
    const props = { ...given, data: byName(given.data), compute: byName(given.compute ?? {}) };
    const contract = deriveContract(this, pattern, props);
    checkParts(this, contract, props);

    const sites = new Map<string, SiteStack>();
    const replication = new Map<string, ReplicationStack>();
    for (const site of contract.sites) sites.set(site.name, new SiteStack(app, contract, site, props));
    for (const site of contract.sites) {
      if (!ReplicationStack.isNeededBy(props, site)) continue;
      replication.set(site.name, new ReplicationStack(app, contract, site, props));
    }
    const frontDoor = props.frontDoor && new FrontDoorStack(app, contract, props.frontDoor);
    const forgotten = forgetSites(app, contract, props);
    this.contract = contract;
    this.stacks = { sites, replication, frontDoor, forgotten };

    orderDeployment(contract, this.stacks);
    const all = [...sites.values(), ...replication.values(), ...(frontDoor ? [frontDoor] : []), ...forgotten];
    describeWorkload(this, contract, props, all);
    for (const notice of unrecoveredWrites([...sites.keys()], contract.history)) {
      Annotations.of(sites.get(contract.writer.name)!).addInfo(notice);
    }
  }
}

/** Checks the props at run time, for programs without a type check. */
function checkGiven(workload: Construct, pattern: Pattern, given: Partial<WorkloadProps> | undefined): void {
  if (given !== undefined) checkObjectives(workload, given.objectives);
  const check = {
    "backup-restore": () => checkSettings(workload, "BackupRestoreProps", given),
    "multi-site": () => checkSettings(workload, "MultiSiteProps", given),
    "pilot-light": () => checkSettings(workload, "PilotLightProps", given),
    "warm-standby": () => checkSettings(workload, "WarmStandbyProps", given),
  }[pattern];
  check();
}

function appOf(workload: Construct): App {
  const { scope } = workload.node;
  if (scope === undefined || !App.isApp(scope)) {
    refuse(workload, "WorkloadOutsideApp", "a workload must be created directly in the App, got another scope");
  }
  return scope;
}

/** Builds the stacks of sites that were given up as they were, so that their addresses are the ones in state. */
function forgetSites(app: App, contract: WorkloadContract, props: WorkloadProps): readonly WorkloadStack[] {
  const before = withForgottenSites(contract);
  const stacks = contract.forgotten.flatMap((site) => [
    new SiteStack(app, before, site, props),
    ...(ReplicationStack.isNeededBy(props, site) ? [new ReplicationStack(app, before, site, props)] : []),
  ]);
  stacks.forEach((stack) => stack.forget());
  return stacks;
}

/** Sorts parts by name, so that their order in the program does not matter. */
function byName<T>(parts: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Excludes `constructor`, which a construct tree does not accept as an id. */
const PART_NAME = /^(?!constructor$)[a-z][a-z0-9]{0,11}$/;

function checkParts(
  workload: Construct,
  contract: WorkloadContract,
  { data, backups, compute = {}, frontDoor }: WorkloadProps,
): void {
  const sites = withForgottenSites(contract).sites.map(({ name }) => name);
  const names = [...sites, ...Object.keys(data), ...Object.keys(compute)];
  names.forEach((name, index) => {
    if (!PART_NAME.test(name)) {
      refuse(
        workload,
        "InvalidName",
        `sites, stores and computes are named with 1 to 12 lower-case letters and digits, beginning with a letter, got '${name}'`,
        "choose a short name: names in AWS are made of the workload's, the part's and the site's",
      );
    }
    if (names.indexOf(name) !== index) {
      refuse(workload, "NameTaken", `'${name}' names two of the workload's sites, stores and computes`);
    }
  });
  Object.entries(data).forEach(([name, store]) => {
    refuseOneWriter(workload, name, store, contract);
    store.check?.(workload, name, contract);
  });
  Object.entries(compute).forEach(([name, part]) => {
    if (part.capacity !== undefined) checkCapacity(workload, name, part.capacity, contract);
    part.check?.(workload, name, contract, data);
  });
  if (backups !== undefined) checkBackups(workload, backups, data);
  if (frontDoor === undefined) return;
  refuseUnbalanced(workload, compute, frontDoor);
  frontDoor.check(workload, contract, balanced(compute));
}

function refuseOneWriter(
  workload: Construct,
  name: string,
  store: DataStore,
  { writes, writer }: WorkloadContract,
): void {
  if (!store.oneWriter || writes === undefined || writes === "global") return;
  refuse(
    workload,
    "StoreHasOneWriter",
    `store '${name}' (${store.kind}) takes writes in '${writer.name}' alone, and 'writes' is '${writes}'`,
  );
}

function refuseUnbalanced(workload: Construct, compute: Readonly<Record<string, Compute>>, frontDoor: FrontDoor): void {
  const able = balanced(compute);
  const answering = frontDoor.computeOf(able.length > 0 ? able : Object.keys(compute));
  const { kind, unbalanced } = compute[answering] ?? {};
  if (unbalanced) {
    refuse(
      workload,
      "NoLoadBalancer",
      `compute '${answering}' (${kind}) answers the front door and has no load balancer`,
    );
  }
}

/**
 * Orders the deployment: the writer, the other sites, the replication of the home, the replication of the others, the
 * front door. In an emergency any site stack deploys alone.
 */
function orderDeployment({ writer, home }: WorkloadContract, { sites, replication, frontDoor }: WorkloadStacks): void {
  const depend = (stack: TerraformStack | undefined, on: Iterable<TerraformStack | undefined>) => {
    for (const other of on) if (stack && other && other !== stack) stack.addDependency(other);
  };
  for (const stack of sites.values()) depend(stack, [sites.get(writer.name)]);
  for (const stack of replication.values()) depend(stack, [...sites.values(), replication.get(home.name)]);
  depend(frontDoor, sites.values());
}
