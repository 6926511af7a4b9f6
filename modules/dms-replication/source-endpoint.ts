import { DmsEndpoint } from "@cdktf/provider-aws/lib/dms-endpoint";
import { Construct } from "constructs";
import { partitionOf } from "../core";
import { Site } from "../site";
import { createDatabaseEndpoint, DatabaseEndpointProps, refuseDatabaseEndpoint } from "./database-endpoint";
import { Engine, Source, SourceEngine } from "./engines";
import { checkProps } from "./shapes";
import { SourceRequirement, sourceRequirements } from "./source-requirements";

export interface SourceEndpointProps extends DatabaseEndpointProps {
  /** Engine and its settings, from a factory such as `postgresSource({ databaseName: "orders" })`. */
  readonly engine: SourceEngine;
  /**
   * Region the database is written in, for what the task says of its protection.
   *
   * @default - the site's region
   */
  readonly databaseRegion?: string;
}

/**
 * A database to read from: by the credentials of a secret, over a verified connection.
 *
 * The endpoint is in the same site as the replication instance, the target's site. The database is in another site. So the secret has to be
 * in the target's site too: a replica of the source's.
 *
 * Site: the one of the replication instance.
 * While the other site is dark: exists; its database does not answer, and tasks retry, ever more rarely, and then stop.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Endpoints.html
 */
export class SourceEndpoint extends Construct implements Source {
  readonly role = "source";
  readonly engine: Engine;
  readonly capturesChanges = true;
  readonly databaseRegion: string;
  readonly slotName?: string;
  /** Requirements on the database before DMS can read its ongoing changes. */
  readonly requirements: readonly SourceRequirement[];
  readonly resource: DmsEndpoint;

  constructor(scope: Construct, id: string, props: SourceEndpointProps) {
    super(scope, id);
    checkProps(this, "SourceEndpointProps", props);
    const { engine, databaseRegion = Site.of(this).region } = props;
    partitionOf(this, databaseRegion);
    refuseDatabaseEndpoint(this, engine.engine, props);

    this.engine = engine.engine;
    this.databaseRegion = databaseRegion;
    this.slotName = engine.postgres?.slotName;
    this.requirements = sourceRequirements(engine.engine);
    this.resource = createDatabaseEndpoint(this, engine, props);
  }

  get endpointArn(): string {
    return this.resource.endpointArn;
  }
}
