export { importIdOf, importPage, isGlobal, isPrecious, RESOURCE_TYPES, typeFacts, worthOf } from "./facts";
export type { Values } from "./import-id";
