export { type Adoption, reconcile, type ReconcileOptions } from "./reconcile";
export { render } from "./render";
