/** Beginning of every log group name of this module: one statement of the key's policy covers all of them. */
export const LOG_GROUP_PREFIX = "/ecs/";
