import { IConstruct } from "constructs";
import { inRange } from "../core";

const HIGHEST = 65_535;

/** Lowest port that a managed database or cache can listen on. */
const LOWEST_OF_DATABASES = 1150;

/**
 * Refuses a number that is not a port.
 *
 * @param property the property that the user set
 */
export function checkPort(scope: IConstruct, property: string, port: number): number {
  return inRange(scope, property, port, 1, HIGHEST);
}

/**
 * Refuses a port that no managed database or cache can listen on.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export function checkDatabasePort(scope: IConstruct, port: number): number {
  return inRange(scope, "port", port, LOWEST_OF_DATABASES, HIGHEST);
}
