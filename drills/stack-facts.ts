import { namedRegions, pickDark, ProviderBlock, providersOf, s3Backend, StackFolder, WrongUse } from "../terraform";

/** A region that goes dark. */
export interface DarkPlace {
  readonly region: string;
  /** Name of its site; the region where no workload names it. */
  readonly site: string;
}

/** A region of an account. */
export interface Place {
  readonly region: string;
  readonly account: string | undefined;
}

/** The provider that a stack's resources take when they name none; the first, where each has to be named. */
export function homeProvider(stack: StackFolder): ProviderBlock | undefined {
  const providers = providersOf(stack);
  return providers.find(({ alias }) => alias === undefined) ?? providers[0];
}

/** Region a stack belongs to. */
export function homeOf(stack: StackFolder): string {
  return homeProvider(stack)?.region ?? "";
}

/** Regions a stack may be expected to ask: its providers', and its state's. */
export function ownRegions(stack: StackFolder): ReadonlySet<string> {
  return new Set([...providersOf(stack), s3Backend(stack.json)].flatMap((one) => one?.region ?? []));
}

/** Whether a stack has a table of several regions, or replicas of one. Terraform's provider asks all regions of such a table. */
export function hasTableReplicas(stack: StackFolder): boolean {
  const { aws_dynamodb_table_replica: replicas, aws_dynamodb_table: tables = {} } = resourcesOf(stack);
  const isReplicated = ({ replica, lifecycle }: Table): boolean => {
    return replica !== undefined || lifecycle?.ignore_changes?.includes("replica") === true;
  };
  return replicas !== undefined || Object.values(tables).some(isReplicated);
}

/**
 * Whether the recovery from the loss of a region is to deploy this stack. `BackupRestore` creates the lost resources again and points the
 * DNS name to them. The replication stacks are deployed afterwards.
 */
export function recoversByDeploying({ name, model }: StackFolder, lost: string): boolean {
  if (model?.pattern !== "backup-restore") return false;
  const isReplication = model.sites.some((site) => name === `${model.workload}-${site.name}-replication`);
  return !isReplication && model.sites.some(({ region, role }) => region === lost && role === "active");
}

interface Table {
  readonly replica?: unknown;
  readonly lifecycle?: { readonly ignore_changes?: string | readonly string[] };
}

function resourcesOf(stack: StackFolder) {
  return (stack.json.resource ?? {}) as {
    readonly aws_dynamodb_table_replica?: object;
    readonly aws_dynamodb_table?: Readonly<Record<string, Table>>;
  };
}

/** The account of the credentials that Terraform runs with; undefined where no stack says it. */
export function callersAccount(stacks: readonly StackFolder[]): string | undefined {
  const own = stacks.flatMap(providersOf).filter((provider) => !("assume_role" in provider));
  const accounts = [...new Set(own.flatMap(({ allowed_account_ids: allowed = [] }) => allowed))];
  if (accounts.length > 1) {
    throw new WrongUse(`stacks of ${accounts.join(" and ")} assume no role; the emulator's caller is of one account`);
  }
  return accounts[0];
}

/** Every region of every account the stacks work in. */
export function placesOf(stacks: readonly StackFolder[]): Place[] {
  const all = stacks
    .flatMap(providersOf)
    .map(({ region = "", allowed_account_ids: [account] = [] }) => ({ region, account }));
  return [...new Map(all.map((place) => [`${place.region} ${place.account}`, place])).values()];
}

/** Regions that go dark in turn: all, or those of the named sites. */
export function darkPlaces(stacks: readonly StackFolder[], asked: readonly string[]): DarkPlace[] {
  const regions = namedRegions(stacks);
  if (regions.length < 2) {
    const names = regions.map(({ region }) => region).join("");
    throw new WrongUse(`all stacks are of ${names}; a drill needs a second region`);
  }
  return pickDark(regions, asked).map(({ region, sites: [site = region] }) => ({ region, site }));
}
