import { IConstruct } from "constructs";
import { plain, refuse, refuseEmpty } from "../core";
import { refuseRepeated } from "../site";

/** An IPv4 network: its first address as a number, and the length of its prefix. */
export interface Range {
  readonly first: number;
  readonly prefix: number;
}

const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/**
 * Ranges that are not used on the internet.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Reads an IPv4 network in CIDR notation. */
export function parseCidr(scope: IConstruct | string, property: string, text: string): Range {
  const match = CIDR.exec(plain(scope, property, text));
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match?.slice(1).map(Number) ?? [];
  if (match === null || [a, b, c, d].some((octet) => octet > 255) || prefix > 32 || hasLeadingZero(match)) {
    refuse(scope, "InvalidCidr", `'${property}' must be an IPv4 network, got '${text}'`);
  }
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const network = { first: first - (first % sizeOf(prefix)), prefix };
  if (network.first !== first) {
    refuse(
      scope,
      "InvalidCidr",
      `'${property}' has bits set behind its prefix, got '${text}', the network is '${formatCidr(network)}'`,
    );
  }
  return network;
}

/** Returns the text when it is an IPv4 network. */
export function checkCidr(scope: IConstruct | string, property: string, text: string): string {
  parseCidr(scope, property, text);
  return text;
}

/** `010` is 8 for some readers and 10 for others. */
function hasLeadingZero(match: RegExpExecArray): boolean {
  return match.slice(1).some((number) => /^0\d/.test(number));
}

/** Number of addresses behind a prefix. */
function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** Writes a network in CIDR notation. */
export function formatCidr({ first, prefix }: Range): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** The network of `prefix` that comes `index` places after the first one in a larger network. */
export function partOf(range: Range, prefix: number, index: number): Range {
  return { first: range.first + index * sizeOf(prefix), prefix };
}

/** Whether all of one network lies in the other. */
function contains(outer: Range, inner: Range): boolean {
  const end = outer.first + sizeOf(outer.prefix);
  return outer.prefix <= inner.prefix && inner.first >= outer.first && inner.first < end;
}

/**
 * Whether two IPv4 networks share an address. Networks that overlap can never be peered, or be routed to each other.
 */
export function cidrsOverlap(a: string, b: string): boolean {
  const [first, second] = [parseCidr("cidrsOverlap", "a", a), parseCidr("cidrsOverlap", "b", b)];
  return contains(first, second) || contains(second, first);
}

/** Whether one IPv4 network is the other, or lies in it. */
export function cidrContains(outer: string, inner: string): boolean {
  return contains(parseCidr("cidrContains", "outer", outer), parseCidr("cidrContains", "inner", inner));
}

/** Returns named IPv4 networks, if there is at least one and none is repeated. */
export function checkNamedCidrs(
  scope: IConstruct,
  property: string,
  named: Readonly<Record<string, string>>,
): readonly string[] {
  const cidrs = Object.entries(named).map(([name, cidr]) => checkCidr(scope, `${property}.${name}`, cidr));
  refuseEmpty(scope, property, cidrs, "name at least one network");
  refuseRepeated(scope, property, cidrs);
  return cidrs;
}

/** Refuses a range of public addresses. */
export function refusePublic(scope: IConstruct, property: string, range: Range): void {
  const inside = PRIVATE_RANGES.some((text) => contains(parseCidr(scope, property, text), range));
  if (!inside) {
    const allowed = PRIVATE_RANGES.join(", ");
    refuse(
      scope,
      "PublicCidr",
      `'${property}' is not a private range, got '${formatCidr(range)}', allowed: within ${allowed}`,
    );
  }
}
