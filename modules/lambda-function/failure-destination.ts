import { IConstruct } from "constructs";
import { Statement } from "../core";
import { refuseForeignArn } from "../site";

/** Destination of events that a function failed on. Made by {@link failureQueue} or {@link failureTopic}. */
export interface FailureDestination {
  readonly service: "sqs" | "sns";
  /** ARN of the queue or topic, in the site. */
  readonly arn: string;
  /** ARN of the key it is encrypted with. @default - none that needs a permission */
  readonly kmsKeyArn?: string;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const SEND = { sqs: "sqs:SendMessage", sns: "sns:Publish" };

/**
 * A standard queue of the site.
 *
 * @param kmsKeyArn ARN of the customer key the queue is encrypted with
 */
export function failureQueue(arn: string, kmsKeyArn?: string): FailureDestination {
  return { service: "sqs", arn, kmsKeyArn };
}

/**
 * A standard topic of the site.
 *
 * @param kmsKeyArn ARN of the customer key the topic is encrypted with
 */
export function failureTopic(arn: string, kmsKeyArn?: string): FailureDestination {
  return { service: "sns", arn, kmsKeyArn };
}

export function checkDestination(scope: IConstruct, property: string, destination: FailureDestination): void {
  refuseForeignArn(scope, property, destination.arn, [destination.service]);
  if (destination.kmsKeyArn !== undefined)
    refuseForeignArn(scope, `${property}.kmsKeyArn`, destination.kmsKeyArn, ["kms"]);
}

/** Permissions of the function's role, because Lambda sends with this role. */
export function sendStatements({ service, arn, kmsKeyArn }: FailureDestination): readonly Statement[] {
  const encrypt = {
    sid: "EncryptFailures",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: [kmsKeyArn ?? ""],
  };
  return [
    { sid: "SendFailures", actions: [SEND[service]], resources: [arn] },
    ...(kmsKeyArn === undefined ? [] : [encrypt]),
  ];
}
