import { DataAwsEfsFileSystem } from "@cdktf/provider-aws/lib/data-aws-efs-file-system";
import { Construct, IConstruct } from "constructs";
import { checkAccount, checkName, NameRule, partitionOf, Ref } from "../core";
import { refuseForeignRef } from "../site";

/** The creation token, which also becomes the `Name` tag and part of a security group's name. */
export const FILE_SYSTEM: NameRule = {
  what: "creation token of a file system",
  min: 1,
  max: 64,
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
  allowed: "letters, digits, '.', '_' and '-', beginning with a letter or digit",
  unique: "region",
  source: "https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html",
};

/** A file system in some site. AWS makes up its id, so neither id nor ARN is known elsewhere: its creation token is. */
export interface FileSystemRef extends Omit<Ref, "arn"> {
  /** Creation token. */
  readonly name: string;
}

/** A file system whose id is known in a stack: one that the stack creates, or that it looks up. */
export interface KnownFileSystem {
  readonly ref: FileSystemRef;
  /** Id: `fs-...`, a value of this stack. */
  readonly fileSystemId: string;
}

/** Where a file system is found. */
export interface FileSystemRefProps {
  readonly account: string;
  /** Creation token. */
  readonly name: string;
  readonly region: string;
}

/** Points to a file system without creating or reading it. */
export function fileSystemRef(
  scope: IConstruct | string,
  { name, region, account }: FileSystemRefProps,
): FileSystemRef {
  partitionOf(scope, region);
  return { name: checkName(scope, "name", name, FILE_SYSTEM), region, account: checkAccount(scope, account) };
}

/** Reads the id of a file system by its creation token, in the region it lies in. */
export function lookUpFileSystem(scope: Construct, id: string, ref: FileSystemRef): KnownFileSystem {
  refuseForeignRef(scope, `the file system '${ref.name}'`, ref);
  const { fileSystemId } = new DataAwsEfsFileSystem(scope, id, { creationToken: ref.name });
  return { ref, fileSystemId };
}
