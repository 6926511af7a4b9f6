import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, partitionOf, Ref } from "../core";
import { CONFIG_ID, RESOURCE_ID, resourceIdentifierOf, TASK_ID } from "./names";

/** A replication task or serverless replication, pointed to: its ARN is known before it exists. */
export interface ReplicationRef extends Ref {
  /** End of the ARN, by which CloudWatch knows it. */
  readonly resourceIdentifier: string;
}

/** Where a replication is, in words. */
export interface ReplicationAt {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** End of the ARN. @default - the name, shortened where it is too long */
  readonly resourceIdentifier?: string;
}

export function taskRef(scope: IConstruct | string, at: ReplicationAt): ReplicationRef {
  checkName(scope, "name", at.name, TASK_ID);
  return refOf(scope, at, "task");
}

export function replicationConfigRef(scope: IConstruct | string, at: ReplicationAt): ReplicationRef {
  checkName(scope, "name", at.name, CONFIG_ID);
  return refOf(scope, at, "replication-config");
}

function refOf(scope: IConstruct | string, at: ReplicationAt, kind: string): ReplicationRef {
  const { name, region } = at;
  const account = checkAccount(scope, at.account);
  const partition = partitionOf(scope, region);
  const resourceIdentifier = checkName(
    scope,
    "resourceIdentifier",
    at.resourceIdentifier ?? resourceIdentifierOf(name),
    RESOURCE_ID,
  );
  const resource = `${kind}:${resourceIdentifier}`;
  return {
    name,
    arn: arn({ partition, service: "dms", region, account, resource }),
    region,
    account,
    resourceIdentifier,
  };
}
