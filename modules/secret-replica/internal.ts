/** For other modules and the patterns, not for users: no public sub-path of the package leads here. */
export { SECRET, secretIdIn } from "./secret-ref";
export { claimSecretName, inOrder, RECOVERY_WINDOW_DAYS } from "./secret-regions";
export { storedValue, storeGenerated } from "./secret-value";
