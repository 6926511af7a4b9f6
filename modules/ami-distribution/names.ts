import { NameRule } from "../core";

/**
 * Shorter than AWS's 128 characters, because the id of the source image follows. So a new copy can exist next to the old one.
 */
export const IMAGE_NAME: NameRule = {
  what: "AMI name",
  min: 3,
  max: 106,
  pattern: /^[\w()[\] ./'@-]+$/,
  allowed: "letters, digits, spaces and any of ()[]./-'@_",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html",
};

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateDistributionConfiguration.html */
export const DISTRIBUTION: NameRule = {
  what: "Image Builder distribution name",
  min: 3,
  max: 128,
  pattern: /^[\w-][\w -]*[\w-]$/,
  allowed: "letters, digits, '_' and '-', and spaces between them",
  unique: "region",
  source: "https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateDistributionConfiguration.html",
};

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AmiDistributionConfiguration.html */
export const OUTPUT_NAME: NameRule = {
  what: "name of a built AMI",
  min: 3,
  max: 127,
  pattern: /^[\w{-][\w\s:{}.-]+[\w}-]$/,
  allowed: "letters, digits, spaces and any of _:{}.-, such as 'orders-{{ imagebuilder:buildDate }}'",
  unique: "region",
  source: "https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AmiDistributionConfiguration.html",
};
