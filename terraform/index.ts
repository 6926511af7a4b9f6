export { checkPlan } from "./check-plan";
export { namedRegions, pickDark, saysItsRegions } from "./dark-regions";
export {
  freshEnvironment,
  NO_VERSION_CHECK,
  providersKeptIn,
  registryEnvironment,
  UNATTENDED,
  userEnvironment,
} from "./environment";
export { type ForeignRules, LEADING_SETTINGS, refuseForeignFiles, refuseForeignModuleFiles } from "./foreign";
export { finish } from "./finish";
export { endingOnSignal, endWhenInterrupted, unlessInterrupted, whenInterrupted } from "./interruption";
export { parseJson, readJson } from "./json-file";
export { NOT_OFFLINE, startOnLeash } from "./leash";
export { accountsOf, providersOf, readOutput, regionsOf, type StackFolder } from "./output-folder";
export {
  changesIn,
  dependenciesIn,
  doesCreate,
  doesDelete,
  doesForget,
  doesReplace,
  type PlanJson,
  type RegionOf,
  regionsIn,
  type ResourceChange,
  withoutKey,
  writePath,
} from "./plan-json";
export { startInGroup } from "./process-group";
export { missingTools, requireTools, terraformBinary, type ToolName } from "./prerequisites";
export { Progress, timed } from "./progress";
export { findProviderSource, type ProviderSource, versionsAtHand, versionsIn } from "./provider-mirror";
export { CommandFailed, type CommandResult, runCommand } from "./run-command";
export {
  type Block,
  OWN_FILE,
  type ProviderBlock,
  readStackJson,
  type SiteModel,
  type StackJson,
  type WorkloadModel,
} from "./stack-json";
export {
  importIdOf,
  importPage,
  isGlobal,
  isPrecious,
  RESOURCE_TYPES,
  typeFacts,
  type Values,
  worthOf,
} from "./resource-types";
export { inOrder } from "./stack-order";
export { localBackend, requiredProviders, type S3Backend, s3Backend } from "./stack-settings";
export { WrongUse } from "./wrong-use";
