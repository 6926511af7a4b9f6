import { DocdbGlobalCluster } from "@cdktf/provider-aws/lib/docdb-global-cluster";
import { Construct } from "constructs";
import { madeBy } from "../core";
import { globalClusterConfig, GlobalClusterSettings } from "../joined-clusters";
import { Site } from "../site";
import { GlobalClusterFacts, GlobalClusterRef, globalClusterRef, GlobalClusterRefProps } from "./global-cluster-ref";
import { checkProps } from "./shapes";

const TIMEOUTS = { create: "1h", update: "1h", delete: "1h" };

export interface GlobalClusterProps extends GlobalClusterSettings, GlobalClusterFacts {}

/**
 * The global cluster that joins the clusters of all sites to one DocumentDB database.
 *
 * It has no address of its own. Each cluster has an endpoint, and clients write to the endpoint of the cluster that takes the
 * writes.
 *
 * Site: the home; it stays here whichever cluster takes the writes.
 * While the other site is dark: works; while the home is dark its stack cannot be planned, and no other needs it.
 * On failover: nothing shows in a plan.
 * Cost: none; the clusters are paid for.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html
 */
export class GlobalCluster extends Construct {
  /** The global cluster of an identifier, without creating it. */
  static refOf(props: GlobalClusterRefProps): GlobalClusterRef {
    return globalClusterRef("GlobalCluster.refOf", props);
  }

  /** Points to this global cluster from anywhere. */
  readonly ref: GlobalClusterRef;
  readonly identifier: string;
  readonly resource: DocdbGlobalCluster;

  constructor(scope: Construct, id: string, props: GlobalClusterProps) {
    super(scope, id);
    checkProps(this, "GlobalClusterProps", props);
    const site = Site.of(this);
    const ref = globalClusterRef(this, { ...props, region: site.region, account: site.account });

    this.identifier = props.identifier;
    this.resource = new DocdbGlobalCluster(this, "Resource", {
      ...globalClusterConfig(this, props),
      engine: "docdb",
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
