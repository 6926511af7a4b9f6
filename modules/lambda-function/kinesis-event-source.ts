import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import { Statement } from "../core";
import { refuseForeignArn } from "../site";
import { checkSource, createSource } from "./event-source";
import { checkProps } from "./shapes";
import { checkStream, failureStatements, streamConfig, streamEvidence, StreamSourceProps } from "./stream-source";

export interface KinesisEventSourceProps extends StreamSourceProps {
  /** ARN of a data stream of the site. */
  readonly streamArn: string;
  /**
   * ARN of a consumer of the stream, which has its own throughput (enhanced fan-out).
   *
   * @default - the function shares the stream's throughput with every other reader
   */
  readonly consumerArn?: string;
  /**
   * ARN of the customer key the stream is encrypted with.
   *
   * @default - none that needs a permission
   */
  readonly kmsKeyArn?: string;
}

/**
 * Invokes a function with the records of a Kinesis data stream of the site.
 *
 * Each site has a stream of its own, and Kinesis does not copy streams. Records in an unavailable region can be read when the region is
 * back, until their retention period ends.
 *
 * Site: that of stream and function; one in each.
 * While the other site is dark: works.
 * On failover: the recovery plan switches it on (`UpdateEventSourceMapping`), and no apply switches it off again. To record the failover,
 *   set `active`.
 * Cost: the function's; reading by Lambda is free without a `consumerArn`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export class KinesisEventSource extends Construct {
  readonly resource: LambdaEventSourceMapping;

  constructor(scope: Construct, id: string, props: KinesisEventSourceProps) {
    super(scope, id);
    checkProps(this, "KinesisEventSourceProps", props);
    checkSource(this, props);
    checkStream(this, props);
    refuseForeignArn(this, "streamArn", props.streamArn, ["kinesis"]);
    for (const [property, arn, service] of [
      ["consumerArn", props.consumerArn, "kinesis"],
      ["kmsKeyArn", props.kmsKeyArn, "kms"],
    ] as const) {
      if (arn !== undefined) refuseForeignArn(this, property, arn, [service]);
    }

    const kind = {
      mechanism: "Lambda event source mapping of each site's own Kinesis data stream",
      note: "records of the other site's stream are not copied",
      evidence: streamEvidence(props),
      statements: [...readStatements(props), ...failureStatements(props)],
    };
    const eventSourceArn = props.consumerArn ?? props.streamArn;
    this.resource = createSource(this, props, kind, { ...streamConfig(props), eventSourceArn });
  }

  /** Id by which a failover calls the mapping. */
  get uuid(): string {
    return this.resource.uuid;
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html */
function readStatements({ streamArn, consumerArn, kmsKeyArn }: KinesisEventSourceProps): readonly Statement[] {
  const read = ["DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"];
  const subscribe = { sid: "Subscribe", actions: ["kinesis:SubscribeToShard"], resources: [consumerArn ?? ""] };
  return [
    { sid: "ReadStream", actions: read.map((action) => `kinesis:${action}`), resources: [streamArn] },
    ...(consumerArn === undefined ? [] : [subscribe]),
    ...(kmsKeyArn === undefined ? [] : [{ sid: "DecryptStream", actions: ["kms:Decrypt"], resources: [kmsKeyArn] }]),
  ];
}
