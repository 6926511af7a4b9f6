import { Construct } from "constructs";
import { claimName } from "../core";
import { Site } from "../site";
import { GLOBAL_CLUSTER } from "./global-place";

/** Settings of a global cluster of any engine. */
export interface GlobalClusterSettings {
  /** Global cluster identifier, 1 to 63 characters. It is unique in the account, among Aurora, DocumentDB and Neptune together. */
  readonly identifier: string;
  /**
   * Imports a global cluster that exists under this identifier.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
  /**
   * Deletion protection of AWS: no call deletes the global cluster while it is on.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Lets Terraform delete the global cluster, once no cluster belongs to it.
   *
   * @default false
   */
  readonly destroyable?: boolean;
}

/** Claims the name of a global cluster, and returns the arguments that it has in every engine. */
export function globalClusterConfig(scope: Construct, settings: GlobalClusterSettings) {
  const { identifier, deletionProtection = true, destroyable = false } = settings;
  claimName(scope, GLOBAL_CLUSTER, identifier, Site.of(scope));
  return {
    globalClusterIdentifier: identifier,
    deletionProtection,
    lifecycle: { preventDestroy: !destroyable },
  };
}
