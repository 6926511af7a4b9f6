import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { FOR_EXPRESSION_VALUE, forExpression, propertyAccess, Token } from "cdktf";
import { Construct } from "constructs";
import { ZoneRef } from "../route53-failover";
import { ProvenName, provenNames } from "./certificate-names";
import { checkProps } from "./shapes";

const RECORD_TTL_SECONDS = 300; // the value never changes

export interface SiteCertificateProps {
  /** Name the certificate is for, `"orders.example.com"` or `"*.example.com"`; at most 64 characters. */
  readonly domainName: string;
  /** Name shown in the console, the tag `Name`. */
  readonly name: string;
  /**
   * The public hosted zone the names lie in, of the site's account. For a zone of another account pass `{ name, zoneId }`
   * and set the `provider` of each of `records` to one of that account.
   */
  readonly zone: ZoneRef;
  /**
   * Further names, each once; at most 9 unless AWS raised the account's quota, 99 at all.
   *
   * @default - none
   */
  readonly alternativeNames?: readonly string[];
  /**
   * Further zones, for names that do not lie in `zone`. Of several that answer for a name the one with the longest domain takes its
   * record.
   *
   * @default - none
   */
  readonly furtherZones?: readonly ZoneRef[];
  /**
   * Algorithm of the key pair; a change makes a new certificate.
   *
   * @default - ACM's, RSA with 2,048 bits
   */
  readonly keyAlgorithm?: "EC_prime256v1" | "EC_secp384r1" | "RSA_2048";
  /**
   * Keeps the certificate out of the public transparency logs. Browsers may refuse it.
   *
   * @default false
   */
  readonly unlogged?: boolean;
}

/**
 * A public certificate of ACM in one site, validated by DNS. ACM renews it by itself while it is in use and its records exist.
 *
 * The record that proves a name is the same in every region of an account. Each site writes it, over the other's and with the same
 * value, so that either is deployed and renewed without the other. Destroying one site's certificate takes the record along: apply the
 * other site afterwards, which writes it again.
 *
 * Site: each has its own; a certificate does not leave its region.
 * While the other site is dark: works, and is renewed. A new one is validated through Route 53's control plane in us-east-1.
 * On failover: nothing happens; it was there all along.
 * Cost: none, as long as its key is not exported.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class SiteCertificate extends Construct {
  /** Validation records by the name they prove, without `*.`. */
  readonly records: ReadonlyMap<string, Route53Record>;
  readonly resource: AcmCertificate;
  readonly validation: AcmCertificateValidation;

  constructor(scope: Construct, id: string, props: SiteCertificateProps) {
    super(scope, id);
    checkProps(this, "SiteCertificateProps", props);
    const proven = provenNames(this, props);

    this.resource = createCertificate(this, props);
    this.records = createRecords(this, proven);
    this.validation = new AcmCertificateValidation(this, "Validation", {
      certificateArn: this.resource.arn,
      validationRecordFqdns: [...this.records.values()].map((record) => record.fqdn),
    });
  }

  /** ARN of the certificate once it is validated, for listeners of the same stack. */
  get certificateArn(): string {
    return this.validation.certificateArn;
  }
}

function createCertificate(certificate: SiteCertificate, props: SiteCertificateProps): AcmCertificate {
  const { domainName, alternativeNames, keyAlgorithm, name, unlogged } = props;
  return new AcmCertificate(certificate, "Resource", {
    domainName,
    subjectAlternativeNames: alternativeNames && [...alternativeNames],
    validationMethod: "DNS",
    keyAlgorithm,
    options: unlogged ? { certificateTransparencyLoggingPreference: "DISABLED" } : undefined,
    tags: { Name: name },
    lifecycle: { createBeforeDestroy: true },
  });
}

function createRecords(
  certificate: SiteCertificate,
  proven: readonly ProvenName[],
): ReadonlyMap<string, Route53Record> {
  const records = proven.map((name) => {
    const proof = proven.length === 1 ? anyProof(certificate) : proofOf(certificate, name);
    const record = new Route53Record(certificate, `Record-${name.base}`, {
      zoneId: name.zoneId,
      name: proof.name,
      type: proof.type,
      records: [proof.value],
      ttl: RECORD_TTL_SECONDS,
      allowOverwrite: true,
    });
    return [name.base, record] as const;
  });
  return new Map(records);
}

/** The record that proves a name, as expressions. */
interface Proof {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** Where one record proves all names, each option has it. */
function anyProof({ resource }: SiteCertificate): Proof {
  const option = resource.domainValidationOptions.get(0);
  return { name: option.resourceRecordName, type: option.resourceRecordType, value: option.resourceRecordValue };
}

/** ACM's options are a set: the one of a name is found by it. */
function proofOf({ resource }: SiteCertificate, { name }: ProvenName): Proof {
  const part = (attribute: string) => {
    const byName = forExpression(
      resource.interpolationForAttribute("domain_validation_options"),
      propertyAccess(FOR_EXPRESSION_VALUE, [attribute]),
      propertyAccess(FOR_EXPRESSION_VALUE, ["domain_name"]),
    );
    return Token.asString(propertyAccess(byName, [name]));
  };
  return {
    name: part("resource_record_name"),
    type: part("resource_record_type"),
    value: part("resource_record_value"),
  };
}
