import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { checkAccount, checkName, NameRule, partitionOf, Ref, refuseForeignPartition } from "../core";
import { refuseForeignRef } from "../site";
import { checkCidr } from "./cidr";
import { refuseOverlap } from "./overlap";

/** Security groups carry the name, and theirs may not begin with `sg-`. */
export const NETWORK_NAME: NameRule = {
  what: "network name",
  min: 1,
  max: 128,
  pattern: /^(?!sg-)[A-Za-z0-9][\w.-]*$/,
  allowed: "letters, digits and any of ._-, beginning with a letter or digit, not with 'sg-'",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const VPC_ID: NameRule = {
  what: "VPC id",
  min: 12,
  max: 21,
  pattern: /^vpc-[0-9a-f]{8}([0-9a-f]{9})?$/,
  allowed: "'vpc-' and 8 or 17 hexadecimal digits",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html",
};

/** A network in some site. AWS makes up the VPC's id, so neither id nor ARN is known elsewhere: its addresses are. */
export interface NetworkRef extends Omit<Ref, "arn"> {
  /** Name in tags. */
  readonly name: string;
  /** Addresses of the VPC. */
  readonly cidr: string;
}

/** Where a network is found. */
export interface NetworkRefProps {
  readonly account: string;
  /** Addresses of the VPC. */
  readonly cidr: string;
  /** Name in tags. */
  readonly name: string;
  readonly region: string;
}

/** A network of the same stack: a {@link Network}, or your own VPC. */
export interface KnownNetwork {
  readonly ref: NetworkRef;
  /** Ids of the route tables that lead elsewhere, each under a name that never changes. */
  readonly routeTableIds: Readonly<Record<string, string>>;
  readonly vpcId: string;
}

/** Points to a network without creating or reading it. */
export function networkRef(scope: IConstruct | string, { name, cidr, region, account }: NetworkRefProps): NetworkRef {
  partitionOf(scope, region);
  return {
    name: checkName(scope, "name", name, NETWORK_NAME),
    cidr: checkCidr(scope, "cidr", cidr),
    region,
    account: checkAccount(scope, account),
  };
}

/** Returns the id of another site's VPC when it can be one. */
export function checkVpcId(scope: IConstruct, property: string, id: string): string {
  return Token.isUnresolved(id) ? id : checkName(scope, property, id, VPC_ID);
}

/** Refuses a ref of another site than that of the construct that needs it. */
export function refuseElsewhere(scope: IConstruct, property: string, ref: Omit<Ref, "arn">): void {
  refuseForeignRef(scope, `'${property}' '${ref.name}'`, ref);
}

/** Refuses networks that cannot be joined. */
export function checkJoined(scope: IConstruct, { ref }: KnownNetwork, peer: NetworkRef): void {
  refuseElsewhere(scope, "network", ref);
  refuseForeignPartition(scope, ref.region, peer.region);
  refuseOverlap(scope, { "the network": ref.cidr, "its peer": peer.cidr });
}
