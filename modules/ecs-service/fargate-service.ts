import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Construct } from "constructs";
import { claimName, declareProtection, IAM_ROLE, madeBy, makersOf } from "../core";
import { CreatedRole } from "../iam-role";
import { createLogGroup, LOG_GROUP } from "../log-group";
import { lifecycleOfSetting, Site } from "../site";
import { capacityStrategy } from "./capacity-strategy";
import { checkService, FargateServiceProps, servingContainer } from "./fargate-service-props";
import { FAMILY } from "./names";
import { serviceProtection } from "./service-protection";
import { scalableResourceId, ServiceRef, serviceRef } from "./service-ref";
import { createScaling } from "./service-scaling";
import { checkProps } from "./shapes";
import { createTaskDefinition } from "./task-definition";
import { createExecutionRole, createTaskRole, executeCommandStatements, roleName } from "./task-roles";
import { createTaskSecurityGroup } from "./task-security";

const DEFAULTS = {
  healthCheckGraceSeconds: 60, // a container that takes longer to answer would be ended before it does
  maximumPercent: 200, // AWS's own
  minimumHealthyPercent: 100, // AWS's own
};

/**
 * A service of one site on Fargate that keeps a number of tasks. Creates a task definition, the service, its roles, its log group and its
 * security group.
 *
 * The number depends on the site's role. `capacity` is the current capacity, zero in a pilot light. A failover raises it to
 * `activeCapacity`. Terraform sets the minimum and the maximum. After creation, it ignores the number of tasks, so that no apply ends
 * tasks of a failover or scaling policy. The maximum is the same in every role for the same reason. If another site has taken over
 * (`detached`), an apply sets the number as well. A task starts without any resource in another region: images, secrets, key and log group
 * belong to the site.
 *
 * Site: one in each, with images, secrets, key and roles of the site.
 * While the other site is dark: works; starting tasks needs only Fargate and the registry and secrets of the site.
 * On failover: the recovery plan raises minimum and number to `activeCapacity`. When the failover is recorded, Terraform sets it as the
 *   minimum.
 * Cost: CPU, memory and disk of the tasks, and the logs; nothing at zero.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
 */
export class FargateService extends Construct {
  /** The service of a name, without creating it. */
  static refOf(at: {
    readonly clusterName: string;
    readonly name: string;
    readonly region: string;
    readonly account: string;
  }): ServiceRef {
    return serviceRef("FargateService.refOf", at);
  }

  /** Points to this service from anywhere. */
  readonly ref: ServiceRef;
  readonly serviceName: string;
  /** Name of the group the containers' logs are in. */
  readonly logGroupName: string;
  /** Role of the containers. */
  readonly roleName: string;
  readonly roleArn: string;
  /** Role that starts the tasks. */
  readonly executionRoleArn: string;
  /** Security group of the tasks. The resources they reach, such as a database, must admit it. */
  readonly securityGroupId: string;
  readonly taskDefinition: EcsTaskDefinition;
  readonly scalableTarget: AppautoscalingTarget;
  readonly resource: EcsService;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    checkProps(this, "FargateServiceProps", props);
    const site = Site.of(this);
    checkService(this, props);
    const clusterName = props.cluster.name;
    const ref = serviceRef(this, { clusterName, name: props.name, region: site.region, account: site.account });
    this.logGroupName = `${props.cluster.commandLogGroupName}/${props.name}`;
    claimNames(this, props.name);

    const { kmsKeyArn, logRetentionDays: retentionDays } = props;
    const logGroup = createLogGroup(this, "LogGroup", { name: this.logGroupName, kmsKeyArn, retentionDays });
    const execution = createExecutionRole(this, { ...props, logGroupName: this.logGroupName });
    const task = createContainerRole(this, props);
    const security = createTaskSecurityGroup(this, props);
    this.taskDefinition = createDefinition(this, props, { execution, task });
    this.resource = createService(this, props, {
      securityGroupId: security.id,
      before: [logGroup, ...execution.policies, ...task.policies],
    });
    this.scalableTarget = createScaling(this, this.resource, { ...props, resourceId: scalableResourceId(ref) });

    this.serviceName = props.name;
    this.roleName = task.role.name;
    this.roleArn = task.role.arn;
    this.executionRoleArn = execution.role.arn;
    this.securityGroupId = security.id;
    this.ref = madeBy(ref, this.resource);
    declareProtection(this, serviceProtection(site, ref, capacitiesOf(props)));
  }
}

function claimNames(service: FargateService, name: string): void {
  const site = Site.of(service);
  claimName(service, FAMILY, name, site);
  claimName(service, LOG_GROUP, service.logGroupName, site);
  claimName(service, IAM_ROLE, roleName(site, name, "execution"), site);
  claimName(service, IAM_ROLE, roleName(site, name, "task"), site);
}

function capacitiesOf({ capacity, activeCapacity: active = capacity, cluster }: FargateServiceProps) {
  return { capacity, active, counted: cluster.containerInsights };
}

function createContainerRole(service: FargateService, props: FargateServiceProps): CreatedRole {
  const { cluster, executeCommand, kmsKeyArn, name, managedPolicyArns = {}, mayTripSwitches = false } = props;
  const commands = executeCommand
    ? executeCommandStatements(Site.of(service), cluster.commandLogGroupName, kmsKeyArn)
    : [];
  const statements = [...commands, ...(props.statements ?? [])];
  return createTaskRole(service, { name, managedPolicyArns, mayTripSwitches, statements });
}

function createDefinition(
  service: FargateService,
  props: FargateServiceProps,
  { execution, task }: { readonly execution: CreatedRole; readonly task: CreatedRole },
): EcsTaskDefinition {
  return createTaskDefinition(service, {
    name: props.name,
    containers: props.containers,
    architecture: props.architecture,
    cpu: props.cpu,
    memoryMiB: props.memoryMiB,
    ephemeralStorageGiB: props.ephemeralStorageGiB,
    executionRoleArn: execution.role.arn,
    taskRoleArn: task.role.arn,
    logGroupName: service.logGroupName,
  });
}

function createService(
  service: FargateService,
  props: FargateServiceProps,
  made: { readonly securityGroupId: string; readonly before: CreatedRole["policies"] },
): EcsService {
  const { capacity, cluster, deployment = {}, healthCheckGracePeriod: grace, target } = props;
  Site.of(service).avoidBrokenProviders("ecsService");
  return new EcsService(service, "Resource", {
    name: props.name,
    cluster: cluster.arn,
    taskDefinition: service.taskDefinition.arn,
    desiredCount: capacity.desired,
    schedulingStrategy: "REPLICA",
    capacityProviderStrategy: capacityStrategy(props.spot),
    platformVersion: "LATEST",
    networkConfiguration: {
      subnets: [...props.subnetIds],
      securityGroups: [made.securityGroupId],
      assignPublicIp: false,
    },
    loadBalancer: target && [loadBalancer(props, target)],
    healthCheckGracePeriodSeconds: target && (grace?.inSeconds ?? DEFAULTS.healthCheckGraceSeconds),
    availabilityZoneRebalancing: "ENABLED",
    deploymentController: { type: "ECS" },
    deploymentCircuitBreaker: { enable: true, rollback: true },
    deploymentMaximumPercent: deployment.maximumPercent ?? DEFAULTS.maximumPercent,
    deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent ?? DEFAULTS.minimumHealthyPercent,
    alarms: rollbackAlarms(deployment.rollbackAlarms),
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
    enableExecuteCommand: props.executeCommand ?? false,
    // without it the provider would replace the service, and end every task, to change its share of Spot
    forceNewDeployment: true,
    dependsOn: [...made.before, ...(target?.dependsOn ?? []), ...(makersOf(service, cluster) ?? [])],
    lifecycle: lifecycleOfSetting(props, "desired_count"),
  });
}

function loadBalancer({ containers }: FargateServiceProps, target: NonNullable<FargateServiceProps["target"]>) {
  return {
    targetGroupArn: target.targetGroupArn,
    containerName: servingContainer(containers, target)!,
    containerPort: target.port,
  };
}

function rollbackAlarms(alarmNames: readonly string[] = []) {
  return alarmNames.length > 0 ? { alarmNames: [...alarmNames], enable: true, rollback: true } : undefined;
}
