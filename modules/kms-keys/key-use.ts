import { arn, dnsSuffix, partitionOf, Statement } from "../core";
import { KeyRef } from "./key-ref";

export interface KeyUse {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly key: Pick<KeyRef, "name" | "region" | "account">;
  /** The service that asks the key, as its endpoint begins: `s3`. */
  readonly service: string;
}

/**
 * Lets a role use a key through one service alone. A key's ARN is not known before the key exists, so the role is allowed the key
 * behind an alias.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
 */
export function keyUseStatement({ sid, actions, key, service }: KeyUse) {
  const { name, region, account } = key;
  const partition = partitionOf("keyUseStatement", region);
  return {
    sid,
    actions,
    resources: [arn({ partition, service: "kms", region, account, resource: "key/*" })],
    conditions: {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${name}` },
      StringEquals: { "kms:ViaService": `${service}.${region}.${dnsSuffix(partition)}` },
    },
  } satisfies Statement;
}
