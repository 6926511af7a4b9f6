import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { BackedUpStore } from "../../modules/aws-backup";
import { refuse, Statement } from "../../modules/core";
import { TableRef } from "../../modules/dynamodb-global-table";
import { SiteKey } from "../../modules/kms-keys";
import { Network } from "../../modules/network";
import { siteInOtherAccount, SiteContract, WorkloadContract } from "../contract";

/** Where a store is built in one site. */
export interface StoreInSite {
  /** Construct named after the store, under the site. */
  readonly scope: Construct;
  /** The store's name, its key in `data`. */
  readonly store: string;
  readonly contract: WorkloadContract;
  readonly site: SiteContract;
  readonly key: SiteKey;
  readonly network: Network;
  /** Security groups of the site's compute, by its name. */
  readonly clients: Readonly<Record<string, string>>;
}

/** Where a store's copies to other sites are built: in the replication stack of one site. */
export interface StoreReplication {
  /** Construct named after the store, under the site. */
  readonly scope: Construct;
  readonly store: string;
  readonly contract: WorkloadContract;
  readonly site: SiteContract;
}

/** Whom a store's statements are for: something of the site it is asked in. */
export type StoreAccess = Pick<StoreInSite, "scope" | "store" | "contract" | "site">;

/** A table as the replication stack of a site holds it, with the stream of its changes. */
export interface ReplicatedTable {
  readonly table: TableRef;
  /** ARN of the stream. @default - looked up in the site by the table's name */
  readonly streamArn?: string;
}

/** A data store of a workload: how it is built in a site, and how it is copied to others. */
export interface DataStore {
  /** AWS's noun for it: `"bucket"`. */
  readonly kind: string;
  /**
   * Whether Terraform forgets it: it is no longer protected, and no longer has an objective.
   *
   * @default false
   */
  readonly forgotten?: boolean;
  /**
   * Whether it is reached by addresses of the site's network alone.
   *
   * @default false
   */
  readonly inNetwork?: boolean;
  /**
   * AWS services that its clients call over addresses of the site's network, as `Network` names them.
   *
   * @default - none: it has an address in the network itself, or a gateway endpoint
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * Whether only one of its copies takes writes.
   *
   * @default false
   */
  readonly oneWriter?: boolean;
  /**
   * Whether it is the home alone that replicates it.
   *
   * @default false
   */
  readonly replicatedByHome?: boolean;
  /**
   * What a role of a site needs to read and write the store there, in that site alone. Absent where its use is not a matter of IAM, as
   * with a database, whose users are its own.
   */
  access?(at: StoreAccess): readonly Statement[];
  /** Checks what does not depend on a site. Called once, before anything is built. */
  check?(scope: Construct, store: string, contract: WorkloadContract): void;
  inSite(at: StoreInSite): void;
  /** What AWS Backup backs up of it in a site that takes, or took, the writes. Absent where it cannot. */
  backedUp?(store: string, contract: WorkloadContract, site: SiteContract): BackedUpStore;
  /** What needs the other sites to be there; of a table, the table. Absent where the site stacks suffice. */
  replication?(at: StoreReplication): ReplicatedTable | undefined;
  /** What the store needs in the policy of a site's key. */
  keyStatements?(store: string, contract: WorkloadContract, site: SiteContract): readonly Statement[];
}

/**
 * Publishes what the application in a site has to find, under a name that no failover and no rebuild changes:
 * the SSM parameter `/<workload>/<store>/<what>`.
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
 * Checks that all sites of a store lie in one account.
 *
 * @param noun what the store is: `"a table"`
 * @throws ReplicaInOtherAccount
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
