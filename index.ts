/** The patterns, stores and computes of a workload. Import a module by its own sub-path. */
export * from "./stacks";
