import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { Construct } from "constructs";
import { policyDocument, Statement } from "../core";
import { FileSystemAccess } from "./file-system-props";

const ROOT_ACCESS = "elasticfilesystem:ClientRootAccess";

/**
 * Decides who may mount. Without any policy EFS lets every client that reaches a mount target act as root, without TLS. With a policy, EFS
 * allows only actions that it or IAM allows.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function createPolicy(
  scope: Construct,
  fileSystem: { readonly id: string; readonly arn: string },
  access: FileSystemAccess = {},
): EfsFileSystemPolicy {
  return new EfsFileSystemPolicy(scope, "Policy", {
    fileSystemId: fileSystem.id,
    bypassPolicyLockoutSafetyCheck: false,
    policy: policyDocument([
      ...(access.unencryptedConnections ? [] : [tlsOnly(fileSystem.arn)]),
      ...(access.root ? [] : [noRoot(fileSystem.arn)]),
      ...(access.iamOnly ? [] : [anyClient(fileSystem.arn, access)]),
      ...(access.statements ?? []),
    ]),
  });
}

function tlsOnly(arn: string): Statement {
  return {
    sid: "DenyUnencryptedConnections",
    effect: "Deny",
    principal: { AWS: "*" },
    actions: ["*"],
    resources: [arn],
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Root becomes the user `nobody`, even if a role's own policy would allow root access. */
function noRoot(arn: string): Statement {
  return {
    sid: "DenyRootAccess",
    effect: "Deny",
    principal: { AWS: "*" },
    actions: [ROOT_ACCESS],
    resources: [arn],
  };
}

function anyClient(arn: string, { root }: FileSystemAccess): Statement {
  return {
    sid: "AllowClientsOfMountTargets",
    principal: { AWS: "*" },
    actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", ...(root ? [ROOT_ACCESS] : [])],
    resources: [arn],
    conditions: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
  };
}
