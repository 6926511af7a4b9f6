import { IConstruct } from "constructs";
import {
  CONTROL_PLANES,
  checkAccount,
  checkName,
  checkRoleTags,
  NameRule,
  Partition,
  partitionOf,
  refuse,
  refuseForeignPartition,
  RegionCode,
} from "../modules/core";
import { keyRef, KeyRef } from "../modules/kms-keys";
import { refuseOverlap } from "../modules/network";
import { AssumeRole, StateLocation } from "../modules/site";
import {
  Generation,
  HistoryEvent,
  historyOf,
  ReadHistory,
  readHistory,
  Role,
  Sharing,
  Succession,
} from "./history/history";
import { Objectives } from "./objectives";
import { Pattern, POLICIES, Policy } from "./policy";
import { siteCidr } from "./site-cidr";

/** A site as the user writes it. */
export interface WorkloadSite {
  /** Account id, 12 digits. */
  readonly account: string;
  /** Region code. */
  readonly region: RegionCode;
  /** Where the site's stacks keep their state: a bucket of the site's own region. */
  readonly state: StateLocation;
  /**
   * Role to take in the site's account, for its resources and its state.
   *
   * @default - the credentials Terraform runs with
   */
  readonly assumeRole?: AssumeRole;
  /**
   * Addresses of the site's network: a private IPv4 network, /16 to /24. It can never be changed.
   *
   * @default - a /16 of the region's own, the same for every workload
   */
  readonly cidr?: string;
  /** Whether the workload gives the site up; say it with `forgotten(...)`. @default false */
  readonly forgotten?: boolean;
  /**
   * Tags of everything in the site, beside `Workload` and `Site`.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A site as all stacks know it: plain data, derived from what the user wrote. */
export interface SiteContract {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly partition: Partition;
  readonly home: boolean;
  readonly role: Role;
  readonly generations: readonly Generation[];
  readonly cidr: string;
  /** The site's own key. */
  readonly key: KeyRef;
  readonly props: WorkloadSite;
}

/** The contract: what all sites of a workload agree on. Nothing in it comes from an apply. */
export interface WorkloadContract {
  readonly name: string;
  readonly policy: Policy;
  readonly objectives: Objectives;
  readonly history: readonly HistoryEvent[];
  /** Who led and who followed when all was last in order: the front door keeps its records until a site is rebuilt. */
  readonly succession: Succession;
  /** What happened to the stores that were added later, by name. */
  readonly storeHistories: ReadonlyMap<string, ReadHistory>;
  /** Home first, the others by name: the order they were written in means nothing. Those that were given up are left out. */
  readonly sites: readonly SiteContract[];
  /** Sites that were given up, which the history may still name. */
  readonly forgotten: readonly SiteContract[];
  readonly home: SiteContract;
  /** The site that takes the writes. */
  readonly active: SiteContract;
  /** The pattern it had before, where it stepped down. @default - it did not */
  readonly steppedDownFrom?: Pattern;
  /** How the sites of a multi-site workload share the writes. @default - one of them takes all */
  readonly writes?: Writes;
}

/**
 * Which site of a multi-site workload writes what: one takes all writes (`global`); every site takes those of its own users, and the
 * last one wins (`local`); every record is written in one site only, chosen by its key (`partitioned`).
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html#multi-site-activeactive
 */
export type Writes = "global" | "local" | "partitioned";

/**
 * Names of everything begin with it: 19 characters leave room for store, site and account in the tightest of AWS's limits. Parameters of
 * Systems Manager begin with it too, and AWS keeps names that begin with `aws` or `ssm` for its own.
 */
const WORKLOAD_NAME: NameRule = {
  what: "workload name",
  min: 1,
  max: 19,
  pattern: /^(?!aws|ssm|constructor$)[a-z](-?[a-z0-9])*$/,
  allowed:
    "lower-case letters, digits and single hyphens, beginning with a letter, but not with 'aws' or 'ssm', and not 'constructor'",
  unique: "account",
  source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html",
};

/**
 * Returns the workload's name when it is one. A construct tree is asked later: it has other words for a wrong id.
 *
 * @throws InvalidName
 */
export function checkWorkloadName(name: unknown): string {
  const path = typeof name === "string" && name !== "" ? name : "Workload";
  return checkName(path, "id", name as string, WORKLOAD_NAME);
}

/**
 * Derives the contract.
 *
 * @throws TooFewSites, SameSite, SharedStateBucket, ForgottenSiteInUse, FailoverNeedsLostRegion,
 *   UnknownRegion, ForeignPartition, InvalidAccount, InvalidName, InvalidTag, OverlappingCidrs and what {@link readHistory} throws
 */
export function deriveContract(
  scope: IConstruct,
  pattern: Pattern,
  props: {
    readonly sites: Readonly<Record<string, WorkloadSite>>;
    readonly objectives: Objectives;
    readonly history?: readonly HistoryEvent[];
    readonly acceptUsEast1?: boolean;
    readonly steppedDownFrom?: Pattern;
    readonly writes?: Writes;
    readonly data: Readonly<Record<string, unknown>>;
  },
): WorkloadContract {
  const name = scope.node.id;
  const names = siteNames(scope, props.sites);
  names.forEach((site) => checkSite(scope, site, props.sites));
  refuseSameSite(scope, props.sites);
  refuseSharedState(scope, props.sites);

  const { history = [], objectives, steppedDownFrom, writes } = props;
  const sharing = {
    everySiteAnswers: pattern === "multi-site",
    everySiteWrites: writes !== undefined && writes !== "global",
    forgotten: names.filter((site) => props.sites[site]!.forgotten),
    stores: Object.keys(props.data),
  } satisfies Sharing;
  const read = readHistory(scope, names, history, sharing);
  const everySite = names.map((site): SiteContract => {
    const { region, account, cidr } = props.sites[site]!;
    return {
      name: site,
      region,
      account,
      partition: partitionOf(scope, region),
      home: site === names[0],
      ...read.sites.get(site)!,
      cidr: cidr ?? siteCidr(scope, region),
      key: keyRef(scope, { alias: `${name}-${site}`, region, account }),
      props: props.sites[site]!,
    };
  });
  refuseOverlap(scope, Object.fromEntries(everySite.map((site) => [site.name, site.cidr])));
  const forgotten = everySite.filter(({ props: { forgotten } }) => forgotten);
  forgotten.forEach((site) => refuseInUse(scope, site));
  const sites = everySite.filter((site) => !forgotten.includes(site));
  const active = sites.find((site) => site.name === read.active)!;
  const policy = POLICIES[pattern];
  if (policy.failover === "deployment" && !props.acceptUsEast1) {
    sites.forEach((site) => refuseControlPlaneRegion(scope, site));
  }
  const addedLater = sharing.stores.filter((store) => historyOf(store, history) !== history);
  const storeHistories = new Map(
    addedLater.map((store) => [store, readHistory(scope, names, historyOf(store, history), sharing)]),
  );
  return {
    name,
    policy,
    objectives,
    history,
    succession: read.succession,
    storeHistories,
    sites,
    forgotten,
    home: sites[0]!,
    active,
    steppedDownFrom,
    writes,
  };
}

/** The contract as it is for a store: what happened before the store was added does not concern it. */
function contractOfStore(contract: WorkloadContract, store: string): WorkloadContract {
  const own = contract.storeHistories.get(store);
  if (own === undefined) return contract;
  const inStore = (site: SiteContract): SiteContract => ({
    ...site,
    generations: own.sites.get(site.name)!.generations,
  });
  const [sites, forgotten] = [contract.sites.map(inStore), contract.forgotten.map(inStore)];
  const named = (name: string) => sites.find((site) => site.name === name)!;
  return { ...contract, sites, forgotten, home: named(contract.home.name), active: named(contract.active.name) };
}

/** A site, and the contract, as they are for a store. */
export function inStore(contract: WorkloadContract, { name }: SiteContract, store: string) {
  const own = contractOfStore(contract, store);
  return { contract: own, site: siteNamed(own, name) };
}

/** The contract as it was before sites were given up. */
export function withForgottenSites(contract: WorkloadContract): WorkloadContract {
  const [home, ...others] = [...contract.sites, ...contract.forgotten];
  return {
    ...contract,
    sites: [home!, ...others.sort((one, other) => (one.name < other.name ? -1 : 1))],
    forgotten: [],
  };
}

/** A site by its name, also one that was given up: what followed it still says so. */
export function siteNamed(contract: WorkloadContract, name: string): SiteContract {
  return withForgottenSites(contract).sites.find((site) => site.name === name)!;
}

/** The sites a site copies to or takes over from. */
export function othersThan(contract: WorkloadContract, site: SiteContract): readonly SiteContract[] {
  return contract.sites.filter((other) => other !== site);
}

/** A site that lies in another account than the home, where there is one. */
export function siteInOtherAccount(contract: WorkloadContract): SiteContract | undefined {
  return contract.sites.find(({ account }) => account !== contract.home.account);
}

/** The site that takes the writes; while that is evacuated, the first that answers. */
export function workerOf({ active, sites }: WorkloadContract): SiteContract {
  return active.role === "active" ? active : sites.find(({ role }) => role === "active")!;
}

function siteNames(scope: IConstruct, sites: Readonly<Record<string, WorkloadSite>>): readonly string[] {
  const [home, ...others] = Object.keys(sites);
  const left = Object.keys(sites).filter((name) => !sites[name]!.forgotten);
  if (home === undefined || left.length < 2) {
    refuse(
      scope,
      "TooFewSites",
      `a workload stands in two sites or more, got ${left.length === 0 ? "none" : `only '${left[0]}'`}`,
    );
  }
  return [home, ...others.sort()];
}

function checkSite(scope: IConstruct, name: string, sites: Readonly<Record<string, WorkloadSite>>): void {
  const { region, account, tags } = sites[name]!;
  checkAccount(scope, account, `site '${name}'`);
  partitionOf(scope, region, `site '${name}'`);
  checkRoleTags(scope, `sites.${name}.tags`, tags, { Site: name, Workload: scope.node.id });
  const [first] = Object.values(sites) as [WorkloadSite];
  refuseForeignPartition(scope, first.region, region);
}

function refuseInUse(scope: IConstruct, { name, home, role }: SiteContract): void {
  if (home) {
    refuse(
      scope,
      "ForgottenSiteInUse",
      `'${name}' is forgotten, and it is the home`,
      "keep it: what AWS makes singular stands in the home, whoever is active",
    );
  }
  if (role === "active") refuse(scope, "ForgottenSiteInUse", `'${name}' is forgotten, and it is active`);
}

/** A site whose loss takes IAM's control plane along: until its region is back, no stack with a role can be planned anywhere. */
function refuseControlPlaneRegion(scope: IConstruct, { name, region, partition }: SiteContract): void {
  if (region !== CONTROL_PLANES[partition].iam) return;
  refuse(
    scope,
    "FailoverNeedsLostRegion",
    `site '${name}' is in ${region}, which holds the only control plane of IAM: a failover from it is a deployment, and fails while ${region} is unavailable`,
  );
}

function refuseSameSite(scope: IConstruct, sites: Readonly<Record<string, WorkloadSite>>): void {
  const seen = new Map<string, string>();
  for (const [name, { region, account }] of Object.entries(sites)) {
    const place = `${region} of ${account}`;
    const other = seen.get(place);
    if (other !== undefined) refuse(scope, "SameSite", `sites '${other}' and '${name}' are both ${place}`);
    seen.set(place, name);
  }
}

function refuseSharedState(scope: IConstruct, sites: Readonly<Record<string, WorkloadSite>>): void {
  const keeper = new Map<string, string>();
  for (const [name, { state }] of Object.entries(sites)) {
    const other = keeper.get(state.bucket);
    if (other !== undefined) {
      refuse(
        scope,
        "SharedStateBucket",
        `sites '${other}' and '${name}' keep their state in one bucket, '${state.bucket}'`,
      );
    }
    keeper.set(state.bucket, name);
  }
}
