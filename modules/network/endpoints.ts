import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct, IConstruct } from "constructs";
import { checkName, ENDPOINT_POLICY, NameRule, policyWithin, refuse, Statement } from "../core";
import { refuseRepeated, Site } from "../site";
import { endpointPrefix } from "./china-endpoints";
import { dynamodbEndpointStatements, interfaceEndpointStatements, s3EndpointStatements } from "./endpoint-policy";

/** @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html */
const SERVICE: NameRule = {
  what: "endpoint service name",
  min: 2,
  max: 100,
  pattern: /^(?!(cn\.)?com\.amazonaws\.|aws\.)[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/,
  allowed: "the part after the region, in lower case, such as 'ssm', 'ecr.dkr' or 'kms'",
  unique: "region",
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
};

/** A service's name as AWS lists it, which may be given too. */
const FULL_SERVICE = /^(?:cn\.)?com\.amazonaws\.([a-z0-9-]+)\.([a-z][a-z0-9.-]*)$/;

/** They have gateway endpoints, which cost nothing. */
const GATEWAY_SERVICES = ["s3", "dynamodb"];

/** Names in full of the services interface endpoints are asked for. */
export function endpointServices(scope: IConstruct, asked: readonly string[]): ReadonlyMap<string, string> {
  const site = Site.of(scope);
  const named = asked.map((name) => [name, fullName(scope, name, site)] as const);
  refuseRepeated(
    scope,
    "interfaceEndpoints",
    named.map(([, full]) => full),
  );
  return new Map(named);
}

function fullName(scope: IConstruct, name: string, { partition, region }: Site): string {
  const [, foreign, service] = FULL_SERVICE.exec(name) ?? [];
  if (foreign !== undefined && foreign !== region) {
    refuse(
      scope,
      "WrongSite",
      `'interfaceEndpoints' names a service of '${foreign}' and the site lies in '${region}', got '${name}'`,
      "give the short name, or create the network under a Site of that region",
    );
  }
  const short = service ?? checkName(scope, "interfaceEndpoints", name, SERVICE);
  if (GATEWAY_SERVICES.includes(short)) {
    refuse(
      scope,
      "ConflictingSettings",
      `'interfaceEndpoints' names '${short}', which has a gateway endpoint here already`,
      `leave '${short}' out: the gateway endpoint costs nothing`,
    );
  }
  return service === undefined ? `${endpointPrefix(partition, name)}.${region}.${name}` : name;
}

/** Network in which endpoints are created. */
export interface EndpointScope {
  readonly scope: Construct;
  readonly name: string;
  readonly vpcId: string;
}

/** S3 and DynamoDB without a way to the internet, for nothing. */
export function createGatewayEndpoints(
  { scope, name, vpcId }: EndpointScope,
  routeTableIds: string[],
  allowed: { readonly accounts: readonly string[]; readonly s3Statements: readonly Statement[] },
): void {
  const site = Site.of(scope);
  const policies = {
    s3: s3EndpointStatements(site, allowed.accounts, allowed.s3Statements),
    dynamodb: dynamodbEndpointStatements(allowed.accounts),
  };
  for (const [service, statements] of Object.entries(policies)) {
    new VpcEndpoint(scope, `GatewayEndpoint-${service}`, {
      vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${site.region}.${service}`,
      routeTableIds,
      policy: policyWithin(scope, ENDPOINT_POLICY, statements),
      tags: { Name: `${name}-${service}` },
    });
  }
}

/** @returns the security group of the endpoints, which lets HTTPS of the VPC in */
export function createInterfaceEndpoints(
  { scope, name, vpcId }: EndpointScope,
  services: ReadonlyMap<string, string>,
  placed: { readonly accounts: readonly string[]; readonly cidr: string; readonly subnetIds: string[] },
): SecurityGroup {
  const group = new SecurityGroup(scope, "EndpointSecurityGroup", {
    name: `${name}-endpoints`,
    description: "HTTPS from the VPC to interface endpoints",
    vpcId,
    tags: { Name: `${name}-endpoints` },
  });
  new VpcSecurityGroupIngressRule(scope, "EndpointIngress", {
    securityGroupId: group.id,
    description: "HTTPS from the VPC",
    cidrIpv4: placed.cidr,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
  });
  for (const [key, serviceName] of services) {
    const statements = interfaceEndpointStatements(serviceName, placed.accounts);
    new VpcEndpoint(scope, `InterfaceEndpoint-${key}`, {
      vpcId,
      vpcEndpointType: "Interface",
      serviceName,
      subnetIds: placed.subnetIds,
      securityGroupIds: [group.id],
      privateDnsEnabled: true,
      policy: statements && policyWithin(scope, ENDPOINT_POLICY, statements),
      tags: { Name: `${name}-${key}` },
    });
  }
  return group;
}
