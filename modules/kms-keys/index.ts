export { KeyRef, keyRef } from "./key-ref";
export { serviceStatement } from "./key-policy";
export { ReplicaKey, ReplicaKeyProps } from "./replica-key";
export { SiteKey, SiteKeyProps } from "./site-key";
