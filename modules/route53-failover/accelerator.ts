import { GlobalacceleratorAccelerator } from "@cdktf/provider-aws/lib/globalaccelerator-accelerator";
import { GlobalacceleratorEndpointGroup } from "@cdktf/provider-aws/lib/globalaccelerator-endpoint-group";
import { GlobalacceleratorListener } from "@cdktf/provider-aws/lib/globalaccelerator-listener";
import { Construct } from "constructs";
import { claimName } from "../core";
import { Site } from "../site";
import { checkAccelerator } from "./accelerator-checks";
import {
  AcceleratorEndpoint,
  AcceleratorHealthCheck,
  AcceleratorListener,
  AcceleratorProps,
  AcceleratorSite,
} from "./accelerator-props";
import { ACCELERATOR } from "./names";
import { checkProps } from "./shapes";

const DEFAULT_WEIGHT = 128; // AWS's own; the provider would send 0, which means no traffic

/**
 * Two static addresses that lead each client to the nearest healthy site, over AWS's own network. No DNS answer changes, so no
 * resolver keeps an old one.
 *
 * Site: any; it is configured through us-west-2.
 * While the other site is dark: leads new connections to the next nearest site. Its own health checks decide.
 * On failover: nothing in it changes. Open connections are not moved.
 * Cost: 0.025 USD for each hour it exists, also disabled, and a premium on each GB of traffic:
 *   https://aws.amazon.com/global-accelerator/pricing/
 *
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/introduction-how-it-works.html
 */
export class Accelerator extends Construct {
  readonly resource: GlobalacceleratorAccelerator;

  constructor(scope: Construct, id: string, props: AcceleratorProps) {
    super(scope, id);
    checkProps(this, "AcceleratorProps", props);
    checkAccelerator(this, props);
    claimName(this, ACCELERATOR, props.name, Site.of(this));

    this.resource = createAccelerator(this, props);
    for (const [name, listener] of Object.entries(props.listeners)) {
      const { arn } = createListener(this, name, listener);
      for (const [site, answer] of Object.entries(props.sites)) createGroup(this, `${name}-${site}`, arn, answer);
    }
  }

  get acceleratorArn(): string {
    return this.resource.arn;
  }

  /** Name clients reach it by, and with `zoneId` the target of an alias record. */
  get dnsName(): string {
    return this.resource.dnsName;
  }

  get zoneId(): string {
    return this.resource.hostedZoneId;
  }
}

function createAccelerator(accelerator: Accelerator, props: AcceleratorProps): GlobalacceleratorAccelerator {
  const { name, flowLogs, ipAddressType = "IPV4", destroyable } = props;
  return new GlobalacceleratorAccelerator(accelerator, "Resource", {
    name,
    enabled: true,
    ipAddressType,
    attributes: flowLogs && {
      flowLogsEnabled: true,
      flowLogsS3Bucket: flowLogs.bucket,
      flowLogsS3Prefix: flowLogs.prefix,
    },
    lifecycle: { preventDestroy: !destroyable },
  });
}

function createListener(
  accelerator: Accelerator,
  name: string,
  listener: AcceleratorListener,
): GlobalacceleratorListener {
  const { ports, protocol = "TCP", clientAffinity = "NONE" } = listener;
  return new GlobalacceleratorListener(accelerator, `Listener-${name}`, {
    acceleratorArn: accelerator.resource.arn,
    protocol,
    clientAffinity,
    portRange: ports.map(({ from, to = from }) => ({ fromPort: from, toPort: to })),
  });
}

function createGroup(accelerator: Accelerator, name: string, listenerArn: string, site: AcceleratorSite): void {
  const { region, endpoints, healthCheck, trafficDialPercent = 100 } = site;
  const checked: Partial<AcceleratorHealthCheck> = healthCheck ?? {};
  const { protocol = "TCP", intervalSeconds = 30, failureThreshold = 3, port, path } = checked;
  new GlobalacceleratorEndpointGroup(accelerator, `Group-${name}`, {
    listenerArn,
    endpointGroupRegion: region,
    trafficDialPercentage: trafficDialPercent,
    healthCheckProtocol: protocol,
    healthCheckIntervalSeconds: intervalSeconds,
    thresholdCount: failureThreshold,
    healthCheckPort: port,
    healthCheckPath: path ?? (protocol === "TCP" ? undefined : "/"),
    endpointConfiguration: endpoints.map(endpoint),
  });
}

function endpoint({ endpointId, weight = DEFAULT_WEIGHT, clientIpPreserved = true }: AcceleratorEndpoint) {
  return { endpointId, weight, clientIpPreservationEnabled: clientIpPreserved };
}
