import { IConstruct } from "constructs";
import { checkName, refuse } from "../core";
import { BucketRef, BucketRefProps, ReplicaBucket } from "../s3-replication";
import { SITE_NAME } from "../site";

/** The state bucket of some site. */
export interface StateBucketRef extends BucketRef {
  /** Where the site's own states are in it, without a slash: the site's name. */
  readonly prefix: string;
}

/** Identifies a state bucket before it exists. */
export interface StateBucketRefProps extends Pick<
  BucketRefProps,
  "name" | "region" | "account" | "key" | "objectLock"
> {
  /** Name of the site. */
  readonly site: string;
}

/** Points to a state bucket without creating or reading it. */
export function stateBucketRef(scope: IConstruct | string, props: StateBucketRefProps): StateBucketRef {
  const { site, ...bucket } = props;
  return { ...ReplicaBucket.refOf(bucket), prefix: checkName(scope, "site", site, SITE_NAME) };
}

/** Refuses two state buckets whose own states would overwrite each other. */
export function refuseSharedPrefix(scope: IConstruct, prefix: string, other: StateBucketRef): void {
  if (other.prefix === prefix) {
    refuse(
      scope,
      "NameTaken",
      `'${other.name}' keeps its states under '${prefix}/' too`,
      "give the sites different names: their states would overwrite each other",
    );
  }
}
