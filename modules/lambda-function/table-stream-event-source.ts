import { DataAwsDynamodbTable } from "@cdktf/provider-aws/lib/data-aws-dynamodb-table";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import { makersOf, Statement } from "../core";
import { TableRef } from "../dynamodb-global-table";
import { refuseForeignArn, refuseForeignRef } from "../site";
import { checkSource, createSource } from "./event-source";
import { checkProps } from "./shapes";
import { checkStream, failureStatements, streamConfig, streamEvidence, StreamSourceProps } from "./stream-source";

export interface TableStreamEventSourceProps extends StreamSourceProps {
  /** The table, or replica of it, in this site. */
  readonly table: TableRef;
  /**
   * ARN of its stream.
   *
   * @default - looked up in the site by the table's name, so the table must be there when this is planned
   */
  readonly streamArn?: string;
}

/**
 * Invokes a function with the changes of a DynamoDB table.
 *
 * A global table writes every change into the stream of every region it is copied to. If two sites read at once, each change is processed
 * twice, so only the active site reads. A function must be idempotent, because a failover cannot know how far the lost site had read.
 *
 * Site: that of the replica and the function; one in each.
 * While the other site is dark: works; changes that were not copied are missing until the region is back.
 * On failover: the recovery plan switches it on (`UpdateEventSourceMapping`), and no apply switches it off again. The stream keeps records
 *   for a day. To record the failover, set `active` here and `detached` in the other site.
 * Cost: none for reading by Lambda; the function's.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export class TableStreamEventSource extends Construct {
  readonly resource: LambdaEventSourceMapping;

  constructor(scope: Construct, id: string, props: TableStreamEventSourceProps) {
    super(scope, id);
    checkProps(this, "TableStreamEventSourceProps", props);
    checkTableStream(this, props);

    const streamArn = props.streamArn ?? lookUpStream(this, props.table);
    const kind = {
      mechanism: "Lambda event source mapping of the table's stream in each site",
      note: "how far a site has read is not copied",
      evidence: streamEvidence(props),
      statements: [...readStatements(streamArn), ...failureStatements(props)],
    };
    this.resource = createSource(this, props, kind, { ...streamConfig(props), eventSourceArn: streamArn });
  }

  /** Id by which a failover calls the mapping. */
  get uuid(): string {
    return this.resource.uuid;
  }
}

function checkTableStream(scope: Construct, props: TableStreamEventSourceProps): void {
  const { table } = props;
  checkSource(scope, props);
  checkStream(scope, props);
  refuseForeignRef(scope, "'table'", table);
  if (props.streamArn !== undefined) refuseForeignArn(scope, "streamArn", props.streamArn, ["dynamodb"]);
}

/** A stream's ARN ends in the time it was made. */
function lookUpStream(scope: Construct, table: TableRef): string {
  const found = new DataAwsDynamodbTable(scope, "Table", { name: table.name, dependsOn: makersOf(scope, table) });
  return found.streamArn;
}

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-permissions.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
function readStatements(streamArn: string): readonly Statement[] {
  const read = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];
  return [
    { sid: "ReadStream", actions: read, resources: [streamArn] },
    { sid: "ListStreams", actions: ["dynamodb:ListStreams"], resources: ["*"] }, // it knows no resource
  ];
}
