import { fittingName, NameRule } from "../core";

const API = "https://docs.aws.amazon.com/dms/latest/APIReference";
const IDENTIFIER = /^[a-z](?!.*--)[a-z0-9-]*(?<!-)$/;
const IDENTIFIER_ALLOWED =
  "lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen, no two hyphens in a row";

function identifier(what: string, max: number, page: string): NameRule {
  return {
    what,
    min: 1,
    max,
    pattern: IDENTIFIER,
    allowed: IDENTIFIER_ALLOWED,
    unique: "region",
    source: `${API}/${page}.html`,
  };
}

// DMS stores identifiers in lower case; another case would show as a replacement in the next plan

/** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html */
export const INSTANCE_ID = identifier("DMS replication instance identifier", 63, "API_CreateReplicationInstance");

/** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationSubnetGroup.html */
export const SUBNET_GROUP_ID = identifier("DMS replication subnet group", 255, "API_CreateReplicationSubnetGroup");

/** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateEndpoint.html */
export const ENDPOINT_ID = identifier("DMS endpoint identifier", 255, "API_CreateEndpoint");

/** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationTask.html */
export const TASK_ID = identifier("DMS replication task identifier", 255, "API_CreateReplicationTask");

/** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationConfig.html */
export const CONFIG_ID = identifier("DMS replication config identifier", 255, "API_CreateReplicationConfig");

/** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_ImportCertificate.html */
export const CERTIFICATE_ID = identifier("DMS certificate identifier", 255, "API_ImportCertificate");

/** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateEventSubscription.html */
export const SUBSCRIPTION: NameRule = {
  what: "DMS event subscription name",
  min: 1,
  max: 254,
  pattern: /^[a-zA-Z0-9-]+$/,
  allowed: "letters, digits and hyphens",
  unique: "region",
  source: `${API}/API_CreateEventSubscription.html`,
};

/** The end of an ARN, which DMS otherwise invents. @see https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationTask.html */
export const RESOURCE_ID: NameRule = {
  what: "DMS resource identifier",
  min: 1,
  max: 31,
  pattern: /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]*(?<!-)$/,
  allowed: "letters, digits and hyphens, beginning with a letter, not ending with a hyphen, no two hyphens in a row",
  unique: "region",
  source: `${API}/API_CreateReplicationTask.html`,
};

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.Types.html */
export const INSTANCE_CLASS: NameRule = {
  what: "DMS replication instance class",
  min: 1,
  max: 63,
  pattern: /^dms\.[a-z][a-z0-9]*\.(micro|small|medium|large|\d*xlarge)$/,
  allowed: "'dms.', a family and a size, for example 'dms.r6i.large'",
  unique: "region",
  source: "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.Types.html",
};

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReleaseNotes.html */
export const ENGINE_VERSION: NameRule = {
  what: "DMS engine version",
  min: 1,
  max: 20,
  pattern: /^\d+\.\d+\.\d+$/,
  allowed: "three numbers, for example '3.5.4'",
  unique: "region",
  source: "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReleaseNotes.html",
};

/** End of the ARN of a resource with this name. A name that fits is used unchanged, so the ARN is known before the resource exists. */
export function resourceIdentifierOf(name: string): string {
  return fittingName(RESOURCE_ID, name).replace(/--+/g, "-");
}
