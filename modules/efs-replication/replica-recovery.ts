import { IConstruct } from "constructs";
import { declareProtection, Duration, Evidence, RecoveryStep } from "../core";
import { Site } from "../site";
import { FileSystemRef, KnownFileSystem } from "./file-system-ref";

const REPLICATION = "https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html";
const DESCRIBE = "https://docs.aws.amazon.com/efs/latest/ug/API_DescribeReplicationConfigurations.html";
const DELETE = "https://docs.aws.amazon.com/efs/latest/ug/delete-replications.html";

/** Says what a replica protects from, and how it becomes the file system in use. */
export function declareReplica(scope: IConstruct, source: FileSystemRef, replica: KnownFileSystem): void {
  declareProtection(scope, {
    protection: {
      mechanism: "Amazon EFS replication",
      copiesFrom: source.region,
      copiesIn: [Site.of(scope).siteName],
      loss: {
        value: Duration.minutes(15),
        basis: "typical",
        source: REPLICATION,
        note: "of most file systems; more with files over 100 GB or more than 100 million that change often, and the files are of no one point in time",
      },
    },
    recovery: recoverySteps(replica),
    evidence: [timeSinceLastSync(replica)],
  });
}

/**
 * Ends the replication from the replica's side alone, because the source's does not answer. EFS requires the source's id, which only the
 * replication knows.
 */
function recoverySteps({ ref, fileSystemId }: KnownFileSystem): readonly RecoveryStep[] {
  return [
    {
      title: `find the file system that ${ref.name} is a replica of`,
      call: "efs:DescribeReplicationConfigurations",
      parameters: { FileSystemId: fileSystemId },
      duration: { basis: "unknown", source: DESCRIBE, note: "one call; its SourceFileSystemId is of the next step" },
      undo: "nothing to undo",
    },
    {
      title: `end the replication into ${ref.name}`,
      call: "efs:DeleteReplicationConfiguration",
      parameters: { DeletionMode: "LOCAL_CONFIGURATION_ONLY" },
      duration: {
        basis: "unknown",
        source: DELETE,
        note: "AWS says 'several minutes'; then the replica can be written",
      },
      undo: "replicate again, in either direction: what only the destination holds is lost",
    },
  ];
}

/** AWS publishes it by the ids of both ends; the source's is not known here. */
function timeSinceLastSync({ ref, fileSystemId }: KnownFileSystem): Evidence {
  return {
    title: `time since the last sync into ${ref.name}`,
    namespace: "AWS/EFS",
    metric: "TimeSinceLastSync",
    dimensions: { DestinationFileSystemId: fileSystemId },
    statistic: "Maximum",
    unit: "Seconds",
    region: ref.region,
  };
}
