import { Construct } from "constructs";
import { refuse, Statement } from "../../modules/core";
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
import { endpointsFor } from "../../modules/network";
import { DataStore } from "../data/store";
import { TABLE, tableRef } from "../data/table";
import { checkSettings } from "../shapes";
import { activeCapacity, capacityIn, Compute, ComputeInSite, ComputeReplication, WorkloadCapacity } from "./compute";
import { activityOf, FunctionEvents } from "./function-events";
import { computeName } from "./load-balancer";
import { checkStore, checkUses, ComputePermissions, endpointsOf, OfSite, permissionsIn } from "./uses";

/** Props of a function that differ between sites, or that the workload sets itself. */
type Decided =
  "asynchronous" | "code" | "invokers" | "kmsKeyArn" | "name" | "network" | "provisionedConcurrency" | "statements";

/** @typeParam S `number` if `capacity.standby` is set, as a warm standby needs it */
export interface LambdaOptions<S extends number | undefined = undefined>
  extends Omit<LambdaFunctionProps, Decided>, ComputePermissions {
  /**
   * Code: `zipCode` from a bucket of the site's own region, or `imageCode` with an image of the site's own registry.
   */
  readonly code: OfSite<FunctionCode>;
  /**
   * Retries and destinations of asynchronous events.
   *
   * @default - AWS's default: two retries within six hours, then the event is dropped
   */
  readonly asynchronous?: OfSite<AsynchronousEvents>;
  /**
   * Provisioned concurrency in the active site, and in a warm standby. It scales with its utilization up to `max`.
   *
   * @default - none: instances start on demand
   */
  readonly capacity?: WorkloadCapacity<S>;
  /**
   * Events that the function processes. Each key is a name of your own that never changes.
   *
   * @default - none: others invoke the function
   */
  readonly events?: Readonly<Record<string, FunctionEvents>>;
  /**
   * Whether it is in the site's network, so that it reaches stores in the network. Without a NAT gateway it then cannot
   * reach the internet.
   *
   * @default - true if it uses a store in the network: a database or a cache
   */
  readonly inNetwork?: boolean;
  /**
   * Principals that may invoke it, in addition to its events. Each key is an id of your own that never changes.
   *
   * @default - only principals that IAM of the account allows
   */
  readonly invokers?: OfSite<Readonly<Record<string, Invoker>>>;
  /**
   * Target utilization of the provisioned concurrency, 10 to 90 percent.
   *
   * @default 70
   */
  readonly utilizationPercent?: number;
}

/**
 * A Lambda function in each site, in every pattern, because idle functions are free. Its events are switched on in an
 * active site and off in the others, in place. It has no load balancer, so it cannot answer the front door.
 *
 * The function is `<workload>-<compute>-<site>`; all events invoke its alias `live`.
 */
export function lambda<S extends number | undefined = undefined>(options: LambdaOptions<S>): Compute<S> {
  checkSettings("lambda", "LambdaOptions", options);
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
    interfaceEndpoints: (data) =>
      standsInNetwork(options, data) ? [...endpointsFor("lambda"), ...endpointsOf(options, data)] : [],
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

/** The options in any pattern. */
type Options = LambdaOptions<number | undefined>;
type Stores = Readonly<Record<string, DataStore>>;
type NamedEvents = readonly (readonly [name: string, events: FunctionEvents])[];

/**
 * Separates the events of tables. The replication stack has the tables. It also has the consumers of their streams,
 * because the ARN of a stream is unknown before its table exists.
 */
function eventsOf({ events = {} }: Options): { readonly ofTables: NamedEvents; readonly others: NamedEvents } {
  const all = Object.entries(events);
  return {
    ofTables: all.filter(([, { table }]) => table !== undefined),
    others: all.filter(([, { table }]) => table === undefined),
  };
}

function checkStores(scope: Construct, compute: string, options: Options, data: Stores): void {
  checkUses(scope, compute, options, data);
  if (options.interfaceEndpoints !== undefined && !standsInNetwork(options, data)) {
    const problem = `'interfaceEndpoints' of compute '${compute}' is set, and the function is not in the network`;
    refuse(
      scope,
      "MissingSetting",
      problem,
      "set 'inNetwork', or leave the endpoints out: AWS is reached without them",
    );
  }
  for (const [name, { table }] of Object.entries(options.events ?? {})) {
    if (table !== undefined) checkStore(scope, `'events.${name}' of compute '${compute}'`, table, data, TABLE);
  }
}

function placeFunction(at: ComputeInSite, options: Options): LambdaFunction {
  const { scope, site, data, key, network } = at;
  const { capacity, code, events, inNetwork, interfaceEndpoints, uses, utilizationPercent, ...settings } = options;
  return new LambdaFunction(scope, "Function", {
    ...settings,
    name: computeName(at),
    kmsKeyArn: key.kmsKeyArn,
    code: code(site),
    asynchronous: options.asynchronous?.(site),
    invokers: options.invokers?.(site),
    network: standsInNetwork(options, data) ? { vpcId: network.vpcId, subnetIds: network.privateSubnetIds } : undefined,
    provisionedConcurrency: provisioned(at, options),
    statements: [...permissionsIn(at, options), ...decryptStreams(at, options)],
  });
}

function standsInNetwork({ inNetwork, uses = [] }: Options, data: Stores): boolean {
  return inNetwork ?? uses.some((store) => data[store]!.inNetwork);
}

function provisioned(
  { contract, site, triggers }: ComputeInSite,
  { capacity, utilizationPercent }: Options,
): ProvisionedConcurrency | undefined {
  if (capacity === undefined) return undefined;
  const { min: activeConcurrency, max } = activeCapacity(capacity);
  const running = capacityIn(contract, site, capacity).min;
  return {
    active: running === activeConcurrency,
    activeConcurrency,
    standbyConcurrency: running,
    scaling: { max, utilizationPercent },
    replaceTriggeredBy: triggers.ofCapacity().replaceTriggeredBy,
  };
}

/** A stream is encrypted with the key of its table, and Lambda reads it as the function. */
function decryptStreams({ contract, site }: ComputeInSite, options: Options): readonly Statement[] {
  const tables = new Set(eventsOf(options).ofTables.map(([, { table }]) => table!));
  return [...tables].flatMap((store) => {
    const read = tableAccess({ access: "READ", table: tableRef(store, contract, site), key: site.key });
    return options.uses?.includes(store)
      ? []
      : read.filter(({ sid }) => sid === "UseTableKey").map((statement) => ({ ...statement, sid: "DecryptStreams" }));
  });
}

function giveEvents(
  at: Omit<ComputeReplication, "tables">,
  target: FunctionRef,
  events: NamedEvents,
  tables?: ComputeReplication["tables"],
): void {
  const { scope, contract, site, triggers } = at;
  for (const [name, given] of events) {
    const to = { function: target, ...activityOf(contract, site, given), ...triggers.ofSwitches() };
    const place = { scope, id: `Events-${name}`, name: `${computeName(at)}-${name}`, site, to };
    given.inSite(place, given.table === undefined ? undefined : tables?.get(given.table));
  }
}
