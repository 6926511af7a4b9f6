import { NeptuneGlobalCluster } from "@cdktf/provider-aws/lib/neptune-global-cluster";
import { Construct } from "constructs";
import { madeBy } from "../core";
import { globalClusterConfig, GlobalClusterSettings } from "../joined-clusters";
import { Site } from "../site";
import { GlobalDatabaseFacts, GlobalClusterRef, globalClusterRef, GlobalClusterRefProps } from "./global-cluster-ref";
import { checkProps } from "./shapes";

/**
 * An upgrade passes through every cluster, one after the other. The provider also repeats one that AWS refuses until this time is over, and
 * holds the lock of the state.
 */
const TIMEOUTS = { create: "1h", update: "3h", delete: "1h" };

export interface GlobalClusterProps extends GlobalClusterSettings, GlobalDatabaseFacts {}

/**
 * The global cluster that joins the clusters of all sites to a Neptune global database.
 *
 * Its version is the version of all clusters. Terraform ignores the version of each cluster, so apply an upgrade here. It has no
 * address of its own. Each cluster has an endpoint, and clients write to the endpoint of the cluster that takes the writes.
 *
 * Site: the home; it stays here whichever cluster takes the writes.
 * While the other site is dark: works; while the home is dark its stack cannot be planned, and no other needs it.
 * On failover: nothing shows in a plan.
 * Cost: none; the clusters are paid for.
 *
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

    this.identifier = props.identifier;
    this.resource = new NeptuneGlobalCluster(this, "Resource", {
      ...globalClusterConfig(this, props),
      engine: "neptune",
      engineVersion: props.engineVersion,
      storageEncrypted: true,
      timeouts: TIMEOUTS,
    });
    if (props.adoptExisting) this.resource.importFrom(props.identifier, site.provider);
    this.ref = madeBy(ref, this.resource);
  }

  get globalClusterArn(): string {
    return this.resource.arn;
  }
}
