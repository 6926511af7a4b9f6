import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { claimName, inRange, KEY_POLICY, madeBy, plain, policyWithin, Statement } from "../core";
import { Site } from "../site";
import { ALIAS, keyRef, KeyRef } from "./key-ref";
import { keyPolicyStatements, serviceStatement } from "./key-policy";
import { checkProps } from "./shapes";

const DEFAULTS = {
  deletionWindowDays: 30, // AWS's longest: a key scheduled for deletion makes everything under it unreadable
  rotationPeriodDays: 365, // AWS's own default, written out so that no plan drifts
};

export interface SiteKeyProps {
  /** Alias without `alias/`; unique in the region of the account. */
  readonly alias: string;
  /**
   * Days between the order to delete the key and its end, 7 to 30.
   *
   * @default 30
   */
  readonly deletionWindowDays?: number;
  /**
   * Purpose of the key.
   *
   * @default - the alias
   */
  readonly description?: string;
  /**
   * Lets Terraform delete the key. Everything encrypted under it is lost with it.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Makes the key a multi-Region primary, of which a {@link ReplicaKey} can be made. In practice it couples the policies of two sites.
   * Prefer a key for each site unless both must read the same ciphertext. Cannot be changed later.
   *
   * @default false
   */
  readonly multiRegion?: boolean;
  /**
   * Days between automatic rotations, 90 to 2560.
   *
   * @default 365
   */
  readonly rotationPeriodDays?: number;
  /**
   * Service principals, without domain, that use the key for the account's own resources: `["cloudwatch"]`.
   *
   * @default - none; services that act with the caller's permissions need none
   */
  readonly services?: readonly string[];
  /**
   * Further statements of the key policy, for example for a role of another account.
   *
   * @default - none: IAM of the account decides
   */
  readonly statements?: readonly Statement[];
}

/**
 * A customer managed KMS key of one site, rotated every year, with an alias by which other sites point to it.
 *
 * Site: each site has its own; none depends on another.
 * While the other site is dark: works.
 * On failover: nothing happens.
 * Cost: a key per site and month, a little more for each of the first two rotations.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
 */
export class SiteKey extends Construct {
  /** The key behind an alias, without creating it. */
  static refOf(at: { readonly alias: string; readonly region: string; readonly account: string }): KeyRef {
    return keyRef("SiteKey.refOf", at);
  }

  /** Points to this key from anywhere. */
  readonly ref: KeyRef;
  /** ARN of the key itself, for use in its own site. */
  readonly kmsKeyArn: string;
  readonly resource: KmsKey;

  constructor(scope: Construct, id: string, props: SiteKeyProps) {
    super(scope, id);
    checkProps(this, "SiteKeyProps", props);
    const site = Site.of(this);
    const ref = keyRef(this, { ...props, region: site.region, account: site.account });
    claimName(this, ALIAS, props.alias, site);

    this.resource = createKey(this, props);
    this.kmsKeyArn = this.resource.arn;
    const alias = new KmsAlias(this, "Alias", { name: `alias/${props.alias}`, targetKeyId: this.kmsKeyArn });
    this.ref = madeBy(ref, this.resource, alias);
  }
}

function createKey(key: SiteKey, props: SiteKeyProps): KmsKey {
  const { deletionWindowDays = DEFAULTS.deletionWindowDays, rotationPeriodDays = DEFAULTS.rotationPeriodDays } = props;
  const site = Site.of(key);
  const services = plain(key, "services", props.services ?? []);
  const ofServices = services.length > 0 ? [serviceStatement(site, services)] : [];
  return new KmsKey(key, "Resource", {
    description: props.description ?? props.alias,
    deletionWindowInDays: inRange(key, "deletionWindowDays", deletionWindowDays, 7, 30),
    enableKeyRotation: true,
    rotationPeriodInDays: inRange(key, "rotationPeriodDays", rotationPeriodDays, 90, 2560),
    multiRegion: props.multiRegion ?? false,
    policy: policyWithin(key, KEY_POLICY, keyPolicyStatements(site, [...ofServices, ...(props.statements ?? [])])),
    lifecycle: { preventDestroy: !props.destroyable },
  });
}
