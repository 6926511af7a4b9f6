/**
 * Names of the AWS SDK for Java, which Step Functions uses for its AWS SDK integrations. They are made from AWS's service models by the rules
 * of that SDK's code generator.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 * @see https://github.com/aws/aws-sdk-java-v2/blob/master/codegen/src/main/java/software/amazon/awssdk/codegen/naming/DefaultNamingStrategy.java
 */

/** The SDK's name of a service, from the service id of its model: `"Database Migration Service"` is `DatabaseMigration`. */
export function sdkService(serviceId: string): string {
  return pascalCase(serviceId)
    .replace(/^(Amazon|Aws)/, "")
    .replace(/Service$/, "");
}

/** The SDK's name of a member: only an acronym at its beginning is a word. `DBInstanceArn` is `DbInstanceArn`, `MultiAZ` stays. */
export function sdkMember(member: string): string {
  const acronym = /^[A-Z]*?(?=[A-Z][a-z]|$|[^A-Za-z]|[a-z])/.exec(member)![0];
  const start = acronym.length > 1 ? acronym[0]! + acronym.slice(1).toLowerCase() : member.slice(0, 1).toUpperCase();
  return start + member.slice(start.length);
}

/** The SDK's name of an action in a task's resource: `PromoteReadReplica` is `promoteReadReplica`. */
export function sdkAction(action: string): string {
  return action.slice(0, 1).toLowerCase() + action.slice(1);
}

/** The SDK's name of an error: `DBInstanceNotFoundFault` of RDS is `Rds.DbInstanceNotFoundException`. */
export function sdkError(service: string, error: string): string {
  return `${service}.${pascalCase(error.replace(/(Fault|Exception)$/, ""))}Exception`;
}

/** The error of a service for all codes that its model does not have, throttling and missing permissions often among them. */
export function unmodelledError(service: string): string {
  return `${service}.${service}Exception`;
}

function pascalCase(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+/g, " ")
    .replace(/([^a-z]{2,})v([0-9]+)/g, "$1 v$2 ")
    .replace(/([^A-Z]{2,})V([0-9]+)/g, "$1 V$2 ")
    .replace(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/g, " ")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replace(/([0-9])([a-zA-Z])/g, "$1 $2")
    .trim()
    .split(/ +/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join("");
}
