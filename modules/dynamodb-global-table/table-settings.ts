import { DynamodbContributorInsights } from "@cdktf/provider-aws/lib/dynamodb-contributor-insights";
import { DynamodbKinesisStreamingDestination } from "@cdktf/provider-aws/lib/dynamodb-kinesis-streaming-destination";
import { DynamodbResourcePolicy } from "@cdktf/provider-aws/lib/dynamodb-resource-policy";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, Statement } from "../core";
import { TableRef } from "./table-ref";

/** Where CloudWatch Contributor Insights counts the most used and the most throttled keys, at a price per event. */
export interface ContributorInsights {
  /** Names of global indexes, besides the table. @default - none */
  readonly indexes?: readonly string[];
}

/**
 * Settings that AWS keeps for each replica separately, so you set them on each one.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export interface ReplicaSettings {
  /** `{}` for the table alone. @default - off */
  readonly contributorInsights?: ContributorInsights;
  /** Kinesis data stream of this site that every change is written to. @default - none */
  readonly kinesisStreamArn?: string;
  /** Statements of the resource policy. Their resource is the table, where they name none. @default - no policy */
  readonly policyStatements?: readonly Statement[];
  /** @default - those of the site */
  readonly tags?: Readonly<Record<string, string>>;
  /** Disables AWS's own deletion protection. @default false */
  readonly withoutDeletionProtection?: boolean;
  /**
   * Disables point-in-time recovery to any second of the last days. Data that is overwritten here is then lost everywhere.
   *
   * @default false
   */
  readonly withoutPointInTimeRecovery?: boolean;
}

/** Creates the resources that belong to a table or replica. `table` points to it, and `resource` must exist first. */
export function attachSettings(
  scope: Construct,
  table: TableRef,
  resource: TerraformResource,
  props: ReplicaSettings,
): void {
  const { contributorInsights, kinesisStreamArn, policyStatements = [] } = props;
  const dependsOn = [resource];
  if (contributorInsights !== undefined) {
    new DynamodbContributorInsights(scope, "Insights", { tableName: table.name, dependsOn });
    for (const indexName of contributorInsights.indexes ?? []) {
      new DynamodbContributorInsights(scope, `Insights-${indexName}`, { tableName: table.name, indexName, dependsOn });
    }
  }
  if (kinesisStreamArn !== undefined) {
    new DynamodbKinesisStreamingDestination(scope, "KinesisStream", {
      tableName: table.name,
      streamArn: kinesisStreamArn,
      dependsOn,
    });
  }
  if (policyStatements.length > 0) {
    const statements = policyStatements.map((statement) => ({ resources: [table.arn], ...statement }));
    new DynamodbResourcePolicy(scope, "Policy", {
      resourceArn: table.arn,
      policy: policyDocument(statements),
      dependsOn,
    });
  }
}
