import { COMPUTE } from "./compute";
import { DATABASES } from "./databases";
import { fill, Values } from "./import-id";
import { MIGRATION } from "./migration";
import { MONITORING } from "./monitoring";
import { NETWORK } from "./network";
import type { ResourceType, Worth } from "./resource-type";
import { SECURITY } from "./security";
import { STORAGE } from "./storage";

/** The known facts about resource types, with one row for each type. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  ...COMPUTE,
  ...DATABASES,
  ...MIGRATION,
  ...MONITORING,
  ...NETWORK,
  ...SECURITY,
  ...STORAGE,
};

const NOTHING_KNOWN: ResourceType = {};

/** Types whose resources belong to an account, or to all of AWS. */
const GLOBAL = /^aws_(iam|route53|s3_bucket)/;

/** The facts about a type. If the table has no row for it, the result is empty. */
export function typeFacts(type: string): ResourceType {
  return Object.hasOwn(RESOURCE_TYPES, type) ? RESOURCE_TYPES[type]! : NOTHING_KNOWN;
}

/** The loss if a resource of this type is destroyed. Returns undefined if nothing is lost. */
export function worthOf(type: string): Worth | undefined {
  return typeFacts(type).worth;
}

/** Whether data, or access to data, is lost if a resource of this type is destroyed. */
export function isPrecious(type: string): boolean {
  const worth = worthOf(type);
  return worth !== undefined && worth !== "guards data";
}

/** The import id of a resource. Returns undefined if the known values do not determine it. */
export function importIdOf(type: string, values: Values): string | undefined {
  const { importId } = typeFacts(type);
  return typeof importId === "string" ? fill(importId, values) : importId?.(values);
}

/** The provider's page that documents the import id of a type. */
export function importPage(type: string): string {
  const name = type.replace(/^aws_/, "");
  return `https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/website/docs/r/${name}.html.markdown#import`;
}

/** Whether the names of this type are the same in every region. */
export function isGlobal(type: string): boolean {
  return GLOBAL.test(type);
}
