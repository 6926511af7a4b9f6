import { NameRule } from "../core";

const SOURCE = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
export const CLUSTER: NameRule = ecsName("ECS cluster name", `${SOURCE}/API_CreateCluster.html`);

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const FAMILY: NameRule = ecsName("task definition family", `${SOURCE}/API_RegisterTaskDefinition.html`);

/** Unique in its cluster, and there is a service name only once in a site here: its family bears the same. */
export const SERVICE: NameRule = ecsName("ECS service name", `${SOURCE}/API_CreateService.html`);

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export const CONTAINER: NameRule = ecsName("container name", `${SOURCE}/API_ContainerDefinition.html`);

function ecsName(what: string, source: string): NameRule {
  return {
    what,
    min: 1,
    max: 255,
    pattern: /^[\w-]+$/,
    allowed: "letters, digits, underscores and hyphens",
    unique: "region",
    source,
  };
}

/** A variable that a shell can name. */
export const ENVIRONMENT_VARIABLE: NameRule = {
  what: "environment variable",
  min: 1,
  max: 255,
  pattern: /^[A-Za-z_][\w.-]*$/,
  allowed: "letters, digits and any of _.-, not beginning with a digit",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KeyValuePair.html",
};

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html */
export const SCRATCH_PATH: NameRule = {
  what: "path in a container",
  min: 2,
  max: 255,
  pattern: /^(\/[\w.-]+)+$/,
  allowed: "an absolute path, without a slash at its end",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html",
};
