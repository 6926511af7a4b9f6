import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import { Construct } from "constructs";
import { claimName, inRange, KEY_POLICY, madeBy, policyWithin, Statement } from "../core";
import { Site } from "../site";
import { ALIAS, keyRef, KeyRef } from "./key-ref";
import { keyPolicyStatements } from "./key-policy";
import { checkProps } from "./shapes";

export interface ReplicaKeyProps {
  /** Alias without `alias/`; unique in the region of the account. */
  readonly alias: string;
  /** ARN of the multi-Region primary key. A value of the same stack, or a literal ARN. */
  readonly primaryKeyArn: string;
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
   * Lets Terraform delete the key. Data that only this replica can still decrypt is lost with it.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Further statements of the key policy; it is independent of the primary's.
   *
   * @default - none: IAM of the account decides
   */
  readonly statements?: readonly Statement[];
}

/**
 * The replica of a multi-Region key: the same key material under an own policy and alias. Rotation follows the primary.
 *
 * Site: a standby. The primary is in another region of the same account.
 * While the other site is dark: works; only rotation and a change of the primary need the primary's region.
 * On failover: nothing happens; ciphertext of either site is read in both.
 * Cost: a key per replica and month.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class ReplicaKey extends Construct {
  /** Points to this key from anywhere. */
  readonly ref: KeyRef;
  /** ARN of the key itself, for use in its own site. */
  readonly kmsKeyArn: string;
  readonly resource: KmsReplicaKey;

  constructor(scope: Construct, id: string, props: ReplicaKeyProps) {
    super(scope, id);
    checkProps(this, "ReplicaKeyProps", props);
    const site = Site.of(this);
    const ref = keyRef(this, { ...props, region: site.region, account: site.account });
    claimName(this, ALIAS, props.alias, site);

    this.resource = new KmsReplicaKey(this, "Resource", {
      description: props.description ?? props.alias,
      primaryKeyArn: props.primaryKeyArn,
      deletionWindowInDays: inRange(this, "deletionWindowDays", props.deletionWindowDays ?? 30, 7, 30),
      policy: policyWithin(this, KEY_POLICY, keyPolicyStatements(site, props.statements ?? [])),
      lifecycle: { preventDestroy: !props.destroyable },
    });
    this.kmsKeyArn = this.resource.arn;
    const alias = new KmsAlias(this, "Alias", { name: `alias/${props.alias}`, targetKeyId: this.kmsKeyArn });
    this.ref = madeBy(ref, this.resource, alias);
  }
}
