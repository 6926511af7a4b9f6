import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { arn, denySwitches, fittingName, IAM_ROLE, Statement, trustService } from "../core";
import { imagePullStatements } from "../ecr-replication";
import { Site } from "../site";
import { createRolePolicies } from "../site/role-policies";
import { Containers } from "./container";
import { secretStatements } from "./secret";

/** A role and what must exist before a task starts with it. */
export interface TaskRole {
  readonly role: IamRole;
  readonly policies: ITerraformDependable[];
}

/** Roles belong to the whole account: the region keeps two sites of one account apart. */
export function roleName(site: Site, serviceName: string, purpose: "execution" | "task"): string {
  return fittingName(IAM_ROLE, serviceName, purpose, site.region);
}

/** What Fargate does before the containers run: pull images, read secrets, write logs. */
export interface ExecutionSettings {
  readonly name: string;
  readonly containers: Containers;
  readonly keyArn: string;
  readonly logGroupName: string;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
export function createExecutionRole(scope: Construct, settings: ExecutionSettings): TaskRole {
  const site = Site.of(scope);
  const containers = Object.values(settings.containers);
  const images = containers.map(({ image }) => image);
  const secrets = containers.flatMap((container) => Object.values(container.secrets ?? {}));
  const name = roleName(site, settings.name, "execution");
  const role = createRole(scope, "ExecutionRole", {
    name,
    description: `Starts the tasks of ${settings.name}`,
  });
  const statements = [
    ...imagePullStatements(site, images),
    ...secretStatements(site, secrets, settings.keyArn),
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logStreams(site, settings.logGroupName)],
    },
    denySwitches(),
  ];
  const given = { role, roleName: name, name: "start-tasks", statements };
  return { role, policies: createRolePolicies(scope, "ExecutionRolePolicy", given) };
}

/** What the containers themselves may do. */
export interface TaskPermissions {
  readonly name: string;
  /** By the name their attachment has here. */
  readonly managedPolicyArns: Readonly<Record<string, string>>;
  readonly mayTripSwitches: boolean;
  readonly statements: readonly Statement[];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
export function createTaskRole(scope: Construct, permissions: TaskPermissions): TaskRole {
  const name = roleName(Site.of(scope), permissions.name, "task");
  const role = createRole(scope, "TaskRole", {
    name,
    description: `Tasks of ${permissions.name}`,
  });
  const attached = Object.entries(permissions.managedPolicyArns).map(
    ([key, policyArn]) => new IamRolePolicyAttachment(scope, `ManagedPolicy-${key}`, { role: role.name, policyArn }),
  );
  const statements = [...permissions.statements, ...(permissions.mayTripSwitches ? [] : [denySwitches()])];
  const own = createRolePolicies(scope, "TaskRolePolicy", { role, roleName: name, name: "tasks", statements });
  return { role, policies: [...attached, ...own] };
}

/**
 * What containers need for commands that people run in them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export function executeCommandStatements(site: Site, logGroupName: string, keyArn: string): readonly Statement[] {
  const channels = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"];
  return [
    { sid: "ExecuteCommand", actions: channels.map((channel) => `ssmmessages:${channel}`), resources: ["*"] },
    { sid: "FindCommandLogs", actions: ["logs:DescribeLogGroups"], resources: ["*"] }, // it knows no resource
    {
      sid: "WriteCommandLogs",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [logStreams(site, logGroupName)],
    },
    { sid: "DecryptCommands", actions: ["kms:Decrypt"], resources: [keyArn] },
  ];
}

function logStreams({ partition, region, account }: Site, logGroupName: string): string {
  return arn({ partition, service: "logs", region, account, resource: `log-group:${logGroupName}:*` });
}

/** Only tasks of this account and region take it. */
function createRole(scope: Construct, id: string, named: { readonly name: string; readonly description: string }) {
  const { partition, region, account } = Site.of(scope);
  return new IamRole(scope, id, {
    ...named,
    assumeRolePolicy: trustService("ecs-tasks.amazonaws.com", {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": arn({ partition, service: "ecs", region, account, resource: "*" }) },
    }),
  });
}
