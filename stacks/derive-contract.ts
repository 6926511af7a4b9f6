import { IConstruct } from "constructs";
import {
  CONTROL_PLANES,
  checkAccount,
  checkName,
  checkRoleTags,
  NameRule,
  partitionOf,
  refuse,
  refuseForeignPartition,
  regionNumber,
} from "../modules/core";
import { keyRef } from "../modules/kms-keys";
import { refuseOverlap } from "../modules/network";
import { SiteContract, WorkloadContract } from "./contract";
import { HistoryEvent } from "./history/events";
import { answers } from "./history/questions";
import { historyOf, readHistory, Sharing } from "./history/read-history";
import { Objectives } from "./objectives";
import { Pattern, POLICIES, Writes } from "./policy";
import { WorkloadSite } from "./site-props";

/**
 * Every name begins with the workload's name. 19 characters leave room for store, site and account within AWS's
 * shortest limit. Names of SSM parameters begin with it too, and AWS reserves the prefixes `aws` and `ssm`.
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
 * Returns the name of a workload if it is valid. Call it before the construct is created: constructs have their own
 * message for a wrong id.
 */
export function checkWorkloadName(name: unknown): string {
  const path = typeof name === "string" && name !== "" ? name : "Workload";
  return checkName(path, "id", name as string, WORKLOAD_NAME);
}

/** Derives the contract from the props and the history. */
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

  const policy = POLICIES[pattern];
  const { history = [], objectives, steppedDownFrom, writes } = props;
  const sharing = {
    everySiteAnswers: policy.everySiteAnswers,
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
  forgotten.forEach((site) => refuseInUse(scope, site, read.writer));
  const sites = everySite.filter((site) => !forgotten.includes(site));
  const writer = sites.find((site) => site.name === read.writer)!;
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
    writer,
    steppedDownFrom,
    writes,
  };
}

/** Leaves 10.0 to 10.63 to other networks. */
const FIRST_NETWORK = 64;

/** The default network of a site: a /16 for each region, so that no two regions of a partition overlap. */
function siteCidr(scope: IConstruct, region: string): string {
  return `10.${FIRST_NETWORK + regionNumber(scope, region)}.0.0/16`;
}

function siteNames(scope: IConstruct, sites: Readonly<Record<string, WorkloadSite>>): readonly string[] {
  const [home, ...others] = Object.keys(sites);
  const left = Object.keys(sites).filter((name) => !sites[name]!.forgotten);
  if (home === undefined || left.length < 2) {
    refuse(
      scope,
      "TooFewSites",
      `a workload needs two sites or more, got ${left.length === 0 ? "none" : `only '${left[0]}'`}`,
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

function refuseInUse(scope: IConstruct, site: SiteContract, writer: string): void {
  const { name, home } = site;
  if (home) {
    refuse(
      scope,
      "ForgottenSiteInUse",
      `'${name}' is forgotten, and it is the home`,
      "keep it: the home holds the resources that exist once per workload",
    );
  }
  if (answers(site)) refuse(scope, "ForgottenSiteInUse", `'${name}' is forgotten, and it is active`);
  // an evacuated writer does not answer, but still takes the writes
  if (name === writer) refuse(scope, "ForgottenSiteInUse", `'${name}' is forgotten, and it takes the writes`);
}

/**
 * Losing such a site loses IAM's control plane. Until its region is back, Terraform cannot plan any stack with an IAM
 * role.
 */
function refuseControlPlaneRegion(scope: IConstruct, { name, region, partition }: SiteContract): void {
  if (region !== CONTROL_PLANES[partition].iam) return;
  refuse(
    scope,
    "FailoverNeedsLostRegion",
    `site '${name}' is in ${region}, which has the only control plane of IAM. A failover from it is a deployment, which fails while ${region} is unavailable`,
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
