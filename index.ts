/** What a workload is described with: the patterns and what they are made of. Modules are imported by sub-path. */
export * from "./modules/core";
export * from "./modules/site";
