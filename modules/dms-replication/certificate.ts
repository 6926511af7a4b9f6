import { DmsCertificate } from "@cdktf/provider-aws/lib/dms-certificate";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { checkName, claimName, refuse, refuseBoth, refuseNone } from "../core";
import { Site } from "../site";
import { CERTIFICATE_ID } from "./names";
import { checkProps } from "./shapes";

export interface CertificateProps {
  /** Identifier; unique in the region of the account. */
  readonly name: string;
  /**
   * Certificates of the authorities that signed the database's certificate, in PEM: for Amazon RDS the bundle of its region.
   *
   * @default - none; give `walletBase64`
   */
  readonly pem?: string;
  /**
   * Oracle wallet (`.sso`) in base64, which Oracle endpoints need instead of PEM.
   *
   * @default - none; give `pem`
   */
  readonly walletBase64?: string;
}

/**
 * DMS verifies a database with this certificate. It is public. The synthesized JSON and the state contain it.
 *
 * Site: the one of the replication instance.
 * While the other site is dark: works.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html
 */
export class Certificate extends Construct {
  readonly resource: DmsCertificate;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    checkProps(this, "CertificateProps", props);
    const site = Site.of(this);
    refuseContent(this, props);
    checkName(this, "name", props.name, CERTIFICATE_ID);
    claimName(this, CERTIFICATE_ID, props.name, site);

    this.resource = new DmsCertificate(this, "Resource", {
      certificateId: props.name,
      certificatePem: props.pem,
      certificateWallet: props.walletBase64,
    });
  }

  get certificateArn(): string {
    return this.resource.certificateArn;
  }
}

function refuseContent(certificate: Certificate, { pem, walletBase64 }: CertificateProps): void {
  refuseBoth(certificate, { pem, walletBase64 });
  refuseNone(certificate, { pem, walletBase64 });
  if (pem === undefined || Token.isUnresolved(pem)) return;
  if (pem.includes("PRIVATE KEY")) {
    refuse(
      certificate,
      "UnsafeText",
      "'pem' holds a private key",
      "give certificates only: the JSON and the state contain this text",
    );
  }
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) {
    refuse(certificate, "MissingSetting", "'pem' holds no certificate", "give the text from BEGIN to END CERTIFICATE");
  }
}
