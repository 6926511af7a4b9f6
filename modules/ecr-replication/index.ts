export {
  ContainerImage,
  imagePullStatements,
  imageUri,
  registryImage,
  siteImage,
  SiteImageOptions,
} from "./container-image";
export { expireOlderThan, expireUntagged, ImageLifecycleRule, keepNewest, TagSelection } from "./image-lifecycle";
export { ImageRepository, ImageRepositoryProps } from "./image-repository";
export { RegistryPolicy, RegistryPolicyProps } from "./registry-policy";
export { RegistryRef } from "./registry-ref";
export { ImageReplicationRule, RegistryReplication, RegistryReplicationProps } from "./registry-replication";
export { RepositoryCreationTemplate, RepositoryCreationTemplateProps } from "./repository-creation-template";
export { RepositoryRef } from "./repository-ref";
export { RepositorySettings } from "./repository-settings";
