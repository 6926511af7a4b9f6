import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import { LoadBalancerSettings } from "./load-balancer-props";

/** The parts that a listener joins: its load balancer, and the target of its requests. */
interface ListenerEnds {
  readonly loadBalancerArn: string;
  readonly targetGroupArn: string;
}

/** Ports a load balancer answers on. */
export function listenerPorts(certificateArn: string | undefined): readonly number[] {
  return certificateArn === undefined ? [80] : [443, 80];
}

/** @returns the listener that forwards requests; with a certificate a second one leads plain HTTP there */
export function createListeners(
  scope: Construct,
  { certificateArn, tlsPolicy }: LoadBalancerSettings,
  { loadBalancerArn, targetGroupArn }: ListenerEnds,
): LbListener {
  const forward = [{ type: "forward", targetGroupArn }];
  if (certificateArn === undefined) {
    return new LbListener(scope, "HttpListener", {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: forward,
    });
  }
  new LbListener(scope, "RedirectListener", {
    loadBalancerArn,
    port: 80,
    protocol: "HTTP",
    defaultAction: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }],
  });
  return new LbListener(scope, "HttpsListener", {
    loadBalancerArn,
    port: 443,
    protocol: "HTTPS",
    certificateArn,
    sslPolicy: tlsPolicy,
    defaultAction: forward,
  });
}
