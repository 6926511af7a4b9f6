import { Values } from "./resource-types";

/**
 * The part of `terraform show -json <plan>`, format 1, that this project reads.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface PlanJson {
  readonly format_version: string;
  /** Terraform could not finish, so the plan is incomplete. @default false */
  readonly errored?: boolean;
  /** @default [] */
  readonly resource_changes?: readonly ResourceChange[];
  /** By name. @default {} */
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly Action[] }>>;
  /** Changes outside Terraform since its last run. @default [] */
  readonly resource_drift?: readonly ResourceChange[];
  /** @default - nothing is in the state */
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  /** @default - nothing is declared */
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, ProviderConfig>>;
    readonly root_module?: { readonly resources?: readonly ConfiguredResource[] };
  };
}

type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** Key of the instance, if the resource has several. */
  readonly index?: string | number;
  /** Key of the object that an unfinished replacement left behind. */
  readonly deposed?: string;
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly Action[];
    readonly before: Values | null;
    readonly after: Values | null;
    readonly importing?: { readonly id?: string };
    /** Paths of the arguments that force a replacement. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

interface StateResource {
  readonly address: string;
  readonly depends_on?: readonly string[];
}

interface ProviderConfig {
  readonly expressions?: { readonly region?: { readonly constant_value?: string } };
}

interface ConfiguredResource {
  readonly address: string;
  readonly provider_config_key?: string;
}

export const doesCreate = ({ change }: ResourceChange): boolean => isOnly(change.actions, "create");
export const doesDelete = ({ change }: ResourceChange): boolean => isOnly(change.actions, "delete");
export const doesForget = ({ change }: ResourceChange): boolean => isOnly(change.actions, "forget");
export const doesReplace = ({ change: { actions } }: ResourceChange): boolean =>
  actions.includes("create") && actions.includes("delete");

function isOnly(actions: readonly Action[], action: Action): boolean {
  return actions.length === 1 && actions[0] === action;
}

/** Changes of resources. It excludes data sources and resources without a change. */
export function changesIn({ resource_changes: changes = [] }: PlanJson): readonly ResourceChange[] {
  return changes.filter(({ mode, previous_address: moved, change: { actions, importing } }) => {
    return mode === "managed" && (importing !== undefined || moved !== undefined || actions[0] !== "no-op");
  });
}

/** For each address in the state, the addresses of the resources it depends on. The latter have no instance keys. */
export function dependenciesIn(plan: PlanJson): ReadonlyMap<string, readonly string[]> {
  const modules = [plan.prior_state?.values?.root_module ?? {}];
  const found = new Map<string, readonly string[]>();
  // the loop appends to the list that it reads
  for (const { resources = [], child_modules: children = [] } of modules) {
    for (const { address, depends_on: needed = [] } of resources) found.set(address, needed);
    for (const child of children) modules.push(child);
  }
  return found;
}

/** `aws_s3_bucket.Media["a"]` is an instance of `aws_s3_bucket.Media`. */
export function withoutKey({ address, index }: Pick<ResourceChange, "address" | "index">): string {
  return index === undefined ? address : address.slice(0, address.lastIndexOf("["));
}

/** Returns the region of a resource, or undefined if the plan does not state it. */
export type RegionOf = (change: ResourceChange) => string | undefined;

/**
 * Reads the regions of resources in a plan. A region comes from the ARN in the state, or from the provider that would create the resource.
 */
export function regionsIn({ configuration = {} }: PlanJson): RegionOf {
  const { provider_config: providers = {}, root_module: root } = configuration;
  const regions = new Map(
    Object.entries(providers).map(([key, { expressions }]) => [key, expressions?.region?.constant_value]),
  );
  const declared = new Map(
    root?.resources?.map(({ address, provider_config_key: key = "" }) => [address, regions.get(key)]),
  );
  return ({ address, index, change }) => {
    const { arn } = change.before ?? {};
    return typeof arn === "string" ? arn.split(":")[3] || undefined : declared.get(withoutKey({ address, index }));
  };
}

/** `master_user_secret[0].kms_key_id`, as Terraform writes it. */
export function writePath(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
