/**
 * Proves what a load balancer refuses. Does not prove that AWS refuses nothing else.
 */
import { LoadBalancer, LoadBalancerProps } from "../../modules/load-balancer";
import { Duration, RefusalCode } from "../../modules/core";
import { expectRefusalInSite } from "../support/synth";

const CERTIFICATE = "arn:aws:acm:ap-northeast-2:111122223333:certificate/12345678-1234-1234-1234-123456789012";
const props: LoadBalancerProps = {
  name: "orders-seoul",
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  clientCidrs: ["10.20.0.0/16"],
  target: { port: 8080 },
  listener: { certificateArn: CERTIFICATE },
};

describe("LoadBalancer refuses", () => {
  test.each<[Partial<LoadBalancerProps>, RefusalCode, string]>([
    [
      { name: "orders-and-returns-seoul-public-1" },
      "InvalidName",
      "'name' is not a valid load balancer name, got 'orders-and-returns-seoul-public-1', allowed: 1 to 32 characters (it has 33)",
    ],
    [
      { name: "internal-orders" },
      "InvalidName",
      "'name' is not a valid load balancer name, got 'internal-orders', allowed: letters, digits and hyphens, beginning and ending with a letter or digit, not beginning with 'internal-'",
    ],
    [{ listener: {} }, "MissingSetting", "'listener.certificateArn' is not given, and without one there is no HTTPS"],
    [
      { listener: { certificateArn: CERTIFICATE, plainHttp: true } },
      "ConflictingSettings",
      "'listener.certificateArn' and 'listener.plainHttp' are both given",
    ],
    [
      { listener: { plainHttp: true }, internetFacing: true },
      "ConflictingSettings",
      "'listener.plainHttp' and 'internetFacing' are both given",
    ],
    [
      { listener: { certificateArn: CERTIFICATE.replace("ap-northeast-2", "us-east-1") } },
      "ArnOfOtherRegion",
      "'listener.certificateArn' is in 'us-east-1', the site is 'ap-northeast-2', got 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012'",
    ],
    [
      { listener: { certificateArn: "arn:aws:kms:ap-northeast-2:111122223333:key/1" } },
      "InvalidArn",
      "'listener.certificateArn' must be an ARN of acm or iam, got 'arn:aws:kms:ap-northeast-2:111122223333:key/1'",
    ],
    [
      { listener: { certificateArn: CERTIFICATE, tlsPolicy: "ELBSecurityPolicy-2016-08" } },
      "InvalidName",
      "'listener.tlsPolicy' is not a valid security policy of TLS 1.2 or newer, got 'ELBSecurityPolicy-2016-08', allowed: 30 to 64 characters (it has 25); one of AWS's that begin with 'ELBSecurityPolicy-TLS13-1-2' or '-1-3'",
    ],
    [
      { subnetIds: ["subnet-1"] },
      "SettingOutOfRange",
      "'subnetIds' must name subnets of two Availability Zones or more, got 1",
    ],
    [{ subnetIds: ["subnet-1", "subnet-1"] }, "RepeatedItem", "'subnetIds' names 'subnet-1' twice"],
    [
      { clientCidrs: ["10.20.0.1/16"] },
      "InvalidCidr",
      "'clientCidrs' has bits set behind its prefix, got '10.20.0.1/16', the network is '10.20.0.0/16'",
    ],
    [{ clientCidrs: ["10.0.0.0/8", "10.0.0.0/8"] }, "RepeatedItem", "'clientCidrs' names '10.0.0.0/8' twice"],
    [{ target: { port: 0 } }, "SettingOutOfRange", "'target.port' must be a whole number from 1 to 65535, got 0"],
    [
      { target: { port: 65_536 } },
      "SettingOutOfRange",
      "'target.port' must be a whole number from 1 to 65535, got 65536",
    ],
    [
      { connections: { clientKeepAlive: Duration.seconds(59) } },
      "SettingOutOfRange",
      "'connections.clientKeepAlive in seconds' must be a whole number from 60 to 604800, got 59",
    ],
    [
      { connections: { deregistrationDelay: Duration.seconds(3_601) } },
      "SettingOutOfRange",
      "'connections.deregistrationDelay in seconds' must be a whole number from 0 to 3600, got 3601",
    ],
    [
      { connections: { idleTimeout: Duration.seconds(4_001) } },
      "SettingOutOfRange",
      "'connections.idleTimeout in seconds' must be a whole number from 1 to 4000, got 4001",
    ],
    [
      { target: { port: 8080, healthCheck: { interval: Duration.seconds(4) } } },
      "SettingOutOfRange",
      "'target.healthCheck.interval in seconds' must be a whole number from 5 to 300, got 4",
    ],
    [
      { target: { port: 8080, healthCheck: { timeout: Duration.seconds(1) } } },
      "SettingOutOfRange",
      "'target.healthCheck.timeout in seconds' must be a whole number from 2 to 120, got 1",
    ],
    [
      { target: { port: 8080, healthCheck: { timeout: Duration.seconds(10) } } },
      "SettingOutOfRange",
      "'target.healthCheck.timeout' must be less than the interval of 10 seconds, got 10",
    ],
    [
      { target: { port: 8080, healthCheck: { healthyAfter: 1 } } },
      "SettingOutOfRange",
      "'target.healthCheck.healthyAfter' must be a whole number from 2 to 10, got 1",
    ],
    [
      { target: { port: 8080, healthCheck: { unhealthyAfter: 11 } } },
      "SettingOutOfRange",
      "'target.healthCheck.unhealthyAfter' must be a whole number from 2 to 10, got 11",
    ],
    [
      { target: { port: 8080, healthCheck: { path: "health" } } },
      "SettingOutOfRange",
      "'target.healthCheck.path' must begin with '/', without spaces, within 1024 characters, got 'health'",
    ],
    [
      { target: { port: 8080, healthCheck: { codes: "500" } } },
      "SettingOutOfRange",
      "'target.healthCheck.codes' must be codes from 200 to 499, a list or a range, got '500'",
    ],
    [
      { accessLogs: { bucket: "Acme" } },
      "InvalidName",
      "'accessLogs.bucket' is not a valid S3 bucket name, got 'Acme', allowed: lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit, no two dots in a row, not an IP address, none of AWS's reserved prefixes and suffixes",
    ],
    [
      { accessLogs: { bucket: "acme-logs", prefix: "alb/AWSLogs" } },
      "InvalidName",
      "'accessLogs.prefix' is not a valid folder of access logs, got 'alb/AWSLogs', allowed: letters, digits and any of ._- between single slashes, without 'AWSLogs'",
    ],
  ])("%j", (change, code, problem) => {
    expectRefusalInSite(
      (site) => {
        try {
          new LoadBalancer(site, "Balancer", { ...props, ...change });
        } finally {
          expect(site.node.findChild("Balancer").node.children).toEqual([]);
        }
      },
      code,
      problem,
      "stack/Site/Balancer",
    );
  });

  test("a name that is taken", () => {
    expectRefusalInSite(
      (site) => [new LoadBalancer(site, "One", props), new LoadBalancer(site, "Two", props)],
      "NameTaken",
      "the load balancer name 'orders-seoul' is already taken by stack/Site/One",
      "stack/Site/Two",
    );
  });
});
