import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Duration, madeBy, RecoveryStep } from "../core";
import { Site } from "../site";
import { ClusterParts } from "./cluster-parts";
import { ClusterRef, clusterRef } from "./cluster-ref";
import { declareMember, failoverStep, switchoverStep } from "./member-recovery";

/** A cluster resource of the provider, of any engine. */
export type ClusterResource = TerraformResource & {
  readonly arn: string;
  readonly endpoint: string;
  readonly readerEndpoint: string;
};

/** A cluster that belongs to a global database. */
export interface JoinedMember<Cluster extends ClusterResource, Instance extends TerraformResource> {
  readonly ref: ClusterRef;
  readonly failover: RecoveryStep;
  readonly switchover: RecoveryStep;
  readonly port: number;
  readonly securityGroupId: string;
  readonly instances: Readonly<Record<string, Instance>>;
  readonly resource: Cluster;
}

/** Points to a cluster that was created, says how it protects its data, and collects what its users read. */
export function joinMember<Cluster extends ClusterResource, Instance extends TerraformResource>(
  scope: Construct,
  { engine, props, settled, groups }: ClusterParts,
  created: {
    readonly resource: Cluster;
    readonly instances: Readonly<Record<string, Instance>>;
    readonly active: boolean;
  },
): JoinedMember<Cluster, Instance> {
  const { region, account } = Site.of(scope);
  const { active, resource, instances } = created;
  const ref = madeBy(
    clusterRef(scope, { identifier: props.identifier, region, account }),
    resource,
    ...Object.values(instances),
  );
  const member = { engine, cluster: ref, global: props.global };
  declareMember(scope, member, { active, props, retention: Duration.days(settled.backupRetentionDays) });
  return {
    ref,
    failover: failoverStep(member),
    switchover: switchoverStep(member),
    port: groups.port,
    securityGroupId: groups.securityGroup.id,
    instances,
    resource,
  };
}

/**
 * The attributes and methods that a cluster of a global database has with every engine. The first cluster and the secondaries
 * extend it.
 *
 * Site: the home of the global database, or one of its secondary regions.
 * While the other site is dark: works.
 * On failover: the cluster that is failed over to takes the writes; no plan shows it.
 * Cost: none of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export abstract class MemberCluster<
  Cluster extends ClusterResource,
  Instance extends TerraformResource,
> extends Construct {
  protected abstract readonly member: JoinedMember<Cluster, Instance>;

  /** Points to this cluster from anywhere. */
  get ref(): ClusterRef {
    return this.member.ref;
  }

  /** Makes this cluster the one that takes the writes, without the other. */
  get failover(): RecoveryStep {
    return this.member.failover;
  }

  /** Makes this cluster the one that takes the writes, without loss. */
  get switchover(): RecoveryStep {
    return this.member.switchover;
  }

  get identifier(): string {
    return this.member.ref.name;
  }

  get port(): number {
    return this.member.port;
  }

  get securityGroupId(): string {
    return this.member.securityGroupId;
  }

  get instances(): Readonly<Record<string, Instance>> {
    return this.member.instances;
  }

  get resource(): Cluster {
    return this.member.resource;
  }

  get clusterArn(): string {
    return this.resource.arn;
  }

  /** Name of this cluster's writer, which takes writes only while the cluster does. */
  get endpoint(): string {
    return this.resource.endpoint;
  }

  /** Name of the instances that read. */
  get readerEndpoint(): string {
    return this.resource.readerEndpoint;
  }
}
