import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { Construct } from "constructs";
import { policyDocument, Statement } from "../core";
import { FileSystemProps } from "./file-system-props";

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
  props: FileSystemProps,
): EfsFileSystemPolicy {
  return new EfsFileSystemPolicy(scope, "Policy", {
    fileSystemId: fileSystem.id,
    bypassPolicyLockoutSafetyCheck: false,
    policy: policyDocument([
      ...(props.unencryptedConnections ? [] : [tlsOnly(fileSystem.arn)]),
      ...(props.rootAccess ? [] : [noRoot(fileSystem.arn)]),
      ...(props.iamOnly ? [] : [anyClient(fileSystem.arn, props)]),
      ...(props.statements ?? []),
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

function anyClient(arn: string, { rootAccess }: FileSystemProps): Statement {
  return {
    sid: "AllowClientsOfMountTargets",
    principal: { AWS: "*" },
    actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", ...(rootAccess ? [ROOT_ACCESS] : [])],
    resources: [arn],
    conditions: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
  };
}
