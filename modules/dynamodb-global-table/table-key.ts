import { DataAwsKmsKey } from "@cdktf/provider-aws/lib/data-aws-kms-key";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { makersOf, parseArn, refuse, refuseBoth } from "../core";
import { KeyRef, SiteKey } from "../kms-keys";
import { refuseForeignRef } from "../site";
import { TableRef } from "./table-ref";

/** A key of this stack: a {@link SiteKey}, or anything with these two. */
export interface TableKey {
  /** ARN of the key itself, never of an alias. */
  readonly kmsKeyArn: string;
  readonly ref: KeyRef;
}

/** The customer managed key that encrypts a table or replica: one of its own site. Changing it later replaces a replica. */
export interface TableKeyProps {
  /** Key of this stack; or `keyRef`. @default - an own one, alias `dynamodb/<table>` */
  readonly key?: TableKey;
  /**
   * Key of another stack in the same site, by its alias; or `key`. Terraform looks its ARN up: DynamoDB answers with a key's
   * ARN, so that an alias here would plan a change without end.
   *
   * @default - `key`
   */
  readonly keyRef?: KeyRef;
}

/** Alias of the key that a table of this module creates in each site. An alias has no dots. */
export function ownKeyAlias(tableName: string): string {
  return `dynamodb/${tableName.replaceAll(".", "-")}`;
}

/** Refuses a key that is not of this site. */
export function checkKey(scope: Construct, { key, keyRef }: TableKeyProps): void {
  refuseBoth(scope, { key, keyRef });
  const ref = key?.ref ?? keyRef;
  if (ref === undefined) return;
  refuseForeignRef(
    scope,
    `the key '${ref.name}'`,
    ref,
    "give a key of this site: every replica is encrypted by one of its own",
  );
  if (keyRef !== undefined && makersOf(scope, keyRef) !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `'keyRef' names '${keyRef.name}' of this stack, which cannot be looked up before it is made`,
      "pass the key itself as 'key'",
    );
  }
  if (key !== undefined && !Token.isUnresolved(key.kmsKeyArn)) refuseAlias(scope, key.kmsKeyArn);
}

function refuseAlias(scope: Construct, kmsKeyArn: string): void {
  const { service, resource } = parseArn(scope, "key.kmsKeyArn", kmsKeyArn);
  if (service !== "kms" || !resource.startsWith("key/")) {
    refuse(
      scope,
      "InvalidArn",
      `'key.kmsKeyArn' must be the ARN of a key, got '${kmsKeyArn}'`,
      "give the ARN of the key itself, or the alias as 'keyRef'",
    );
  }
}

/** Refuses a key for a replica of a table without: AWS encrypts all by one kind of key. */
export function refuseIdleKey(scope: Construct, table: TableRef, { key, keyRef }: TableKeyProps): void {
  if (!table.customerKey && (key ?? keyRef) !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `a key is given and '${table.name}' is encrypted without customer managed keys`,
      "leave the key out, or take 'withoutCustomerKey' from the table",
    );
  }
}

/** ARN of the key: the one given, the one behind the alias, or an own one made here. */
export function settleKey(
  scope: Construct,
  tableName: string,
  props: TableKeyProps & { destroyable?: boolean },
): string {
  if (props.key !== undefined) return props.key.kmsKeyArn;
  if (props.keyRef !== undefined) return new DataAwsKmsKey(scope, "KeyOfAlias", { keyId: props.keyRef.arn }).arn;
  return new SiteKey(scope, "Key", {
    alias: ownKeyAlias(tableName),
    description: `DynamoDB table ${tableName}`,
    destroyable: props.destroyable,
  }).kmsKeyArn;
}
