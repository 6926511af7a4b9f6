import { RefusalCode } from "../../modules/core";
import {
  AccountRoles,
  auroraMysqlTarget,
  Engine,
  mysqlSource,
  ReplicationInstance,
  ReplicationInstanceProps,
  ReplicationTask,
  ReplicationTaskProps,
  Source,
  SourceEndpoint,
  tableMappings,
  Target,
  TargetEndpoint,
} from "../../modules/dms-replication";
import { Site } from "../../modules/site";
import { expectRefusalInSite, SEOUL, Synthesised, synthInSite } from "./synth";

// The target's site holds all resources of DMS. It is the tests' default, Seoul. The source is written in Tokyo.

export const KEY = "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
export const SECRET = "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:orders-AbCdEf";
export const CERTIFICATE = "arn:aws:dms:ap-northeast-2:111122223333:cert:RDS-CA";
export const TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:alarms";
export const ROLES = AccountRoles.refOf(SEOUL);
export const BUCKET = {
  name: "acme-files",
  arn: "arn:aws:s3:::acme-files",
  region: "ap-northeast-2",
  account: "111122223333",
};

/** The least an instance takes. */
export const INSTANCE: ReplicationInstanceProps = {
  accountRoles: ROLES,
  instanceClass: "dms.r6i.large",
  kmsKeyArn: KEY,
  name: "orders",
  securityGroupIds: ["sg-1"],
  subnetIds: ["subnet-1", "subnet-2"],
};

/** The least every database endpoint takes. */
export const DATABASE = { kmsKeyArn: KEY, secretArn: SECRET, certificateArn: CERTIFICATE };

/** All tables of one schema. */
export const MAPPINGS = tableMappings({ selections: { shop: { schema: "shop", table: "%" } } });

export function anInstance(site: Site): ReplicationInstance {
  return new ReplicationInstance(site, "Instance", INSTANCE);
}

export function aSource(site: Site, engine = mysqlSource()): SourceEndpoint {
  return new SourceEndpoint(site, "Source", {
    ...DATABASE,
    name: "orders-source",
    engine,
    databaseRegion: "ap-northeast-1",
  });
}

export function aTarget(site: Site, engine = auroraMysqlTarget()): TargetEndpoint {
  return new TargetEndpoint(site, "Target", { ...DATABASE, name: "orders-target", engine });
}

/** An endpoint known by its ARN only. */
export function sourceOf(engine: Engine, more: Partial<Source> = {}): Source {
  return {
    role: "source",
    endpointArn: "arn:aws:dms:ap-northeast-2:111122223333:endpoint:SOURCE",
    engine,
    capturesChanges: true,
    databaseRegion: "ap-northeast-1",
    ...more,
  };
}

/** An endpoint known by its ARN only. */
export function targetOf(engine: Engine): Target {
  return { role: "target", endpointArn: "arn:aws:dms:ap-northeast-2:111122223333:endpoint:TARGET", engine };
}

/** The least a task takes. */
export const TASK: ReplicationTaskProps = {
  instance: { instanceArn: "arn:aws:dms:ap-northeast-2:111122223333:rep:ORDERS", instanceName: "orders" },
  mappings: MAPPINGS,
  migrationType: "full-load-and-cdc",
  name: "orders",
  source: sourceOf("mysql"),
  target: targetOf("aurora"),
};

export function synthTask(props: Partial<ReplicationTaskProps> = {}): Synthesised {
  return synthInSite((site) => new ReplicationTask(site, "Task", { ...TASK, ...props }));
}

export function expectTaskRefusal(
  props: Partial<ReplicationTaskProps>,
  code: RefusalCode,
  problem: string | RegExp,
): void {
  expectRefusalInSite(
    (site) => new ReplicationTask(site, "Task", { ...TASK, ...props }),
    code,
    problem,
    "stack/Site/Task",
  );
}
