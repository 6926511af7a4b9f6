import { DmsEndpoint } from "@cdktf/provider-aws/lib/dms-endpoint";
import { Construct } from "constructs";
import { createDatabaseEndpoint, DatabaseEndpointProps, refuseDatabaseEndpoint } from "./database-endpoint";
import { Engine, Target, TargetEngine } from "./engines";
import { checkProps } from "./shapes";

export interface TargetEndpointProps extends DatabaseEndpointProps {
  /** Engine and its settings, from a factory such as `auroraMysqlTarget()`. */
  readonly engine: TargetEngine;
}

/**
 * A database to write to, in the same site: by the credentials of a secret, over a verified connection.
 *
 * Site: the one of the target database and the replication instance.
 * While the other site is dark: works.
 * On failover: nothing happens to it; stop the tasks that write to it before anybody else does.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Endpoints.html
 */
export class TargetEndpoint extends Construct implements Target {
  readonly role = "target";
  readonly engine: Engine;
  readonly resource: DmsEndpoint;

  constructor(scope: Construct, id: string, props: TargetEndpointProps) {
    super(scope, id);
    checkProps(this, "TargetEndpointProps", props);
    refuseDatabaseEndpoint(this, props.engine.engine, props);

    this.engine = props.engine.engine;
    this.resource = createDatabaseEndpoint(this, props.engine, props);
  }

  get endpointArn(): string {
    return this.resource.endpointArn;
  }
}
