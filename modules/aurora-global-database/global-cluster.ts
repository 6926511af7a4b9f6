import { RdsGlobalCluster, RdsGlobalClusterConfig } from "@cdktf/provider-aws/lib/rds-global-cluster";
import { Construct } from "constructs";
import { madeBy, refuse } from "../core";
import { ClusterRef, globalClusterConfig, GlobalClusterSettings } from "../joined-clusters";
import { refuseForeignRef, Site } from "../site";
import { GlobalClusterRef, globalClusterRef, GlobalClusterRefProps, GlobalDatabaseFacts } from "./global-cluster-ref";
import { checkProps } from "./shapes";

/**
 * An upgrade passes through every cluster, one after the other. The provider also repeats one that AWS refuses until this time is over, and
 * holds the lock of the state.
 */
const TIMEOUTS = { create: "1h", update: "3h", delete: "1h" };

export interface GlobalClusterProps extends GlobalClusterSettings, GlobalDatabaseFacts {
  /**
   * Existing cluster of this site that becomes the first of the global database. AWS takes its engine, version and database
   * over. Remove the setting after the first apply: Terraform upgrades versions only without it.
   *
   * @default - the global database begins empty
   */
  readonly sourceCluster?: ClusterRef;
}

/**
 * The global cluster that joins the clusters of all sites to an Aurora global database.
 *
 * Its version is the version of all clusters. Terraform ignores the version of each cluster, so apply an upgrade here. The next
 * plan is empty in every site.
 *
 * Site: the home; it stays here whichever cluster takes the writes.
 * While the other site is dark: works; while the home is dark its stack cannot be planned, and no other needs it.
 * On failover: nothing shows in a plan; the writer endpoint moves by itself.
 * Cost: none; the clusters are paid for.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export class GlobalCluster extends Construct {
  /** The global database of an identifier, without creating it. */
  static refOf(props: GlobalClusterRefProps): GlobalClusterRef {
    return globalClusterRef("GlobalCluster.refOf", props);
  }

  /** Points to this global database from anywhere. */
  readonly ref: GlobalClusterRef;
  readonly identifier: string;
  readonly resource: RdsGlobalCluster;

  constructor(scope: Construct, id: string, props: GlobalClusterProps) {
    super(scope, id);
    checkProps(this, "GlobalClusterProps", props);
    const { region, account } = Site.of(this);
    const ref = globalClusterRef(this, { ...props, region, account });
    if (props.sourceCluster !== undefined) checkSource(this, props, props.sourceCluster);
    const common = { ...globalClusterConfig(this, props), timeouts: TIMEOUTS };

    this.identifier = props.identifier;
    this.resource = new RdsGlobalCluster(this, "Resource", {
      ...common,
      ...(props.sourceCluster === undefined ? fromNothing(props) : fromCluster(props.sourceCluster)),
      lifecycle: {
        ...common.lifecycle,
        ...(props.sourceCluster !== undefined && { ignoreChanges: ["database_name"] }), // AWS takes the cluster's
      },
    });
    if (props.adoptExisting) this.resource.importFrom(props.identifier, Site.of(this).provider);
    this.ref = madeBy(ref, this.resource);
  }

  get globalClusterArn(): string {
    return this.resource.arn;
  }

  /** Name that always leads to the cluster that takes the writes. */
  get writerEndpoint(): string {
    return this.resource.endpoint;
  }
}

function checkSource(global: GlobalCluster, props: GlobalClusterProps, source: ClusterRef): void {
  refuseForeignRef(global, "'sourceCluster'", source);
  for (const setting of ["adoptExisting", "databaseName"] as const) {
    if (props[setting]) refuse(global, "ConflictingSettings", `'sourceCluster' and '${setting}' are both given`);
  }
}

function fromNothing({ engine, engineVersion, databaseName }: GlobalClusterProps): Partial<RdsGlobalClusterConfig> {
  return { engine, engineVersion, databaseName, storageEncrypted: true };
}

/** AWS accepts nothing that the source has already. Force-destroy lets the clusters go before the global cluster is deleted; the provider demands it of a source. */
function fromCluster(source: ClusterRef): Partial<RdsGlobalClusterConfig> {
  return { sourceDbClusterIdentifier: source.arn, forceDestroy: true };
}
