/** What a workload is described with. Modules are imported by their own sub-path. */
export * from "./stacks";
