import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Figure, StepParameter } from "../core";

/** A group of AWS that clusters and instances refer to by its name. */
export type NamedResource = TerraformResource & { readonly name: string };

/** A resource class of the provider that takes these arguments. */
export type ResourceClass<Config> = new (scope: Construct, id: string, config: Config) => NamedResource;

/** Arguments of a subnet group of any engine. */
export interface SubnetGroupConfig {
  readonly name: string;
  readonly description: string;
  readonly subnetIds: string[];
}

/** Arguments of a parameter group of any engine. */
export interface ParameterGroupConfig {
  readonly name: string;
  readonly description: string;
  readonly family: string;
  readonly parameter: { name: string; value: string; applyMethod: string }[];
  readonly lifecycle: { createBeforeDestroy: boolean };
}

/** A parameter that the library sets. A static one takes effect when the instances are rebooted. */
export interface EngineParameter {
  readonly name: string;
  readonly value: string | number;
  readonly static: boolean;
}

/** The cluster parameter that refuses connections without TLS. */
export interface TlsParameter {
  readonly name: string;
  readonly on: string;
  readonly off: string;
  readonly static: boolean;
}

/** Where an engine publishes how far a secondary cluster lags. */
export interface LagMetric {
  readonly namespace: string;
  /** Name of the metric, in milliseconds. */
  readonly metric: string;
  /** Schema from which a Metrics Insights query selects the metric. */
  readonly source: string;
  /** How an alarm treats missing data while the cluster is a secondary. */
  readonly silence: "breaching" | "ignore";
}

/** How an engine recovers, and what AWS says about it. */
export interface EngineRecovery {
  /** Name of the service, as in "Aurora automated backups". */
  readonly service: string;
  /** AWS's name of the global databases of the engine. */
  readonly mechanism: string;
  /** Data loss that a failover to a secondary may cause. */
  readonly loss: Figure;
  /** Setting that lowers the loss. */
  readonly remedy: string | undefined;
  readonly figures: Readonly<Record<"createInstance" | "failover" | "pointInTime" | "restore" | "switchover", Figure>>;
  /** How to undo a failover. */
  readonly undoFailover: string;
  /** Further parameters of the call that creates the first instance of a headless cluster. */
  readonly firstInstance: Readonly<Record<string, StepParameter>>;
}

/**
 * One version of an engine: the provider's resources, the names in AWS and in messages, and what the engine can do. This is all that
 * Aurora, DocumentDB and Neptune tell the shared code.
 */
export interface JoinedEngine {
  /** Service in the names of API calls and secrets. */
  readonly api: "docdb" | "neptune" | "rds";
  /** Argument `engine` of clusters and instances: `"docdb"`. */
  readonly engine: string;
  /** Name in messages: `"DocumentDB"`. */
  readonly name: string;
  /** Family of the version's parameter groups: `"docdb5.0"`. */
  readonly family: string;
  /** Port that clusters listen on by default. */
  readonly port: number;
  /** Arguments of a cluster that AWS or the global cluster changes, so Terraform ignores them. */
  readonly changedElsewhere: readonly string[];
  /** Instance class that is not memory-optimised and still allowed. */
  readonly serverlessClass: string | undefined;
  /** Remedy for an instance class that is not memory-optimised. */
  readonly classRemedy: string;
  /** Service in the names of the log groups. */
  readonly logService: "docdb" | "neptune" | "rds/cluster";
  /** Logs that a cluster can publish. */
  readonly logs: readonly string[];
  /** Logs that a cluster publishes by default. */
  readonly defaultLogs: readonly string[];
  /** Parameters that switch a log on, by the log. */
  readonly logParameters: Readonly<Record<string, EngineParameter>>;
  /** `undefined` if the engine takes no connections without TLS. */
  readonly tls: TlsParameter | undefined;
  /** Cluster parameters that the library sets besides those of TLS and of the logs. */
  readonly parameters: readonly EngineParameter[];
  /** Cluster parameters that the user cannot set, each with what to do instead; the one of TLS is not repeated here. */
  readonly reservedParameters: Readonly<Record<string, string>>;
  /** Names that the master user cannot have. */
  readonly reservedUsers: readonly string[];
  /** Whether Enhanced Monitoring needs a role. */
  readonly enhancedMonitoring: boolean;
  readonly SubnetGroup: ResourceClass<SubnetGroupConfig>;
  readonly ClusterParameterGroup: ResourceClass<ParameterGroupConfig>;
  /** `undefined` if instances have no parameters of their own. */
  readonly InstanceParameterGroup: ResourceClass<ParameterGroupConfig> | undefined;
  /** Whether every parameter of an instance takes effect only when it is rebooted. */
  readonly instanceParametersStatic: boolean;
  readonly lag: LagMetric;
  readonly recovery: EngineRecovery;
}
