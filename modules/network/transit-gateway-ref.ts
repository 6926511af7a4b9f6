import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { checkAccount, checkName, NameRule, partitionOf, Ref } from "../core";

/** The name is a tag: AWS knows a transit gateway by its id alone. */
export const GATEWAY: NameRule = {
  what: "transit gateway name",
  min: 1,
  max: 128,
  pattern: /^[A-Za-z0-9][\w.-]*$/,
  allowed: "letters, digits and any of ._-, beginning with a letter or digit",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html",
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const GATEWAY_ID: NameRule = {
  what: "transit gateway id",
  min: 21,
  max: 21,
  pattern: /^tgw-[0-9a-f]{17}$/,
  allowed: "'tgw-' and 17 hexadecimal digits",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html",
};

/** A transit gateway in some site. AWS makes up its id, so neither id nor ARN is known elsewhere. */
export type TransitGatewayRef = Omit<Ref, "arn">;

/** A transit gateway of the same stack, and the route table that its attachments share. */
export interface KnownTransitGateway {
  readonly ref: TransitGatewayRef;
  /** Id of the transit gateway route table, `tgw-rtb-...`. */
  readonly routeTableId: string;
  /** Id: `tgw-...`. */
  readonly transitGatewayId: string;
}

/** Points to a transit gateway without creating or reading it. */
export function transitGatewayRef(
  scope: IConstruct | string,
  { name, region, account }: TransitGatewayRef,
): TransitGatewayRef {
  partitionOf(scope, region);
  return { name: checkName(scope, "name", name, GATEWAY), region, account: checkAccount(scope, account) };
}

/** Returns the id of another site's transit gateway when it can be one. */
export function checkGatewayId(scope: IConstruct, property: string, id: string): string {
  return Token.isUnresolved(id) ? id : checkName(scope, property, id, GATEWAY_ID);
}
