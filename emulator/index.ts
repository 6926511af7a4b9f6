export { assumeRole, credentialsFor } from "./accounts";
export { type Adoption, adopt } from "./adopt";
export { askRest, callJson, callRest } from "./call";
export { cdktfDeploy, cdktfDestroy, type DeployOptions } from "./cdktf";
export { DEFAULT_ACCOUNT, Emulator, type EmulatorOptions, type SdkConfig } from "./emulator";
export { type DarkMode, type DarkOptions, AWS_HOST } from "./proxy";
export type { LoggedRequest, RequestFilter } from "./request-log";
export { GLOBAL, GLOBAL_SERVICES, UNSIGNED } from "./request-scope";
export {
  globalInventory,
  inventory,
  type InventorySite,
  type Item,
  renderInventory,
  type SiteInventory,
} from "./inventory";
export { type Plan, type PlannedChange, type RunOptions, Terraform, TerraformStackRun } from "./terraform";
export { createTableReplicas } from "./table-replicas";
export { type DeployableStack, Deployment } from "./deployment";
export { promoteFollowers, promoteInstance, type Promotion } from "./failover";
export { Given, type GivenTo } from "./given";
export { install } from "./install";
