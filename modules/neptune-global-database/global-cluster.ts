import { NeptuneGlobalCluster } from "@cdktf/provider-aws/lib/neptune-global-cluster";
import { Construct } from "constructs";
import { claimName, madeBy } from "../core";
import { GLOBAL_CLUSTER } from "../joined-clusters";
import { Site } from "../site";
import { ENGINE } from "./engine";
import { GlobalDatabaseFacts, GlobalClusterRef, globalClusterRef, GlobalClusterRefProps } from "./global-cluster-ref";
import { checkProps } from "./shapes";

/**
 * An upgrade passes through every cluster, one after the other. The provider also repeats one that AWS refuses until this time is over, and
 * holds the lock of the state.
 */
const TIMEOUTS = { create: "1h", update: "3h", delete: "1h" };

export interface GlobalClusterProps extends GlobalDatabaseFacts {
  /** Global cluster identifier, 1 to 63 characters; unique in the account, among those of Aurora and DocumentDB too. */
  readonly identifier: string;
  /**
   * Takes over a global cluster that exists under this identifier: Terraform imports it.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
  /**
   * AWS's own protection: no call deletes the global cluster while it is on.
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

/**
 * The global cluster that joins the clusters of all sites to a Neptune global database.
 *
 * Its version is the version of all clusters, which Terraform ignores on each of them: an upgrade is written and applied here. It has
 * no address of its own: each site's cluster has one, and clients write to that of the cluster that takes the writes.
 *
 * Site: the home; it stays here whichever cluster takes the writes.
 * While the other site is dark: works; while the home is dark its stack cannot be planned, and no other needs it.
 * On failover: nothing shows in a plan.
 * Cost: none; the clusters are paid for.
 *
 * @throws OutsideSite, InvalidName, NameTaken, UnknownEngineVersion, ReplicaInSourceRegion, RepeatedItem, TooManyReplicas,
 *   UnknownRegion, ForeignPartition
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-global-database.html
 */
export class GlobalCluster extends Construct {
  /** The global database of an identifier, without creating it. */
  static refOf(props: GlobalClusterRefProps): GlobalClusterRef {
    return globalClusterRef("GlobalCluster.refOf", props);
  }

  /** Points to this global database from anywhere. */
  readonly ref: GlobalClusterRef;
  readonly identifier: string;
  readonly resource: NeptuneGlobalCluster;

  constructor(scope: Construct, id: string, props: GlobalClusterProps) {
    super(scope, id);
    checkProps(this, "GlobalClusterProps", props);
    const site = Site.of(this);
    const ref = globalClusterRef(this, { ...props, region: site.region, account: site.account });
    claimName(this, GLOBAL_CLUSTER, props.identifier, site);

    this.identifier = props.identifier;
    this.resource = new NeptuneGlobalCluster(this, "Resource", {
      globalClusterIdentifier: props.identifier,
      engine: ENGINE,
      engineVersion: props.engineVersion,
      deletionProtection: props.deletionProtection ?? true,
      storageEncrypted: true,
      timeouts: TIMEOUTS,
      lifecycle: { preventDestroy: !props.destroyable },
    });
    if (props.adoptExisting) this.resource.importFrom(props.identifier, site.provider);
    this.ref = madeBy(ref, this.resource);
  }

  get globalClusterArn(): string {
    return this.resource.arn;
  }
}
