import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem, EfsFileSystemLifecyclePolicy } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { createClientSecurityGroup } from "../network";
import { Site } from "../site";
import { checkFileSystem } from "./file-system-checks";
import { createPolicy } from "./file-system-policy";
import { AccessPoint, FileSystemLifecycle, FileSystemProps, IdleDays } from "./file-system-props";
import { FileSystemRef, fileSystemRef, FileSystemRefProps, KnownFileSystem, lookUpFileSystem } from "./file-system-ref";
import { declareReplica } from "./replica-recovery";
import { checkProps } from "./shapes";

const NFS = 2049;

/**
 * A file system of one site. It has a mount target in each Availability Zone, a security group, a policy and EFS's own backups.
 *
 * Each site has a complete one, and {@link FileSystemReplication} copies one into the other. EFS changes the protection from being
 * overwritten when a replication starts and ends. Terraform sets it only at creation and ignores these changes.
 *
 * Site: each site has its own.
 * While the other site is dark: works; a replica can be read, and written once its replication is ended.
 * On failover: `efs:DeleteReplicationConfiguration` in the replica's region makes it writable; the plan stays empty.
 * Cost: storage, reads and writes by the GB, backups by the GB; a replica's storage as its source's.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html
 */
export class FileSystem extends Construct implements KnownFileSystem {
  /** The file system of a creation token, without creating or reading it. */
  static refOf(props: FileSystemRefProps): FileSystemRef {
    return fileSystemRef("FileSystem.refOf", props);
  }

  /**
   * A file system of another stack, looked up in its own region in every plan. The stack that looks it up contains its site, so it cannot
   * be planned while that region is dark.
   */
  static lookup(scope: Construct, id: string, ref: FileSystemRef): KnownFileSystem {
    return lookUpFileSystem(scope, id, ref);
  }

  /** Points to this file system from anywhere. */
  readonly ref: FileSystemRef;
  readonly accessPointArns: Readonly<Record<string, string>>;
  readonly accessPointIds: Readonly<Record<string, string>>;
  /** Name that leads to the mount target in the client's own Availability Zone. */
  readonly dnsName: string;
  readonly fileSystemArn: string;
  readonly fileSystemId: string;
  readonly securityGroupId: string;
  readonly resource: EfsFileSystem;

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    checkProps(this, "FileSystemProps", props);
    const { region, account, provider } = Site.of(this);
    this.ref = fileSystemRef(this, { name: props.name, region, account });
    checkFileSystem(this, props);

    this.resource = createFileSystem(this, props);
    if (props.adoptExisting !== undefined) this.resource.importFrom(props.adoptExisting, provider);
    createPolicy(this, this.resource, props.access);
    createBackupPolicy(this, props);
    const security = createClientSecurityGroup(this, { name: `efs-${props.name}`, port: NFS, clients: props });
    createMountTargets(this, props, security);
    const points = Object.entries(props.accessPoints ?? {}).map(
      ([name, point]) => [name, createAccessPoint(this, name, point)] as const,
    );

    this.accessPointArns = Object.fromEntries(points.map(([name, point]) => [name, point.arn]));
    this.accessPointIds = Object.fromEntries(points.map(([name, point]) => [name, point.id]));
    this.dnsName = this.resource.dnsName;
    this.fileSystemArn = this.resource.arn;
    this.fileSystemId = this.resource.id;
    this.securityGroupId = security.id;
    if (props.replicaOf !== undefined) declareReplica(this, props.replicaOf, this);
  }
}

function createFileSystem(scope: FileSystem, props: FileSystemProps): EfsFileSystem {
  const { throughput = {} } = props;
  return new EfsFileSystem(scope, "Resource", {
    creationToken: props.name,
    encrypted: true,
    kmsKeyId: props.kmsKeyArn,
    lifecyclePolicy: props.lifecycle && lifecyclePolicies(props.lifecycle),
    performanceMode: throughput.performanceMode ?? "generalPurpose",
    protection: { replicationOverwrite: props.replicaOf === undefined ? "ENABLED" : "DISABLED" },
    provisionedThroughputInMibps: throughput.provisionedMibps,
    throughputMode: throughput.mode ?? "elastic",
    tags: { Name: props.name },
    lifecycle: {
      preventDestroy: !props.destroyable,
      ignoreChanges: ["protection"], // REPLICATING while EFS copies into it, ENABLED afterwards
    },
  });
}

/** One rule each: the provider takes them in a list, and EFS answers in this order. */
function lifecyclePolicies(lifecycle: FileSystemLifecycle): EfsFileSystemLifecyclePolicy[] {
  const { archiveAfterDays, infrequentAccessAfterDays, standardAfterAccess } = lifecycle;
  return [
    ...(infrequentAccessAfterDays === undefined ? [] : [{ transitionToIa: after(infrequentAccessAfterDays) }]),
    ...(standardAfterAccess ? [{ transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }] : []),
    ...(archiveAfterDays === undefined ? [] : [{ transitionToArchive: after(archiveAfterDays) }]),
  ];
}

function after(days: IdleDays): string {
  return days === 1 ? "AFTER_1_DAY" : `AFTER_${days}_DAYS`;
}

function createBackupPolicy(scope: FileSystem, { automaticBackups = true }: FileSystemProps): void {
  new EfsBackupPolicy(scope, "BackupPolicy", {
    fileSystemId: scope.resource.id,
    backupPolicy: { status: automaticBackups ? "ENABLED" : "DISABLED" },
  });
}

function createMountTargets(scope: FileSystem, props: FileSystemProps, security: SecurityGroup): void {
  for (const [name, subnetId] of Object.entries(props.mountTargets)) {
    new EfsMountTarget(scope, `MountTarget-${name}`, {
      fileSystemId: scope.resource.id,
      subnetId,
      securityGroups: [security.id],
    });
  }
}

function createAccessPoint(scope: FileSystem, name: string, point: AccessPoint): EfsAccessPoint {
  const { path, uid, gid, permissions = "0750", secondaryGids } = point;
  return new EfsAccessPoint(scope, `AccessPoint-${name}`, {
    fileSystemId: scope.resource.id,
    posixUser: { uid, gid, secondaryGids: secondaryGids && [...secondaryGids] },
    rootDirectory: { path, creationInfo: { ownerUid: uid, ownerGid: gid, permissions } },
    tags: { Name: name },
  });
}
