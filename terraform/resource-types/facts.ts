import { COMPUTE } from "./compute";
import { DATABASES } from "./databases";
import { fill, Values } from "./import-id";
import { MIGRATION } from "./migration";
import { MONITORING } from "./monitoring";
import { NETWORK } from "./network";
import type { ResourceType, Worth } from "./resource-type";
import { SECURITY } from "./security";
import { STORAGE } from "./storage";

/** Every fact that we know of a resource type, in one row per type. */
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

/** What we know of a type: nothing, if the table has no row. */
export function typeFacts(type: string): ResourceType {
  return Object.hasOwn(RESOURCE_TYPES, type) ? RESOURCE_TYPES[type]! : NOTHING_KNOWN;
}

/** What would be lost with a resource of this type. Returns undefined for nothing. */
export function worthOf(type: string): Worth | undefined {
  return typeFacts(type).worth;
}

/** Whether data, or the way to data, ends with a resource of this type. */
export function isPrecious(type: string): boolean {
  const worth = worthOf(type);
  return worth !== undefined && worth !== "guards data";
}

/** The id that a resource is imported by. Returns undefined if it does not follow from the known values. */
export function importIdOf(type: string, values: Values): string | undefined {
  const { importId } = typeFacts(type);
  return typeof importId === "string" ? fill(importId, values) : importId?.(values);
}

/** The provider's page that says how the id of a type is written. */
export function importPage(type: string): string {
  const name = type.replace(/^aws_/, "");
  return `https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/website/docs/r/${name}.html.markdown#import`;
}

/** Whether the names of this type are the same in every region. */
export function isGlobal(type: string): boolean {
  return GLOBAL.test(type);
}
