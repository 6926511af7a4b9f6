import { Construct } from "constructs";
import { BucketReplication } from "../s3-replication";
import { checkProps } from "./shapes";
import { refuseSharedPrefix, StateBucketRef } from "./state-bucket-ref";

export interface StateReplicationProps {
  /** State buckets of other sites. */
  readonly replicateTo: readonly StateBucketRef[];
  /** The state bucket of this site. */
  readonly source: StateBucketRef;
}

/**
 * Copies a site's own states, and their history from now on, to the state buckets of other sites. For a pair, create one in each site.
 * Neither copies back the states that it received. Only objects under `<site>/` are copied: states elsewhere in an adopted bucket have no
 * copy until you move them under that prefix.
 *
 * Locks are copied like states. When the region of a state is lost in the middle of an apply, its copy says so.
 *
 * Site: the source's.
 * While the other site is dark: works; S3 catches up when the destination is back.
 * On failover: nothing happens; no state moves.
 * Cost: a request per state and apply, the transfer between regions, a price per GB for replication time control.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class StateReplication extends Construct {
  readonly replication: BucketReplication;

  constructor(scope: Construct, id: string, props: StateReplicationProps) {
    super(scope, id);
    checkProps(this, "StateReplicationProps", props);
    const { source, replicateTo } = props;
    replicateTo.forEach((destination) => refuseSharedPrefix(this, source.prefix, destination));

    this.replication = new BucketReplication(this, "Replication", {
      source,
      rules: replicateTo.map((destination) => ({
        destination,
        prefix: `${source.prefix}/`,
        replicaModifications: false, // objects under the own prefix are not replicas
      })),
    });
  }
}
