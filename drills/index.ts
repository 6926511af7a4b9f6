export { drill, type DrillOptions } from "./drill";
export { renderReport } from "./report";
