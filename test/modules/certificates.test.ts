/**
 * Proves which certificates, proofs and waits are synthesised. Does not prove that ACM finds the records, nor that it renews.
 */
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { TerraformOutput, TerraformStack } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { SiteCertificate, SiteCertificateProps } from "../../modules/certificates";
import { RefusalCode } from "../../modules/core";
import { HostedZone } from "../../modules/route53-failover";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, synth, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const ZONE = { name: "example.com", zoneId: "Z123" };
const PROPS: SiteCertificateProps = { name: "shop-seoul", domainName: "shop.example.com", zone: ZONE };

function certificate(change: Partial<SiteCertificateProps> = {}) {
  return synthInSite((site) => new SiteCertificate(site, "Certificate", { ...PROPS, ...change }));
}

/** The expression of a record's attribute: the part of the option of one name, of a set of several. */
function optionOf(name: string, part: string): unknown {
  const path = `\\{ for key, val in aws_acm_certificate\\.\\w+\\.domain_validation_options: val\\.domain_name => val\\.${part} \\}`;
  return expect.stringMatching(new RegExp(`^\\$\\{${path}\\["${name.replace("*", "\\*")}"\\]\\}$`));
}

describe("SiteCertificate", () => {
  test("defaults", () => {
    const tf = certificate();
    expect(tf.types()).toEqual([
      "aws_acm_certificate", // the certificate
      "aws_acm_certificate_validation", // nothing uses it before it is valid
      "aws_route53_record", // the proof
    ]);
    expect(tf.only("aws_acm_certificate")).toEqual({
      provider: "aws",
      domain_name: "shop.example.com",
      validation_method: "DNS",
      tags: { Name: "shop-seoul" },
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.only("aws_route53_record")).toEqual({
      provider: "aws",
      zone_id: "Z123",
      name: expect.stringMatching(/domain_validation_options\)\.0\.resource_record_name\}$/) as string,
      type: expect.stringMatching(/domain_validation_options\)\.0\.resource_record_type\}$/) as string,
      records: [expect.stringMatching(/domain_validation_options\)\.0\.resource_record_value\}$/)],
      ttl: 300,
      allow_overwrite: true,
    });
    expect(tf.only("aws_acm_certificate_validation")).toEqual({
      provider: "aws",
      certificate_arn: expect.stringMatching(/^\$\{aws_acm_certificate\.\w+\.arn\}$/) as string,
      validation_record_fqdns: [expect.stringMatching(/^\$\{aws_route53_record\.[\w-]+\.fqdn\}$/)],
    });
    expect(tf.text).toHaveResourceWithProperties(AcmCertificate, { validation_method: "DNS" });
  });

  test("every setting, and a record for each name that needs one", () => {
    const tf = certificate({
      alternativeNames: ["*.shop.example.com", "*.example.net", "a.eu.example.com"],
      furtherZones: [
        { name: "example.net", zoneId: "Z456" },
        { name: "eu.example.com", zoneId: "Z789" },
      ],
      keyAlgorithm: "EC_secp384r1",
      unlogged: true,
    });
    expect(tf.only("aws_acm_certificate")).toMatchObject({
      subject_alternative_names: ["*.shop.example.com", "*.example.net", "a.eu.example.com"],
      key_algorithm: "EC_secp384r1",
      options: { certificate_transparency_logging_preference: "DISABLED" },
    });
    const zoneAndName = tf.all("aws_route53_record").map(({ zone_id, name }) => [zone_id, name]);
    expect(zoneAndName).toEqual([
      ["Z789", optionOf("a.eu.example.com", "resource_record_name")],
      ["Z456", optionOf("*.example.net", "resource_record_name")],
      ["Z123", optionOf("shop.example.com", "resource_record_name")],
    ]);
    expect(tf.at("Site/Certificate/Record-example.net")).toMatchObject({
      type: optionOf("*.example.net", "resource_record_type"),
      records: [optionOf("*.example.net", "resource_record_value")],
    });
    expect(tf.only("aws_acm_certificate_validation").validation_record_fqdns).toHaveLength(3);
  });

  test("a name and its wildcard share one proof, whichever comes first", () => {
    for (const [domainName, other] of [
      ["shop.example.com", "*.shop.example.com"],
      ["*.shop.example.com", "shop.example.com"],
    ] as const) {
      const tf = certificate({ domainName, alternativeNames: [other] });
      expect(tf.only("aws_route53_record").name).toMatch(/domain_validation_options\)\.0\.resource_record_name\}$/);
    }
  });

  test("is handed on once it is validated", () => {
    const tf = synthInSite((site) => {
      const { certificateArn, records } = new SiteCertificate(site, "Certificate", PROPS);
      new TerraformOutput(site, "Arn", { value: certificateArn });
      expect([...records.keys()]).toEqual(["shop.example.com"]);
    });
    expect(Object.values(tf.json.output as Record<string, unknown>)).toEqual([
      { value: expect.stringMatching(/^\$\{aws_acm_certificate_validation\.\w+\.certificate_arn\}$/) as string },
    ]);
  });

  test("two of them live in one stack, each site writing the record of the same name", () => {
    const tf = synth((scope) => {
      for (const [id, at] of Object.entries({ Seoul: SEOUL, Tokyo: TOKYO })) {
        new SiteCertificate(new Site(scope, id, at), "Certificate", PROPS);
      }
    });
    expect(tf.all("aws_route53_record").map(({ allow_overwrite }) => allow_overwrite)).toEqual([true, true]);
  });

  const names = (count: number) => [...Array(count).keys()].map((n) => `n${n}.example.com`);

  test("takes 100 names", () => {
    expect(certificate({ alternativeNames: names(99) }).all("aws_route53_record")).toHaveLength(100);
  });

  test("a zone of the site's account may be looked up under another Site", () => {
    const tf = synth((scope) => {
      const zone = HostedZone.lookup(new Site(scope, "Tokyo", TOKYO), "Zone", { name: "example.com" });
      new SiteCertificate(new Site(scope, "Seoul", SEOUL), "Certificate", { ...PROPS, zone });
    });
    expect(tf.only("aws_route53_record").provider).toBe("aws.seoul");
  });

  test("records in a zone of another account take a provider of that account", () => {
    const tf = synth((scope) => {
      const dns = new Site(scope, "Dns", TOKYO_ABROAD);
      const { name, zoneId } = HostedZone.lookup(dns, "Zone", { name: "example.com" });
      const { records } = new SiteCertificate(new Site(scope, "Seoul", SEOUL), "Certificate", {
        ...PROPS,
        zone: { name, zoneId },
      });
      for (const record of records.values()) record.provider = dns.provider;
    });
    expect(tf.only("aws_acm_certificate").provider).toBe("aws.seoul");
    expect(tf.only("data.aws_route53_zone").provider).toBe("aws.dns");
    expect(tf.only("aws_route53_record").provider).toBe("aws.dns");
  });

  test.each(["zone", "furtherZones"])("fails when a zone of '%s' belongs to another account", (property) => {
    const foreign = "the zone 'example.com' is of account '444455556666', the site is of '111122223333'";
    const zone = (site: Site) =>
      HostedZone.lookup(new Site(TerraformStack.of(site), "Dns", TOKYO_ABROAD), "Zone", { name: "example.com" });
    expectRefusalInSite(
      (site) =>
        new SiteCertificate(site, "Certificate", {
          ...PROPS,
          ...(property === "zone"
            ? { zone: zone(site) }
            : { zone: { name: "example.org", zoneId: "Z456" }, furtherZones: [zone(site)] }),
        }),
      "ZoneInOtherAccount",
      foreign,
      "stack/Site/Certificate",
    );
  });

  test.each<[string, Partial<SiteCertificateProps>, RefusalCode, string | RegExp]>([
    [
      "a name outside the zones",
      { alternativeNames: ["shop.example.org"] },
      "RecordOutsideZone",
      "'shop.example.org' does not lie in the zone 'example.com'",
    ],
    [
      "the wildcard of a parent",
      { domainName: "*.com" },
      "InvalidName",
      /^'domainName' is not a valid name of a certificate, got '\*.com'/,
    ],
    [
      "a name twice",
      { alternativeNames: ["a.example.com", "a.example.com"] },
      "RepeatedItem",
      "'alternativeNames' names 'a.example.com' twice",
    ],
    [
      "the domain name again",
      { alternativeNames: ["shop.example.com"] },
      "RepeatedItem",
      "'alternativeNames' names 'shop.example.com' twice",
    ],
    [
      "101 names",
      { alternativeNames: names(100) },
      "SettingOutOfRange",
      "'alternativeNames.length' must be a whole number from 0 to 99, got 100",
    ],
    ["a long domain name", { domainName: `${"a".repeat(53)}.example.com` }, "InvalidName", /\(it has 65\)$/],
    ["a wildcard within", { alternativeNames: ["a.*.example.com"] }, "InvalidName", /the first may be '\*'$/],
  ])("fails with %s", (_, change, code, problem) => {
    expectRefusalInSite(
      (site) => new SiteCertificate(site, "Certificate", { ...PROPS, ...change }),
      code,
      problem,
      "stack/Site/Certificate",
    );
  });

  test("a name of more than 64 characters may be a further one", () => {
    const long = `${"a".repeat(53)}.example.com`;
    expect(certificate({ alternativeNames: [long] }).all("aws_route53_record")).toHaveLength(2);
  });
});
