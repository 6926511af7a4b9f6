import { IConstruct } from "constructs";
import { declareProtection, Duration, Evidence, ProtectionModel } from "../core";
import { Site } from "../site";
import { DatabaseRef } from "./database-ref";

/** AWS's page about the point-in-time restore of automated backups. */
const POINT_IN_TIME = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html";

/** AWS names no figure for a restore. */
const RESTORE = {
  basis: "unknown",
  source: POINT_IN_TIME,
  note: "it grows with the storage, which is filled lazily afterwards",
} as const;

/** Automated backups of an instance in its own site: they help against corruption, not against the loss of the site. */
export function declareBackups(
  scope: IConstruct,
  { database, retention }: { readonly database: DatabaseRef; readonly retention: Duration },
): ProtectionModel {
  return declareProtection(scope, {
    protection: {
      mechanism: "RDS automated backups",
      copiesIn: [Site.of(scope).siteName],
      loss: {
        value: Duration.minutes(5),
        basis: "typical",
        source: POINT_IN_TIME,
        note: "RDS uploads the transaction logs every five minutes",
      },
      retention,
    },
    recovery: [
      {
        title: "restore the instance to a point in time",
        call: "rds:RestoreDBInstanceToPointInTime",
        parameters: {
          SourceDBInstanceIdentifier: database.name,
          TargetDBInstanceIdentifier: restoredIdentifier(database),
          UseLatestRestorableTime: true,
        },
        duration: RESTORE,
        undo: "delete the restored instance; the one it was restored from is not touched",
      },
    ],
    evidence: database.engine === "postgres" ? [freeStorage(database), slotLag(database)] : [freeStorage(database)],
  });
}

/** Identifier of an instance that is restored next to another: `<identifier>-restored`, within 63 characters. */
export function restoredIdentifier(database: DatabaseRef): string {
  const suffix = "-restored";
  return `${database.name.slice(0, 63 - suffix.length).replace(/-$/, "")}${suffix}`;
}

/** A full disk stops an instance, and a replica's copying. */
export function freeStorage(database: DatabaseRef): Evidence {
  return {
    title: `free storage of ${database.name}`,
    namespace: "AWS/RDS",
    metric: "FreeStorageSpace",
    dimensions: { DBInstanceIdentifier: database.name },
    statistic: "Minimum",
    unit: "Bytes",
    region: database.region,
  };
}

/** How far the slowest replica's log lags behind on its source; PostgreSQL keeps the log until the replica has it. */
function slotLag(database: DatabaseRef): Evidence {
  return {
    title: `log that a replica of ${database.name} has not received`,
    namespace: "AWS/RDS",
    metric: "OldestReplicationSlotLag",
    dimensions: { DBInstanceIdentifier: database.name },
    statistic: "Maximum",
    unit: "Bytes",
    region: database.region,
  };
}
