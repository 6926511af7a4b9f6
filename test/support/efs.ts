import { FileSystem, FileSystemProps } from "../../modules/efs-replication";
import { KEY } from "./rds";
import { SEOUL, TOKYO } from "./synth";

export const SOURCE = FileSystem.refOf({ ...SEOUL, name: "media-seoul" });
export const DESTINATION = FileSystem.refOf({ ...TOKYO, name: "media-tokyo" });

/** A file system with only the required properties. */
export const MEDIA: FileSystemProps = {
  name: "media-seoul",
  kmsKeyArn: KEY.seoul,
  vpcId: "vpc-1",
  mountTargets: { a: "subnet-a", c: "subnet-c" },
};
/** Its replica in Tokyo. */
export const REPLICA: FileSystemProps = { ...MEDIA, name: "media-tokyo", kmsKeyArn: KEY.tokyo, replicaOf: SOURCE };
