/** For other modules and the patterns, not for users: no public sub-path of the package leads here. */
export { generationParts } from "./generation";
export { propsChecker, settingsChecker, Shape } from "./shapes";
