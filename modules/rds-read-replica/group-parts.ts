import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { checkName, claimName, fittingName, IAM_ROLE, NameRule, refuse, trustService } from "../core";
import { CreatedRole, createRole, onlyForAccount } from "../iam-role";
import { checkClients, ClientSettings } from "../network";
import { checkSubnets, Site } from "../site";

/** DB parameter groups have the narrowest rule, and an instance's own groups are named after it. */
const GROUP: NameRule = {
  what: "name of database groups",
  min: 1,
  max: 63,
  pattern: /^(?!.*--)[a-z]([a-z0-9-]*[a-z0-9])?$/,
  allowed: "lower-case letters, digits and hyphens, beginning with a letter, no two hyphens in a row, none at the end",
  unique: "region",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html",
};

const MONITORING_POLICY = "service-role/AmazonRDSEnhancedMonitoringRole";

/** Settings of the groups of a database, except their name and engine. */
export interface DatabaseGroupSettings extends ClientSettings {
  /** Subnets in two Availability Zones or more, without a way in from the internet. */
  readonly subnetIds: readonly string[];
  /**
   * Dynamic engine parameters; a change takes effect at once.
   *
   * @default - AWS's defaults for the version
   */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /**
   * Port the engine listens on, 1150 to 65535.
   *
   * @default - 3306 for MySQL and MariaDB, 5432 for PostgreSQL
   */
  readonly port?: number;
  /**
   * Static engine parameters; a change takes effect when the instance is rebooted.
   *
   * @default - AWS's defaults for the version
   */
  readonly staticParameters?: Readonly<Record<string, string | number>>;
  /**
   * Lets clients connect without TLS.
   *
   * @default false
   */
  readonly unencryptedConnections?: boolean;
}

/** Settings of the parts, the same for instances and clusters. */
export interface NamedGroupSettings extends DatabaseGroupSettings {
  readonly name: string;
}

/** Parameters that a module sets itself, each with what to do instead of giving it. */
export type ReservedParameters = Readonly<Record<string, string>>;

/** Refuses what AWS would refuse of the groups and the role of Enhanced Monitoring, and takes their names. */
export function checkGroupSettings(scope: Construct, props: NamedGroupSettings, reserved: ReservedParameters): void {
  checkGroups(scope, props, reserved);
  claimName(scope, IAM_ROLE, roleName(scope, props.name), Site.of(scope));
}

/** The same for what has no such role. */
export function checkGroups(scope: Construct, props: NamedGroupSettings, reserved: ReservedParameters): void {
  claimName(scope, GROUP, checkName(scope, "name", props.name, GROUP), Site.of(scope));
  checkSubnets(scope, props.subnetIds);
  checkClients(scope, "database", props);
  refuseParameters(scope, props, reserved);
}

function refuseParameters(scope: Construct, props: NamedGroupSettings, reserved: ReservedParameters): void {
  const { parameters = {}, staticParameters = {} } = props;
  for (const [name, remedy] of Object.entries(reserved)) {
    if (name in parameters || name in staticParameters) {
      refuse(scope, "ConflictingSettings", `'${name}' is what this module sets itself`, remedy);
    }
  }
  const twice = Object.keys(parameters).find((name) => name in staticParameters);
  if (twice !== undefined) {
    refuse(scope, "ConflictingSettings", `'${twice}' is given in 'parameters' and in 'staticParameters'`);
  }
}

/** Roles are global: the region keeps those of two sites apart. */
function roleName(scope: Construct, name: string): string {
  return fittingName(IAM_ROLE, name, Site.of(scope).region, "monitoring");
}

export function createSubnetGroup(scope: Construct, { name, subnetIds }: NamedGroupSettings): DbSubnetGroup {
  return new DbSubnetGroup(scope, "SubnetGroup", {
    name,
    description: `Subnets of ${name}`,
    subnetIds: [...subnetIds],
  });
}

/** Parameters of a group in the order of their names, so that the order they are given in does not matter. */
export function parameterList(
  dynamic: Readonly<Record<string, string | number>> = {},
  fixed: Readonly<Record<string, string | number>> = {},
): { name: string; value: string; applyMethod: string }[] {
  const all = [...parametersOf(dynamic, "immediate"), ...parametersOf(fixed, "pending-reboot")];
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function parametersOf(parameters: Readonly<Record<string, string | number>>, applyMethod: string) {
  return Object.entries(parameters).map(([name, value]) => ({ name, value: String(value), applyMethod }));
}

/** Creates the role of Enhanced Monitoring. An instance must wait for its policy, although it does not name it. */
export function createMonitoringRole(scope: Construct, name: string): CreatedRole {
  const { partition, region, account } = Site.of(scope);
  return createRole(scope, "MonitoringRole", {
    name: roleName(scope, name),
    description: `Enhanced Monitoring of ${name}`,
    trust: trustService("monitoring.rds.amazonaws.com", {
      ...onlyForAccount(account),
      StringLike: { "aws:SourceArn": `arn:${partition}:rds:${region}:${account}:db:*` },
    }),
    awsPolicies: { MonitoringPolicy: MONITORING_POLICY },
  });
}
