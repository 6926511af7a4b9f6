import { NameRule } from "../core";

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export const REPOSITORY: NameRule = {
  what: "ECR repository name",
  min: 2,
  max: 256,
  pattern: /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
  allowed: "lower-case letters and digits, single hyphens, underscores, dots and slashes between them",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html",
};

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RepositoryFilter.html */
export const REPOSITORY_PREFIX: NameRule = {
  what: "prefix of repository names",
  min: 2,
  max: 256,
  pattern: /^[a-z0-9]+([._-][a-z0-9]*)*(\/[a-z0-9]*([._-][a-z0-9]*)*)*$/,
  allowed: "the beginning of a repository's name: lower-case letters, digits, hyphens, underscores, dots and slashes",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RepositoryFilter.html",
};

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepositoryCreationTemplate.html */
export const TEMPLATE_PREFIX: NameRule = {
  what: "prefix of a repository creation template",
  min: 1,
  max: 256,
  pattern: /^(ROOT|[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*)$/,
  allowed: "a namespace without a slash at its end, such as 'orders', or 'ROOT' for every other repository",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepositoryCreationTemplate.html",
};

/** @see https://docs.docker.com/reference/cli/docker/image/tag/ */
export const IMAGE_TAG: NameRule = {
  what: "image tag or digest",
  min: 1,
  max: 128,
  pattern: /^\w[\w.-]*$/,
  allowed: "letters, digits and any of ._-, or 'sha256:' and 64 hexadecimal digits",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html",
};

/** A registry has one replication configuration and one policy; a second construct would overwrite the first. */
export const REPLICATION_CONFIGURATION: NameRule = onePerRegistry("replication configuration of the ECR registry");
export const REGISTRY_POLICY: NameRule = onePerRegistry("policy of the ECR registry");

function onePerRegistry(what: string): NameRule {
  return {
    what,
    min: 12,
    max: 12,
    pattern: /^\d{12}$/,
    allowed: "an account id",
    unique: "region",
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html",
  };
}
