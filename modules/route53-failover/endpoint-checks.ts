import { Route53HealthCheckConfig } from "@cdktf/provider-aws/lib/route53-health-check";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { checkPort } from "../aws-values";
import { checkName, inRange, isKnown, refuse, refuseNone, refuseWithout } from "../core";
import { refuseRepeated } from "../site";
import { EndpointCheckers, EndpointHealthCheckProps } from "./endpoint-health-check-props";
import { DOMAIN } from "./names";

const PORTS = { HTTPS: 443, HTTP: 80, TCP: undefined } as const;

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
const LONGEST = 255;
const FEWEST_REGIONS = 3;

/** Addresses of private, loopback and link-local networks, which no checker reaches. */
const UNREACHABLE = /^(0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe[89ab])/i;

/** Arguments of a health check that depend on its protocol. */
type Asked = Pick<Route53HealthCheckConfig, "enableSni" | "port" | "resourcePath" | "type">;

/** Refuses what Route 53 would refuse of an endpoint check. */
export function checkEndpoint(check: Construct, props: EndpointHealthCheckProps): Asked {
  const { protocol = "HTTPS", path = "/", searchString } = props;
  checkAddress(check, props);
  checkRegions(check, props.checkers ?? {});
  const port = props.port ?? PORTS[protocol];
  if (port === undefined) {
    refuse(check, "MissingSetting", "'port' is not given, and TCP has none of its own", "give the endpoint's port");
  }
  checkPort(check, "port", port);
  const enableSni = checkSni(check, props);
  if (protocol === "TCP") {
    refuseBeside(check, props, ["path", "searchString"], "TCP asks for nothing");
    return { type: "TCP", port, enableSni };
  }
  if (!path.startsWith("/") || path.length > LONGEST) {
    refuse(
      check,
      "SettingOutOfRange",
      `'path' must begin with '/' and have ${LONGEST} characters at most, got '${path}'`,
    );
  }
  if (searchString !== undefined) inRange(check, "searchString.length", searchString.length, 1, LONGEST);
  return { type: searchString === undefined ? protocol : `${protocol}_STR_MATCH`, port, resourcePath: path, enableSni };
}

function checkAddress(check: Construct, { domainName, ipAddress }: EndpointHealthCheckProps): void {
  if (domainName !== undefined && !Token.isUnresolved(domainName)) checkName(check, "domainName", domainName, DOMAIN);
  refuseNone(check, { domainName, ipAddress }, "give one of them, or both");
  if (ipAddress !== undefined && UNREACHABLE.test(ipAddress)) {
    refuse(check, "SettingOutOfRange", `'ipAddress' must be reachable from the internet, got '${ipAddress}'`);
  }
}

function checkRegions(check: Construct, { regions }: EndpointCheckers): void {
  if (regions === undefined || !isKnown(regions)) return;
  refuseRepeated(check, "checkers.regions", regions);
  if (regions.length < FEWEST_REGIONS) {
    refuse(check, "SettingOutOfRange", `'checkers.regions' must name ${FEWEST_REGIONS} or more, got ${regions.length}`);
  }
}

/** AWS's default, written out: on for HTTPS, where there is a name to send. */
function checkSni(check: Construct, props: EndpointHealthCheckProps): boolean {
  const { protocol = "HTTPS", domainName } = props;
  if (protocol !== "HTTPS") {
    refuseBeside(check, props, ["sni"], `${protocol} has no TLS handshake`);
    return false;
  }
  refuseWithout(check, { sni: props.sni }, { domainName }, "give the domain name: SNI sends it");
  return props.sni ?? domainName !== undefined;
}

function refuseBeside(
  check: Construct,
  props: EndpointHealthCheckProps,
  settings: readonly (keyof EndpointHealthCheckProps)[],
  why: string,
): void {
  const given = settings.find((setting) => props[setting] !== undefined);
  if (given !== undefined) {
    refuse(check, "ConflictingSettings", `'${given}' is given, and ${why}`, "leave it out, or change 'protocol'");
  }
}
