import { ElasticacheGlobalReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-global-replication-group";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import {
  ElasticacheReplicationGroup,
  ElasticacheReplicationGroupConfig,
} from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { Construct } from "constructs";
import { claimName, madeBy, RecoveryStep, refuse } from "../core";
import { Site } from "../site";
import {
  GLOBAL_DATASTORE,
  GlobalDatastoreFacts,
  GlobalDatastoreRef,
  globalDatastoreRef,
  GlobalDatastoreRefProps,
} from "./global-datastore-ref";
import { checkGroup, Checked } from "./group-checks";
import { createReplicationGroup } from "./group-parts";
import { ReplicationGroupProps } from "./group-props";
import { declareSecondary, failoverStep } from "./group-recovery";
import { ReplicationGroupRef, replicationGroupRef, ReplicationGroupRefProps } from "./replication-group-ref";
import { checkProps } from "./shapes";

/** A scaling or an upgrade passes through every cluster, one after the other. */
const TIMEOUTS = { create: "2h", update: "12h", delete: "1h" };

/** R6gd nodes keep part of the data on disks, and take no other setting. */
const DATA_TIERING = ".r6gd.";

const CLUSTER_MODE = "cluster-enabled";

export interface GlobalReplicationGroupProps extends GlobalDatastoreFacts, ReplicationGroupProps {
  /** Name of the global datastore, to which AWS adds a prefix. It cannot be changed. */
  readonly name: string;
  /**
   * Imports a global datastore that exists under this name. `adoptExisting` does the same for its cluster.
   *
   * @default false
   */
  readonly adoptExistingGlobal?: boolean;
  /**
   * Engine parameters. AWS gives every cluster of the global datastore a copy.
   *
   * @default - AWS's defaults for the version
   */
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/**
 * A global datastore and its first cluster, encrypted, TLS only, with a read replica in another Availability Zone.
 *
 * Its version, node type, shards and parameters apply to all clusters. Terraform ignores them on each cluster, so apply a change
 * here. The next plan is empty in every site. Only AWS records which cluster takes the writes.
 *
 * Site: the home; it stays here whichever cluster takes the writes.
 * While the other site is dark: works; while the home is dark its stack cannot be planned, and no other needs it.
 * On failover: nothing shows in a plan; the former primary becomes a secondary once its region is back.
 * Cost: the nodes by the hour, backups by the GB, the transfer to each secondary.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
 */
export class GlobalReplicationGroup extends Construct {
  /** The global datastore of a name, without creating it. */
  static refOf(props: GlobalDatastoreRefProps): GlobalDatastoreRef {
    return globalDatastoreRef("GlobalReplicationGroup.refOf", props);
  }

  /** The first cluster, without creating it. */
  static groupRefOf(props: ReplicationGroupRefProps): ReplicationGroupRef {
    return replicationGroupRef("GlobalReplicationGroup.groupRefOf", props);
  }

  /** Points to this global datastore from anywhere. */
  readonly ref: GlobalDatastoreRef;
  /** Points to its first cluster from anywhere. */
  readonly groupRef: ReplicationGroupRef;
  /** Makes the first cluster the one that takes the writes again: called in its region. */
  readonly failover: RecoveryStep;
  /** Name that leads to the cluster's primary node, or with shards to all of them. */
  readonly endpoint: string;
  readonly port: number;
  readonly readerEndpoint: string;
  readonly securityGroupIds: string[];
  readonly group: ElasticacheReplicationGroup;
  readonly resource: ElasticacheGlobalReplicationGroup;

  constructor(scope: Construct, id: string, props: GlobalReplicationGroupProps) {
    super(scope, id);
    checkProps(this, "GlobalReplicationGroupProps", props);
    const { region, account } = Site.of(this);
    const ref = globalDatastoreRef(this, { ...props, region, account });
    const groupRef = replicationGroupRef(this, { ...props, region, account });
    const checked = checkGroup(this, props, ref);
    refuseClusterMode(this, props);
    claimName(this, GLOBAL_DATASTORE, props.name, Site.of(this));

    const parameters = createParameters(this, props, checked);
    this.group = createReplicationGroup(this, props, {
      checked,
      global: ref,
      own: { ...firstCluster(props, checked), parameterGroupName: parameters.name },
    });
    this.resource = createGlobal(this, props, { ref, parameters });
    this.endpoint =
      props.shards === undefined ? this.group.primaryEndpointAddress : this.group.configurationEndpointAddress;
    this.readerEndpoint = this.group.readerEndpointAddress;
    this.port = checked.port;
    this.securityGroupIds = this.group.securityGroupIds;
    this.ref = madeBy(ref, this.resource);
    this.groupRef = madeBy(groupRef, this.group);
    this.failover = failoverStep({ group: this.groupRef, global: this.ref });
    if (props.active === false) declareSecondary(this, { group: this.groupRef, global: this.ref });
  }

  get globalReplicationGroupArn(): string {
    return this.resource.arn;
  }
}

function refuseClusterMode(global: GlobalReplicationGroup, { parameters = {} }: GlobalReplicationGroupProps): void {
  if (CLUSTER_MODE in parameters) {
    refuse(
      global,
      "ConflictingSettings",
      `'${CLUSTER_MODE}' is what this module sets itself`,
      "leave it out; 'shards' enables cluster mode",
    );
  }
}

/** Its name contains the family: a major upgrade creates the new group while the clusters still use the old one. */
function createParameters(
  global: GlobalReplicationGroup,
  props: GlobalReplicationGroupProps,
  { version: { family } }: Checked,
): ElasticacheParameterGroup {
  const parameters: Readonly<Record<string, string | number>> = {
    ...props.parameters,
    ...(props.shards !== undefined && { [CLUSTER_MODE]: "yes" }),
  };
  return new ElasticacheParameterGroup(global, "ParameterGroup", {
    name: `${props.replicationGroupId}-${family.replace(".", "-")}`,
    description: `Parameters of ${props.name}`,
    family,
    parameter: Object.entries(parameters)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => ({ name, value: String(value) })),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Arguments of the first cluster that the others inherit. */
function firstCluster(
  { engine, engineVersion, nodeType, shards }: GlobalReplicationGroupProps,
  { replicas }: Checked,
): Partial<ElasticacheReplicationGroupConfig> {
  return {
    engine,
    engineVersion,
    nodeType,
    atRestEncryptionEnabled: "true",
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    dataTieringEnabled: nodeType.includes(DATA_TIERING),
    ...(shards === undefined
      ? { numCacheClusters: replicas + 1 }
      : { numNodeGroups: shards, replicasPerNodeGroup: replicas }),
  };
}

/** The id promised to the other sites is checked where AWS makes it. */
function createGlobal(
  global: GlobalReplicationGroup,
  props: GlobalReplicationGroupProps,
  { ref, parameters }: { readonly ref: GlobalDatastoreRef; readonly parameters: ElasticacheParameterGroup },
): ElasticacheGlobalReplicationGroup {
  const { name, nodeType, engineVersion, shards } = props;
  const made = new ElasticacheGlobalReplicationGroup(global, "Global", {
    globalReplicationGroupIdSuffix: name,
    globalReplicationGroupDescription: name,
    primaryReplicationGroupId: global.group.replicationGroupId,
    automaticFailoverEnabled: true,
    cacheNodeType: nodeType,
    engineVersion,
    numNodeGroups: shards,
    parameterGroupName: parameters.name, // read by the upgrade to another major version alone
    timeouts: TIMEOUTS,
    lifecycle: {
      preventDestroy: !props.destroyable,
      ignoreChanges: ["primary_replication_group_id"], // a failover moves it, and another would replace the global datastore
      postcondition: [
        {
          condition: `\${self.global_replication_group_id == "${ref.name}"}`,
          errorMessage: `AWS gave another id than ${ref.name}, by which the other sites know it: set 'idPrefix'.`,
        },
      ],
    },
  });
  if (props.adoptExistingGlobal) made.importFrom(ref.name, Site.of(global).provider);
  return made;
}
