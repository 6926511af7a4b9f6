import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { BackedUpStore } from "../../modules/aws-backup";
import { refuse, Statement } from "../../modules/core";
import { TableRef } from "../../modules/dynamodb-global-table";
import { siteInOtherAccount, SiteContract, WorkloadContract } from "../contract";
import { KeyInSite, NetworkInSite } from "../site-resources";

/** A store in one site. */
export interface StoreInSite {
  /** Construct named after the store, under the site. */
  readonly scope: Construct;
  /** The store's name, its key in `data`. */
  readonly store: string;
  readonly contract: WorkloadContract;
  readonly site: SiteContract;
  readonly key: KeyInSite;
  readonly network: NetworkInSite;
  /** Security groups of the site's compute, by its name. */
  readonly clients: Readonly<Record<string, string>>;
}

/** A store in the replication stack of one site. */
export interface StoreReplication {
  /** Construct named after the store, under the site. */
  readonly scope: Construct;
  readonly store: string;
  readonly contract: WorkloadContract;
  readonly site: SiteContract;
}

/** The site for which a store gives IAM statements. */
export type StoreAccess = Pick<StoreInSite, "scope" | "store" | "contract" | "site">;

/** A table in the replication stack of a site, with its stream. */
export interface ReplicatedTable {
  readonly table: TableRef;
  /** ARN of the stream. @default - a lookup in the site by the table's name */
  readonly streamArn?: string;
}

/** A data store of a workload: how it is created in a site, and how it is replicated to the others. */
export interface DataStore {
  /** AWS's noun for the store: `"bucket"`. */
  readonly kind: string;
  /**
   * Whether the workload gave it up. Then it has no protection and no objective.
   *
   * @default false
   */
  readonly forgotten?: boolean;
  /**
   * Whether its clients must be in the site's network.
   *
   * @default false
   */
  readonly inNetwork?: boolean;
  /**
   * AWS services for which its clients need an interface endpoint, as `Network` names them.
   *
   * @default - none: it is in the network, or has a gateway endpoint
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * Whether only one site takes its writes.
   *
   * @default false
   */
  readonly oneWriter?: boolean;
  /**
   * Whether only the home replicates it.
   *
   * @default false
   */
  readonly replicatedByHome?: boolean;
  /**
   * IAM statements that let a role of a site read and write the store in that site. Absent if IAM does not control
   * access, as with a database that has its own users.
   */
  access?(at: StoreAccess): readonly Statement[];
  /** Checks the settings that do not depend on a site. Called once, before anything is created. */
  check?(scope: Construct, store: string, contract: WorkloadContract): void;
  inSite(at: StoreInSite): void;
  /**
   * The resource that AWS Backup backs up in a site that takes, or took, the writes. Absent if AWS Backup does not
   * support it.
   */
  backedUp?(store: string, contract: WorkloadContract, site: SiteContract): BackedUpStore;
  /** Creates the resources that need the other sites; a table returns itself. Absent if the site stacks suffice. */
  replication?(at: StoreReplication): ReplicatedTable | undefined;
  /** Statements that the store needs in the policy of a site's key. */
  keyStatements?(store: string, contract: WorkloadContract, site: SiteContract): readonly Statement[];
}

/**
 * Publishes a value for the application in a site, in the SSM parameter `/<workload>/<store>/<what>`. No failover and
 * no rebuild renames it.
 */
export function publish(at: StoreInSite, what: string, value: string): void {
  new SsmParameter(at.scope, `Published-${what}`, {
    name: `/${at.contract.name}/${at.store}/${what}`,
    description: `${what} of the ${at.store} of ${at.contract.name} in this site`,
    type: "String",
    value,
  });
}

/**
 * Checks that all sites of a store are in one account.
 *
 * @param noun the store with its article: `"a table"`
 */
export function inOneAccount(noun: string, remedy: string): NonNullable<DataStore["check"]> {
  return (scope, store, contract) => {
    const foreign = siteInOtherAccount(contract);
    if (foreign === undefined) return;
    const sites = `'${contract.home.name}' and '${foreign.name}'`;
    const problem = `store '${store}' is ${noun}, its sites ${sites} lie in different accounts`;
    refuse(scope, "ReplicaInOtherAccount", problem, remedy);
  };
}
