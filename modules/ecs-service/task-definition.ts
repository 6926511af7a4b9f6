import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Construct } from "constructs";
import { Containers, scratchVolume } from "./container";
import { containerDefinitions } from "./container-definitions";
import { TaskSize } from "./task-size";

/** Settings of each task. */
export interface TaskSettings extends TaskSize {
  readonly name: string;
  readonly containers: Containers;
  readonly architecture?: "ARM64" | "X86_64";
  readonly ephemeralStorageGiB?: number;
  readonly executionRoleArn: string;
  readonly logGroupName: string;
  readonly taskRoleArn: string;
}

/** A change creates a new revision. Old revisions stay, because a service cannot return to a deleted revision. */
export function createTaskDefinition(scope: Construct, settings: TaskSettings): EcsTaskDefinition {
  const { name, containers, cpu, memoryMiB, ephemeralStorageGiB } = settings;
  return new EcsTaskDefinition(scope, "TaskDefinition", {
    family: name,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: String(cpu),
    memory: String(memoryMiB),
    runtimePlatform: { cpuArchitecture: settings.architecture ?? "X86_64", operatingSystemFamily: "LINUX" },
    executionRoleArn: settings.executionRoleArn,
    taskRoleArn: settings.taskRoleArn,
    containerDefinitions: containerDefinitions(scope, containers, settings.logGroupName),
    volume: scratchVolumes(containers),
    ephemeralStorage: ephemeralStorageGiB === undefined ? undefined : { sizeInGib: ephemeralStorageGiB },
    skipDestroy: true,
  });
}

function scratchVolumes(containers: Containers): { name: string }[] | undefined {
  const volumes = Object.entries(containers).flatMap(([name, { scratchPaths = [] }]) => {
    return scratchPaths.map((path) => ({ name: scratchVolume(name, path) }));
  });
  return volumes.length > 0 ? volumes : undefined;
}
