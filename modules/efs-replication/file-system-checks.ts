import { Construct } from "constructs";
import {
  checkName,
  claimName,
  inRange,
  isKnown,
  refuse,
  refuseBoth,
  refuseEmpty,
  refuseForeignPartition,
} from "../core";
import { checkClients } from "../network";
import { checkSiteKey, refuseOtherAccount, refuseSourceRegion, Site } from "../site";
import { AccessPoint, FileSystemLifecycle, FileSystemProps, FileSystemThroughput } from "./file-system-props";
import { FILE_SYSTEM, FileSystemRef } from "./file-system-ref";

/** @see https://docs.aws.amazon.com/efs/latest/ug/API_PosixUser.html */
const HIGHEST_ID = 4_294_967_295;
const SECONDARY_GIDS = 16;

/** @see https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html */
const DIRECTORY = /^(\/|(\/(?!\.)[^$#<>;`|&?{}^*/\n]+){1,4})$/;
const LONGEST_DIRECTORY = 100;

/** @see https://docs.aws.amazon.com/efs/latest/ug/API_CreationInfo.html */
const PERMISSIONS = /^[0-7]{3,4}$/;

/** Refuses what EFS would refuse of a file system, and takes its name. */
export function checkFileSystem(scope: Construct, props: FileSystemProps): void {
  checkName(scope, "name", props.name, FILE_SYSTEM);
  checkSiteKey(scope, "kmsKeyArn", props.kmsKeyArn);
  refuseEmpty(
    scope,
    "mountTargets",
    props.mountTargets,
    "name a subnet in each Availability Zone: no client can mount a file system without a mount target",
  );
  checkClients(scope, "file system", props);
  const { iamOnly, unencryptedConnections } = props.access ?? {};
  refuseBoth(
    scope,
    { "access.iamOnly": iamOnly, "access.unencryptedConnections": unencryptedConnections },
    "leave 'access.unencryptedConnections' out: EFS asks IAM over TLS only",
  );
  checkThroughput(scope, props.throughput);
  if (props.lifecycle !== undefined) checkLifecycle(scope, props.lifecycle, props);
  for (const [name, point] of Object.entries(props.accessPoints ?? {})) checkAccessPoint(scope, name, point);
  if (props.replicaOf !== undefined) checkPair(scope, props.replicaOf, Site.of(scope));
  claimName(scope, FILE_SYSTEM, props.name, Site.of(scope));
}

function checkThroughput(scope: Construct, throughput: FileSystemThroughput = {}): void {
  const { performanceMode, provisionedMibps: mibps, mode = "elastic" } = throughput;
  if (performanceMode === "maxIO" && mode === "elastic") {
    refuse(
      scope,
      "ConflictingSettings",
      "'throughput.performanceMode' is 'maxIO', and 'throughput.mode' is 'elastic'",
      "leave 'throughput.performanceMode' out, as AWS advises, or choose another 'throughput.mode'",
    );
  }
  if (mode === "provisioned" && mibps === undefined) {
    refuse(scope, "MissingSetting", "'throughput.mode' is 'provisioned' without 'throughput.provisionedMibps'");
  }
  if (mode !== "provisioned" && mibps !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `'throughput.provisionedMibps' is given, and 'throughput.mode' is '${mode}'`,
      "set 'throughput.mode' to 'provisioned', or leave the other out",
    );
  }
  if (mibps !== undefined && isKnown(mibps) && !(mibps >= 1 && mibps < Infinity)) {
    refuse(scope, "SettingOutOfRange", `'throughput.provisionedMibps' must be 1 or more, got ${mibps}`);
  }
}

function checkLifecycle(
  scope: Construct,
  lifecycle: FileSystemLifecycle,
  { throughput: { mode } = {} }: FileSystemProps,
): void {
  const { archiveAfterDays: archive, infrequentAccessAfterDays: infrequent } = lifecycle;
  if (archive === undefined) return;
  if (mode !== undefined && mode !== "elastic") {
    refuse(
      scope,
      "ConflictingSettings",
      `'archiveAfterDays' is given, and 'throughput.mode' is '${mode}'`,
      "use elastic throughput, or leave Archive out",
    );
  }
  if (infrequent !== undefined && infrequent >= archive) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'archiveAfterDays' must be more than 'infrequentAccessAfterDays', got ${archive} and ${infrequent}`,
    );
  }
}

function checkAccessPoint(scope: Construct, name: string, point: AccessPoint): void {
  const { path, uid, gid, permissions, secondaryGids = [] } = point;
  const property = `accessPoints.${name}`;
  if (!DIRECTORY.test(path) || path.length > LONGEST_DIRECTORY) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'${property}.path' must be a directory at most four levels deep, like '/media', got '${path}'`,
    );
  }
  inRange(scope, `${property}.uid`, uid, 0, HIGHEST_ID);
  inRange(scope, `${property}.gid`, gid, 0, HIGHEST_ID);
  secondaryGids.forEach((id) => inRange(scope, `${property}.secondaryGids`, id, 0, HIGHEST_ID));
  if (secondaryGids.length > SECONDARY_GIDS) {
    refuse(
      scope,
      "SettingOutOfRange",
      `'${property}.secondaryGids' must name ${SECONDARY_GIDS} groups at most, got ${secondaryGids.length}`,
    );
  }
  if (permissions !== undefined && !PERMISSIONS.test(permissions)) {
    refuse(scope, "SettingOutOfRange", `'${property}.permissions' must be 3 or 4 octal digits, got '${permissions}'`);
  }
}

/** Refuses two ends between which nothing is replicated. */
export function checkPair(
  scope: Construct,
  source: FileSystemRef,
  destination: Pick<FileSystemRef, "account" | "region">,
): void {
  refuseForeignPartition(scope, source.region, destination.region);
  refuseSourceRegion(scope, `'${source.name}'`, [source.region, destination.region]);
  refuseOtherAccount(
    scope,
    `'${source.name}'`,
    [source.account, destination.account],
    "create it under a Site of the source's account: Terraform's provider makes no replication between accounts",
  );
}
