/**
 * Proves what a network refuses. Does not prove that AWS refuses nothing else.
 */
import { RefusalCode } from "../../modules/core";
import { Network, NetworkProps } from "../../modules/network";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, synth } from "../support/synth";

const CIDR = "10.20.0.0/16";

describe("Network refuses", () => {
  test.each<[Partial<NetworkProps>, RefusalCode, string]>([
    [{ cidr: "10.20.0.0" }, "InvalidCidr", "'cidr' must be an IPv4 network, got '10.20.0.0'"],
    [
      { cidr: "10.20.4.0/20" },
      "InvalidCidr",
      "'cidr' has bits set behind its prefix, got '10.20.4.0/20', the network is '10.20.0.0/20'",
    ],
    [
      { cidr: "172.32.0.0/16" },
      "PublicCidr",
      "'cidr' is not a private range, got '172.32.0.0/16', allowed: within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10",
    ],
    [
      { cidr: "192.168.0.0/15" },
      "PublicCidr",
      "'cidr' is not a private range, got '192.168.0.0/15', allowed: within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10",
    ],
    [{ cidr: "10.0.0.0/15" }, "SettingOutOfRange", "'cidr prefix' must be a whole number from 16 to 24, got 15"],
    [{ cidr: "10.0.0.0/25" }, "SettingOutOfRange", "'cidr prefix' must be a whole number from 16 to 24, got 25"],
    [
      { cidr: "10.0.0.0/24", publicSubnets: true },
      "CidrTooSmall",
      "'cidr' leaves a /28 for each public subnet and a load balancer needs a /27, got '10.0.0.0/24', allowed: /16 to /23",
    ],
    [{ zones: 1 }, "SettingOutOfRange", "'zones' must be a whole number from 2 to 3, got 1"],
    [{ zones: 4 }, "SettingOutOfRange", "'zones' must be a whole number from 2 to 3, got 4"],
    [
      { availabilityZones: ["ap-northeast-2a"] },
      "SettingOutOfRange",
      "'availabilityZones.length' must be a whole number from 2 to 3, got 1",
    ],
    [
      { availabilityZones: ["ap-northeast-2a", "ap-northeast-2b"], zones: 2 },
      "ConflictingSettings",
      "'availabilityZones' names 2 and 'zones' counts 2",
    ],
    [
      { availabilityZones: ["ap-northeast-2a", "ap-northeast-2a"] },
      "RepeatedItem",
      "'availabilityZones' names 'ap-northeast-2a' twice",
    ],
    [
      { availabilityZones: ["ap-northeast-2a", "ap-northeast-1a"] },
      "InvalidName",
      "'availabilityZones' is not a valid Availability Zone of ap-northeast-2, got 'ap-northeast-1a', allowed: the region and a letter, such as 'ap-northeast-2a'",
    ],
    [
      { natGateways: "one", publicSubnets: false },
      "ConflictingSettings",
      "'natGateways' is 'one' and 'publicSubnets' is false",
    ],
    [{ trustedAccounts: ["1234"] }, "InvalidAccount", "an AWS account id has 12 digits, got '1234'"],
    [
      { name: "sg-orders" },
      "InvalidName",
      "'name' is not a valid network name, got 'sg-orders', allowed: letters, digits and any of ._-, beginning with a letter or digit, not with 'sg-'",
    ],
    [
      { interfaceEndpoints: ["SSM"] },
      "InvalidName",
      "'interfaceEndpoints' is not a valid endpoint service name, got 'SSM', allowed: the part after the region, in lower case, such as 'ssm', 'ecr.dkr' or 'kms'",
    ],
    [
      { interfaceEndpoints: ["com.amazonaws.vpce"] },
      "InvalidName",
      "'interfaceEndpoints' is not a valid endpoint service name, got 'com.amazonaws.vpce', allowed: the part after the region, in lower case, such as 'ssm', 'ecr.dkr' or 'kms'",
    ],
    [
      { interfaceEndpoints: ["com.amazonaws.us-east-1.ssm"] },
      "WrongSite",
      "'interfaceEndpoints' names a service of 'us-east-1' and the site lies in 'ap-northeast-2', got 'com.amazonaws.us-east-1.ssm'",
    ],
    [
      { interfaceEndpoints: ["s3"] },
      "ConflictingSettings",
      "'interfaceEndpoints' names 's3', which has a gateway endpoint here already",
    ],
    [
      { interfaceEndpoints: ["com.amazonaws.ap-northeast-2.dynamodb"] },
      "ConflictingSettings",
      "'interfaceEndpoints' names 'dynamodb', which has a gateway endpoint here already",
    ],
    [
      { interfaceEndpoints: ["ssm", "com.amazonaws.ap-northeast-2.ssm"] },
      "RepeatedItem",
      "'interfaceEndpoints' names 'com.amazonaws.ap-northeast-2.ssm' twice",
    ],
  ])("%j", (props, code, problem) => {
    expectRefusalInSite(
      (site) => {
        try {
          new Network(site, "Network", { cidr: CIDR, ...props });
        } finally {
          expect(site.node.findChild("Network").node.children).toEqual([]);
        }
      },
      code,
      problem,
      "stack/Site/Network",
    );
  });

  test("outside of a site", () => {
    synth((scope) => {
      expect(() => new Network(scope, "Network", { cidr: CIDR })).toThrow(/^\[OutsideSite\]/);
      new Site(scope, "Seoul", SEOUL).provider.addOverride("retry_mode", "standard");
      new Network(Site.of(scope.node.findChild("Seoul")), "Network", { cidr: CIDR });
    });
  });
});
