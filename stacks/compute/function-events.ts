import { Construct } from "constructs";
import {
  EventRule,
  EventRuleProps,
  FunctionRef,
  KinesisEventSource,
  KinesisEventSourceProps,
  QueueEventSource,
  QueueEventSourceProps,
  SourceActivity,
  TableStreamEventSource,
  TableStreamEventSourceProps,
} from "../../modules/lambda-function";
import { ReplicatedTable } from "../data/store";
import { SiteContract, WorkloadContract } from "../contract";
import { answers, firstAnswering, mayAnswer } from "../history/questions";
import { checkSettings } from "../shapes";
import { OfSite } from "./uses";

/** Props of an event source that the workload sets itself. */
type Decided = keyof SourceActivity | "function";

export type QueueMessages = Omit<QueueEventSourceProps, Decided>;
export type StreamRecords = Omit<KinesisEventSourceProps, Decided>;
export type TableChanges = Omit<TableStreamEventSourceProps, Decided | "streamArn" | "table">;
export type TimerSettings = Omit<EventRuleProps, Decided | "eventBusName" | "eventPattern" | "name" | "schedule">;

export interface BusEvents extends Omit<EventRuleProps, Decided | "name" | "schedule"> {
  /** Pattern of the events that invoke the function. */
  readonly eventPattern: object;
}

/** The events of a function in one site. */
export interface EventsInSite {
  readonly scope: Construct;
  readonly id: string;
  /** Name of the resource, unique in the account's region. */
  readonly name: string;
  readonly site: SiteContract;
  readonly to: SourceActivity & { readonly function: FunctionRef };
}

/** Events that a function of a workload processes. */
export interface FunctionEvents {
  /** Whether every site has the same events, so that only one site may process them. */
  readonly shared: boolean;
  /** Name of the workload's table whose changes they are. @default - they are not changes of a table */
  readonly table?: string;
  /** @param table the table in the site, if the events are changes of a table */
  inSite(at: EventsInSite, table?: ReplicatedTable): void;
}

/**
 * Messages of an SQS queue of each site, processed in every site that answers. Queues are not replicated: messages in a
 * dark region wait until it is back.
 */
export function queueMessages(of: OfSite<QueueMessages>): FunctionEvents {
  return {
    shared: false,
    inSite: ({ scope, id, site, to }) => {
      const settings = of(site);
      checkSettings(scope, "QueueMessages", settings);
      new QueueEventSource(scope, id, { ...settings, ...to });
    },
  };
}

/** Records of a Kinesis data stream of each site, processed in every site that answers. Streams are not replicated. */
export function streamRecords(of: OfSite<StreamRecords>): FunctionEvents {
  return {
    shared: false,
    inSite: ({ scope, id, site, to }) => {
      const settings = of(site);
      checkSettings(scope, "StreamRecords", settings);
      new KinesisEventSource(scope, id, { ...settings, ...to });
    },
  };
}

/**
 * Changes of a table of the workload. A global table writes each change to the stream of every region. Only the writer
 * processes them.
 *
 * @param store name of the table in `data`
 */
export function tableChanges(store: string, of: OfSite<TableChanges> = () => ({})): FunctionEvents {
  return {
    shared: true,
    table: store,
    inSite: ({ scope, id, site, to }, table) => {
      const settings = of(site);
      checkSettings(scope, "TableChanges", settings);
      new TableStreamEventSource(scope, id, { ...settings, ...to, ...table! });
    },
  };
}

/**
 * Events of an event bus of each site, processed in every site that answers. A bus has the events of its own region.
 */
export function busEvents(of: OfSite<BusEvents>): FunctionEvents {
  return {
    shared: false,
    inSite: ({ scope, id, name, site, to }) => {
      const settings = of(site);
      checkSettings(scope, "BusEvents", settings);
      new EventRule(scope, id, { ...settings, ...to, name });
    },
  };
}

/**
 * A schedule. Only the writer runs it, so that each run happens once.
 *
 * @param schedule in UTC: `rate(5 minutes)`, `cron(0 5 * * ? *)`
 */
export function timer(schedule: string, of: OfSite<TimerSettings> = () => ({})): FunctionEvents {
  return {
    shared: true,
    inSite: ({ scope, id, name, site, to }) => {
      const settings = of(site);
      checkSettings(scope, "TimerSettings", settings);
      new EventRule(scope, id, { ...settings, ...to, name, schedule });
    },
  };
}

/**
 * Whether a site processes events. An apply switches them off in a detached or evacuated site. In a standby, Terraform
 * leaves the switch to the operator or recovery plan that fails over.
 */
export function activityOf(contract: WorkloadContract, site: SiteContract, { shared }: FunctionEvents): SourceActivity {
  const active = shared ? site === firstAnswering(contract) : answers(site);
  return { active, detached: !active && !mayAnswer(site) };
}
