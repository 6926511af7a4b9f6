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

/** What of a source the workload itself decides. */
type Decided = keyof SourceActivity | "function";

export type QueueMessages = Omit<QueueEventSourceProps, Decided>;
export type StreamRecords = Omit<KinesisEventSourceProps, Decided>;
export type TableChanges = Omit<TableStreamEventSourceProps, Decided | "streamArn" | "table">;
export type TimerSettings = Omit<EventRuleProps, Decided | "eventBusName" | "eventPattern" | "name" | "schedule">;

export interface BusEvents extends Omit<EventRuleProps, Decided | "name" | "schedule"> {
  /** Pattern of the events that invoke the function. */
  readonly eventPattern: object;
}

/** Where events are given to a function in one site. */
export interface EventsInSite {
  readonly scope: Construct;
  readonly id: string;
  /** For what needs a name, unique in the account's region. */
  readonly name: string;
  readonly site: SiteContract;
  readonly to: SourceActivity & { readonly function: FunctionRef };
}

/** What a function of a workload works on. */
export interface FunctionEvents {
  /** Whether every site has the same events, so that only one may work on them. */
  readonly shared: boolean;
  /** Name of the workload's table whose changes they are. @default - they are no table's */
  readonly table?: string;
  /** @param table the site's, where they are a table's */
  inSite(at: EventsInSite, table?: ReplicatedTable): void;
}

/**
 * Messages of an SQS queue of each site, worked on in every site that is active. Queues are not copied: messages that wait in a dark
 * region are found when it is back.
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

/** Records of a Kinesis data stream of each site, worked on in every site that is active. Streams are not copied. */
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
 * Changes of a table of the workload. Every site has all of them, for a global table writes each into the stream of every region; one
 * site works on them: the one that takes the writes.
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

/** Events of a bus of each site, which hold what happened in that region, worked on in every site that is active. */
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
 * Certain times, in the one site that takes the writes: what is due is done once.
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
 * Whether a site works on events. What follows nobody, or was taken out, is switched off by an apply; a standby's switch is left to
 * whoever fails over.
 */
export function activityOf(contract: WorkloadContract, site: SiteContract, { shared }: FunctionEvents): SourceActivity {
  const active = shared ? site === firstAnswering(contract) : answers(site);
  return { active, detached: !active && !mayAnswer(site) };
}
