import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import {
  VpcSecurityGroupIngressRule,
  VpcSecurityGroupIngressRuleConfig,
} from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { claimName } from "../core";
import { Site } from "../site";
import { createListeners, listenerPorts } from "./listeners";
import { checkLoadBalancer, connectionTimes, LoadBalancerProps } from "./load-balancer-props";
import { BALANCER, TARGET_GROUP } from "./names";
import { checkProps } from "./shapes";
import { createTargetGroup, LoadBalancerTarget, targetGroupName } from "./target-group";

/**
 * An Application Load Balancer of one site, with one target group: HTTPS, and HTTP redirected there. It exists in every pattern, also with
 * a group at zero. Creating one during an outage would depend on Route 53's control plane.
 *
 * Without healthy instances it answers 503, and a DNS alias that evaluates the health of its target leaves it out.
 *
 * Site: each has its own; the certificate too is the site's.
 * While the other site is dark: works.
 * On failover: nothing happens; its DNS name was there all along.
 * Cost: a load balancer by the hour in each site, and its capacity units; two public addresses or more when internet-facing.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export class LoadBalancer extends Construct {
  readonly securityGroupId: string;
  /** Where the instances of a group register. */
  readonly target: LoadBalancerTarget;
  readonly resource: Lb;
  private readonly listener: LbListener;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    checkProps(this, "LoadBalancerProps", props);
    checkLoadBalancer(this, props);
    claimNames(this, props);

    this.securityGroupId = createSecurityGroup(this, props).id;
    admitClients(this, props);
    this.resource = createLoadBalancer(this, props, this.securityGroupId);
    const { name, vpcId, target } = props;
    const { deregistrationDelay } = connectionTimes(props);
    const targetGroup = createTargetGroup(this, { name, vpcId, target, deregistrationDelay });
    const { arn: targetGroupArn } = targetGroup;
    this.listener = createListeners(this, props.listener, { loadBalancerArn: this.resource.arn, targetGroupArn });
    this.target = {
      targetGroupArn,
      targetType: target.type ?? "instance",
      port: target.port,
      securityGroupId: this.securityGroupId,
      resourceLabel: `${this.resource.arnSuffix}/${targetGroup.arnSuffix}`,
      dependsOn: [this.listener],
    };
  }

  /** Name clients reach it by; for a Route 53 alias record in the same stack. */
  get dnsName(): string {
    return this.resource.dnsName;
  }

  /** Route 53's zone id of that name, for an alias record. */
  get zoneId(): string {
    return this.resource.zoneId;
  }

  get loadBalancerArn(): string {
    return this.resource.arn;
  }

  /** Listener that forwards requests, for further rules. */
  get listenerArn(): string {
    return this.listener.arn;
  }
}

function claimNames(balancer: LoadBalancer, props: LoadBalancerProps): void {
  const site = Site.of(balancer);
  claimName(balancer, BALANCER, props.name, site);
  claimName(balancer, TARGET_GROUP, targetGroupName(props), site);
}

/** The way out, to the instances, is opened by the group that registers. */
function createSecurityGroup(balancer: LoadBalancer, props: LoadBalancerProps): SecurityGroup {
  const name = `balancer-${props.name}`;
  return new SecurityGroup(balancer, "SecurityGroup", {
    name,
    description: `Load balancer ${props.name}`,
    vpcId: props.vpcId,
    tags: { Name: name },
  });
}

function admitClients(balancer: LoadBalancer, props: LoadBalancerProps): void {
  const ports = listenerPorts(props.listener);
  for (const port of ports) {
    for (const cidr of props.clientCidrs) {
      const description = `Clients on port ${port}`;
      admit(balancer, `Clients-${port}-${cidr}`, port, { description, cidrIpv4: cidr });
    }
  }
  for (const [client, prefixListId] of Object.entries(props.clientPrefixLists ?? {})) {
    admit(balancer, `ClientList-${client}`, ports[0]!, { description: client, prefixListId });
  }
}

function admit(
  balancer: LoadBalancer,
  id: string,
  port: number,
  from: Pick<VpcSecurityGroupIngressRuleConfig, "cidrIpv4" | "description" | "prefixListId">,
): void {
  new VpcSecurityGroupIngressRule(balancer, id, {
    securityGroupId: balancer.securityGroupId,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    ...from,
  });
}

function createLoadBalancer(balancer: LoadBalancer, props: LoadBalancerProps, securityGroupId: string): Lb {
  const { accessLogs } = props;
  const { clientKeepAlive, idleTimeout } = connectionTimes(props);
  return new Lb(balancer, "Resource", {
    name: props.name,
    loadBalancerType: "application",
    internal: !props.internetFacing,
    ipAddressType: "ipv4",
    subnets: [...props.subnetIds],
    securityGroups: [securityGroupId],
    clientKeepAlive: clientKeepAlive.inSeconds,
    desyncMitigationMode: "defensive",
    dropInvalidHeaderFields: true,
    enableDeletionProtection: props.deletionProtection ?? true,
    enableHttp2: true,
    idleTimeout: idleTimeout.inSeconds,
    accessLogs: accessLogs && { enabled: true, bucket: accessLogs.bucket, prefix: accessLogs.prefix },
  });
}
