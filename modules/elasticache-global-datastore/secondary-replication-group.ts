import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { Construct } from "constructs";
import { madeBy, makersOf, RecoveryStep, refuse } from "../core";
import { Site } from "../site";
import { GlobalDatastoreRef } from "./global-datastore-ref";
import { checkGroup } from "./group-checks";
import { createReplicationGroup } from "./group-parts";
import { ReplicationGroupProps } from "./group-props";
import { declareSecondary, detachStep, failoverStep } from "./group-recovery";
import { ReplicationGroupRef, replicationGroupRef, ReplicationGroupRefProps } from "./replication-group-ref";
import { checkProps } from "./shapes";

export interface SecondaryReplicationGroupProps extends ReplicationGroupProps {
  /** The global datastore: `GlobalReplicationGroup.refOf(...)`, or in the home's own stack its `ref`. */
  readonly global: GlobalDatastoreRef;
}

/**
 * A cluster that joins a global datastore in another region, with key, network, users, logs and backups of its own. Engine, version, node
 * type, shards, parameters, TLS and encryption it has from the global datastore. It can be read at any time.
 *
 * Site: one of the global datastore's secondary regions, in the account of the home.
 * While the other site is dark: works as far as it had received; it can be failed over to, planned and applied.
 * On failover: the operator calls `elasticache:FailoverGlobalReplicationGroup` here; it takes the writes and no plan shows it.
 * Cost: the nodes by the hour, as many shards as the home; backups by the GB.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
 */
export class SecondaryReplicationGroup extends Construct {
  /** The cluster of a replication group id, without creating it. */
  static refOf(props: ReplicationGroupRefProps): ReplicationGroupRef {
    return replicationGroupRef("SecondaryReplicationGroup.refOf", props);
  }

  /** Points to this cluster from anywhere. */
  readonly ref: ReplicationGroupRef;
  /** For when AWS does not accept the failover: the cluster takes the writes by itself, and never joins again. */
  readonly detach: RecoveryStep;
  /** Makes this cluster the one that takes the writes: called in its own region. */
  readonly failover: RecoveryStep;
  /** Name that leads to the cluster's primary node, or with shards to all of them; it stays the same at a failover. */
  readonly endpoint: string;
  readonly port: number;
  readonly securityGroupIds: string[];
  readonly resource: ElasticacheReplicationGroup;

  constructor(scope: Construct, id: string, props: SecondaryReplicationGroupProps) {
    super(scope, id);
    checkProps(this, "SecondaryReplicationGroupProps", props);
    const { global } = props;
    const { region, account } = Site.of(this);
    const ref = replicationGroupRef(this, { ...props, region, account });
    checkRegion(this, props);
    const checked = checkGroup(this, props, global);

    this.resource = createReplicationGroup(this, props, {
      checked,
      global,
      own: {
        globalReplicationGroupId: global.name,
        ...(global.shards === undefined
          ? { numCacheClusters: checked.replicas + 1 }
          : { replicasPerNodeGroup: checked.replicas }),
        dependsOn: makersOf(this, global),
      },
    });
    this.endpoint =
      global.shards === undefined ? this.resource.primaryEndpointAddress : this.resource.configurationEndpointAddress;
    this.port = checked.port;
    this.securityGroupIds = this.resource.securityGroupIds;
    this.ref = madeBy(ref, this.resource);
    const member = { group: this.ref, global };
    this.failover = failoverStep(member);
    this.detach = detachStep(member);
    if (!props.active) declareSecondary(this, member);
  }

  get readerEndpoint(): string {
    return this.resource.readerEndpointAddress;
  }
}

function checkRegion(secondary: SecondaryReplicationGroup, { global }: SecondaryReplicationGroupProps): void {
  const { region } = Site.of(secondary);
  if (!global.secondaryRegions.includes(region)) {
    refuse(
      secondary,
      "WrongSite",
      `'${region}' is not one of the secondary regions of '${global.name}', got ${global.secondaryRegions.join(", ") || "none"}`,
      "name the region in the global datastore's 'secondaryRegions', or create the cluster under another Site",
    );
  }
}
