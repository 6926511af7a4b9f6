export { FileSystem } from "./file-system";
export {
  AccessPoint,
  FileSystemAccess,
  FileSystemLifecycle,
  FileSystemProps,
  FileSystemThroughput,
  IdleDays,
} from "./file-system-props";
export { FILE_SYSTEM, FileSystemRef, FileSystemRefProps, KnownFileSystem } from "./file-system-ref";
export { FileSystemReplication, FileSystemReplicationProps } from "./file-system-replication";
export { SyncAlarm, SyncAlarmProps } from "./sync-alarm";
