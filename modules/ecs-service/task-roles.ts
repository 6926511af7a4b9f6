import { Construct } from "constructs";
import { denySwitches, fittingName, IAM_ROLE, Statement, trustService } from "../core";
import { imagePullStatements } from "../ecr-replication";
import { CreatedRole, createRole, onlyForResources } from "../iam-role";
import { logStreamsArn } from "../log-group";
import { Site } from "../site";
import { Containers } from "./container";
import { secretStatements } from "./secret";

/** Role names are unique in the account. The region separates two sites of one account. */
export function roleName(site: Site, serviceName: string, purpose: "execution" | "task"): string {
  return fittingName(IAM_ROLE, serviceName, purpose, site.region);
}

/** Settings of the execution role. Fargate pulls images, reads secrets and writes logs with it. */
export interface ExecutionSettings {
  readonly name: string;
  readonly containers: Containers;
  readonly kmsKeyArn: string;
  readonly logGroupName: string;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
export function createExecutionRole(scope: Construct, settings: ExecutionSettings): CreatedRole {
  const site = Site.of(scope);
  const containers = Object.values(settings.containers);
  const images = containers.map(({ image }) => image);
  const secrets = containers.flatMap((container) => Object.values(container.secrets ?? {}));
  const statements = [
    ...imagePullStatements(site, images),
    ...secretStatements(site, secrets, settings.kmsKeyArn),
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logStreamsArn(site, settings.logGroupName)],
    },
    denySwitches(),
  ];
  return createRole(scope, "ExecutionRole", {
    name: roleName(site, settings.name, "execution"),
    description: `Starts the tasks of ${settings.name}`,
    trust: trustTasks(site),
    policy: { name: "start-tasks", statements },
  });
}

/** Permissions of the containers. */
export interface TaskPermissions {
  readonly name: string;
  /** ARNs by the name of their attachment. */
  readonly managedPolicyArns: Readonly<Record<string, string>>;
  readonly mayTripSwitches: boolean;
  readonly statements: readonly Statement[];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
export function createTaskRole(scope: Construct, permissions: TaskPermissions): CreatedRole {
  const site = Site.of(scope);
  return createRole(scope, "TaskRole", {
    name: roleName(site, permissions.name, "task"),
    description: `Tasks of ${permissions.name}`,
    trust: trustTasks(site),
    managedPolicyArns: permissions.managedPolicyArns,
    policy: {
      name: "tasks",
      statements: [...permissions.statements, ...(permissions.mayTripSwitches ? [] : [denySwitches()])],
    },
  });
}

/**
 * Permissions that containers need for ECS Exec.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export function executeCommandStatements(site: Site, logGroupName: string, kmsKeyArn: string): readonly Statement[] {
  const channels = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"];
  return [
    { sid: "ExecuteCommand", actions: channels.map((channel) => `ssmmessages:${channel}`), resources: ["*"] },
    { sid: "FindCommandLogs", actions: ["logs:DescribeLogGroups"], resources: ["*"] }, // the action has no resource
    {
      sid: "WriteCommandLogs",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [logStreamsArn(site, logGroupName)],
    },
    { sid: "DecryptCommands", actions: ["kms:Decrypt"], resources: [kmsKeyArn] },
  ];
}

/** Only tasks of the site's account and region assume the role. */
function trustTasks(site: Site): string {
  return trustService("ecs-tasks.amazonaws.com", onlyForResources(site, "ecs", "*"));
}
