import { EfsReplicationConfiguration } from "@cdktf/provider-aws/lib/efs-replication-configuration";
import { Construct } from "constructs";
import { claimName, NameRule } from "../core";
import { refuseForeignRef, Site } from "../site";
import { checkPair } from "./file-system-checks";
import { KnownFileSystem } from "./file-system-ref";
import { checkProps } from "./shapes";

const TIMEOUTS = { create: "1h", delete: "1h" };

/** Not a name of AWS's: what is unique is that a file system is an end of one replication. */
const END: NameRule = {
  what: "end of a replication",
  min: 1,
  max: 64,
  pattern: /.*/,
  allowed: "anything",
  unique: "region",
  source: "https://docs.aws.amazon.com/efs/latest/ug/replicate-existing-destination.html",
};

export interface FileSystemReplicationProps {
  /** The file system that is overwritten, in another region: one whose `replicaOf` is the source. */
  readonly destination: KnownFileSystem;
  /** The file system that is copied, in this site. */
  readonly source: KnownFileSystem;
  /**
   * Lets Terraform end the replication, which makes the destination writable, and so replace it when an end changes.
   *
   * @default false
   */
  readonly destroyable?: boolean;
}

/**
 * The replication of one file system into another. EFS first makes the destination equal: what only it holds is lost.
 *
 * The id of each end is known only in its own region, so a separate stack looks both up ({@link FileSystem.lookup}). The stacks of the file
 * systems need no other region. EFS refuses to overwrite a file system after a failover to it, so this stack cannot undo a failover by
 * mistake. Its plan would start the replication again, and the apply fails until you remove the construct or reverse its direction.
 *
 * Site: the source's.
 * While the other site is dark: it cannot be planned, and nothing in a recovery needs it.
 * On failover: it is ended in the destination's region; take it out, or turn it round, once the source's region is back.
 * Cost: the transfer between regions; the destination's storage, by the GB.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html
 */
export class FileSystemReplication extends Construct {
  readonly resource: EfsReplicationConfiguration;

  constructor(scope: Construct, id: string, props: FileSystemReplicationProps) {
    super(scope, id);
    checkProps(this, "FileSystemReplicationProps", props);
    const { source, destination } = props;
    checkEnds(this, props);

    this.resource = new EfsReplicationConfiguration(this, "Resource", {
      sourceFileSystemId: source.fileSystemId,
      destination: endOf(destination),
      timeouts: TIMEOUTS,
      lifecycle: { preventDestroy: !props.destroyable },
    });
  }
}

function checkEnds(replication: FileSystemReplication, { source, destination }: FileSystemReplicationProps): void {
  const site = Site.of(replication);
  refuseForeignRef(replication, `the source '${source.ref.name}'`, source.ref);
  checkPair(replication, source.ref, destination.ref);
  for (const { ref } of [source, destination]) {
    claimName(replication, END, ref.name, { ...ref, partition: site.partition });
  }
}

/** The provider also ends the replication through this region. */
function endOf({ fileSystemId, ref }: KnownFileSystem) {
  const { region } = ref;
  return { fileSystemId, region };
}
