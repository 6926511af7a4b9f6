import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct, IConstruct } from "constructs";
import { inRange, Statement } from "../core";
import { refuseForeignArn } from "../site";
import { checkSource, createSource, EventSourceProps, refuseUngathered } from "./event-source";
import { checkProps } from "./shapes";

/** Most messages that SQS returns at once, and Lambda's default. */
const AT_ONCE = 10;

export interface QueueEventSourceProps extends EventSourceProps {
  /** ARN of a queue of the site. A FIFO queue gives ten messages at most. */
  readonly queueArn: string;
  /**
   * Most messages of an invocation, 1 to 10000; above 10 with a `batchingWindow`, and not from a FIFO queue.
   *
   * @default 10
   */
  readonly batchSize?: number;
  /**
   * ARN of the customer key the queue is encrypted with.
   *
   * @default - none that needs a permission
   */
  readonly kmsKeyArn?: string;
  /**
   * Most invocations at a time for this queue, 2 to 1000.
   *
   * @default - as many as the function may have
   */
  readonly maximumConcurrency?: number;
}

/**
 * Invokes a function with the messages of a queue of the site.
 *
 * Each site has a queue of its own, and SQS does not copy queues. Messages in an unavailable region can be read when the region is back.
 *
 * Site: that of queue and function; one in each.
 * While the other site is dark: works.
 * On failover: the recovery plan switches it on (`UpdateEventSourceMapping`), and no apply switches it off again. To record the failover,
 *   set `active`.
 * Cost: the requests that poll the queue; none while it is switched off.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class QueueEventSource extends Construct {
  readonly resource: LambdaEventSourceMapping;

  constructor(scope: Construct, id: string, props: QueueEventSourceProps) {
    super(scope, id);
    checkProps(this, "QueueEventSourceProps", props);
    const { batchSize = AT_ONCE, maximumConcurrency, queueArn } = props;
    checkQueue(this, props, batchSize);

    const kind = {
      mechanism: "Lambda event source mapping of each site's own SQS queue",
      note: "messages that wait in the other site's queue are not copied",
      evidence: [],
      statements: readStatements(props),
    };
    this.resource = createSource(this, props, kind, {
      eventSourceArn: queueArn,
      batchSize,
      scalingConfig: maximumConcurrency === undefined ? undefined : { maximumConcurrency },
    });
  }

  /** Id by which a failover calls the mapping. */
  get uuid(): string {
    return this.resource.uuid;
  }
}

function checkQueue(scope: IConstruct, props: QueueEventSourceProps, batchSize: number): void {
  checkSource(scope, props);
  refuseForeignArn(scope, "queueArn", props.queueArn, ["sqs"]);
  if (props.kmsKeyArn !== undefined) refuseForeignArn(scope, "kmsKeyArn", props.kmsKeyArn, ["kms"]);
  inRange(scope, "batchSize", batchSize, 1, props.queueArn.endsWith(".fifo") ? AT_ONCE : 10_000);
  refuseUngathered(scope, props, batchSize, AT_ONCE);
  if (props.maximumConcurrency !== undefined) {
    inRange(scope, "maximumConcurrency", props.maximumConcurrency, 2, 1_000);
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function readStatements({ queueArn, kmsKeyArn }: QueueEventSourceProps): readonly Statement[] {
  const receive = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];
  return [
    { sid: "ReadQueue", actions: receive, resources: [queueArn] },
    ...(kmsKeyArn === undefined ? [] : [{ sid: "DecryptQueue", actions: ["kms:Decrypt"], resources: [kmsKeyArn] }]),
  ];
}
