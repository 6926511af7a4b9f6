export { ReplicatedSecret, ReplicatedSecretProps } from "./replicated-secret";
export { secretReadStatements } from "./secret-access";
export { SecretPolicySettings } from "./secret-policy";
export { requireSecretIn, SecretRef, SecretRefProps, SiteSecret } from "./secret-ref";
export { SecretReplica, SecretReplicaProps } from "./secret-replica";
export { Rotation } from "./secret-rotation";
export { GeneratedPassword, generatedPassword, SecretValue, writtenElsewhere } from "./secret-value";
