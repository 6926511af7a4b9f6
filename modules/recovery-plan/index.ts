export { Definition, definitionOf, PartProcedure, PlanProcedures } from "./definition";
export { State, States } from "./step-states";
