/**
 * Proves the arithmetic of IPv4 networks and where subnets lie. Does not prove what AWS keeps for itself in each subnet.
 */
import { TerraformStack, Testing } from "cdktf";
import fc from "fast-check";
import { cidrsOverlap, refuseOverlap } from "../../modules/network";
import { formatCidr, parseCidr, partOf, Range } from "../../modules/network/cidr";
import { planSubnets } from "../../modules/network/subnet-plan";
import { expectRefusal } from "../support/synth";

const size = (prefix: number) => 2 ** (32 - prefix);
const last = ({ first, prefix }: Range) => first + size(prefix) - 1;

const range = (min = 0, max = 32) =>
  fc
    .record({ address: fc.nat(2 ** 32 - 1), prefix: fc.integer({ min, max }) })
    .map(({ address, prefix }): Range => ({ first: address - (address % size(prefix)), prefix }));

/** Networks close to each other, which random ones hardly ever are. */
const neighbours = fc
  .tuple(range(8, 28), fc.integer({ min: 8, max: 32 }), fc.integer({ min: -2, max: 2 }))
  .map(([a, prefix, step]): [Range, Range] => {
    const near = Math.min(Math.max(a.first + step * size(a.prefix), 0), 2 ** 32 - 1);
    return [a, { first: near - (near % size(prefix)), prefix }];
  });

/** A private network of a size that a VPC may have. */
const vpc = fc.tuple(fc.integer({ min: 16, max: 24 }), fc.nat(255), fc.nat(255)).map(([prefix, b, c]) => {
  const address = 10 * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8;
  return formatCidr({ first: address - (address % size(prefix)), prefix });
});

const stack = new TerraformStack(Testing.app(), "stack");
const plan = (cidr: string, zones: number, publicSubnets: boolean) => planSubnets(stack, cidr, zones, publicSubnets);

describe("a network in CIDR notation", () => {
  test("is read as it was written", () => {
    fc.assert(fc.property(range(), (any) => expect(parseCidr("test", "cidr", formatCidr(any))).toEqual(any)));
  });

  test.each([
    ["10.20.0.0", "'cidr' must be an IPv4 network, got '10.20.0.0'"],
    ["10.20.0.0/33", "'cidr' must be an IPv4 network, got '10.20.0.0/33'"],
    ["10.20.0.256/32", "'cidr' must be an IPv4 network, got '10.20.0.256/32'"],
    ["10.020.0.0/16", "'cidr' must be an IPv4 network, got '10.020.0.0/16'"],
    ["10.20.0.0/016", "'cidr' must be an IPv4 network, got '10.20.0.0/016'"],
    ["fd00::/64", "'cidr' must be an IPv4 network, got 'fd00::/64'"],
    [" 10.20.0.0/16", "'cidr' must be an IPv4 network, got ' 10.20.0.0/16'"],
    ["10.20.1.0/16", "'cidr' has bits set behind its prefix, got '10.20.1.0/16', the network is '10.20.0.0/16'"],
    ["10.20.0.1/31", "'cidr' has bits set behind its prefix, got '10.20.0.1/31', the network is '10.20.0.0/31'"],
  ])("fails when it is '%s'", (text, problem) => {
    expectRefusal(() => parseCidr("test", "cidr", text), "InvalidCidr", problem, "test");
  });
});

describe("cidrsOverlap", () => {
  test.each([
    ["10.0.0.0/16", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.0.255.0/24", true],
    ["10.0.255.0/24", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.1.0.0/16", false],
    ["10.0.0.0/15", "10.1.0.0/16", true],
    ["0.0.0.0/0", "255.255.255.255/32", true],
    ["192.168.0.0/25", "192.168.0.128/25", false],
  ])("of %s and %s is %s", (a, b, expected) => expect(cidrsOverlap(a, b)).toBe(expected));

  test("holds when and only when the two share an address", () => {
    fc.assert(
      fc.property(fc.oneof(neighbours, fc.tuple(range(), range())), ([a, b]) => {
        const share = Math.max(a.first, b.first) <= Math.min(last(a), last(b));
        expect(cidrsOverlap(formatCidr(a), formatCidr(b))).toBe(share);
      }),
      { numRuns: 500 },
    );
  });

  test("is the same either way round, and always true of a network and itself", () => {
    fc.assert(
      fc.property(neighbours, ([a, b]) => {
        expect(cidrsOverlap(formatCidr(a), formatCidr(b))).toBe(cidrsOverlap(formatCidr(b), formatCidr(a)));
        expect(cidrsOverlap(formatCidr(a), formatCidr(a))).toBe(true);
      }),
    );
  });

  test("fails when one is not a network", () => {
    expectRefusal(
      () => cidrsOverlap("10.0.0.0/16", "home"),
      "InvalidCidr",
      "'b' must be an IPv4 network, got 'home'",
      "cidrsOverlap",
    );
  });
});

describe("refuseOverlap", () => {
  test("accepts adjacent networks", () => {
    refuseOverlap("orders", { seoul: "10.20.0.0/16", tokyo: "10.21.0.0/16", osaka: "10.22.0.0/16" });
  });

  test.each([
    [{ seoul: "10.20.0.0/16", tokyo: "10.20.128.0/20" }],
    [{ seoul: "10.20.0.0/16", osaka: "10.22.0.0/16", tokyo: "10.20.128.0/20" }],
    [{ osaka: "10.22.0.0/16", seoul: "10.20.0.0/16", tokyo: "10.20.128.0/20" }],
  ])("fails when two of %j overlap, naming both", (cidrs) => {
    expectRefusal(
      () => refuseOverlap("orders", cidrs),
      "OverlappingCidrs",
      "seoul has 10.20.0.0/16 and tokyo has 10.20.128.0/20, which overlap",
      "orders",
    );
  });
});

describe("the plan of subnets", () => {
  test("gives each zone a quarter, and a quarter of the last quarter to the public", () => {
    expect(plan("10.20.0.0/16", 3, true)).toEqual([
      { key: "1", index: 0, privateCidr: "10.20.0.0/18", publicCidr: "10.20.192.0/20" },
      { key: "2", index: 1, privateCidr: "10.20.64.0/18", publicCidr: "10.20.208.0/20" },
      { key: "3", index: 2, privateCidr: "10.20.128.0/18", publicCidr: "10.20.224.0/20" },
    ]);
    expect(plan("192.168.7.0/24", 2, false).map(({ privateCidr }) => privateCidr)).toEqual([
      "192.168.7.0/26",
      "192.168.7.64/26",
    ]);
  });

  test("lies in the VPC, and no two subnets overlap", () => {
    fc.assert(
      fc.property(vpc, (cidr) => {
        const whole = parseCidr("test", "cidr", cidr);
        const subnets = plan(cidr, 3, whole.prefix < 24).flatMap((slot) => [slot.privateCidr, slot.publicCidr]);
        for (const [index, subnet] of subnets.entries()) {
          const part = parseCidr("test", "subnet", subnet);
          expect(part.first >= whole.first && last(part) <= last(whole)).toBe(true);
          expect(subnets.slice(index + 1).filter((other) => cidrsOverlap(subnet, other))).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("moves nothing when a zone or public subnets are added", () => {
    fc.assert(
      fc.property(vpc, (cidr) => {
        const small = parseCidr("test", "cidr", cidr).prefix === 24;
        expect(plan(cidr, 3, !small).slice(0, 2)).toEqual(plan(cidr, 2, false));
      }),
      { numRuns: 25 },
    );
  });

  test("counts from the network's own first address", () => {
    expect(formatCidr(partOf({ first: 0, prefix: 0 }, 8, 10))).toBe("10.0.0.0/8");
  });
});
