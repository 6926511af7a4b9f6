import { Construct } from "constructs";
import { arn, refuse, Statement } from "../../modules/core";
import { tableAccess } from "../../modules/dynamodb-global-table";
import {
  AsynchronousEvents,
  FunctionCode,
  FunctionRef,
  Invoker,
  LambdaFunction,
  LambdaFunctionProps,
  lambdaKeyStatements,
  ProvisionedConcurrency,
} from "../../modules/lambda-function";
import { DataStore } from "../data/store";
import { TABLE, tableRef } from "../data/table";
import { activeCapacity, capacityIn, Compute, ComputeInSite, ComputeReplication, WorkloadCapacity } from "./compute";
import { activityOf, FunctionEvents, OfSite } from "./function-events";
import { computeName } from "./load-balancer";

/** What a function in private subnets reaches AWS by; Lambda itself reads its sources and writes its log. */
const ENDPOINTS = ["secretsmanager", "ssm"];

/** What of a function differs from site to site, or the workload itself decides. */
type Decided =
  "asynchronous" | "code" | "invokers" | "keyArn" | "name" | "network" | "provisionedConcurrency" | "statements";

/** @typeParam S `number` where a standby's capacity is given, as a warm standby needs it */
export interface LambdaOptions<S extends number | undefined = undefined> extends Omit<LambdaFunctionProps, Decided> {
  /** What is run: `zipCode` from a bucket of the site's own region, or `imageCode` with an image of the site's own registry. */
  readonly code: OfSite<FunctionCode>;
  /**
   * What becomes of asynchronous events.
   *
   * @default - AWS's: two retries within six hours, then they are dropped
   */
  readonly asynchronous?: OfSite<AsynchronousEvents>;
  /**
   * Instances kept initialised (provisioned concurrency) in the active site, and in a warm standby; they follow their use up to `max`.
   *
   * @default - none: an instance starts with the first request it gets
   */
  readonly capacity?: WorkloadCapacity<S>;
  /**
   * What the function works on, by a name of your own that never changes.
   *
   * @default - it is invoked by others
   */
  readonly events?: Readonly<Record<string, FunctionEvents>>;
  /**
   * Whether it stands in the site's network, so that it reaches what stands there; and nothing of the internet without a way out.
   *
   * @default - where it uses a store that stands there: a database or a cache
   */
  readonly inNetwork?: boolean;
  /**
   * Who may invoke it besides its events, by an id of your own that never changes.
   *
   * @default - whom IAM of the account allows
   */
  readonly invokers?: OfSite<Readonly<Record<string, Invoker>>>;
  /**
   * What the function may do beside what `uses` lets it.
   *
   * @default - nothing
   */
  readonly statements?: OfSite<readonly Statement[]>;
  /**
   * Names of the stores the function uses: it may read and write tables and buckets, and read secrets and what all of them publish, each
   * in its own site; databases and caches let it in, by their own users.
   *
   * @default - none
   */
  readonly uses?: readonly string[];
  /**
   * Share of the initialised instances in use that is aimed at, 10 to 90 percent.
   *
   * @default 70
   */
  readonly utilizationPercent?: number;
}

/**
 * A Lambda function in each site, in every pattern, for it costs nothing idle. Its events are switched on where the site is active, and
 * off elsewhere, in place. No load balancer stands before it, so it does not answer the front door.
 *
 * The function is `<workload>-<compute>-<site>`; everything invokes its alias `live`.
 */
export function lambda<S extends number | undefined = undefined>(options: LambdaOptions<S>): Compute<S> {
  const { ofTables, others } = eventsOf(options);
  return {
    kind: "lambda-function",
    capacity: options.capacity,
    costsNothingIdle: true,
    unbalanced: true,
    check: (scope, compute, _, data) => checkStores(scope, compute, options, data),
    inSite: (at) => {
      const { ref, securityGroupId } = placeFunction(at, options);
      giveEvents(at, ref, others);
      return { securityGroupId };
    },
    interfaceEndpoints: (data) => (standsInNetwork(options, data) ? ENDPOINTS : []),
    keyStatements: lambdaKeyStatements,
    replication:
      ofTables.length === 0
        ? undefined
        : (at) => {
            const { region, account } = at.site;
            giveEvents(at, LambdaFunction.refOf({ name: computeName(at), region, account }), ofTables, at.tables);
          },
  };
}

/** The options, whatever the pattern. */
type Options = LambdaOptions<number | undefined>;
type Stores = Readonly<Record<string, DataStore>>;
type NamedEvents = readonly (readonly [name: string, events: FunctionEvents])[];

/** A table stands in the replication stack, and what reads its stream beside it: that has no name before there is a table. */
function eventsOf({ events = {} }: Options): { readonly ofTables: NamedEvents; readonly others: NamedEvents } {
  const all = Object.entries(events);
  return {
    ofTables: all.filter(([, { table }]) => table !== undefined),
    others: all.filter(([, { table }]) => table === undefined),
  };
}

function checkStores(scope: Construct, compute: string, { events = {}, uses = [] }: Options, data: Stores): void {
  const check = (what: string, store: string, kept: readonly string[]) => {
    if (kept.includes(store)) return;
    const has = kept.length === 0 ? "none" : kept.map((name) => `'${name}'`).join(", ");
    const problem = `${what} of compute '${compute}' names '${store}', the workload has ${has}`;
    refuse(scope, "MissingSetting", problem, "name a store of the workload, or leave it out");
  };
  const kept = Object.keys(data).filter((store) => !data[store]!.forgotten);
  uses.forEach((store) => check("'uses'", store, kept));
  const tables = kept.filter((store) => data[store]!.kind === TABLE);
  for (const [name, { table }] of Object.entries(events)) {
    if (table !== undefined) check(`'events.${name}'`, table, tables);
  }
}

function placeFunction(at: ComputeInSite, options: Options): LambdaFunction {
  const { scope, site, data, key, network } = at;
  const { capacity, code, events, inNetwork, uses, utilizationPercent, ...settings } = options;
  return new LambdaFunction(scope, "Function", {
    ...settings,
    name: computeName(at),
    keyArn: key.keyArn,
    code: code(site),
    asynchronous: options.asynchronous?.(site),
    invokers: options.invokers?.(site),
    network: standsInNetwork(options, data) ? { vpcId: network.vpcId, subnetIds: network.privateSubnetIds } : undefined,
    provisionedConcurrency: provisioned(at, options),
    statements: [...storeStatements(at, options), ...(options.statements?.(site) ?? [])],
  });
}

function standsInNetwork({ inNetwork, uses = [] }: Options, data: Stores): boolean {
  return inNetwork ?? uses.some((store) => data[store]!.inNetwork);
}

function provisioned(
  { plan, site }: ComputeInSite,
  { capacity, utilizationPercent }: Options,
): ProvisionedConcurrency | undefined {
  if (capacity === undefined) return undefined;
  const { min: activeConcurrency, max } = activeCapacity(capacity);
  const running = capacityIn(plan, site, capacity).min;
  return {
    active: running === activeConcurrency,
    activeConcurrency,
    standbyConcurrency: running,
    scaling: { max, utilizationPercent },
  };
}

/** What the stores a function uses let it do, and where it finds them. */
function storeStatements(at: ComputeInSite, options: Options): readonly Statement[] {
  const { uses = [] } = options;
  const { scope, plan, site, data } = at;
  const access = uses.flatMap((store) => named(store, data[store]!.access?.({ scope, store, plan, site }) ?? []));
  return [...(uses.length === 0 ? [] : [readPublished(at, uses)]), ...access, ...decryptStreams(at, options)];
}

function readPublished({ plan, site }: ComputeInSite, uses: readonly string[]): Statement {
  const { partition, region, account } = site;
  const below = (store: string) =>
    arn({ partition, service: "ssm", region, account, resource: `parameter/${plan.name}/${store}/*` });
  return { sid: "ReadPublished", actions: ["ssm:GetParameter", "ssm:GetParameters"], resources: uses.map(below) };
}

/** A stream is encrypted with the key of its table, and Lambda reads it as the function. */
function decryptStreams({ plan, site }: ComputeInSite, options: Options): readonly Statement[] {
  const tables = new Set(eventsOf(options).ofTables.map(([, { table }]) => table!));
  return [...tables].flatMap((store) => {
    const read = tableAccess({ access: "READ", table: tableRef(store, plan, site), key: site.key });
    return options.uses?.includes(store)
      ? []
      : named(
          store,
          read.filter(({ sid }) => sid === "UseTableKey"),
        );
  });
}

/** Two stores of a kind ask for the same. */
function named(store: string, statements: readonly Statement[]): readonly Statement[] {
  const suffix = store[0]!.toUpperCase() + store.slice(1);
  return statements.map((statement) => ({ ...statement, sid: statement.sid + suffix }));
}

function giveEvents(
  at: Omit<ComputeReplication, "tables">,
  target: FunctionRef,
  events: NamedEvents,
  tables?: ComputeReplication["tables"],
): void {
  const { scope, plan, site } = at;
  for (const [name, given] of events) {
    const to = { function: target, ...activityOf(plan, site, given) };
    const place = { scope, id: `Events-${name}`, name: `${computeName(at)}-${name}`, site, to };
    given.inSite(place, given.table === undefined ? undefined : tables?.get(given.table));
  }
}
