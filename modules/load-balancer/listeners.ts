import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct, IConstruct } from "constructs";
import { checkName, NameRule, refuse, refuseBoth } from "../core";
import { refuseForeignArn } from "../site";

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const TLS_POLICY: NameRule = {
  what: "security policy of TLS 1.2 or newer",
  min: 30,
  max: 64,
  pattern: /^ELBSecurityPolicy-TLS13-1-[23](-[A-Za-z0-9-]+)?$/,
  allowed: "one of AWS's that begin with 'ELBSecurityPolicy-TLS13-1-2' or '-1-3'",
  unique: "region",
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
};

const DEFAULT_TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"; // AWS recommends it

/** How a load balancer answers its clients. Give `certificateArn` or `plainHttp`. */
export interface ListenerSettings {
  /**
   * ARN of the certificate of the names clients use, in the site's region. HTTP is then redirected to HTTPS.
   *
   * @default - none, which needs `plainHttp`
   */
  readonly certificateArn?: string;
  /**
   * Serves unencrypted HTTP instead of HTTPS. Only for an internal load balancer.
   *
   * @default false
   */
  readonly plainHttp?: boolean;
  /**
   * AWS's security policy of the HTTPS listener, of TLS 1.2 or newer.
   *
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
   */
  readonly tlsPolicy?: string;
}

/** The parts that a listener joins: its load balancer, and the target of its requests. */
interface ListenerEnds {
  readonly loadBalancerArn: string;
  readonly targetGroupArn: string;
}

/** HTTPS, or plain HTTP in so many words and behind private addresses only. */
export function checkListener(scope: IConstruct, listener: ListenerSettings, internetFacing?: boolean): void {
  const { certificateArn, plainHttp, tlsPolicy = DEFAULT_TLS_POLICY } = listener;
  checkName(scope, "listener.tlsPolicy", tlsPolicy, TLS_POLICY);
  if (certificateArn !== undefined) {
    refuseBoth(scope, { "listener.certificateArn": certificateArn, "listener.plainHttp": plainHttp });
    refuseForeignArn(scope, "listener.certificateArn", certificateArn, ["acm", "iam"]);
    return;
  }
  if (!plainHttp) {
    refuse(
      scope,
      "MissingSetting",
      "'listener.certificateArn' is not given, and without one there is no HTTPS",
      "give the ARN of a certificate in the site's region, or 'listener.plainHttp' for an internal load balancer",
    );
  }
  refuseBoth(
    scope,
    { "listener.plainHttp": plainHttp, internetFacing },
    "give a certificate: nothing goes over the internet unencrypted",
  );
}

/** Ports a load balancer answers on. */
export function listenerPorts({ certificateArn }: ListenerSettings): readonly number[] {
  return certificateArn === undefined ? [80] : [443, 80];
}

/** @returns the listener that forwards requests; with a certificate a second one leads plain HTTP there */
export function createListeners(
  scope: Construct,
  { certificateArn, tlsPolicy = DEFAULT_TLS_POLICY }: ListenerSettings,
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
