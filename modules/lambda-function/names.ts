import { NameRule } from "../core";

const SOURCE = "https://docs.aws.amazon.com/lambda/latest/api";

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const FUNCTION: NameRule = {
  what: "Lambda function name",
  min: 1,
  max: 64,
  pattern: /^[\w-]+$/,
  allowed: "letters, digits, underscores and hyphens",
  unique: "region",
  source: `${SOURCE}/API_CreateFunction.html`,
};

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const HANDLER: NameRule = {
  what: "handler",
  min: 1,
  max: 128,
  pattern: /^\S+$/,
  allowed: "any characters but spaces",
  unique: "region",
  source: `${SOURCE}/API_CreateFunction.html`,
};

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const STATEMENT_ID: NameRule = {
  what: "statement id",
  min: 1,
  max: 100,
  pattern: /^[\w-]+$/,
  allowed: "letters, digits, underscores and hyphens",
  unique: "region",
  source: `${SOURCE}/API_AddPermission.html`,
};

/** Excludes the variables that Lambda sets itself, because Lambda refuses a function that sets them. */
export const ENVIRONMENT_VARIABLE: NameRule = {
  what: "environment variable",
  min: 2,
  max: 255,
  pattern:
    /^(?!AWS_(REGION|DEFAULT_REGION|EXECUTION_ENV|LAMBDA_(FUNCTION_\w+|INITIALIZATION_TYPE|LOG_\w+|RUNTIME_API)|ACCESS_KEY(_ID)?|SECRET_ACCESS_KEY|SESSION_TOKEN)$|LAMBDA_(TASK_ROOT|RUNTIME_DIR)$)[A-Za-z]\w+$/,
  allowed: "letters, digits and underscores, beginning with a letter, none that Lambda reserves",
  unique: "region",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
};
